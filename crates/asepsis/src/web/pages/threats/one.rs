//! One threat: what it is, a case, what attackers use, what it does, and what lowers it here.

use asepsis_core::catalog::{Level, Threat};
use asepsis_core::engine::SubPracticeStanding;
use asepsis_core::risk::Figure;
use asepsis_report::marks::Mark;
use asepsis_report::{prose, words};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::standing::Standing;
use super::{actions, no_place, say, whose};
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::ui::{self, Frame, Place, Unit};
use crate::web::visit::Visit;

/// How many actions are named.
const ACTIONS: usize = 8;

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let threats = &view.catalog().threats;
    let at = threats.iter().position(|it| it.id == id).ok_or(PageError::NotFound)?;
    let threat = threats.get(at).ok_or(PageError::NotFound)?;
    let it = Standing::of(view.catalog(), &view.book.assessment, threat);
    let body = html! {
        div.stack {
            (prose::prose(&threat.text))
            @if let Some(why) = &it.no_place { div.sheet { (no_place(&view, why)) } }
        }
        @if it.no_place.is_none() { (figures(&view, &threat.id)) (worth(&view, &threat.id)) }
        (case(threat))
        div.pair {
            section.stack.tight aria-labelledby="in" {
                h2 #in { (say::LETS_IN) (sure(threat, "vulnerabilities")) }
                ul.points { @for it in &threat.vulnerabilities { li { (it.text) } } }
            }
            section.stack.tight aria-labelledby="does" {
                h2 #does { (say::does(ui::people_word(view.book.organization.sector))) (sure(threat, "impacts")) }
                ul.points { @for it in &threat.impacts { li { (it.text) } } }
            }
        }
        (lowers(&view, &it))
        (consider(&view, threat))
        (others(threats, at))
    };
    let frame = Frame::new(Place::Threats, &threat.name)
        .above(html! { a href="/threats" { (say::THREATS) } " · " (say::place(at + 1)) });
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn sure(threat: &Threat, field: &str) -> Markup {
    let level = threat.certainty.get(field).map(|it| it.level).filter(|it| *it != Level::Sourced);
    html! { @if let Some(level) = level { " " (ui::sure(level)) } }
}

fn case(threat: &Threat) -> Markup {
    let case = &threat.case;
    html! {
        section.sheet aria-labelledby="case" {
            h2 #case { (say::CASE) }
            p { (prose::spans(&case.story)) }
            dl.pairs {
                div { dt { (say::THREAT) } dd { (case.threat) } }
                div { dt { (say::VULNERABILITY) } dd { (case.vulnerability) } }
                div { dt { (say::IMPACT) } dd { (case.impact) } }
            }
        }
    }
}

/// The sub-practices that lower it, by practice.
fn lowers(view: &View<'_>, it: &Standing<'_>) -> Markup {
    let practices = view.book.assessment.practices.iter();
    let groups: Vec<(&str, u8, Vec<&SubPracticeStanding>)> = practices
        .map(|practice| {
            let own = |sub: &&&SubPracticeStanding| {
                practice.sub_practices.iter().any(|it| it.id == sub.id)
            };
            (practice.name.as_str(), practice.number, it.subs.iter().filter(own).copied().collect())
        })
        .filter(|(_, _, subs): &(_, _, Vec<_>)| !subs.is_empty())
        .collect();
    html! {
        section.stack #lowers aria-labelledby="lowers-title" {
            h2 #lowers-title { (say::LOWERS) }
            @if groups.is_empty() { p { (say::NONE_FOR_SIZE) } } @else if it.no_place.is_some() { p { (say::HELPS_ANYWAY) } } @else {
                p { b { (say::guarded(it.parts.in_place(), it.parts.all())) } }
                (it.parts.show())
                p.quiet.small { (say::JUDGED) (sure(it.threat, "sub_practices")) }
            }
            @for (name, number, subs) in groups {
                div.stack.tight {
                    h3 { span.n { (number) } " " (name) }
                    ul.plain-list { @for sub in subs { li { (line(number, sub)) } } }
                }
            }
        }
    }
}

fn line(number: u8, sub: &SubPracticeStanding) -> Markup {
    let mark = Mark::of(sub.state, sub.basis, sub.contradicted);
    html! {
        (mark.silent()) " "
        a href={ "/practices/" (number) "#" (words::anchor("s", &sub.id)) } { (sub.title) }
        " " span.quiet { (mark.words()) } " " span.id { (sub.id) }
    }
}

/// How often, how much, how many days, with their ranges.
fn figures(view: &View<'_>, id: &str) -> Markup {
    let outlook = view.book.risk.as_ref().map(|it| &it.outlook);
    let found = outlook.and_then(|it| it.threats.iter().find(|it| it.threat == id));
    let people = ui::people_word(view.book.organization.sector);
    html! {
        @if let Some(it) = found.filter(|it| it.applies) {
            section.sheet aria-labelledby="figures" {
                h2 #figures { (say::FIGURES) }
                dl.pairs {
                    div { dt { (say::COMES) } dd { (ui::figure(&it.events, Unit::Times)) } }
                    div { dt { (say::CHANCE) } dd { (ui::figure(&it.chance, Unit::Chance)) } }
                    div { dt { (say::EXPECTED) } dd { (ui::figure(&it.loss, Unit::DollarsAYear)) } }
                    @if it.care_days.value > 0.0 { div { dt { (say::care(people)) } dd { (ui::figure(&it.care_days, Unit::DaysAYear)) } } }
                    div { dt { (say::COSTS_MOST) } dd { (ui::figure(&it.costliest, Unit::Worlds)) } }
                }
            }
        }
    }
}

/// The actions that lower a threat, with what each avoids of it: the most first.
pub(super) fn lowering<'a>(
    view: &'a View<'_>,
    id: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Figure)> {
    let outlook = view.book.risk.as_ref().map(|it| &it.outlook);
    let all = outlook.map_or(&[][..], |it| it.actions.as_slice()).iter();
    let of = |it: &'a asepsis_core::risk::ActionValue| {
        let found = it.by_threat.iter().find(|(threat, _)| threat == id);
        found.map(|(_, avoided)| (it.action.as_str(), avoided))
    };
    let mut all: Vec<(&str, &Figure)> = all.filter_map(of).collect();
    all.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    all.into_iter()
}

/// What lowers it, with values.
fn worth(view: &View<'_>, id: &str) -> Markup {
    let all: Vec<_> = lowering(view, id).collect();
    html! {
        @if !all.is_empty() {
            section.stack.tight aria-labelledby="worth" {
                h2 #worth { (say::WORTH) }
                p.quiet.small { (say::WORTH_LEAD) }
                ol.steps {
                    @for (action, avoided) in all.iter().take(ACTIONS) {
                        li { (actions::link(view, action)) span.aside { (ui::figure(avoided, Unit::DollarsAYear)) ", " (whose(view, action)) } }
                    }
                }
                p { a href="/plan" { (say::SEE_WHOLE) } }
            }
        }
    }
}

/// What the publication asks to consider, each with the sub-practices that apply here.
fn consider(view: &View<'_>, threat: &Threat) -> Markup {
    html! {
        details {
            summary { (say::CONSIDER) }
            p { (sure(threat, "actions")) }
            ul.points {
                @for action in &threat.actions {
                    li {
                        (action.text)
                        @for id in &action.sub_practices {
                            @if let Some((practice, sub)) = view.catalog().sub_practice(id).filter(|_| view.book.assessment.sub_practice(id).is_some()) {
                                " " a.id href={ "/practices/" (practice.number) "#" (words::anchor("s", id)) } { span.away { (sub.title) ", " } (id) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The threat before and the one after.
fn others(threats: &[Threat], at: usize) -> Markup {
    let link = |to: Option<usize>, rel: &'static str| {
        html! {
            @if let Some(it) = to.and_then(|to| threats.get(to)) {
                a rel=(rel) href={ "/threats/" (it.id) } { (it.name) }
            }
        }
    };
    html! {
        nav.pager aria-label=(say::OTHERS) {
            (link(at.checked_sub(1), "prev"))
            a href="/threats" { (say::ALL) }
            (link(at.checked_add(1), "next"))
        }
    }
}
