//! The page: its frame, its order, and the rail with its contents.

use asepsis_core::catalog::Catalog;
use asepsis_core::engine::{Assessment, Interview, NextStep};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::facts::Facts;
use crate::{
    about, accepted, contradictions, headline, marks, next, open, practices, table, threats, vendor,
};

/// What a report is made from.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The catalog the assessment was computed with.
    pub catalog: &'a Catalog,
    /// The assessment.
    pub assessment: &'a Assessment,
    /// What to do, first things first.
    pub next: &'a [NextStep],
    /// Which questions are open, and which were not asked.
    pub interview: &'a Interview,
    /// Name and version of the program, as in `asepsis 0.1.0`.
    pub program: &'a str,
    /// In which days begin and end for the organization.
    pub zone: jiff::tz::TimeZone,
}

const STYLE: &str = include_str!("style.css");

/// A report file is opened from disk: nothing is loaded, nothing runs, nothing is sent.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The report as one self-contained HTML file.
pub fn html(report: &Report<'_>) -> String {
    let facts = Facts::of(report);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(report.program);
                meta name="color-scheme" content="light dark";
                title { "Cyber hygiene report · " (facts.organization()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (marks::symbols())
                a.skip href="#main" { "Skip to the report" }
                div.book {
                    (rail(&facts))
                    main #main tabindex="-1" { (body(&facts)) }
                }
                (foot(&facts))
            }
        }
    };
    page.into_string()
}

fn body(facts: &Facts<'_>) -> Markup {
    html! {
        (headline::section(facts))
        (contradictions::section(facts))
        (next::section(facts))
        (table::section(facts))
        (practices::section(facts))
        (accepted::section(facts))
        (practices::apart(facts))
        (threats::section(facts))
        (open::section(facts))
        (vendor::section(facts))
        (about::section(facts))
    }
}

fn rail(facts: &Facts<'_>) -> Markup {
    let assessment = facts.report.assessment;
    html! {
        header.rail {
            p.brand { "asepsis" }
            nav aria-label="Contents" {
                ul {
                    li { a href="#stand" { "How you stand" } }
                    @if !assessment.contradictions.is_empty() {
                        li { a href="#contradictions" { "Told and seen" } }
                    }
                    li { a href="#next" { "Do next" } }
                    li { a href="#table" { "The ten practices" } }
                }
                ol.deep {
                    @for practice in &assessment.practices {
                        li value=(practice.number) {
                            a href={ "#practice-" (practice.number) } { (practice.name) }
                        }
                    }
                }
                ul {
                    @if !assessment.waivers.is_empty() {
                        li { a href="#accepted" { "Accepted gaps" } }
                    }
                    @if !assessment.apart.is_empty() {
                        li { a href="#apart" { "Not counted" } }
                    }
                    li { a href="#threats" { "The five threats" } }
                    li { a href="#open" { "Still open" } }
                    li { a href="#vendor" { "Vendor sheet" } }
                    li { a href="#about" { "About this report" } }
                }
            }
        }
    }
}

fn foot(facts: &Facts<'_>) -> Markup {
    let assessment = facts.report.assessment;
    html! {
        footer.foot {
            p { (facts.organization()) " · as of " (crate::words::day(&facts.report.zone, assessment.as_of)) " · made by " (facts.report.program) }
        }
    }
}
