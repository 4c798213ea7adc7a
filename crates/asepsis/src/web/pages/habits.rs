//! The card of habits by role: to print, hang up and tick.

mod english;

use asepsis_core::catalog::{Every, Habit};
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::ops::ROLES;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;
use english as say;

/// How often, with its heading, its key, and the marks of its boxes.
const GROUPS: [(Every, &str, &str, &[&str]); 3] = [
    (Every::Day, say::DAILY, say::DAILY_KEY, &["M", "T", "W", "T", "F"]),
    (Every::Week, say::WEEKLY, say::WEEKLY_KEY, &["1", "2", "3", "4", "5"]),
    (Every::Month, say::MONTHLY, say::MONTHLY_KEY, &[""]),
];

pub(super) fn routes() -> Vec<Route> {
    vec![get("/habits", Right::Sheet, habits)]
}

/// Whose card; empty for all.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    role: String,
}

async fn habits(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let all = &visit.catalog().habits;
    let roles: Vec<&str> =
        ROLES.into_iter().filter(|role| all.iter().any(|it| it.role == *role)).collect();
    let shown: Vec<&str> =
        roles.iter().copied().filter(|role| asked.role.is_empty() || asked.role == *role).collect();
    if shown.is_empty() && !asked.role.is_empty() {
        return Err(PageError::NotFound);
    }
    let body = html! {
        p.screen-only { (say::WHAT_FOR) }
        (filter(&roles, &asked.role))
        @if shown.is_empty() { p { (say::NO_HABITS) } }
        @for role in shown { (card(all, role)) }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Habits, say::TITLE), &body)))
}

fn filter(roles: &[&str], chosen: &str) -> Markup {
    html! {
        nav.pager.screen-only aria-label=(say::WHOSE) {
            a href="/habits" aria-current=[chosen.is_empty().then_some("true")] { (say::EVERYBODY) }
            @for role in roles {
                a href={ "/habits?role=" (role) } aria-current=[(chosen == *role).then_some("true")] { (say::role(role)) }
            }
        }
    }
}

fn card(all: &[Habit], role: &str) -> Markup {
    let id = words::anchor("role", role);
    html! {
        section.sheet.page aria-labelledby=(id) {
            h2 id=(id) { (say::role(role)) }
            p.print-only { (say::NAME_AND_MONTH) }
            @for (every, heading, key, boxes) in GROUPS {
                @let habits: Vec<&Habit> = all.iter().filter(|it| it.role == role && it.every == every).collect();
                @if !habits.is_empty() {
                    div.stack.tight {
                        h3 { (heading) span.away { ", " (say::role(role)) } }
                        p.hint { (key) }
                        ul.lines { @for habit in habits { li { (line(habit, boxes)) } } }
                    }
                }
            }
        }
    }
}

fn line(habit: &Habit, marks: &[&str]) -> Markup {
    html! {
        p.part { span { (habit.text) } (boxes(marks)) }
        p.id {
            (say::minutes(habit.minutes)) " · " (say::KEEPS) " "
            @for (at, part) in parts(habit).iter().enumerate() {
                @if at > 0 { ", " }
                (part)
            }
        }
    }
}

/// The sub-practices it helps with, each once.
fn parts(habit: &Habit) -> Vec<&str> {
    let mut ids: Vec<&str> = habit.serves.iter().map(|it| it.sub_practice.as_str()).collect();
    ids.dedup();
    ids
}

/// Boxes to tick with a pen.
fn boxes(marks: &[&str]) -> Markup {
    let width = marks.len() * 22;
    html! {
        svg.chart viewBox={ "0 0 " (width) " 20" } width=(width) height="20" aria-hidden="true" {
            @for (at, mark) in marks.iter().enumerate() {
                rect.ring x=(at * 22 + 1) y="1" width="18" height="18" {}
                text.quiet x=(at * 22 + 10) y="14.5" text-anchor="middle" { (mark) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::boxes;

    #[test]
    fn a_day_of_the_week_has_a_box_each() {
        let text = boxes(&["M", "T"]).into_string();
        assert_eq!(text.matches("<rect").count(), 2);
        assert!(text.contains(r#"width="44""#), "{text}");
    }
}
