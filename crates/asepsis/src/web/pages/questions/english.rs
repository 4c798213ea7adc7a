//! The English words of the questions.

use asepsis_report::words;
use maud::{Markup, html};

pub(super) const TITLE: &str = "Questions";
pub(super) const START: &str = "Start";
pub(super) const START_OTHERS: &str = "Answer questions for others";
pub(super) const ALL: &str = "All questions";
pub(super) const ALL_OF_THEM: &str = "See all questions, with who answered what";
pub(super) const PAPER: &str = "Questions on paper";
pub(super) const ON_PAPER: &str = "Print them, to ask on paper";
pub(super) const INTRO: &str = "Only what cannot be measured is asked, and what tells most comes first. Ten at a sitting; each answer is kept at once, so you can stop at any time and several people can answer at the same time.";
pub(super) const NONE_OPEN: &str =
    "Nothing is open for you. What is measured is not asked, and what was answered counts.";
pub(super) const OTHERS: &str = "Who else is asked";
pub(super) const OTHERS_CAPTION: &str =
    "Open questions, each under the role that can answer it best";
pub(super) const ROLE: &str = "Who";
pub(super) const PEOPLE: &str = "People with a sign-in";
pub(super) const OPEN: &str = "Open";
pub(super) const NOBODY: &str = "nobody yet";
pub(super) const INVITE: &str = "Give somebody a sign-in";

pub(super) fn open_for_you(n: usize) -> Markup {
    html! {
        @match n {
            1 => "One question is open for you. It takes about half a minute.",
            n => { (words::capital(n)) " questions are open for you. That takes about " (words::many(n.div_ceil(2), "minute")) "; half a minute each is our estimate." },
        }
    }
}

pub(super) fn open_for_others(n: usize) -> String {
    match n {
        1 => "One more is for somebody else; you may answer it too.".to_owned(),
        n => format!("{} more are for others; you may answer them too.", words::capital(n)),
    }
}

pub(super) fn waiting(n: usize) -> Markup {
    html! {
        @if n == 1 { "One question was answered with \u{201c}I don\u{2019}t know\u{201d}. It is" }
        @else { (words::capital(n)) " questions were answered with \u{201c}I don\u{2019}t know\u{201d}. They are" }
        " on the "
        a href="/vendor-sheet" { "vendor sheet" } "."
    }
}

// One question.
pub(super) const YOUR_ANSWER: &str = "Your answer";
pub(super) const TICK: &str = "Tick all that apply";
pub(super) const CHOOSE_ONE: &str = "Choose one";
pub(super) const NONE_OF_THESE: &str = "None of these";
pub(super) const DONT_KNOW: &str = "I don\u{2019}t know";
pub(super) const NONE_OR_SOME: &str =
    "You ticked \u{201c}None of these\u{201d} and something else. Keep one of the two.";
pub(super) const EITHER: &str =
    "You ticked \u{201c}I don\u{2019}t know\u{201d} and gave an answer. Keep one of the two.";
pub(super) const NOTHING: &str =
    "Choose an answer. If you are not sure, \u{201c}I don\u{2019}t know\u{201d} is a good one too.";
pub(super) const SURE: &str = "How sure are you?";
pub(super) const I_KNOW: &str = "I know it";
pub(super) const I_BELIEVE: &str = "I believe so";
pub(super) const REMARK: &str = "A remark";
pub(super) const REMARK_HINT: &str =
    "Whatever helps the next reader. Nothing about anybody you care for, please.";
pub(super) const SAVE_NEXT: &str = "Save and next";
pub(super) const SAVE: &str = "Save";
pub(super) const SKIP: &str = "Skip";
pub(super) const BACK: &str = "Back";
pub(super) const STOP: &str = "Stop here";
pub(super) const DONT_KNOW_SAYS: &str =
    "\u{201c}I don\u{2019}t know\u{201d} is kept too: the question then goes on the vendor sheet.";
pub(super) const WHY: &str = "Why we ask";
pub(super) const WHO: &str = "Who may know";
pub(super) const SHOWS: &str = "What would show it";
pub(super) const LASTS: &str = "How long it counts";
pub(super) const NEXT: &str = "Next question";
pub(super) const CORRECT: &str = "Correct it";
pub(super) const SETTLED: &str = "This was measured, so nobody needs to answer it";
pub(super) const SETTLED_LEAD: &str = "What was seen counts more than what anybody could say.";
pub(super) const NOT_ASKED: &str = "This is not asked here";
pub(super) const OTHER_SIZE: &str = "It is for organizations of another size.";
pub(super) const MAY_BE_ASKED: &str =
    "If the earlier answer is not right any more, correct it there.";
pub(super) const TOLD: &str = "told";
pub(super) const MEASURED: &str = "measured";
pub(super) const ANSWER_ANYWAY: &str =
    "If you know better, correct it. Both answers stay on record; the newer one counts.";
pub(super) const YOUR_WORDS: &str = "What you typed is still below. Save it if it is better.";
pub(super) const NOT_YOURS: &str = "Your sign-in does not include that role. Whoever keeps the book can change that under Settings, People.";

/// The why of the catalog begins with what is the heading here.
pub(super) fn why(text: &str) -> String {
    let rest = text.strip_prefix("Why we ask: ").unwrap_or(text);
    let mut letters = rest.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

pub(super) fn number_of_ten(n: usize, ten: usize) -> String {
    format!("Question {n} of {ten} at this sitting")
}

pub(super) fn settles(n: usize) -> Option<String> {
    (n > 0).then(|| format!("Your answer settles {}.", words::many(n, "open point")))
}

pub(super) fn lasts(days: u32) -> String {
    match days {
        365 => "A year; then we ask again.".to_owned(),
        n => format!("{n} days; then we ask again."),
    }
}

pub(super) fn number_between(min: i64, max: i64) -> String {
    let number = |n: i64| words::number(n.unsigned_abs());
    if max == i64::MAX {
        format!("A whole number, {} or more.", number(min))
    } else {
        format!("A whole number from {} to {}.", number(min), number(max))
    }
}

pub(super) fn patient_data(found: &str) -> String {
    format!(
        "This seems to hold {found}. Please leave it out; this book keeps nothing about the people you care for."
    )
}

pub(super) const TOO_LONG: &str = "Please keep it under 2,000 characters.";

pub(super) fn for_whom(roles: &[String]) -> String {
    let all: Vec<String> = roles.iter().map(|role| words::the_role(role)).collect();
    format!("This one is for {}.", or(&all))
}

fn or(all: &[String]) -> String {
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

pub(super) fn who_may(roles: &[String]) -> String {
    let mut who = or(&roles.iter().map(|role| words::the_role(role)).collect::<Vec<_>>());
    if let Some(first) = who.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    who
}

/// How long ago; `None` if it is better told as a day.
pub(super) fn ago(milliseconds: i64) -> Option<String> {
    match milliseconds / 60_000 {
        ..=0 => Some("just now".to_owned()),
        1 => Some("a minute ago".to_owned()),
        n @ 2..=59 => Some(format!("{n} minutes ago")),
        _ => None,
    }
}

pub(super) fn answered_by(name: &str, when: &Markup) -> Markup {
    html! { (name) " answered this " (when) }
}

pub(super) fn on(day: &Markup) -> Markup {
    html! { "on " (day) }
}

pub(super) fn you_did_not_know(by: Option<&str>) -> String {
    match by {
        None => "You said that you don\u{2019}t know. It is on the vendor sheet; if you know it now, answer it.".to_owned(),
        Some(name) => format!("{name} did not know, so it is on the vendor sheet. Perhaps you do?"),
    }
}

pub(super) fn role_and_sure(role: &str, fairly: bool) -> String {
    let sure = if fairly { ", fairly sure" } else { "" };
    format!("as {}{sure}", words::the_role(role))
}

// The pause.
pub(super) const PAUSE: &str = "A good place to pause";
pub(super) const DONE: &str = "All questions for you are answered";
pub(super) const SETTLED_NOW: &str = "What you answered";
pub(super) const NOTHING_NOW: &str = "You did not answer anything at this sitting, which is fine.";
pub(super) const SKIPPED: &str = "What you skipped";
pub(super) const SKIPPED_WHY: &str = "They stay open and come back at the next sitting.";
pub(super) const NOT_ASKED_ALL: &str = "What was not asked, and why";
pub(super) const WHAT_NEXT: &str = "What is next";
pub(super) const GO_ON: &str = "Go on with the next ten";
pub(super) const GO_ON_FEW: &str = "Go on";
pub(super) const TO_DO: &str = "What to do first, as far as we know now:";
pub(super) const TO_TODAY: &str = "To Today";
pub(super) const SHEET: &str = "Print the vendor sheet";
pub(super) const ON_SHEET: &str = "on the vendor sheet";

pub(super) fn open(n: usize) -> String {
    format!("{} open", words::count(n))
}

pub(super) fn left(n: usize) -> String {
    match n {
        0 => "No question is left for you.".to_owned(),
        1 => "One question is left for you.".to_owned(),
        n => format!("{} questions are left for you.", words::capital(n)),
    }
}

pub(super) fn known(n: usize) -> String {
    format!("It settles {}.", words::many(n, "point"))
}

pub(super) fn measured_instead(n: usize) -> Markup {
    html! { b { (words::count(n)) } " because the answer was measured" }
}

pub(super) fn do_not_apply(n: usize) -> Markup {
    html! { b { (words::count(n)) } " because they do not apply to your organization" }
}

pub(super) fn depend(n: usize) -> Markup {
    html! { b { (words::count(n)) } " because of an earlier answer, or because one must come first" }
}

// All questions.
pub(super) const STATES: [&str; 4] = ["Open", "Nobody here knew", "Answered", "Not asked"];
pub(super) const NO_QUESTION: &str = "There is no question here.";
pub(super) const CHANGE_THIS: &str = "Correct it";

pub(super) fn count(n: usize) -> String {
    words::many(n, "question")
}

pub(super) fn for_roles(roles: &[String]) -> String {
    format!("for {}", or(&roles.iter().map(|role| words::the_role(role)).collect::<Vec<_>>()))
}

/// The engine's words for a question that measurements settle.
pub(super) const ALREADY_MEASURED: &str = "already measured";
/// How its words begin for a question that has no place here.
pub(super) const DOES_NOT_APPLY: &str = "does not apply: ";

pub(super) fn reason(reason: &str) -> String {
    match reason {
        ALREADY_MEASURED => "It was measured.".to_owned(),
        other => {
            let mut text = format!("Not asked {other}");
            if let Some(rest) = other.strip_prefix(DOES_NOT_APPLY) {
                text = format!("It does not apply here: {rest}");
            } else if let Some(rest) = other.strip_prefix("asked after: ") {
                text = format!("It is asked after: {rest}");
            }
            text
        }
    }
}

// On paper.
pub(super) const PAPER_LEAD: &str = "One box or one line for each; \u{201c}I don\u{2019}t know\u{201d} is an answer too. Somebody with a sign-in then types it in.";
pub(super) const PAPER_NONE: &str = "No question is open for this role.";
pub(super) const PAPER_HOW: &str =
    "Print this page with your browser (Ctrl+P). Each role has a page of its own.";
pub(super) const PAPER_ROLES: &str = "Choose whom to ask";
pub(super) const PAPER_BY: [&str; 2] = ["Answer, or a remark", "By, on"];

pub(super) fn paper_for(role: &str) -> String {
    format!("For {}", words::the_role(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_their_numbers() {
        assert_eq!(ago(59_999).as_deref(), Some("just now"));
        assert_eq!(ago(60_000).as_deref(), Some("a minute ago"));
        assert_eq!(ago(3_599_999).as_deref(), Some("59 minutes ago"));
        assert_eq!(ago(3_600_000), None);
        assert_eq!(why("Why we ask: without it"), "Without it");
        assert_eq!(why(""), "");
        assert_eq!(
            who_may(&["it".to_owned(), "vendor".to_owned()]),
            "The IT person or the IT vendor"
        );
        assert_eq!(reason("asked after: Who?"), "It is asked after: Who?");
        assert_eq!(number_between(1, 1000), "A whole number from 1 to 1,000.");
    }
}
