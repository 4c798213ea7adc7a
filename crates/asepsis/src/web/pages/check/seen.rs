//! What a check saw, in a line; and the subjects on which it fails.

use asepsis_core::catalog::Check;
use asepsis_core::engine::Finding;
use asepsis_report::{prose, words};
use maud::{Markup, html};

use super::{View, say};
use crate::web::ui;

/// What was measured: how many of how many, what became of the others, and when.
pub(in crate::web::pages) fn line(view: &View<'_>, check: &Check, heading: &Markup) -> Markup {
    let tally = view.tally(&check.id);
    let noun = view.noun(check);
    let seen = tally.pass + tally.fail + tally.not_applicable > 0;
    html! {
        @if seen { span.key.measured { (say::MEASURED) } } @else { span.key { (say::NOT_SEEN) } }
        " " (heading) ": "
        @if tally.applicable() == 0 {
            @if tally.not_applicable > 0 { (say::NO_PLACE) } @else { (say::NOT_LOOKED) }
        } @else {
            b.num { (say::of(tally.pass, tally.applicable(), noun)) }
            (say::remainder(tally.fail, tally.unknown, tally.unseen))
            @if !tally.expected_known { " " (say::how_many(noun)) }
            @if let Some(share) = &check.share { " " (say::asked_for(share.required)) }
        }
        (looked(view, check))
    }
}

/// When it was looked at, with entries where no failing subject shows one.
fn looked(view: &View<'_>, check: &Check) -> Markup {
    let seen = view.book.seen.get(&check.id);
    let entries = seen.filter(|it| it.fails + it.accepted == 0).map(|it| it.entries.as_slice());
    html! {
        @if let Some(span) = view.book.looked.get(&check.id) {
            " " span.source {
                (words::days(&view.zone, *span))
                @for seq in entries.unwrap_or_default().iter().take(1) { ", " (view.entry(*seq)) }
            }
        }
    }
}

/// Subjects on which it fails, the first few by name.
pub(in crate::web::pages) fn failing(view: &View<'_>, check: &str, most: usize) -> Markup {
    let Some(seen) = view.book.seen.get(check).filter(|it| it.fails + it.accepted > 0) else {
        return html! {};
    };
    let more = seen.fails.saturating_sub(most);
    html! {
        @if seen.fails > 0 && most > 0 {
            ul.subjects {
                @for finding in view.book.failing(check).take(most) { li { (brief(view, finding)) } }
                @if more > 0 { li.more { a href={ "/checks/" (check) } { (say::and_more(more)) } } }
            }
        }
        @if seen.accepted > 0 {
            p { span.chip { (say::ACCEPTED) } " " (words::count(seen.accepted)) " " a href={ "/checks/" (check) "#accepted" } { (say::WHY_ACCEPTED) } }
        }
    }
}

/// Why some are unknown, the commonest reasons.
pub(in crate::web::pages) fn reasons(view: &View<'_>, check: &str, most: usize) -> Markup {
    let unknown = view.book.seen.get(check).map_or(&[][..], |it| it.unknown.as_slice());
    html! {
        @if !unknown.is_empty() && most > 0 {
            ul.reasons { @for (why, n) in unknown.iter().take(most) { li { (say::because(*n, &ui::why(why))) } } }
        }
    }
}

/// A subject under a line that says when: its name, what was seen, and where that is kept.
fn brief(view: &View<'_>, finding: &Finding) -> Markup {
    html! {
        b.label { (&*finding.label) }
        @if let Some(detail) = &finding.reason { ": " (prose::spans(&ui::why(detail))) }
        @if let Some(seq) = finding.evidence { ", " (view.entry(seq)) }
    }
}

/// A subject: its name, what was seen, and where that is kept.
pub(super) fn subject(view: &View<'_>, finding: &Finding) -> Markup {
    html! {
        b.label { (&*finding.label) }
        @if let Some(detail) = &finding.reason { ": " (prose::spans(&ui::why(detail))) }
        " " (view.source(finding.observed_at, finding.evidence))
    }
}
