//! What an action does: what it avoids here, and each effect with its ground.

use asepsis_core::catalog::{Action, Effect, EffectOn, Route};
use asepsis_core::risk::Figure;
use maud::{Markup, html};

use super::{control, link, say};
use crate::web::pages::check::View;
use crate::web::ui::{self, Unit};

/// Being among the best in fewer worlds than this is not worth a line.
const SELDOM: f64 = 0.01;

pub(super) fn section(view: &View<'_>, action: &Action) -> Markup {
    let Some(risk) = &view.book.risk else { return html! {} };
    let value = risk.outlook.action(&action.id).filter(|it| it.avoided.value > 0.0);
    let covered = control(view, &action.id);
    html! {
        section.sheet aria-labelledby="does" {
            h2 #does { (say::DOES) }
            @match value {
                Some(it) => {
                    p.lead { (say::AVOIDS) " " (ui::figure(&it.avoided, Unit::DollarsAYear)) }
                    @if it.by_threat.len() > 1 {
                        ul.plain-list.small {
                            @for (threat, avoided) in &it.by_threat {
                                li { (threat_link(view, threat)) ": " (ui::figure(avoided, Unit::DollarsAYear)) }
                            }
                        }
                    }
                    @if it.among_best.high >= SELDOM { p.small { (say::AMONG_BEST) " " (ui::figure(&it.among_best, Unit::Worlds)) } }
                },
                None => p { (if covered.is_some_and(|it| it.is_open()) { say::NO_FIGURE } else { say::NOTHING_LEFT }) },
            }
            @if let Some(keep) = &action.keep { p.quoted { b { (say::KEPT) } " " (keep) } }
            @if !action.effects.is_empty() {
                h3 { (say::EFFECTS) }
                ul.lines { @for it in &action.effects { li { (effect(view, it)) } } }
            }
            @if !action.raises.is_empty() {
                h3 { (say::RAISES) }
                ul.lines {
                    @for it in &action.raises {
                        li {
                            p { (link(view, &it.action)) " " (ui::badge(it.badge, std::slice::from_ref(&it.source))) }
                            p.small.quiet.quoted { (it.note) }
                        }
                    }
                }
            }
        }
    }
}

/// A threat's name, leading to its page.
pub(in crate::web::pages) fn threat_link(view: &View<'_>, id: &str) -> Markup {
    let name = view.catalog().threats.iter().find(|it| it.id == id);
    html! { a href={ "/threats/" (id) } { (name.map_or(id, |it| it.name.as_str())) } }
}

/// What it does to one threat when it is fully in place.
fn effect(view: &View<'_>, it: &Effect) -> Markup {
    let share = Figure {
        value: it.beta.mean(),
        low: it.beta.quantile(0.05),
        high: it.beta.quantile(0.95),
        badge: it.badge,
        sources: vec![it.source.clone()],
    };
    let (before, after) = match (it.on, it.route()) {
        (EffectOn::Frequency, Route::Own) => (say::STOPS, say::OWN_DOORS),
        (EffectOn::Frequency, Route::Vendor) => (say::STOPS, say::BY_VENDOR),
        (EffectOn::Frequency, Route::Both) => (say::STOPS, say::EVENTS),
        (EffectOn::Loss, _) => (say::TAKES_OFF, say::OF_EACH),
    };
    html! {
        p { (threat_link(view, &it.threat)) ": " (before) " " (ui::figure(&share, Unit::Share)) " " (after) }
        p.small.quiet.quoted { (it.note) }
    }
}
