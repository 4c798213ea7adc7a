//! The English words of the glossary and of the free help.

use asepsis_report::words::many;

pub(super) const GLOSSARY: &str = "Glossary";
pub(super) const LEAD: &str = "The words of this book and of HICP, in plain English.";
pub(super) const FREE_HELP: &str = "Free help from others";
pub(super) const FIND: &str = "Find a word";
pub(super) const FIND_HINT: &str = "A part of the word is enough.";
pub(super) const DO_FIND: &str = "Find";
pub(super) const ALL_WORDS: &str = "All words";
pub(super) const LETTERS: &str = "Letters";
pub(super) const SEE: &str = "See";
pub(super) const LETTER: &str = "Words that begin with";
pub(super) const FOUND: &str = "What was found";
pub(super) const NOTHING: &str = "No word here fits. Try a shorter part of it.";
pub(super) const USUAL: &str =
    "How sure we are of these meanings, where no other word stands beside one:";

pub(super) const RESOURCES: &str = "Free help and where this comes from";
pub(super) const RESOURCES_LEAD: &str = "Others help health care organizations without asking for money. Each of these opens in its own site; nothing about you is sent with the click but what browsers always send.";
pub(super) const FOR_PRACTICES: &str = "Helps with";
pub(super) const CERTAINTY: &str = "How sure we are of what HICP says";
pub(super) const CERTAINTY_LEAD: &str = "This book describes HICP in our own words. Where a small word stands beside a statement, it is one of these five; no word means sourced.";
pub(super) const SOURCES: &str = "Where statements come from";
pub(super) const EDITIONS: &str = "Which editions are described";
pub(super) const RELEASED: &str = "released";

pub(super) fn found(n: usize, asked: &str) -> String {
    format!("{} for “{asked}”", many(n, "word"))
}

pub(super) fn edition(year: u16) -> String {
    format!("Edition of {year}")
}
