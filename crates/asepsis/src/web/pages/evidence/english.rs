//! The English words of the evidence.

use asepsis_core::action::ActionChange;
use asepsis_core::decision::Decided;
use asepsis_core::statement::Via;
use asepsis_report::words;

use crate::web::ui;

pub(super) const TITLE: &str = "Evidence";
pub(super) const LEAD: &str = "Everything that was seen, said and decided. Nothing here is ever changed: a newer entry takes the place of an older one, and the older one stays.";
pub(super) const KIND: &str = "Kind";
pub(super) const EVERYTHING: &str = "Everything";
pub(super) const MEASURED: &str = "Measured";
pub(super) const TOLD: &str = "Told";
pub(super) const DECIDED: &str = "Decided and done";
pub(super) const WHO_WE_ARE: &str = "Who we are";
pub(super) const PEOPLE: &str = "People";
pub(super) const RECORDS: &str = "About the records";
pub(super) const SEARCH: &str = "Name, question, person or number";
pub(super) const SHOW: &str = "Show";
pub(super) const SHOW_ALL: &str = "Show everything";
pub(super) const ABOUT_ONLY: &str = "Only what is about";
pub(super) const NOTHING: &str = "Nothing fits. Choose another kind, or look for a shorter word.";
pub(super) const ENTRY: &str = "Entry";
pub(super) const ENTRY_WORD: &str = "entry";
pub(super) const WHAT: &str = "What";
pub(super) const WHO: &str = "By whom";
pub(super) const SPEAKS_OF: &str = "Speaks of";
pub(super) const RECORDED: &str = "Recorded";
pub(super) const DAY: &str = "Day";
pub(super) const RECORDED_ON: &str = "recorded";
pub(super) const KNOWN_AS: &str = "Known as";
pub(super) const NEWEST_FIRST: &str = "Newest first. The day it speaks of, and under it the day on which it was recorded, if that is another.";
pub(super) const OLDER_ONES: &str = "Older ones, newest first.";
pub(super) const PAGES: &str = "Pages";
pub(super) const NEWEST: &str = "To the newest";
pub(super) const OLDER: &str = "Older ones";

pub(super) const KEY_MEASURED: &str = "Measured";
pub(super) const KEY_NOT_SEEN: &str = "Missed look";
pub(super) const KEY_TOLD: &str = "Told";
pub(super) const KEY_ACCEPTED: &str = "gap accepted";
pub(super) const KEY_ORGANIZATION: &str = "who we are";
pub(super) const KEY_CATALOG: &str = "catalog";
pub(super) const KEY_PERSON: &str = "person";
pub(super) const KEY_IDENTITY: &str = "name";
pub(super) const KEY_IMPORT: &str = "file";
pub(super) const KEY_UNDO: &str = "file taken back";
pub(super) const IDENTITY: &str = "Whose account this is";
pub(super) const UNDO: &str = "A file was taken back";
pub(super) const LOGIN: &str = "Signs in as";
pub(super) const MAIL: &str = "Work mail";
pub(super) const EMPLOYEE_ID: &str = "Employee number";
pub(super) const FORMAT: &str = "Format";
pub(super) const MADE_BY: &str = "Made by";
pub(super) const SHOWS: &str = "Shows the state of";
pub(super) const DIGEST: &str = "SHA-256 of the file";
pub(super) const CAME_WITH_IT: &str = "Entries that came with it";
pub(super) const IMPORT_COUNTS: &str =
    "What came with this file counts unless the file was taken back.";
pub(super) const IDENTITY_COUNTS: &str = "The newest entry of each account gives its name.";
pub(super) const UNDO_COUNTS: &str = "What came with that file counts no longer. Its entries stay.";
pub(super) const KEY_ACCOUNT: &str = "account";
pub(super) const KEY_REVIEW: &str = "accounts reviewed";
pub(super) const MARK: &str = "What an account is for";
pub(super) const BELONGS: &str = "Whose an account is";
pub(super) const REVIEW: &str = "Somebody went through the list of accounts";
pub(super) const MARK_COUNTS: &str = "The newest entry about an account says what it is for.";
pub(super) const REVIEW_COUNTS: &str = "The newest review counts.";
pub(super) const IS_FOR: &str = "It is for";
pub(super) const PERSON_IS: &str = "The person";
pub(super) const IS_THEIRS: &str = "It is theirs";
pub(super) const IS_NOT_THEIRS: &str = "It is not theirs";
pub(super) const LIST_DIGEST: &str = "Digest of the list that was shown";
pub(super) const KEPT: &str = "To keep";
pub(super) const TO_REMOVE: &str = "To remove";
pub(super) const TO_CHANGE: &str = "To have other rights";

pub(super) fn reviewed(n: usize) -> String {
    words::many(n, "account")
}

pub(super) const KEY_DELETED: &str = "text deleted";
pub(super) const CATALOG: &str = "The questions and checks in use from here on";
pub(super) const NO_NAME: &str = "Somebody without a name";
pub(super) const NONE_OF_THEM: &str = "None of them";
pub(super) const DONT_KNOW: &str = "I don't know";

pub(super) const WHAT_IT_SAYS: &str = "What it says";
pub(super) const ABOUT: &str = "About";
pub(super) const LOOKED_BY: &str = "Looked by";
pub(super) const NOT_LOOKED: &str = "Nobody looked.";
pub(super) const TRIED: &str = "The look did not succeed.";
pub(super) const GAP: &str =
    "A missed look is kept as it is: it neither passes nor fails anything.";
pub(super) const FACTS_CAPTION: &str = "What was read, and how.";
pub(super) const ALL_FACTS: &str = "All facts of this look";
pub(super) const SAID: &str = "Said:";
pub(super) const CHOSEN: &str = "chosen";
pub(super) const NOT_OFFERED: &str = "the question does not offer this any more";
pub(super) const AS: &str = "Answered as";
pub(super) const HOW_SURE: &str = "How sure";
pub(super) const SURE: &str = "knows it";
pub(super) const FAIRLY_SURE: &str = "believes so";
pub(super) const WAY: &str = "How it came";
pub(super) const ENTERED_BY: &str = "Brought in by";
pub(super) const REMARK: &str = "Remark";
pub(super) const WHERE: &str = "Where";
pub(super) const EVERYWHERE: &str = "everywhere";
pub(super) const OWNER: &str = "Who answers for it";
pub(super) const UNTIL: &str = "Until";
pub(super) const REASON: &str = "Why";
pub(super) const NAME: &str = "Name";
pub(super) const ROLE: &str = "Role";
pub(super) const CHOSEN_SIZE: &str = "Size chosen";
pub(super) const DOMAINS: &str = "Mail domains";
pub(super) const SITES: &str = "Sites";
pub(super) const ADOPTED: &str = "Taken on by choice";
pub(super) const ZONE: &str = "Time zone";
pub(super) const NONE: &str = "none";
pub(super) const EDITION: &str = "Edition";
pub(super) const ENGINE: &str = "Program version";
pub(super) const FILES: &str = "Files";
pub(super) const HASH: &str = "Hash of all of them";
pub(super) const DELETED: &str =
    "The text of this entry was deleted. That it existed, when and by whom it was recorded, stays.";
pub(super) const DELETED_BY: &str = "Deleted by";

pub(super) const WHERE_IT_COUNTS: &str = "Where it counts now";
pub(super) const COUNTS_NOT: &str = "It does not count now.";
pub(super) const LOOK_COUNTS_NOT: &str =
    "No check rests on it now: a newer look counts, or this one is too old or saw nothing.";
pub(super) const ANSWER_COUNTS_NOT: &str = "It does not count now: a newer answer took its place, it is too old, or the question is not asked any more.";
pub(super) const KNOWS_NOT: &str = "It says that nobody knew. The question is asked on the vendor sheet until somebody answers it.";
pub(super) const TO_SHEET: &str = "To the vendor sheet";
pub(super) const ANSWER_SETS: &str = "It counts. It says who you are, and so which parts apply.";
pub(super) const ACCEPTANCE_OVER: &str = "Its time is over: the gap is open again.";
pub(super) const WORD_COUNTS: &str = "It stands in the plan with all other words about this.";
pub(super) const TO_CHECK: &str = "The check";
pub(super) const TO_PLAN: &str = "To the plan";
pub(super) const CATALOG_NOW: &str = "These questions and checks are in use now.";
pub(super) const CATALOG_THEN: &str =
    "Newer questions and checks took their place. What stood before was judged by these.";
pub(super) const ORGANIZATION_NOW: &str = "This is how your organization is known now.";
pub(super) const ORGANIZATION_THEN: &str = "A newer entry took its place.";
pub(super) const PERSON_NOW: &str = "Entries of this person are shown under this name.";
pub(super) const PERSON_THEN: &str = "A newer entry gives this person another name.";
pub(super) const CONTRADICTED: &str = "Told and seen differ. Seen:";

pub(super) const FOR_THE_AUDITOR: &str = "For the auditor";
pub(super) const PROOF: &str = "Hashes, times and place";
pub(super) const PROOF_LEAD: &str = "The ledger only grows. Each entry is a leaf of a tree whose root is signed and kept outside; a change anywhere would show.";
pub(super) const POSITION: &str = "Place, counted from 0";
pub(super) const AUTHOR_ID: &str = "Id of the author";
pub(super) const BODY_HASH: &str = "Hash of salt and body";
pub(super) const LEAF_HASH: &str = "Hash of the leaf";
pub(super) const SALT: &str = "Salt";
pub(super) const SALT_KEPT: &str = "present";
pub(super) const SALT_DELETED: &str = "deleted with the body";
pub(super) const ONCE: &str = "Recorded once under";
pub(super) const SIZE: &str = "Entries in the ledger";
pub(super) const ROOT: &str = "Root of the tree";
pub(super) const VERIFY: &str = "To check every entry, run";
pub(super) const VERIFY_COMMAND: &str = "asepsis ledger verify";

pub(super) fn look_at(label: &str) -> String {
    format!("A look at {label}")
}

pub(super) fn in_all(size: u64) -> String {
    match size {
        1 => "1 entry in all".to_owned(),
        size => format!("{} entries in all", words::number(size)),
    }
}

pub(super) fn position(seq: u64, size: u64) -> String {
    format!("entry {seq} of {}", words::number(size))
}

pub(super) fn too_many(most: usize) -> String {
    format!(
        "More than {most} names or questions fit; the first {most} are shown. Write more of the name."
    )
}

pub(super) fn facts(read: usize, missed: usize) -> String {
    match missed {
        0 => words::many(read, "fact"),
        missed => {
            format!("{}, {} could not be read", words::many(read, "fact"), words::count(missed))
        }
    }
}

pub(super) fn could_not(operation: &str, cause: &str) -> String {
    format!("could not {operation}: {cause}")
}

pub(super) fn accepted_until(until: &str, reason: &str) -> String {
    format!("until {until}: {reason}")
}

pub(super) fn assigned(to: &str, due: Option<&str>) -> String {
    match due {
        Some(due) => format!("to {to}, by {}", ui::civil_day(due)),
        None => format!("to {to}"),
    }
}

pub(super) const fn change(change: &ActionChange) -> &'static str {
    match change {
        ActionChange::Planned => "planned",
        ActionChange::Assigned { .. } => "given to somebody",
        ActionChange::Done { .. } => "said to be done",
        ActionChange::Reopened { .. } => "not done after all",
        ActionChange::Commented { .. } => "comment",
    }
}

pub(super) const KEY_PLAN: &str = "plan";
pub(super) const PLAN: &str = "A plan that somebody took";
pub(super) const PLAN_CAPTION: &str = "What the plan held";
pub(super) const PLAN_COUNTS: &str =
    "The newest plan is the one that later plans are held against.";
pub(super) const ACTION: &str = "Action";
pub(super) const BEGINS: &str = "Begins";
pub(super) const LEFT_OUT: &str = "left out";
pub(super) const KEY_HISTORY: &str = "what happened here";
pub(super) const HISTORY: &str = "What happened here before, as somebody remembers it";
pub(super) const HISTORY_COUNTS: &str = "It moves how often each threat is expected here.";
pub(super) const DECISION_COUNTS: &str = "It decides whether a plan holds the action.";
pub(super) const TO_ACTION: &str = "See the action";
pub(super) const TO_THREATS: &str = "See the threats";

pub(super) const fn decided(decided: &Decided) -> &'static str {
    match decided {
        Decided::Chosen { .. } => "chosen",
        Decided::Accepted { .. } => "gap accepted",
        Decided::Postponed { .. } => "postponed",
        Decided::Done { .. } => "said to be done",
        Decided::Reopened { .. } => "open again",
    }
}

pub(super) fn plan_taken(actions: usize, dollars: f64, hours: f64) -> String {
    format!("{}; {}", words::many(actions, "action"), plan_limits(dollars, hours))
}

pub(super) fn plan_limits(dollars: f64, hours: f64) -> String {
    format!(
        "made for ${} in its first year and {hours} hours a month",
        words::count(dollars as usize)
    )
}

pub(super) fn month(month: u32) -> String {
    format!("month {month}")
}

pub(super) fn history(years: f64, events: u32) -> String {
    format!("{} in {years} years", words::many(events as usize, "event"))
}

pub(super) fn history_span(years: f64) -> String {
    format!("Events with a loss in the {years} years before:")
}

pub(super) fn sort(kind: &str) -> &str {
    match kind {
        "observation" => "measured",
        "attestation" => "told",
        "waiver" => "gap accepted",
        "action" | "decision" => "decided",
        "plan" => "plan",
        "history" => "what happened here",
        "organization" => "who we are",
        "person" => "person",
        "identity" => "name",
        "import" => "file",
        "undo" => "file taken back",
        "mark" => "account",
        "belongs" => "account",
        "review" => "accounts reviewed",
        "catalog" => "catalog",
        "key-change" => "new key",
        "redaction" => "deletion",
        other => other,
    }
}

pub(super) fn meaning(kind: &str) -> &'static str {
    match kind {
        "observation" => "What the program or a file saw",
        "attestation" => "What somebody answered",
        "waiver" => "A gap that somebody answers for until a day",
        "action" => "What somebody decided or said about a thing to do",
        "decision" => "What somebody decided about an action",
        "plan" => PLAN,
        "history" => HISTORY,
        "organization" => "How your organization is described",
        "person" => "Who stands behind the entries of a person",
        "identity" => IDENTITY,
        "import" => "A file that was brought in",
        "undo" => UNDO,
        "mark" => MARK,
        "belongs" => BELONGS,
        "review" => REVIEW,
        "catalog" => "Which questions and checks are in use",
        "key-change" => "A new key signs from here on",
        "redaction" => "The text of another entry was deleted",
        _ => "An entry that this version of the program does not know",
    }
}

pub(super) fn title_of_kind(kind: &str) -> &'static str {
    match kind {
        "catalog" => CATALOG,
        other => meaning(other),
    }
}

pub(super) fn text_deleted(kind: &str) -> String {
    format!("An entry whose text was deleted ({})", sort(kind))
}

pub(super) fn deletes(seq: u64) -> String {
    format!("The text of entry {seq} was deleted")
}

pub(super) const fn via(via: Via) -> &'static str {
    match via {
        Via::VendorLink => "the vendor followed a link",
        Via::VendorSheet => "the vendor filled in a sheet",
        Via::Paper => "on paper",
    }
}

pub(super) fn checks_rest(n: usize) -> String {
    let rest = if n == 1 { "rests" } else { "rest" };
    format!("{} {rest} on it now.", words::many(n, "check"))
}

pub(super) fn could_not_tell(n: usize) -> String {
    format!("{} looked here and could not tell.", words::many(n, "check"))
}

pub(super) fn parts_rest(n: usize) -> String {
    format!("It counts. It speaks of {}.", words::many(n, "part"))
}

pub(super) fn accepts(n: usize) -> String {
    match n {
        0 => "It is in force, and nothing needs it now.".to_owned(),
        n => format!("It is in force and accepts {}.", words::many(n, "gap")),
    }
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", words::count(n))
}
