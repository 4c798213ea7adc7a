//! The form that looks again at what a check reads: this computer, the mail domains, or both.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{View, say};
use crate::web::pages::looks::{COMPUTER, DOMAIN};
use crate::web::rights::Right;
use crate::web::ui;

/// The most mail domains that a form carries along; Today's form takes more.
const MOST: usize = 12;

/// For whoever may measure. Says before what will be asked of whom.
pub(in crate::web::pages) fn form(view: &View<'_>, schemas: &BTreeSet<&str>) -> Markup {
    let kinds: BTreeSet<&str> = schemas
        .iter()
        .filter_map(|id| Some(view.catalog().schemas.get(*id)?.subject.as_str()))
        .collect();
    let computer = kinds.contains("computer");
    let mail = kinds.contains("domain");
    let own = if mail { view.book.organization.domains.as_slice() } else { &[] };
    let many = own.len() > MOST;
    let known = schemas.iter().any(|id| view.book.assets.iter().any(|it| it.schema == *id));
    let body = html! {
        @if computer { (ui::hidden(COMPUTER, "on")) }
        @for domain in own { (ui::hidden(DOMAIN, domain)) }
        p.quiet.small { (say::announced(computer, own, view.visit.app.options.offline)) }
        (ui::button(if known { say::MEASURE_AGAIN } else { say::MEASURE_NOW }, "plain"))
    };
    html! {
        @if view.visit.may(Right::Measure) {
            @if many { p { (say::MANY_DOMAINS) " " a href="/today" { (say::TODAY) } } }
            @else if computer || !own.is_empty() { (ui::form(view.visit, "/looks", &body)) }
            @if mail && own.is_empty() {
                p.quiet.small {
                    (say::NO_DOMAIN) " "
                    @if view.visit.may(Right::Manage) { a href="/settings/organization" { (say::SAY_DOMAIN) } }
                }
            }
        }
    }
}
