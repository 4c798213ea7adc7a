//! What changed since a week ago, and what ends within a week.

use asepsis_core::engine::{Change, CheckChange, Expires, Expiring};
use asepsis_report::marks::Mark;
use asepsis_report::words;
use maud::{Markup, html};

use super::{View, place, say};

/// How many lines of a kind are shown.
const LINES: usize = 6;

pub(super) fn changed(view: &View<'_>) -> Markup {
    html! {
        section.sheet aria-labelledby="changed" {
            h2 #changed { (say::CHANGED) }
            @match &view.book.changes {
                None => p.quiet { (say::TOO_YOUNG) },
                Some(it) if it.is_empty() => p { (say::NOTHING_CHANGED) },
                Some(it) => {
                    @if !it.sub_practices.is_empty() {
                        ul.lines {
                            @for change in it.sub_practices.iter().take(LINES) { li { (one(change)) } }
                        }
                        (more(it.sub_practices.len(), "/practices"))
                    }
                    (checks(view, say::BETTER, it.checks.iter().filter(|it| it.better)))
                    (checks(view, say::WORSE, it.checks.iter().filter(|it| !it.better)))
                },
            }
        }
    }
}

fn one(change: &Change) -> Markup {
    let (from, to) = (
        Mark::of(change.from.0, change.from.1, false),
        Mark::of(change.to.0, change.to.1, change.contradicted),
    );
    html! {
        a href=(place("s", &change.id, &change.id)) { (change.title) } " " span.id { (change.id) }
        div.row { (from.spoken()) span aria-hidden="true" { "→" } span.away { (say::NOW) } (to.spoken()) }
    }
}

fn checks<'a>(
    view: &View<'_>,
    heading: &str,
    all: impl Iterator<Item = &'a CheckChange>,
) -> Markup {
    let all: Vec<&CheckChange> = all.collect();
    html! {
        @if !all.is_empty() {
            h3 { (heading) }
            ul.points.small {
                @for it in all.iter().take(LINES) {
                    li { a href={ "/checks/" (it.check) } { (title(view, &it.check)) } }
                }
                @if all.len() > LINES { li { (say::and_more(all.len() - LINES)) } }
            }
        }
    }
}

fn title<'a>(view: &'a View<'_>, check: &'a str) -> &'a str {
    view.visit.catalog().check(check).map_or(check, |it| it.title.as_str())
}

fn more(all: usize, path: &str) -> Markup {
    html! { @if all > LINES { p { a href=(path) { (say::and_more(all - LINES)) } } } }
}

pub(super) fn ends(view: &View<'_>) -> Markup {
    let all = &view.book.expiring;
    html! {
        section.sheet aria-labelledby="ends" {
            h2 #ends { (say::ENDS) }
            @if all.is_empty() {
                p { (say::NOTHING_ENDS) }
            } @else {
                p.quiet { (say::WHY_ENDS) }
                ul.lines { @for it in all.iter().take(LINES) { li { (end(view, it)) } } }
                @if all.len() > LINES { p { (say::and_more(all.len() - LINES)) } }
            }
        }
    }
}

fn end(view: &View<'_>, it: &Expiring) -> Markup {
    let catalog = view.visit.catalog();
    html! {
        @match &it.what {
            Expires::Look { label: Some(label), .. } => span { (say::SEEN_OF) " " b { (label) } },
            Expires::Look { schema, label: None } => {
                @let kind = catalog.schemas.get(schema).map_or("", |it| it.subject.as_str());
                span { (say::SEEN_OF) " " b { (words::many(it.count, words::subject(kind))) } }
            },
            Expires::Answer { question } => {
                @let ask = catalog.question(question).map_or(question.as_str(), |it| it.ask.as_str());
                span { (say::ANSWER_TO) " " a href={ "/questions/" (question) } { (ask) } }
            },
            Expires::Waiver { check, .. } => span { (say::ACCEPTED) " " a href={ "/checks/" (check) } { (title(view, check)) } },
        }
        span.source { (say::COUNTS_UNTIL) " " (words::day(&view.zone, it.at)) }
    }
}
