//! The checks that fail, as things to do. One of them and what people say about it is in `one`, what they
//! send in `acts`.

use std::collections::BTreeSet;

use asepsis_core::engine::ActionStanding;
use asepsis_report::words;
use asepsis_store::accounts::Account;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::group::Group;
use super::{english as say, standing};
use crate::ops::{Book, day, zone};
use crate::web::error::PageError;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// How many things to do one page lists.
const PAGE: usize = 40;
/// What was seen in order is listed for so many days.
const LATELY: i64 = 60;

/// Whose things to do are listed: all, one's own, those of a role or of a person.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    who: String,
    page: String,
}

pub(super) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let me = visit.account()?;
    let today = day(visit.now, &zone(&book.organization.zone));
    let since = visit.now.plus_days(-LATELY);
    let mut grouped: Vec<(Group, &ActionStanding)> = book
        .actions
        .iter()
        .filter(|it| concerns(it, &asked.who, me))
        .filter_map(|it| {
            let lately = it.events.last().is_some_and(|entry| entry.at >= since);
            Some((Group::of(it, &today, lately)?, it))
        })
        .collect();
    // Stable: inside a group the order of severity stays.
    grouped.sort_by_key(|(group, _)| *group);
    let pages = grouped.len().div_ceil(PAGE).max(1);
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<_> = grouped.iter().skip((page - 1) * PAGE).take(PAGE).copied().collect();
    let address = ui::address("/plan/checks", &[("who", &asked.who)]);
    let body = html! {
        div.stack {
            (sums(&grouped))
            p.small.quiet { (say::ORDER) }
        }
        (whose(&book, me, &asked.who))
        @if grouped.is_empty() { p { (if asked.who.is_empty() { say::NOTHING } else { say::NOTHING_FOR }) } }
        @for run in shown.chunk_by(|a, b| a.0 == b.0) {
            @if let Some((group, _)) = run.first() { (section(&visit, &book, *group, run)) }
        }
        (ui::pager(&address, page, pages))
    };
    Ok(ui::shown(ui::page(
        &visit,
        &Frame::new(Place::Plan, say::TITLE).above(html! { a href="/plan" { (say::PLAN) } }),
        &body,
    )))
}

/// Whether a thing to do concerns those that were asked for.
fn concerns(action: &ActionStanding, who: &str, me: &Account) -> bool {
    let owner = action.owner.as_deref();
    match who {
        "" => true,
        "me" => match owner {
            Some(owner) => owner == me.person,
            None => me.roles.contains(&action.effort.who),
        },
        who => owner == Some(who) || action.effort.who == who,
    }
}

/// What is left to do in all, and what of it is in the plan.
fn sums(all: &[(Group, &ActionStanding)]) -> Markup {
    let sum = |wanted: fn(Group) -> bool| {
        let found = all.iter().filter(|(group, _)| wanted(*group));
        found.fold((0, 0.0, 0.0), |(n, hours, dollars), (_, it)| {
            (n + 1, hours + it.effort.hours, dollars + it.effort.dollars)
        })
    };
    let line = |label: &str, (n, hours, dollars): (usize, f64, f64)| {
        html! {
            li { b { (words::count(n)) } " " (label) }
            @if n > 0 { li { (words::hours(hours)) } li { (words::dollars(dollars)) } }
        }
    };
    html! {
        div.strip {
            ul.counts { (line(say::TO_DO, sum(Group::is_open))) }
            ul.facts {
                (line(say::OF_THESE_PLANNED, sum(|it| it.is_open() && it != Group::Open)))
            }
        }
    }
}

/// Links that narrow the list down.
fn whose(book: &Book, me: &Account, chosen: &str) -> Markup {
    let roles: BTreeSet<&str> = book.actions.iter().map(|it| it.effort.who.as_str()).collect();
    let people: BTreeSet<&str> = book.actions.iter().filter_map(|it| it.owner.as_deref()).collect();
    let people = people.into_iter().filter(|it| *it != me.person).take(12);
    let link = |who: &str, label: &str| {
        let here = (who == chosen).then_some("true");
        html! { a href=(ui::address("/plan/checks", &[("who", who)])) aria-current=[here] { @if here.is_some() { strong { (label) } } @else { (label) } } }
    };
    html! {
        nav.row.small.screen-only aria-label=(say::WHOSE) {
            (link("", say::ALL)) (link("me", say::MINE))
            @for role in roles { (link(role, &say::of_role(role))) }
            @for person in people { (link(person, ui::person(book, person))) }
        }
    }
}

fn section(visit: &Visit, book: &Book, group: Group, all: &[(Group, &ActionStanding)]) -> Markup {
    let id = format!("group-{}", group as u8);
    let (heading, lead) = say::group(group);
    html! {
        section.stack.tight aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            @if !lead.is_empty() { p.quiet.small { (lead) } }
            div.sheet { ul.lines { @for (_, action) in all { li { (line(visit, book, group, action)) } } } }
        }
    }
}

fn line(visit: &Visit, book: &Book, group: Group, action: &ActionStanding) -> Markup {
    let tally = book.assessment.tallies.get(&action.check).copied().unwrap_or_default();
    html! {
        div.sub-head {
            a href={ "/plan/" (action.check) } { (action.title) }
            (standing::chip(action.state))
        }
        ul.facts {
            @if action.owner.is_some() || action.due.is_some() {
                li { b { (standing::whose(book, action)) } }
            } @else { li { (words::role(&action.effort.who)) } }
            @if let Some(due) = &action.due { li { (say::DUE) " " (standing::due(due)) } }
            @if group.is_open() {
                li { (words::hours(action.effort.hours)) } li { (words::dollars(action.effort.dollars)) }
                @if tally.fail > 0 { li { (say::not_in_order(tally.fail, tally.applicable(), standing::noun(visit, &action.check))) } }
            } @else { li { (standing::settled(visit, book, action)) } }
            @if let Some(step) = &action.step {
                li.id { (standing::serves(&step.serves)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::catalog::Severity;
    use asepsis_core::engine::{ActionState, EffortView};
    use asepsis_core::time::Timestamp;
    use asepsis_store::accounts::Rights;

    fn action(state: ActionState, owner: Option<&str>, due: Option<&str>) -> ActionStanding {
        ActionStanding {
            step: None,
            check: "a.b".to_owned(),
            title: "A".to_owned(),
            severity: Severity::High,
            effort: EffortView { hours: 1.0, dollars: 0.0, who: "it".to_owned() },
            state,
            owner: owner.map(str::to_owned),
            due: due.map(str::to_owned),
            planned: false,
            last_event: None,
            events: Vec::new(),
        }
    }

    #[test]
    fn mine_is_what_was_given_to_me_and_what_nobody_has_and_is_my_work() {
        let me = Account {
            id: "account-1".to_owned(),
            person: "person-1".to_owned(),
            sign_in: "pat".to_owned(),
            name: "Pat".to_owned(),
            rights: Rights::It,
            roles: vec!["it".to_owned()],
            passphrase: String::new(),
            totp: None,
            totp_step: 0,
            created_at: Timestamp::from_millis(0),
            disabled_at: None,
        };
        let concerns = |owner, who| concerns(&action(ActionState::Open, owner, None), who, &me);
        assert!(concerns(None, "me") && concerns(Some("person-1"), "me"));
        assert!(!concerns(Some("person-2"), "me"));
        assert!(concerns(Some("person-2"), "person-2") && concerns(None, "it"));
        assert!(!concerns(None, "vendor") && concerns(None, ""));
    }
}
