//! The ten practices: all of them in a table, and each on a page of its own.

mod english;
mod know;
mod one;
mod shown;
mod todo;

use asepsis_core::engine::{Basis, PracticeStanding, SubPracticeStanding};
use asepsis_report::marks::Mark;
use asepsis_report::{table, words};
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Column, Frame, Place};
use crate::web::visit::Visit;
use english as say;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/practices", Right::See, list), get("/practices/{number}", Right::See, one::show)]
}

async fn list(visit: Visit) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let assessment = &view.book.assessment;
    let columns =
        [Column(say::PRACTICE), Column(say::SUB_PRACTICES), Column(say::STANDS), Column(say::KNOW)];
    let counted: usize = assessment.practices.iter().map(|it| it.sub_practices.len()).sum();
    let body = html! {
        div.stack.tight {
            p.lead { (say::LEAD) }
            p {
                (say::applies(counted, assessment.size.size)) " " (say::decided(&assessment.size)) " "
                @if visit.may(Right::Manage) { a href="/settings/organization" { (say::CHANGE_SIZE) } }
            }
        }
        (ui::table(&html! { (say::MARKS) }, &columns, assessment.practices.iter().map(|it| row(&view, it))))
        @if !assessment.apart.is_empty() {
            section.stack #apart aria-labelledby="apart-title" {
                h2 #apart-title { (say::NOT_COUNTED) }
                p { (say::UNCONFIRMED) }
                ul.plain-list { @for sub in &assessment.apart { li { (sub_line(&view, sub)) } } }
            }
        }
    };
    let frame = Frame::new(Place::Practices, say::PRACTICES).wide();
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn row(view: &View<'_>, practice: &PracticeStanding) -> Vec<Markup> {
    vec![
        html! { span.n { (practice.number) } " " a href={ "/practices/" (practice.number) } { (practice.name) } },
        html! {
            @if practice.sub_practices.is_empty() { span.quiet { (say::NONE_FOR_SIZE) } }
            ul.plain-list { @for sub in &practice.sub_practices { li { (sub_line(view, sub)) } } }
        },
        table::standing(practice),
        html! { span.quiet { (how(view, practice, true)) } },
    ]
}

/// A sub-practice: its mark with its name, and the way to it.
fn sub_line(view: &View<'_>, sub: &SubPracticeStanding) -> Markup {
    let number = view.catalog().sub_practice(&sub.id).map_or(0, |(it, _)| it.number);
    let mark = Mark::of(sub.state, sub.basis, sub.contradicted);
    html! {
        (mark.silent()) " "
        a href={ "/practices/" (number) "#" (words::anchor("s", &sub.id)) } { (sub.title) }
        span.away { ": " (mark.words()) } " " span.id { (sub.id) }
    }
}

/// When it was measured or, where its standing is not beside it, that it was told; and how many
/// parts were seen.
fn how(view: &View<'_>, practice: &PracticeStanding, alone: bool) -> Markup {
    let subs = &practice.sub_practices;
    let looked = view.book.looked_at_parts(subs.iter().flat_map(|sub| &sub.parts));
    let sum = |of: fn(&SubPracticeStanding) -> usize| subs.iter().map(of).sum::<usize>();
    let (seen, known) = (sum(|it| it.parts_measured), sum(|it| it.parts_known));
    let all = sum(|it| it.parts_applicable);
    html! {
        @match practice.basis {
            Basis::Measured | Basis::Both => {
                (say::MEASURED) @if let Some(span) = looked { " " (words::days(&view.zone, span)) }
                @if practice.basis == Basis::Both { ", " (say::REST_TOLD) }
            },
            Basis::Told if alone => (say::TOLD_ONLY),
            Basis::Told | Basis::Nothing => {},
        }
        @if all > 0 { span.aside { (say::parts(seen, known, all)) } }
    }
}
