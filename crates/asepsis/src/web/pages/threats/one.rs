//! One threat: what it is, a case, what attackers use, what it does, and what lowers it here.

use asepsis_core::catalog::{Level, Threat};
use asepsis_core::engine::SubPracticeStanding;
use asepsis_report::marks::Mark;
use asepsis_report::{prose, words};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::standing::Standing;
use super::{no_place, say, step_line};
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// How many steps are named.
const STEPS: usize = 5;

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
        (first(&view, &it))
        (consider(&view, threat))
        (others(threats, at))
    };
    let frame = Frame::new(Place::Threats, &threat.name).above(html! { (say::place(at + 1)) });
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

fn first(view: &View<'_>, it: &Standing<'_>) -> Markup {
    let most = if it.no_place.is_some() { 0 } else { STEPS };
    let steps: Vec<_> = it.steps(&view.book.next).take(most).collect();
    html! {
        @if !steps.is_empty() {
            section.stack.tight aria-labelledby="first" {
                h2 #first { (say::DO_FIRST) }
                ol.steps { @for step in steps { li { (step_line(step)) } } }
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
