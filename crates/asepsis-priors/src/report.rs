//! The whole report, with the hash of the list above and its own hash below.

use asepsis_core::hash::Hash;

use crate::list::List;
use crate::page::{Page, whole};
use crate::section::{frequency, hold_out, sizes, texts, years};

/// The report as it is printed.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) text: String,
    /// Of all lines but the last, which says it.
    pub(crate) hash: Hash,
}

/// The report on a list.
pub(crate) fn of(list: &List) -> Report {
    let mut page = Page::default();
    page.line("# What the federal list of breaches says");
    page.line("");
    page.line(format!("input sha256: {}", list.hash));
    page.line(format!("input rows: {}", whole(list.breaches.len() as f64)));
    years::write(&list.breaches, &mut page);
    texts::write(&list.breaches, &mut page);
    sizes::write(&list.breaches, &mut page);
    hold_out::write(&list.breaches, &mut page);
    frequency::write(&list.breaches, &mut page);
    page.line("");
    let mut text = page.into_text();
    let hash = Hash::of(&[text.as_bytes()]);
    text.push_str(&format!("output sha256: {hash}\n"));
    Report { text, hash }
}
