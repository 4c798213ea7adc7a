//! The vendor sheet as markup: what we saw, what we ask, how to fix it, and space to answer; an area
//! per page of paper.

use maud::{Markup, html};

use crate::facts::Facts;
use crate::vendor_sheet::{Area, Ask, Asked, Saw, VendorSheet};
use crate::{prose, words};

/// The report's section.
pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    html! {
        section.vendor #vendor aria-labelledby="vendor-title" {
            h2 #vendor-title { "Vendor sheet" }
            (markup(&VendorSheet::of(facts.report)))
        }
    }
}

/// The sheet without its title; its areas begin with headings of the third level.
pub fn markup(sheet: &VendorSheet) -> Markup {
    html! {
        (lead(sheet))
        @if sheet.areas.iter().all(|area| area.asks.is_empty()) {
            p { "Nothing that was looked at needs work now." }
        }
        (areas(sheet, &|_| None))
    }
}

/// For whom the sheet is, and of when.
pub fn lead(sheet: &VendorSheet) -> Markup {
    html! {
        p.lead {
            "For the person or company that looks after the computers of " strong { (sheet.organization) }
            ". What we saw until " (words::day_of(sheet.as_of, &sheet.day)) ", what we ask, and space to answer."
        }
    }
}

/// Something on the sheet that a page of the practice book tells more about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// A check, by its id.
    Check(&'a str),
    /// A question, by its id.
    Question(&'a str),
    /// A ledger entry.
    Entry(u64),
}

/// Where that page is; `None` if the reader may not see it.
pub type Links<'a> = &'a dyn Fn(To<'_>) -> Option<String>;

/// Its areas, with links.
pub fn areas(sheet: &VendorSheet, links: Links<'_>) -> Markup {
    html! { @for area in &sheet.areas { (part(area, links)) } }
}

fn part(area: &Area, links: Links<'_>) -> Markup {
    html! {
        section.area aria-labelledby={ "area-" (area.number) } {
            h3 id={ "area-" (area.number) } {
                @if area.number > 0 { (area.number) " " } (area.name)
            }
            @for ask in &area.asks { (item(ask, links)) }
            @for question in &area.questions { (answerable(question, links)) }
        }
    }
}

fn item(ask: &Ask, links: Links<'_>) -> Markup {
    html! {
        article.ask {
            h4 { (ask.title) " " span.id { (link(links(To::Check(&ask.check)), &ask.check)) } }
            ul.facts {
                li { "severity " (ask.severity.word()) }
                li { "fails on " (words::count(ask.failing)) " of " (words::many(ask.applicable, &ask.noun)) }
                li { "about " b.num { (words::hours(ask.hours)) } ", " b.num { (words::dollars(ask.dollars)) } }
                li.ids { (ask.serves.join(", ")) }
            }
            div.pair {
                div {
                    h5 { "What we saw" }
                    ul.subjects {
                        @for saw in &ask.saw { li { (seen(saw, links)) } }
                        @if ask.more > 0 { li.more { "and " (words::count(ask.more)) " more" } }
                    }
                }
                @if !ask.fix.is_empty() {
                    div { h5 { "What we ask" } div.stack.small { (prose::prose(&ask.fix)) } }
                }
            }
            @if !ask.sources.is_empty() { p.source { "Rests on " (ask.sources.join("; ")) } }
            (answer(&["Done on", "By", "If not: why, and until when"]))
        }
    }
}

/// What was seen of one subject.
pub fn seen(saw: &Saw, links: Links<'_>) -> Markup {
    html! {
        b.label { (saw.label) }
        @if !saw.detail.is_empty() { ": " (prose::spans(&saw.detail)) }
        " "
        span.source {
            @if let Some(day) = &saw.day { span.num { (day) } }
            @if let Some(seq) = saw.evidence { ", " span.num { (link(links(To::Entry(seq)), &format!("evidence {seq}"))) } }
        }
    }
}

fn link(to: Option<String>, text: &str) -> Markup {
    html! { @if let Some(to) = to { a href=(to) { (text) } } @else { (text) } }
}

/// Lines to write on.
fn answer(labels: &[&str]) -> Markup {
    html! { ul.answer { @for label in labels { li { span { (label) } } } } }
}

fn answerable(question: &Asked, links: Links<'_>) -> Markup {
    html! {
        article.ask {
            h4 { (question.ask) " " span.id { (link(links(To::Question(&question.id)), &question.id)) } }
            @if let Some(help) = &question.help { p.small { (help) } }
            p.quiet {
                @if question.only_theirs { "A question for you. " } @else { "We could not answer this ourselves. " }
                "What would show it: " (question.evidence)
            }
            @if !question.answers.is_empty() {
                ul.boxes { @for (_, text) in &question.answers { li { (text) } } }
            }
            (answer(&["Answer", "By, on"]))
        }
    }
}
