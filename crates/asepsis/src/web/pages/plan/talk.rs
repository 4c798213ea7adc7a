//! What people said about a thing to do, oldest first; of a long talk the newest part.

use asepsis_core::engine::{ActionEntry, ActionStanding};
use maud::{Markup, html};

use super::english as say;
use crate::ops::Book;
use crate::web::ui;

/// The most words on one page, and the most bytes of them.
const MOST: usize = 20;
const BYTES: usize = 14_000;

/// The parts of a talk, newest part first, each oldest word first; none is empty.
fn parts(events: &[ActionEntry]) -> Vec<&[ActionEntry]> {
    let mut parts = Vec::new();
    let mut rest = events;
    while !rest.is_empty() {
        let (mut taken, mut bytes) = (0, 0);
        for entry in rest.iter().rev() {
            bytes += say::text(&entry.change).len();
            if taken == MOST || (taken > 0 && bytes > BYTES) {
                break;
            }
            taken += 1;
        }
        let (before, part) = rest.split_at(rest.len() - taken);
        parts.push(part);
        rest = before;
    }
    parts
}

/// The words, with those that were written after `read` marked as new.
pub(super) fn section(
    book: &Book,
    action: &ActionStanding,
    page: usize,
    read: Option<Option<u64>>,
) -> Markup {
    let parts = parts(&action.events);
    let page = page.clamp(1, parts.len().max(1));
    let shown = parts.get(page - 1).copied().unwrap_or_default();
    html! {
        section.stack.tight aria-labelledby="said" {
            h2 #said tabindex="-1" { (say::WHAT_WAS_SAID) }
            @if shown.is_empty() { p.quiet { (say::NOBODY_SPOKE) } } @else {
                div.sheet {
                    ol.lines {
                        @for entry in shown { (word(book, entry, read.is_some_and(|read| Some(entry.seq) > read))) }
                    }
                }
            }
            (ui::pager(&format!("/plan/{}", action.check), page, parts.len()))
            @if parts.len() > 1 { p.quiet.small { (say::NEWEST_PART) } }
        }
    }
}

fn word(book: &Book, entry: &ActionEntry, new: bool) -> Markup {
    let text = say::text(&entry.change);
    html! {
        li {
            p {
                strong { (ui::person(book, &entry.author)) }
                // A vendor writes any name: it must not pass for one of ours.
                @if book.vendors.contains(&entry.author) { " " span.chip { (say::VENDOR) } }
                " " (say::change(&entry.change, |id| ui::person(book, id).to_owned()))
                @if new { " " span.chip.partly { (say::NEW) } }
                " " span.source { (ui::day(book, entry.at)) ", " (ui::entry(entry.seq)) }
            }
            @if !text.is_empty() { blockquote { (text) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::action::ActionChange;
    use asepsis_core::time::Timestamp;

    fn said(seq: u64, length: usize) -> ActionEntry {
        ActionEntry {
            seq,
            author: "person-1".to_owned(),
            at: Timestamp::from_millis(0),
            change: ActionChange::Commented { text: "x".repeat(length) },
        }
    }

    #[test]
    fn a_long_talk_comes_in_parts_and_no_word_is_lost() {
        assert!(parts(&[]).is_empty());
        let short: Vec<ActionEntry> = (0..45).map(|seq| said(seq, 10)).collect();
        let lengths: Vec<usize> = parts(&short).iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [20, 20, 5]);
        assert_eq!(parts(&short)[0].last().unwrap().seq, 44, "the newest part first");
        let long: Vec<ActionEntry> = (0..5).map(|seq| said(seq, 16_000)).collect();
        assert_eq!(parts(&long).len(), 5);
    }
}
