//! People's accounts: all of them with what should be looked at, each alone (`one`), going through the
//! list (`review`).

mod english;
mod one;
mod review;

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{AccessView, AccountRow, Book, Flag};
use crate::web::csv::Csv;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Column, Frame, Place};
use crate::web::visit::Visit;
use english as say;

/// How many accounts one page lists.
const PAGE: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    // Names of people stand here: for those who bring in files, and the owner.
    vec![
        get("/accounts", Right::Import, list),
        get("/accounts/export", Right::Import, export),
        get("/accounts/one", Right::Import, one::page),
        post("/accounts/mark", Right::Import, one::mark),
        post("/accounts/belongs", Right::Import, one::belongs),
        get("/accounts/review", Right::Accept, review::page),
        post("/accounts/review", Right::Accept, review::sign),
    ]
}

/// What the list is narrowed down to.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    q: String,
    order: String,
    page: String,
}

/// The accounts that are asked for, in order.
fn found<'a>(view: &'a AccessView, asked: &Asked) -> Vec<&'a AccountRow> {
    let word = asked.q.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&word);
    let flag = Flag::ALL.into_iter().find(|it| it.word() == asked.show);
    let shown = |it: &&AccountRow| match (flag, asked.show.as_str()) {
        (Some(flag), _) => it.flags.contains(&flag),
        (None, "privileged") => it.privileged,
        (None, "flagged") => !it.flags.is_empty(),
        (None, _) => true,
    };
    let mut found: Vec<&AccountRow> = view
        .rows
        .iter()
        .filter(shown)
        .filter(|it| {
            word.is_empty()
                || has(&it.name)
                || has(&it.login)
                || it.person.as_deref().is_some_and(has)
        })
        .collect();
    match asked.order.as_str() {
        "name" => found.sort_by(|a, b| (&a.name, &a.subject).cmp(&(&b.name, &b.subject))),
        "seen" => found.sort_by_key(|it| (it.at, &it.subject)),
        // The gravest first.
        _ => found.sort_by(|a, b| {
            let grave = |it: &AccountRow| it.flags.first().copied();
            match (grave(a), grave(b)) {
                (Some(x), Some(y)) => x.cmp(&y),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => std::cmp::Ordering::Equal,
            }
            .then_with(|| (&a.name, &a.subject).cmp(&(&b.name, &b.subject)))
        }),
    }
    found
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let view = &book.access;
    let found = found(view, &asked);
    let (all, pages) = (found.len(), found.len().div_ceil(PAGE).max(1));
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let query = [("show", &*asked.show), ("q", &*asked.q), ("order", &*asked.order)];
    let columns = [Column(say::NAME), Column(say::WHOSE), Column(say::LOOK_AT), Column(say::SEEN)];
    let rows = found.iter().skip((page - 1) * PAGE).take(PAGE).map(|it| row(&book, it));
    let body = html! {
        @if view.rows.is_empty() {
            p { (say::NONE_YET) }
            p { a href="/import" { (say::BRING) } }
        } @else {
            p.lead { (say::summary(view.rows.len(), view.accounts.people.len())) }
            @if view.accounts.people.is_empty() { p.notice { (say::NO_LIST) " " a href="/import" { (say::BRING) } } }
            (counts(view))
            (filter(&asked))
            @if all == 0 { p { (say::NOTHING) } } @else {
                (ui::table(&html! { (say::caption(all)) }, &columns, rows))
                (ui::pager(&ui::address("/accounts", &query), page, pages))
                p { a href=(ui::address("/accounts/export", &query)) { (say::EXPORT) } }
            }
            @if visit.may(Right::Accept) { p { a href="/accounts/review" { (say::GO_THROUGH) } } }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Accounts, say::TITLE).wide(), &body)))
}

/// What should be looked at, with how many.
fn counts(view: &AccessView) -> Markup {
    html! {
        @if !view.counts.is_empty() {
            h2 { (say::LOOK_AT) }
            ul.facts {
                @for (flag, n) in &view.counts {
                    li { a href=(ui::address("/accounts", &[("show", flag.word())])) { (say::flag(*flag)) } " " b.num { (n) } }
                }
            }
        }
    }
}

fn filter(asked: &Asked) -> Markup {
    let choice = |value, label| Choice { value, label, hint: "", chosen: asked.show == value };
    let mut shows = vec![
        choice("", say::EVERYTHING),
        choice("flagged", say::FLAGGED),
        choice("privileged", say::PRIVILEGED),
    ];
    shows.extend(Flag::ALL.map(|it| choice(it.word(), say::flag(it))));
    let order = |value, label| Choice { value, label, hint: "", chosen: asked.order == value };
    let orders = [order("", say::GRAVEST), order("name", say::NAME), order("seen", say::SEEN)];
    ui::find(
        "/accounts",
        &html! {
            (ui::select(say::SHOW_ONLY, "show", &shows))
            (ui::select(say::ORDER, "order", &orders))
            (ui::search(say::SEARCH, "q", &asked.q))
            (ui::button(say::SHOW, "plain"))
        },
    )
}

fn row(book: &Book, it: &AccountRow) -> Vec<Markup> {
    vec![
        html! {
            a href=(ui::address("/accounts/one", &[("subject", &it.subject)])) { (ui::cut(&it.name, 60)) }
            @if !it.login.is_empty() { span.aside { (ui::cut(&it.login, 60)) } }
        },
        whose(it),
        html! {
            @for flag in &it.flags { span.chip { (say::flag(*flag)) } " " }
            @if it.enabled == Some(false) { span.quiet { (say::DISABLED) } }
            @if it.privileged { span.chip { (say::PRIVILEGED) } }
        },
        html! { (ui::day(book, it.at)) span.aside { (ui::entry(it.seq)) } },
    ]
}

/// Whose it is, or what it is for.
fn whose(it: &AccountRow) -> Markup {
    html! {
        @match (&it.person, it.kind) {
            (Some(person), _) => (ui::cut(person, 60)),
            (None, Some(kind)) => (say::kind(kind)),
            (None, None) => span.quiet { (say::NOBODY_KNOWS) },
        }
        span.aside { (say::source(&it.source)) }
    }
}

/// The list as a table for other programs.
async fn export(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let mut csv = Csv::new(&say::TITLES);
    for it in found(&book.access, &asked) {
        let flags: Vec<&str> = it.flags.iter().map(|it| it.word()).collect();
        let yes = |it: Option<bool>| match it {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        csv.row(&[
            &it.name,
            &it.login,
            &it.source,
            it.person.as_deref().unwrap_or_default(),
            it.kind.map_or("", asepsis_core::account::AccountKind::word),
            yes(it.enabled),
            yes(Some(it.privileged)),
            &flags.join(" "),
            &it.at.date(),
        ]);
    }
    Ok(csv.file("accounts.csv"))
}
