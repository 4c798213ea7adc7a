//! What is said about one file of facts: what it is, of which day, what it adds.

use jiff::tz::TimeZone;

use super::{Imported, Looks, numbers};
use crate::ops::day;
use crate::text::{Page, Paint, clean, count};

pub(super) fn said(it: &Imported, dry_run: bool, zone: &TimeZone, page: &mut Page) {
    let mut first = format!("{}: {}", clean(&it.file), it.is);
    if !it.made_by.is_empty() {
        first.push_str(&format!(", made by {}", clean(&it.made_by)));
    }
    match (it.from.map(|at| day(at, zone)), it.to.map(|at| day(at, zone))) {
        (Some(from), Some(to)) if from == to => first.push_str(&format!(", of {to}")),
        (Some(from), Some(to)) => first.push_str(&format!(", of {from} to {to}")),
        _ => {}
    }
    page.hanging("", &first, 0, Paint::Plain);
    for ask in &it.asks {
        let text = match *ask {
            "date" => "The file does not say of which day it is: --date DAY",
            _ => "The file does not say which computer it is about: --host NAME",
        };
        page.hanging("?", text, 1, Paint::Strong);
    }
    for (schema, looks) in &it.looks {
        page.hanging("·", &counted(schema, looks), 1, Paint::Plain);
    }
    if it.names > 0 {
        page.hanging("·", &format!("{} new or changed", count(it.names, "name")), 1, Paint::Plain);
    }
    match it.import {
        Some(import) if it.entries.is_empty() => {
            page.hanging("", &format!("Recorded as file {import}"), 1, Paint::Quiet);
        }
        Some(import) => {
            let text = format!("Recorded: {}, file {import}", numbers(&it.entries));
            page.hanging("", &text, 1, Paint::Quiet);
        }
        None if dry_run => {}
        None => page.hanging("", "All of it is known; nothing is recorded", 1, Paint::Quiet),
    }
}

/// `3 computers: 2 new, 1 changed`.
fn counted(schema: &str, looks: &Looks) -> String {
    let Looks { new, changed, again, known, older } = looks;
    let noun = schema.split('/').next().unwrap_or(schema).replace('-', " ");
    let parts = [
        (*new, "new"),
        (*changed, "changed"),
        (*again, "as before, seen again"),
        (*known, "already known"),
        (*older, "older than what is known, kept as history"),
    ];
    let all = count(new + changed + again + known + older, &noun);
    let parts = parts.iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| format!("{n} {what}")).collect();
    format!("{all}: {}", parts.join(", "))
}
