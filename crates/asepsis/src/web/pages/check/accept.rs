//! Accepting a gap for a time: with a reason, somebody who answers for it, and an end.

use asepsis_core::catalog::Check;
use asepsis_core::engine::Finding;
use asepsis_core::outcome::Outcome;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::{View, say};
use crate::ops::{By, MomentError, WaiveError};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::ui::{self, Choice, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

/// Longest reason, in characters.
const LONGEST: usize = 2000;
/// The most subjects to choose from.
const MOST: usize = 50;
/// In the place of a subject: all of them.
const ALL: &str = "";

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    subject: String,
    reason: String,
    owner: String,
    other: String,
    until: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            subject: text("subject"),
            reason: text("reason"),
            owner: text("owner"),
            other: text("other"),
            until: text("until"),
        }
    }

    /// Whoever answers for it: the name written, else the one chosen.
    fn name(&self) -> &str {
        if self.other.is_empty() { &self.owner } else { &self.other }
    }
}

fn failing<'a>(view: &'a View<'_>, check: &str) -> impl Iterator<Item = &'a Finding> {
    let fails = |it: &&Finding| it.outcome == Outcome::Fail && it.waived_by.is_none();
    view.book.assessment.findings_of(check).filter(fails)
}

/// The form, for whoever may accept, while something fails.
pub(super) async fn form(
    view: &View<'_>,
    check: &Check,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let fails = view.book.seen.get(&check.id).map_or(0, |it| it.fails);
    if !view.visit.may(Right::Accept) || fails == 0 {
        // Somebody else was faster, or a look found it in order by now.
        return Ok(
            html! { @if !faults.is_empty() { p.notice role="alert" { (say::NOTHING_FAILS) } } },
        );
    }
    let all = say::all_failing(fails, view.noun(check));
    let choice = |value, label| Choice { value, label, hint: "", chosen: typed.subject == value };
    let mut subjects = vec![choice(ALL, all.as_str())];
    let one = |it: &'_ Finding| (it.subject.to_string(), it.label.to_string());
    let named: Vec<_> = failing(view, &check.id).take(MOST).map(one).collect();
    subjects.extend(named.iter().map(|(key, label)| choice(key, label)));
    let home = view.visit.home();
    let accounts = home.store.accounts(&home.organization).await?;
    let mine = &view.visit.account()?.name;
    let chosen = if typed.owner.is_empty() { mine } else { &typed.owner };
    let people: Vec<Choice<'_>> = accounts
        .iter()
        .filter(|it| it.disabled_at.is_none())
        .map(|it| Choice { value: &it.name, label: &it.name, hint: "", chosen: it.name == *chosen })
        .collect();
    let open = !faults.is_empty();
    let hint = say::reason_hint(ui::people_word(view.book.organization.sector));
    let body = html! {
        (faults.summary())
        (ui::select(say::SUBJECT, "subject", &subjects))
        (Field::new(say::REASON, "reason", Kind::Area).hint(&hint).value(&typed.reason).show(faults))
        (ui::select(say::WHO, "owner", &people))
        (Field::new(say::OTHER, "other", Kind::Text).optional().hint(say::OTHER_HINT).value(&typed.other).show(faults))
        (Field::new(say::UNTIL, "until", Kind::Day).hint(say::UNTIL_HINT).value(&typed.until).show(faults))
        (ui::button(say::DO_ACCEPT, ""))
    };
    Ok(html! {
        section.stack #accept aria-labelledby="accept-title" {
            h2 #accept-title { (say::ACCEPT) }
            p { (say::ACCEPT_HELP) }
            details open[open] {
                summary { (say::DECIDE) }
                (ui::form(view.visit, &format!("/checks/{}/accept", check.id), &body))
            }
        }
    })
}

pub(super) async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let check = visit.check(&id)?;
    let view = View::of(&visit).await?;
    let people = ui::people_word(view.book.organization.sector);
    let typed = Typed::of(&fields);
    let mut faults = Faults::default();
    let fails =
        |subject: &str| failing(&view, &id).any(|it| subject == ALL || *it.subject == *subject);
    if !fails(ALL) {
        faults.add("subject", say::NOTHING_FAILS);
    } else if !fails(&typed.subject) {
        faults.add("subject", say::NOT_FAILING);
    }
    if typed.reason.is_empty() {
        faults.add("reason", say::NEEDS_REASON);
    } else if typed.reason.chars().count() > LONGEST {
        faults.add("reason", say::too_long(LONGEST));
    }
    if typed.name().is_empty() {
        faults.add("other", say::NEEDS_OWNER);
    }
    if typed.until.is_empty() {
        faults.add("until", say::NEEDS_DAY);
    }
    if faults.is_empty() {
        let subject = Some(typed.subject.as_str()).filter(|it| *it != ALL);
        let words = (typed.reason.as_str(), typed.name(), typed.until.as_str());
        let by = By::Person(&visit.account()?.person);
        match visit.home().waive(&id, subject, words, by, visit.now).await {
            Ok(_) => return Ok(ui::go(&format!("/checks/{id}#accepted"), Some(Said::Accepted))),
            Err(WaiveError::Moment(MomentError::Text(_))) => faults.add("until", say::NEEDS_DAY),
            Err(WaiveError::End(_)) => faults.add("until", say::WRONG_DAY),
            Err(WaiveError::PatientData(found)) => {
                faults.add("reason", say::private(&found, people));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = super::page(&view, check, &typed, &faults).await?;
    Ok(ui::again(page))
}
