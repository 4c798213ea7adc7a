//! Computers, and phones and tablets: how the fleet stands check by check with its exceptions, and the
//! list of them. One alone is at `assets/one`.

mod english;

use std::collections::BTreeSet;

use asepsis_core::catalog::Check;
use asepsis_core::outcome::Outcome;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{Asset, Book};
use crate::web::csv::Csv;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Choice, Column, Frame, Place};
use crate::web::visit::Visit;
use english as say;

/// How many one page lists.
const PAGE: usize = 50;
/// Checks with exceptions that are shown; exceptions of one that are named.
const SHARES: usize = 40;
const NAMED: usize = 5;
/// What the page is about: schema, and the word for it in an address.
const KINDS: [(&str, &str); 2] = [("computer/1", ""), ("mobile-device/1", "phones")];

pub(super) fn routes() -> Vec<Route> {
    vec![get("/computers", Right::See, list), get("/computers/export", Right::See, export)]
}

/// What the list is narrowed down to.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    /// Those that fail this check.
    check: String,
    /// Those not seen for so many days.
    unseen: String,
    q: String,
    order: String,
    page: String,
}

impl Asked {
    fn schema(&self) -> &'static str {
        KINDS.iter().find(|(_, word)| *word == self.kind).map_or("computer/1", |(schema, _)| schema)
    }

    fn query(&self) -> [(&str, &str); 5] {
        [
            ("kind", &self.kind),
            ("check", &self.check),
            ("unseen", &self.unseen),
            ("q", &self.q),
            ("order", &self.order),
        ]
    }
}

/// Those that are asked for, not in order.
fn found<'a>(book: &'a Book, asked: &Asked) -> Vec<&'a Asset> {
    let word = asked.q.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&word);
    let failing: Option<BTreeSet<&str>> = (!asked.check.is_empty()).then(|| {
        let findings = book.findings(&asked.check).iter();
        let fails = findings.filter(|it| it.outcome == Outcome::Fail && it.waived_by.is_none());
        fails.map(|it| it.subject.as_ref()).collect()
    });
    let before = asked.unseen.parse::<i64>().ok().filter(|it| (1..=365).contains(it));
    let before = before.map(|days| book.assessment.as_of.plus_days(-days));
    let fits = |it: &&Asset| {
        it.schema == asked.schema()
            && (word.is_empty() || has(&it.label))
            && failing.as_ref().is_none_or(|all| all.contains(it.subject.as_str()))
            && before.is_none_or(|before| it.seen_at.is_none_or(|at| at < before))
    };
    book.assets.iter().filter(fits).collect()
}

/// Puts the first `end` of them in order.
fn in_order(found: &mut Vec<&Asset>, order: &str, end: usize) {
    let by_name = |a: &&Asset, b: &&Asset| (&a.label, &a.subject).cmp(&(&b.label, &b.subject));
    let compare = |a: &&Asset, b: &&Asset| match order {
        "name" => by_name(a, b),
        "seen" => a.seen_at.cmp(&b.seen_at).then_with(|| by_name(a, b)),
        // Those that need work first.
        _ => b.fail.cmp(&a.fail).then_with(|| by_name(a, b)),
    };
    if end < found.len() {
        found.select_nth_unstable_by(end, compare);
        found.truncate(end);
    }
    found.sort_unstable_by(compare);
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let mut found = found(&book, &asked);
    let (all, pages) = (found.len(), found.len().div_ceil(PAGE).max(1));
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    in_order(&mut found, &asked.order, (page * PAGE).min(all));
    let columns = [Column(say::NAME), Column(say::SEEN), Column(say::CHECKS)];
    let rows = found.into_iter().skip((page - 1) * PAGE).map(|it| row(&book, it));
    let of_kind = book.assets.iter().filter(|it| it.schema == asked.schema()).count();
    let check = visit.catalog().check(&asked.check);
    let body = html! {
        (kinds(&asked))
        @if of_kind == 0 {
            p { (say::NONE_YET) }
            @if visit.may(Right::Import) { p { a href="/import" { (say::BRING) } } }
        } @else {
            @if check.is_none() { (shares(&visit, &book, &asked)) }
            section.stack aria-labelledby="list" {
                h2 #list { @match check { Some(check) => (say::failing(&check.title)), None => (say::LIST) } }
                @if let Some(check) = check {
                    p { a href={ "/checks/" (check.id) } { (say::WHAT_TO_DO) } " "
                        a href=(ui::address("/computers", &[("kind", &asked.kind)])) { (say::ALL) } }
                }
                (filter(&asked))
                @if all == 0 { p { (say::NOTHING) } } @else {
                    (ui::table(&html! { (say::caption(all)) }, &columns, rows))
                    (ui::pager(&ui::address("/computers", &asked.query()), page, pages))
                    p { a href=(ui::address("/computers/export", &asked.query())) { (say::EXPORT) } }
                }
            }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Computers, say::TITLE).wide(), &body)))
}

/// Computers, or phones and tablets.
fn kinds(asked: &Asked) -> Markup {
    html! {
        p {
            @for (at, ((_, word), label)) in KINDS.iter().zip(say::KINDS).enumerate() {
                @if at > 0 { " · " }
                @if *word == asked.kind { b { (label) } } @else {
                    a href=(ui::address("/computers", &[("kind", word)])) { (label) }
                }
            }
        }
    }
}

/// Check by check: of how many it holds, and where it does not.
fn shares(visit: &Visit, book: &Book, asked: &Asked) -> Markup {
    let catalog = visit.catalog();
    let reads = |it: &&Check| it.reads == asked.schema();
    let mut all: Vec<Share<'_>> =
        catalog.checks.iter().filter(reads).filter_map(|it| Share::of(book, it)).collect();
    all.sort_by(|a, b| {
        (b.fails, b.unknown, &a.check.title).cmp(&(a.fails, a.unknown, &b.check.title))
    });
    let (apart, sound): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| it.fails > 0 || it.unknown > 0);
    let columns = [Column(say::CHECK), Column(say::HOLDS), Column(say::EXCEPTIONS)];
    let rows = apart.iter().take(SHARES).map(|it| it.row(book, asked));
    html! {
        section.stack aria-labelledby="shares" {
            h2 #shares { (say::SHARES) }
            @if !sound.is_empty() { p { (say::sound(sound.len())) } }
            @if !apart.is_empty() {
                (ui::table(&html! { (say::SHARES_ROWS) }, &columns, rows))
            }
            @if apart.len() > SHARES { p { (say::more_checks(apart.len() - SHARES)) } }
        }
    }
}

struct Share<'a> {
    check: &'a Check,
    pass: usize,
    fails: usize,
    unknown: usize,
}

impl<'a> Share<'a> {
    /// `None` where no computer was seen to which it applies.
    fn of(book: &Book, check: &'a Check) -> Option<Self> {
        let tally = book.assessment.tallies.get(&check.id)?;
        let fails = book.seen.get(&check.id).map_or(0, |it| it.fails);
        (tally.pass + tally.fail > 0).then_some(Self {
            check,
            pass: tally.pass,
            fails,
            unknown: tally.unknown,
        })
    }

    fn row(&self, book: &Book, asked: &Asked) -> Vec<Markup> {
        let more = [("kind", &*asked.kind), ("check", &*self.check.id)];
        vec![
            html! { a href={ "/checks/" (self.check.id) } { (self.check.title) } },
            html! { (say::of(self.pass, self.pass + self.fails)) },
            html! {
                @for (at, it) in book.failing(&self.check.id).take(NAMED).enumerate() {
                    @if at > 0 { ", " }
                    a href=(ui::address("/assets/one", &[("subject", &it.subject)])) { (ui::cut(&it.label, 40)) }
                }
                @if self.fails > NAMED {
                    " " a href=(ui::address("/computers", &more)) { (say::and_more(self.fails - NAMED)) }
                }
                @if self.unknown > 0 { span.aside { (say::unknown(self.unknown)) } }
            },
        ]
    }
}

fn filter(asked: &Asked) -> Markup {
    let choice = |value, label| Choice { value, label, hint: "", chosen: asked.unseen == value };
    let unseen = [
        choice("", say::ANY_TIME),
        choice("7", say::UNSEEN_7),
        choice("30", say::UNSEEN_30),
        choice("90", say::UNSEEN_90),
    ];
    let order = |value, label| Choice { value, label, hint: "", chosen: asked.order == value };
    let orders =
        [order("", say::WORK_FIRST), order("name", say::NAME), order("seen", say::UNSEEN_LONGEST)];
    ui::find(
        "/computers",
        &html! {
            (ui::hidden("kind", &asked.kind))
            (ui::hidden("check", &asked.check))
            (ui::select(say::SEEN, "unseen", &unseen))
            (ui::select(say::ORDER, "order", &orders))
            (ui::search(say::NAME, "q", &asked.q))
            (ui::button(say::SHOW, "plain"))
        },
    )
}

fn row(book: &Book, it: &Asset) -> Vec<Markup> {
    vec![
        html! { a href=(ui::address("/assets/one", &[("subject", &it.subject)])) { (ui::cut(&it.label, 80)) } },
        super::assets::looked(book, it),
        super::assets::counts(it),
    ]
}

/// The list that is asked for, for other programs.
async fn export(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let mut found = found(&book, &asked);
    let all = found.len();
    in_order(&mut found, &asked.order, all);
    let mut csv = Csv::new(&say::TITLES);
    for it in found {
        let seen = it.seen_at.map(|at| at.date()).unwrap_or_default();
        let counts = [it.fail, it.pass, it.unknown].map(|n| n.to_string());
        let [fail, pass, unknown] = counts.each_ref().map(String::as_str);
        csv.row(&[&it.label, &it.subject, &seen, fail, pass, unknown]);
    }
    Ok(csv.file(if asked.kind.is_empty() { "computers.csv" } else { "phones.csv" }))
}
