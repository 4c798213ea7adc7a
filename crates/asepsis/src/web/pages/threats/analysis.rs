//! The risk analysis as an auditor expects it, to print: asset, threat, vulnerability, likelihood, impact,
//! level, treatment, owner, date; and the five steps of Appendix E, filled in. The words low, medium and
//! high are read off the numbers, never the other way round.

mod english;

use asepsis_core::organization::Sector;
use asepsis_core::risk::{Band, GapLine, Register, ThreatLine, Treatment};
use asepsis_report::prose;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::RiskView;
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::pages::{actions, plan};
use crate::web::ui::{self, Column, Frame, Place, Unit};
use crate::web::visit::Visit;
use english as say;

/// Gaps of each threat that are shown on a screen.
const FIRST: usize = 4;
/// Gaps of each threat on paper.
const ALL: usize = 200;

/// All gaps, for paper, or the greatest of each threat.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    rows: String,
}

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let most = if asked.rows == "all" { ALL } else { FIRST };
    let health = view.book.organization.sector == Sector::HealthCare;
    let body = match &view.book.risk {
        Some(risk) => analysis(&view, risk, most, health),
        None => html! { p { (say::NO_PRIORS) } },
    };
    let title = if health { say::TITLE } else { say::TITLE_OTHER };
    let above = html! { a href="/threats" { (say::THREATS) } " · " (view.book.name()) " · " (ui::day(&view.book, view.book.assessment.as_of)) };
    let frame = Frame::new(Place::Threats, title).above(above).wide();
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn analysis(view: &View<'_>, risk: &RiskView, most: usize, health: bool) -> Markup {
    let (catalog, assessment) = (view.catalog(), &view.book.assessment);
    let register = Register::of(catalog, assessment, &risk.study, &risk.outlook, &risk.proposal);
    let Some(register) = register else { return html! { p { (say::NO_PRIORS) } } };
    let shown = register.threats.iter().flat_map(|it| gaps(&register, &it.threat).take(most));
    let more = register.gaps.len().saturating_sub(shown.count());
    html! {
        div.stack.tight {
            p { (if health { say::LEAD } else { say::LEAD_OTHER }) }
            p.small { (say::BANDS) " " (revenue(view, &register)) }
            @if more > 0 { p.screen-only { a href="/threats/analysis?rows=all" { (say::all_rows(register.gaps.len())) } } }
        }
        (threats(view, &register.threats))
        @for it in &register.threats { (gaps_of(view, &register, it, most)) }
        (steps(view, risk, &register, health))
        p.quiet.small { (say::KEPT_BY) " " a href="/sources" { (say::SOURCES) } }
    }
}

fn gaps<'a>(register: &'a Register, threat: &'a str) -> impl Iterator<Item = &'a GapLine> {
    register.gaps.iter().filter(move |it| it.threat == threat)
}

/// Against what impact and level are held.
fn revenue(view: &View<'_>, register: &Register) -> Markup {
    let size = view.book.assessment.size.size;
    let priors = view.catalog().priors.as_ref();
    let basis = priors.and_then(|it| it.revenue(size)).map(|it| &it.basis);
    html! {
        @match (register.revenue_known, basis) {
            (false, Some(basis)) => {
                (say::ASSUMED) " "
                span.figure data-low=(register.revenue / 3.0) data-high=(register.revenue * 3.0) {
                    (ui::dollars(register.revenue)) ", " (say::wide(&ui::dollars(register.revenue / 3.0), &ui::dollars(register.revenue * 3.0)))
                    " " (ui::badge(basis.badge, std::slice::from_ref(&basis.source)))
                }
                "."
            },
            _ => { (say::REVENUE) " " span.asked { (ui::dollars(register.revenue)) } "." },
        }
    }
}

/// The five in one table.
fn threats(view: &View<'_>, all: &[ThreatLine]) -> Markup {
    let columns = [say::THREAT, say::LIKELIHOOD, say::IMPACT, say::LEVEL].map(Column);
    let rows = all.iter().map(|it| {
        vec![
            actions::threat_link(view, &it.threat),
            banded(it.likelihood_band, &ui::figure(&it.likelihood, Unit::Chance)),
            banded(it.impact_band, &ui::figure(&it.impact, Unit::Dollars)),
            banded(it.level_band, &ui::figure(&it.level, Unit::DollarsAYear)),
        ]
    });
    html! {
        section.stack.tight aria-labelledby="threats" {
            h2 #threats { (say::THREATS) }
            (ui::table(&html! { (say::THREATS_LEAD) }, &columns, rows))
        }
    }
}

/// A word that is read off a number, and the number.
fn banded(band: Band, figure: &Markup) -> Markup {
    html! { b { (band.word()) } span.aside { (figure) } }
}

/// What lets one threat in, the greatest first.
fn gaps_of(view: &View<'_>, register: &Register, threat: &ThreatLine, most: usize) -> Markup {
    let all: Vec<&GapLine> = gaps(register, &threat.threat).collect();
    let columns =
        [say::ASSET, say::VULNERABILITY, say::LEVEL, say::TREATMENT, say::OWNER, say::DATE];
    let id = format!("gaps-{}", threat.threat);
    let name = view.catalog().threats.iter().find(|it| it.id == threat.threat);
    let rows = all.iter().take(most).map(|it| row(view, it));
    html! {
        @if !all.is_empty() {
            section.stack.tight aria-labelledby=(id) {
                h2 id=(id) { (name.map_or("", |it| it.name.as_str())) }
                (ui::table(&html! { (say::shown(most.min(all.len()), all.len())) }, &columns.map(Column), rows))
            }
        }
    }
}

fn row(view: &View<'_>, it: &GapLine) -> Vec<Markup> {
    let practice = view.catalog().practices.iter().find(|p| p.number == it.practice);
    let parts = it.parts.iter().filter_map(|part| view.catalog().part(part));
    let who = view.catalog().action(&it.action).map_or("", |it| it.who.as_str());
    let role = asepsis_report::words::role(who);
    let (owner, date) = match &it.treatment {
        Treatment::Planned { to, due, month } => {
            let owner = to.as_ref().map_or(role, |id| ui::person(&view.book, id));
            let date =
                due.as_ref().map_or_else(|| plan::month_name(view, *month), |it| ui::civil_day(it));
            (owner, date)
        }
        Treatment::Left(why) => (role, say::until(why).map(ui::civil_day).unwrap_or_default()),
    };
    vec![
        html! { span.light { (say::asset(it.practice, practice.map_or("", |it| it.name.as_str()))) } },
        html! {
            (say::NOT_KNOWN_IN_PLACE) " "
            @for (at, part) in parts.take(2).enumerate() { @if at > 0 { " " } (prose::spans(&part.text)) }
            @if it.parts.len() > 2 { " " (say::and_more(it.parts.len() - 2)) }
        },
        banded(it.level_band, &ui::figure(&it.level, Unit::DollarsAYear)),
        html! { (say::treatment(&it.treatment)) " " (actions::link(view, &it.action)) },
        html! { (owner) },
        html! { (date) },
    ]
}

/// The five steps of the publication's own worksheet, filled in.
fn steps(view: &View<'_>, risk: &RiskView, register: &Register, health: bool) -> Markup {
    let assessment = &view.book.assessment;
    let subs = assessment.practices.iter().map(|it| it.sub_practices.len()).sum();
    let names = |all: &mut dyn Iterator<Item = &str>| all.collect::<Vec<_>>().join("; ");
    let mut ranked: Vec<&ThreatLine> = register.threats.iter().collect();
    ranked.sort_by(|a, b| b.level.value.total_cmp(&a.level.value));
    let name = |id: &str| {
        let found = view.catalog().threats.iter().find(|it| it.id == id);
        found.map_or("", |it| it.name.as_str())
    };
    let ranked = names(&mut ranked.iter().map(|it| name(&it.threat)));
    let mut open: Vec<&str> = register.gaps.iter().map(|it| it.action.as_str()).collect();
    open.sort_unstable();
    open.dedup();
    let filled = [
        html! { (ranked) "." },
        html! { (say::practices(&assessment.size.size, subs)) " " a href="/practices" { (say::SEE_PRACTICES) } },
        html! { (say::gaps(open.len())) },
        html! {
            (say::planned(risk.proposal.picks.len(), risk.proposal.left.len())) " " a href="/plan" { (say::SEE_PLAN) } " "
            (say::AVOIDS) " " (ui::figure(&risk.proposal.year.avoided, Unit::DollarsAYear)) "."
        },
        html! {
            (say::AGAIN) " "
            @match &risk.parent { Some((seq, it)) => { (say::LAST_TAKEN) " " (ui::day(&view.book, it.at)) ", " (ui::entry(*seq)) "." }, None => (say::NEVER_TAKEN) }
        },
    ];
    html! {
        section.stack.tight.page aria-labelledby="steps" {
            h2 #steps { (if health { say::STEPS } else { say::STEPS_OTHER }) }
            dl.pairs {
                @for (step, text) in view.catalog().editions.steps.iter().zip(filled) {
                    div { dt { (step.number) ". " (step.text) } dd { (text) } }
                }
            }
        }
    }
}
