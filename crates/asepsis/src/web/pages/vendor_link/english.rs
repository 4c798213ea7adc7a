//! The English words of a vendor's links.

use asepsis_report::words;
use maud::{Markup, html};

// Making and ending them.
pub(super) const TITLE: &str = "Links for the vendor";
pub(super) const LEAD: &str = "With a link, the vendor answers on a page of its own, without a sign-in. It shows only what you choose, ends by itself, and can be ended here at any time.";
pub(super) const ONLY_HERE: &str =
    "This book can be reached on this machine only, so a link works only here.";
pub(super) const THE_SHEET: &str = "Save or print the vendor sheet instead";
pub(super) const LINKS: &str = "Links that were made";
pub(super) const CAPTION: &str = "Newest first. The address itself is not kept.";
pub(super) const COLUMNS: [&str; 5] = ["For", "Asks", "Works", "Used", "End it"];
pub(super) const LAST_USED: &str = "last used";
pub(super) const NEVER: &str = "not used yet";
pub(super) const END: &str = "End it now";
pub(super) const MAKE: &str = "Make a link";
pub(super) const MAKE_IT: &str = "Make the link";
pub(super) const NOTHING_TO_ASK: &str = "There is nothing to ask the vendor now.";
pub(super) const FOR: &str = "For whom";
pub(super) const FOR_HINT: &str = "The company or person, as it shall stand beside the answers.";
pub(super) const DAYS: &str = "How many days it works";
pub(super) const DAYS_HINT: &str = "1 to 90.";
pub(super) const SCOPE_HINT: &str = "The vendor sees what is ticked and nothing else.";
pub(super) const WHO: &str = "Say for whom the link is, in up to 100 characters.";
pub(super) const HOW_LONG: &str = "Give a number of days from 1 to 90.";
pub(super) const WHAT: &str = "Tick at least one thing to ask, and at most 200.";
pub(super) const ONCE: &str = "Copy this address now and send it to the vendor by a way you trust. It is shown this once and kept nowhere. Whoever has it can answer.";

pub(super) fn made_for(vendor: &str) -> String {
    format!("The link for {vendor}")
}

pub(super) fn lasts_until(day: &Markup) -> Markup {
    html! { "It works until " (day) "." }
}

pub(super) fn until(day: &Markup) -> Markup {
    html! { "until " (day) }
}

pub(super) fn expired(day: &Markup) -> Markup {
    html! { "its time was over on " (day) }
}

pub(super) fn ended(day: &Markup) -> Markup {
    html! { "ended on " (day) }
}

pub(super) fn asks(checks: usize, questions: usize) -> String {
    let things = words::many(checks, "thing");
    let asked = words::many(questions, "question");
    match (checks, questions) {
        (_, 0) => format!("{things} to do."),
        (0, _) => format!("{asked} to answer."),
        _ => format!("{things} to do, {asked} to answer."),
    }
}

// Following one.
pub(super) const OPEN_TITLE: &str = "Questions for you";
pub(super) const EXPIRED: &str = "It was made for a limited time, and that time is over.";
pub(super) const REVOKED: &str = "Whoever sent it has ended it.";
pub(super) const HOW: &str = "Answer what you can and save; you may come back and change it as long as the link works. Your answers are kept as yours. Please write nothing about the people cared for.";
pub(super) const YOUR_NAME: &str = "Your name";
pub(super) const YOUR_NAME_HINT: &str = "Kept beside your answers.";
pub(super) const NAME_FAULT: &str = "Please use a shorter name, on one line.";
pub(super) const SAVE: &str = "Save";
pub(super) const SAW: &str = "What we saw";
pub(super) const FIX: &str = "What we ask";
pub(super) const IS_IT_DONE: &str = "Is it done?";
pub(super) const DONE: &str = "Done";
pub(super) const NOT_DONE: &str = "Not done";
pub(super) const IN_ORDER: &str = "This is in order by now. There is nothing to do.";
pub(super) const SHOWS: &str = "What would show it:";
pub(super) const YOUR_ANSWER: &str = "Your answer";
pub(super) const REMARK: &str = "A remark";
pub(super) const REMARK_HINT: &str = "When it was done, or why not and until when.";
pub(super) const ONLY_REMARK: &str =
    "Choose an answer beside your remark; \u{201c}I don\u{2019}t know\u{201d} is one too.";
pub(super) const TOO_LONG: &str = "Please keep it under 2,000 characters.";

pub(super) fn who_asks(organization: &str, vendor: &str) -> Markup {
    html! { strong { (organization) } " asks " strong { (vendor) } " for help with keeping its computers and mail safe." }
}

pub(super) fn works_until(day: &Markup) -> Markup {
    html! { "This link works until " (day) "." }
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", words::count(n))
}

pub(super) fn you_said(day: &Markup) -> Markup {
    html! { "You said on " (day) ":" }
}

/// A remark that says by itself that the thing is not done.
pub(super) fn not_done(note: &str) -> String {
    if note.is_empty() { "Not done.".to_owned() } else { format!("Not done: {note}") }
}

pub(super) fn patient_data(found: &str) -> String {
    format!(
        "This seems to hold {found}. Please leave it out; nothing about the people cared for is kept here."
    )
}
