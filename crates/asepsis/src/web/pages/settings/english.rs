//! The English words of Settings.

use asepsis_report::words::{count, many, plural};
use asepsis_store::accounts::Rights;
use asepsis_store::verify::Tail;

pub(super) const SETTINGS: &str = "Settings";
pub(super) const YOURS: &str = "Yours";
pub(super) const OF_ALL: &str = "Of the whole organization";
pub(super) const SIGN_IN: &str = "Your sign-in";
pub(super) const SIGN_IN_HOLDS: &str = "Your passphrase, and where you are signed in.";
pub(super) const FACTOR: &str = "Second step";
pub(super) const FACTOR_IS_ON: &str = "The second step is on: your passphrase alone opens nothing.";
pub(super) const FACTOR_IS_OFF: &str =
    "The second step is off. With it, a passphrase that somebody learned is not enough.";
pub(super) const PEOPLE: &str = "People";
pub(super) const PEOPLE_HOLDS: &str = "Who may use this book, and what each may do.";
pub(super) const ORGANIZATION: &str = "Your organization";
pub(super) const ORGANIZATION_HOLDS: &str = "Name, size, mail domains, sites and time zone.";
pub(super) const LOOKS: &str = "Looking again";
pub(super) const LOOKS_HOLDS: &str = "Whether the book looks by itself, and what is due next.";
pub(super) const BACKUP: &str = "Backup and proof";
pub(super) const BACKUP_HOLDS: &str = "Take a copy away, and see that nothing was changed.";
pub(super) const CONNECTIONS: &str = "Connections";
pub(super) const CONNECTIONS_HOLDS: &str = "Every question that was asked over the network.";

pub(super) const TYPE_OWN: &str = "Type your own passphrase.";
pub(super) const WRONG_OWN: &str = "That is not your passphrase. Check it and type it again.";
pub(super) const OWN_PASSPHRASE: &str = "Your own passphrase";

pub(super) const NAME: &str = "Name";
pub(super) const SIGN_IN_NAME: &str = "Sign-in name";
pub(super) const SIGN_IN_HINT: &str = "A short name or an e-mail address. Nothing is sent there.";
pub(super) const YOU_MAY: &str = "What you may do";
pub(super) const PASSPHRASE: &str = "Passphrase";
pub(super) const PASSPHRASE_NOW: &str = "Your passphrase until now";
pub(super) const PASSPHRASE_NEW: &str = "New passphrase";
pub(super) const PASSPHRASE_RULE: &str =
    "At least 15 characters. Four or five unusual words are easy to remember.";
pub(super) const CHANGE_PASSPHRASE: &str = "Change the passphrase";
pub(super) const SESSIONS: &str = "Where you are signed in";
pub(super) const THIS_ONE: &str = "this browser";
pub(super) const SINCE: &str = "Since";
pub(super) const LAST_SEEN: &str = "last used";
pub(super) const END: &str = "Sign out there";
pub(super) const END_OTHERS: &str = "Sign out everywhere else";

pub(super) const ASKED_OF_ALL: &str = "Others than this computer can reach the book. So everybody \
    sets up the second step first; then the rest of the book opens.";
pub(super) const FACTOR_WHY: &str = "After your passphrase you also type six digits that your \
    telephone shows. Who learns your passphrase still stays outside.";
pub(super) const SCAN: &str = "1. Let your telephone read this";
pub(super) const SCAN_HOW: &str = "Open an authenticator app on your telephone (any that shows \
    six digits will do), choose to add an account, and point the camera here.";
pub(super) const QR: &str = "Square code for an authenticator app";
pub(super) const NO_CAMERA: &str = "No camera at hand?";
pub(super) const TYPE_SECRET: &str = "Type this key into the app instead:";
pub(super) const OPEN_ADDRESS: &str = "Some apps on this computer take it as an address:";
pub(super) const CONFIRM: &str = "2. Show that it works";
pub(super) const CODE: &str = "The six digits the app shows now";
pub(super) const CODE_OR_RECOVERY: &str =
    "No app at hand? Type one of your recovery codes instead.";
pub(super) const FACTOR_ON: &str = "Switch the second step on";
pub(super) const FACTOR_OFF: &str = "Switch the second step off";
pub(super) const BEGIN_AGAIN: &str =
    "The key did not arrive whole. Here is a new one: let your telephone read it again.";
pub(super) const WRONG_CODE: &str =
    "That is not the code of now. Wait for the next one and type it; each works once.";
pub(super) const RECOVERY: &str = "Your recovery codes";
pub(super) const RECOVERY_HOW: &str = "They are shown this once. Print this page or write them \
    down, and keep them where you keep your keys. If the telephone is lost, each opens the second \
    step one time.";
pub(super) const KEPT: &str = "I have kept them";
pub(super) const CHANGE_FACTOR: &str = "Change it";
pub(super) const CHANGE_FACTOR_HOW: &str = "New recovery codes make the old ones worthless. To \
    move to another telephone, switch the second step off and on again.";
pub(super) const OFF_BEYOND: &str = "Others than this computer can reach the book: without the \
    second step it shows you nothing until you switch it on again.";
pub(super) const NEW_CODES: &str = "Make new recovery codes";
pub(super) const OLD_CODES_GONE: &str = "These are new; the old ones work no more.";

pub(super) const PEOPLE_COLUMNS: [&str; 4] = ["Name", "May", "Answers", "Sign-in"];
pub(super) const AS: &str = "as";
pub(super) const USED: &str = "last used";
pub(super) const STEP_ON: &str = "second step on";
pub(super) const STEP_OFF: &str = "second step off";
pub(super) const MAY: &str = "What may they do?";
pub(super) const ROLES: &str = "Which kinds of questions can they answer?";
pub(super) const NO_ROLE: &str = "no questions";
pub(super) const ON: &str = "on";
pub(super) const OFF: &str = "off";
pub(super) const NOT_SIGNED_IN: &str = "not signed in";
pub(super) const STOPPED_SINCE: &str = "Cannot sign in since";
pub(super) const ADD_SOMEBODY: &str = "Add somebody";
pub(super) const FOR_VENDORS: &str =
    "For a vendor that only answers once, a link from the vendor sheet is enough.";
pub(super) const FIRST_PASSPHRASE: &str = "Their first passphrase";
pub(super) const FIRST_PASSPHRASE_HINT: &str = "At least 15 characters. Tell it to them in \
    person; they change it under Settings.";
pub(super) const ADD: &str = "Add this person";
pub(super) const CHOOSE_RIGHTS: &str = "Choose what they may do.";
pub(super) const TAKEN: &str = "Somebody has this sign-in name already. Choose another.";

pub(super) const SAVE: &str = "Save";
pub(super) const HERE_SINCE: &str = "Added";
pub(super) const WHO_AND_WHAT: &str = "Who they are, and what they may do";
pub(super) const THIS_IS_YOU: &str = "This is you. Your own passphrase and second step:";
pub(super) const CANNOT_SIGN_IN: &str = "If they cannot sign in";
pub(super) const CANNOT_SIGN_IN_HOW: &str =
    "Make sure that it is really they who ask. They are signed out everywhere by it.";
pub(super) const NEW_PASSPHRASE_FOR_THEM: &str = "New passphrase for them";
pub(super) const SET_PASSPHRASE: &str = "Set this passphrase";
pub(super) const DROP_FACTOR: &str = "Take their second step off";
pub(super) const NO_MORE: &str = "If they should not sign in any more";
pub(super) const NO_MORE_HOW: &str =
    "What they answered and did stays on record, under their name. You can let them in again.";
pub(super) const SIGN_OUT_EVERYWHERE: &str = "Sign them out everywhere";
pub(super) const STOP: &str = "Stop their sign-in";
pub(super) const LET_IN_AGAIN: &str = "Let them sign in again";
pub(super) const LAST_OWNER: &str = "Nobody could manage people any more: this is the last owner \
    who can sign in. Make somebody else an owner first.";

pub(super) const NAME_AND_PLACE: &str = "Name and time zone";
pub(super) const ZONE: &str = "Time zone, in which your days begin and end";
pub(super) const OTHER_ZONE: &str = "Another time zone";
pub(super) const OTHER_ZONE_HINT: &str = "Its name as in Europe/Vienna. It goes before the list.";
pub(super) const SAVE_NAME: &str = "Save name and zone";
pub(super) const SIZE: &str = "Size";
pub(super) const AGAINST: &str = "These rows speak for another size:";
pub(super) const CHANGE_SIZE: &str = "Say more about your size";
pub(super) const SIZE_HOW: &str =
    "The column with most ticks is your size, unless you choose one at the end.";
pub(super) const NOT_KNOWN: &str = "not said";
pub(super) const CHOSEN_SIZE: &str = "Size to use";
pub(super) const BY_TABLE: &str = "As the rows above say";
pub(super) const SAVE_SIZE: &str = "Save size";
pub(super) const DOMAINS: &str = "Mail domains";
pub(super) const DOMAINS_DROP: &str = "Each look asks about these. Take a line out and the domain is looked at no more; what was seen \
     of it stays on record.";
pub(super) const SAVE_DOMAINS: &str = "Save domains";
pub(super) const SITES: &str = "Sites";
pub(super) const SITES_WHY: &str = "Places where you work, if there are several.";
pub(super) const SITE: &str = "Name of the site";
pub(super) const SITE_SIZE: &str = "Its size";
pub(super) const SAME_SIZE: &str = "Like the whole organization";
pub(super) const ADD_SITE: &str = "Add this site";
pub(super) const SITE_FAULT: &str = "Give a name of up to 100 characters.";
pub(super) const TAKE_OFF: &str = "Take off";
pub(super) const ADOPTED: &str = "More than your size asks";
pub(super) const ADOPTED_WHY: &str =
    "You may take on parts of the practices that are written for larger organizations.";
pub(super) const NONE_ADOPTED: &str = "None so far.";
pub(super) const NO_LONGER: &str = "No longer";
pub(super) const ADOPT_WHICH: &str = "What to take on";
pub(super) const ADOPT: &str = "Take it on";

pub(super) const LOOK_AGAIN: &str = "Looking again";
pub(super) const BY_ITSELF: &str = "Look again by itself while the program runs";
pub(super) const BY_ITSELF_HOW: &str = "At this computer and at your mail domains, whenever they \
    are due.";
pub(super) const HOW_OFTEN: &str = "How often";
pub(super) const HOW_OFTEN_WHY: &str =
    "So often that what was seen never gets too old to count, even if two looks fail.";
pub(super) const SCHEDULE: &str = "The program does not run all day? This, typed in a terminal, \
    has the computer itself start a look every day:";
pub(super) const SCHEDULE_VERB: &str = "asepsis schedule";
pub(super) const DUE_NEXT: &str = "What is due next";
pub(super) const DUE_NEXT_HOW: &str = "Other computers than this one are looked at there: run \
    asepsis on them, and bring the file in.";
pub(super) const NOTHING_DUE: &str = "Nothing is looked at yet.";
pub(super) const DUE_COLUMNS: [&str; 3] = ["What", "Last seen", "Due"];
pub(super) const SEEN: &str = "seen";
pub(super) const NEVER: &str = "never seen";
pub(super) const DUE: &str = "due";
pub(super) const DUE_NOW: &str = "due now";

pub(super) const TAKE_AWAY: &str = "Take a backup away";
pub(super) const BACKUP_WHAT: &str = "One file with everything in it: what was seen and said, the \
    people, the settings. Keep it away from this computer and locked, as you keep keys.";
pub(super) const BACKUP_ASKS: &str =
    "Asked because the file also holds what sign-ins are checked against.";
pub(super) const MAKE_BACKUP: &str = "Make a backup and download it";
pub(super) const BACKUP_BACK: &str = "To bring it back into an empty home, in a terminal:";
pub(super) const RESTORE_VERB: &str = "asepsis restore FILE";
pub(super) const KEYS_APART: &str =
    "The key that signs what is on record is not in it. Copy this folder too, to another place:";
pub(super) const OTHER_STORE: &str =
    "Your records are in PostgreSQL. Its own tool makes the backup:";
pub(super) const PG_DUMP: &str = "pg_dump";
pub(super) const UNCHANGED: &str = "Was anything changed?";
pub(super) const UNCHANGED_HOW: &str = "Everything on record is chained: a change, a swap or a cut \
    shows. This computes the whole chain again.";
pub(super) const VERIFY: &str = "Check everything now";
pub(super) const NOT_SOUND: &str = "Something is not as it was recorded";
pub(super) const NOT_SOUND_NEXT: &str = "Do not go on recording. Keep a copy of the files as they \
    are, and bring back your newest backup.";
pub(super) const HEAD: &str = "The newest signature";
pub(super) const HEAD_HOW: &str = "Print it and keep it with your papers. It stands for \
    everything recorded so far: whoever holds it can show that nothing before it was changed.";

pub(super) const OFFLINE: &str = "Now the network is switched off: nothing is asked.";
pub(super) const CALL_COLUMNS: [&str; 3] = ["What was asked", "Of whom", "How"];

/// What somebody with these rights may do: a name for it, and in a sentence.
pub(super) const fn rights(rights: Rights) -> (&'static str, &'static str) {
    match rights {
        Rights::Owner => ("Everything (owner)", "All of it, people and settings too."),
        Rights::Staff => {
            ("Look and answer (staff)", "See how you stand, answer questions, comment.")
        }
        Rights::It => (
            "Look, answer and work (IT)",
            "See how you stand, answer, plan and finish work, measure, bring files in, ask vendors.",
        ),
        Rights::Vendor => (
            "Answer what vendors are asked (vendor)",
            "See the vendor sheet, answer, comment, and say what is done.",
        ),
        Rights::Auditor => ("Look only (auditor)", "See how you stand and what shows it."),
    }
}

/// A browser and its system, told by what it calls itself.
pub(super) fn agent(agent: &str) -> String {
    // The order counts: most call themselves what others are, too.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "a Mac"),
        ("Linux", "Linux"),
    ];
    let of = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    match (of(&BROWSERS), of(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "A browser".to_owned(),
    }
}

/// A key in groups of four, as it is easier to type.
pub(super) fn spaced(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

pub(super) fn people_known(n: usize) -> String {
    format!(
        "{} may use this book",
        if n == 1 { "1 person".to_owned() } else { format!("{} people", count(n)) }
    )
}

pub(super) fn check_it(why: &str) -> String {
    format!("Check the spelling: {why}.")
}

pub(super) fn too_many_sites(most: usize) -> String {
    format!("There are {most} sites already; take one off first.")
}

pub(super) fn every(subject: &str, days: u32) -> String {
    let things = plural(subject);
    if days == 1 { format!("{things}: every day") } else { format!("{things}: every {days} days") }
}

pub(super) fn looked_at(n: usize) -> String {
    format!("{} looked at, the most urgent first", many(n, "thing"))
}

pub(super) fn sound(entries: u64) -> String {
    let entries = usize::try_from(entries).unwrap_or(usize::MAX);
    format!("All {} are as they were recorded.", many(entries, "entry"))
}

/// What is known of the end of what is on record.
pub(super) fn tail(tail: Tail) -> String {
    match tail {
        Tail::Held { signed } => {
            let signed = usize::try_from(signed).unwrap_or(usize::MAX);
            format!(
                "The newest signature vouches that none of the first {} is gone.",
                count(signed)
            )
        }
        Tail::Unknown => {
            "No signature was kept so far, so what is cut off at the end cannot show.".to_owned()
        }
    }
}

pub(super) fn nothing_else(data: &str) -> String {
    format!("Nothing else leaves this computer: no answers, no names, no {data}.")
}

pub(super) fn asked(n: usize) -> String {
    match n {
        0 => "Nothing was asked over the network so far.".to_owned(),
        n => format!("{} asked so far, the newest first.", many(n, "question")),
    }
}

pub(super) fn questions(n: usize) -> String {
    many(n, "question")
}

pub(super) fn protocol(word: &str) -> &str {
    match word {
        "dns" => "DNS",
        "https" => "HTTPS",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_what_they_call_themselves() {
        let rows = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.14.1", "A browser"),
            ("", "A browser"),
        ];
        for (given, told) in rows {
            assert_eq!(agent(given), told);
        }
    }

    #[test]
    fn a_key_is_shown_in_fours() {
        assert_eq!(spaced("GEZDGNBVGY"), "GEZD GNBV GY");
        assert_eq!(spaced(""), "");
    }

    /// Everything that the rights really allow is told, in the same order of width.
    #[test]
    fn all_rights_are_told_apart() {
        let told: std::collections::BTreeSet<_> = Rights::ALL.into_iter().map(rights).collect();
        assert_eq!(told.len(), Rights::ALL.len());
    }
}
