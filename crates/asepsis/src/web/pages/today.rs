//! Today: how we stand, what changed, what the next three things to do are, what ends soon.

mod differ;
mod english;
mod lately;
mod looked;
mod next;
mod stand;

use asepsis_report::{headline, words};
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{Book, zone};
use crate::web::error::PageError;
use crate::web::pages::check;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;
use english as say;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/today", Right::See, today)]
}

/// What every section of the page looks at.
struct View<'a> {
    visit: &'a Visit,
    book: &'a Book,
    zone: jiff::tz::TimeZone,
}

async fn today(visit: Visit) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let view = View { visit: &visit, book: &book, zone: zone(&book.organization.zone) };
    let plan = check::View::of(&visit).await?;
    let title = headline::sentence(&book.assessment);
    let frame = Frame::new(Place::Today, &title).above(above(&view));
    Ok(ui::shown(ui::page(&visit, &frame, &body(&view, &plan))))
}

fn above(view: &View<'_>) -> Markup {
    let assessment = &view.book.assessment;
    html! {
        (view.book.name()) " · " (words::size(assessment.size.size)) ", " (headline::decided(assessment)) " · "
        (words::moment(&view.zone, assessment.as_of))
    }
}

fn body(view: &View<'_>, plan: &check::View<'_>) -> Markup {
    html! {
        (lead(view))
        (differ::section(view))
        (looked::begin(view))
        (next::section(view, plan))
        (next::question(view))
        div.cards {
            (lately::changed(view))
            (lately::ends(view))
            (looked::section(view))
        }
        (stand::section(view))
    }
}

/// The rest of the headline, and what to say about the size while it is assumed.
fn lead(view: &View<'_>) -> Markup {
    let assumed = view.book.assessment.size.by == "assumed";
    html! {
        div.stack.tight {
            p.lead { (headline::rest(&view.book.assessment)) }
            @if assumed && view.visit.may(Right::Manage) {
                p { (say::SIZE_ASSUMED) " " a href="/settings/organization" { (say::SAY_SIZE) } }
            }
        }
    }
}

/// Where a part or a sub-practice is shown, as in `/practices/1#s-1-S-A`.
fn place(kind: &str, sub_practice: &str, id: &str) -> String {
    let number = sub_practice.split('.').next().unwrap_or_default();
    format!("/practices/{number}#{}", words::anchor(kind, id))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_part_is_shown_on_the_page_of_its_practice() {
        assert_eq!(place("s", "10.S.A", "10.S.A"), "/practices/10#s-10-S-A");
        assert_eq!(place("p", "1.S.A", "1.S.A/spf"), "/practices/1#p-1-S-A-spf");
    }
}
