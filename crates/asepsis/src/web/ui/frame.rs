//! The frame of every page: head, rail, notice, main. One `h1` comes from the page's title.

use maud::{DOCTYPE, Markup, html};

use super::Said;
use crate::web::assets;
use crate::web::rights::Right;
use crate::web::visit::Visit;

/// Where in the book a page stands: its line in the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Place {
    Today,
    Threats,
    Practices,
    Plan,
    Questions,
    Assets,
    Computers,
    Accounts,
    Files,
    Evidence,
    VendorSheet,
    Habits,
    Glossary,
    Settings,
}

/// What the frame of a page needs to know.
pub(in crate::web) struct Frame<'a> {
    /// The page's heading and the first words of its title.
    pub(in crate::web) title: &'a str,
    /// Its place.
    pub(in crate::web) place: Place,
    /// A quiet line above the heading: where, since when.
    pub(in crate::web) above: Option<Markup>,
    /// Wider than text should be: for tables.
    pub(in crate::web) wide: bool,
}

impl<'a> Frame<'a> {
    pub(in crate::web) const fn new(place: Place, title: &'a str) -> Self {
        Self { title, place, above: None, wide: false }
    }

    pub(in crate::web) fn above(mut self, above: Markup) -> Self {
        self.above = Some(above);
        self
    }

    pub(in crate::web) const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// The groups of the rail: a heading, and its lines with the right each asks for.
type Line = (Place, &'static str, &'static str, Right);
const RAIL: [(&str, &[Line]); 4] = [
    (
        "",
        &[
            (Place::Today, "/today", "Today", Right::See),
            (Place::Threats, "/threats", "Threats", Right::See),
            (Place::Practices, "/practices", "Practices", Right::See),
            (Place::Plan, "/plan", "Plan", Right::See),
            (Place::Questions, "/questions", "Questions", Right::Answer),
        ],
    ),
    (
        "Look deeper",
        &[
            (Place::Assets, "/assets", "Assets", Right::See),
            (Place::Computers, "/computers", "Computers", Right::See),
            (Place::Accounts, "/accounts", "Accounts", Right::Import),
            (Place::Files, "/import", "Files", Right::Import),
            (Place::Evidence, "/evidence", "Evidence", Right::See),
        ],
    ),
    (
        "On paper",
        &[
            (Place::VendorSheet, "/vendor-sheet", "Vendor sheet", Right::Sheet),
            (Place::Habits, "/habits", "Habits card", Right::Sheet),
        ],
    ),
    (
        "Help",
        &[
            (Place::Glossary, "/glossary", "Glossary", Right::Sheet),
            (Place::Settings, "/settings", "Settings", Right::Own),
        ],
    ),
];

/// A page of somebody who is signed in.
pub(in crate::web) fn page(visit: &Visit, frame: &Frame<'_>, body: &Markup) -> Markup {
    let organization = visit.app.organization();
    let content = html! {
        div.book {
            (rail(visit, frame.place))
            main #main .wide[frame.wide] tabindex="-1" {
                (notice(visit.said))
                header.top {
                    @if let Some(above) = &frame.above { p.quiet { (above) } }
                    h1 { (frame.title) }
                }
                (body)
            }
        }
    };
    document(frame.title, &organization, &content, true)
}

/// A page outside the book, for somebody who is not signed in, or a vendor with a link.
pub(in crate::web) fn plain(visit: &Visit, title: &str, body: &Markup) -> Markup {
    let content = html! {
        div.alone {
            header.masthead { p.brand { "asepsis" } }
            main #main tabindex="-1" {
                (notice(visit.said))
                header.top { h1 { (title) } }
                (body)
            }
        }
    };
    document(title, "", &content, true)
}

/// A page that knows nothing of the visitor: what went wrong.
pub(in crate::web) fn bare(title: &str, body: &Markup) -> Markup {
    let content = html! {
        div.alone {
            header.masthead { p.brand { "asepsis" } }
            main #main tabindex="-1" {
                header.top { h1 { (title) } }
                div.stack { (body) }
                p { a href="/" { "To the first page" } }
            }
        }
    };
    document(title, "", &content, false)
}

fn document(title: &str, organization: &str, content: &Markup, script: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) @if !organization.is_empty() { " · " (organization) } " · asepsis" }
                link rel="stylesheet" href=(assets::style());
                link rel="icon" href=(assets::icon()) type="image/svg+xml";
                @if script { script src=(assets::script()) defer {} }
            }
            body {
                (asepsis_report::marks::symbols())
                a.skip href="#main" { "Skip to the page" }
                (content)
                // Empty until the script announces something that changed by itself.
                p #live .away role="status" {}
            }
        }
    }
}

fn rail(visit: &Visit, place: Place) -> Markup {
    html! {
        header.rail {
            a.brand href="/" { "asepsis" }
            nav aria-label="Main" {
                @for (group, lines) in RAIL {
                    @let lines: Vec<_> = lines.iter().filter(|line| visit.may(line.3)).collect();
                    @if !lines.is_empty() {
                        @if !group.is_empty() { p.group { (group) } }
                        ul {
                            @for (at, path, name, _) in lines {
                                li { a href=(path) aria-current=[(*at == place).then_some("page")] { (name) } }
                            }
                        }
                    }
                }
            }
            @if let Some(who) = &visit.who {
                div.who {
                    p.quiet { "Signed in: " (who.account.name) }
                    (super::form(visit, "/sign-out", &super::button("Sign out", "plain")))
                }
            }
        }
    }
}

fn notice(said: Option<Said>) -> Markup {
    html! {
        @if let Some(said) = said { p.notice role="status" { (said.text()) } }
    }
}
