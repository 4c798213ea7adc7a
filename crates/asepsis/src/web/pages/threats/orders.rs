//! The five in three orders: how often, how much, how bad for those who are cared for; where the orders
//! disagree, and where no order can be told.

use asepsis_core::risk::{Exposure, Figure, Outlook};
use maud::{Markup, html};

use super::say;
use crate::web::pages::actions;
use crate::web::pages::check::View;
use crate::web::ui::{self, Unit};

/// A threat that costs most in so many worlds takes part in the undecided question.
const IN_DOUBT: f64 = 0.2;

/// The threats that can happen here, the largest first by a figure.
fn by(outlook: &Outlook, of: fn(&Exposure) -> &Figure) -> Vec<&Exposure> {
    let can = |it: &&Exposure| it.applies && of(it).value > 0.0;
    let mut all: Vec<&Exposure> = outlook.threats.iter().filter(can).collect();
    all.sort_by(|a, b| of(b).value.total_cmp(&of(a).value));
    all
}

pub(super) fn section(view: &View<'_>, outlook: &Outlook) -> Markup {
    let people = ui::people_word(view.book.organization.sector);
    let often = by(outlook, |it| &it.events);
    let much = by(outlook, |it| &it.loss);
    let bad = by(outlook, |it| &it.care_days);
    html! {
        section.stack aria-labelledby="orders" {
            div.stack.tight {
                h2 #orders { (say::ORDERS) }
                p { (disagree(view, [often.first(), much.first(), bad.first()].map(Option::<&&Exposure>::copied), people)) }
                @if outlook.leader().is_none() { (undecided(view, outlook)) }
            }
            div.cards {
                (order(view, say::OFTEN, &often, Unit::Times, |it| &it.events))
                (order(view, say::MUCH, &much, Unit::DollarsAYear, |it| &it.loss))
                (order(view, &say::bad(people), &bad, Unit::DaysAYear, |it| &it.care_days))
            }
            p.quiet.small { (say::DAYS) }
        }
    }
}

fn order(
    view: &View<'_>,
    title: &str,
    all: &[&Exposure],
    unit: Unit,
    of: fn(&Exposure) -> &Figure,
) -> Markup {
    html! {
        div.sheet {
            h3 { (title) }
            @if all.is_empty() { p { (say::NONE_CAN) } }
            ol.steps { @for it in all { li { (actions::threat_link(view, &it.threat)) span.aside { (ui::figure(of(it), unit)) } } } }
        }
    }
}

/// Which comes first in each order, in a sentence.
fn disagree(view: &View<'_>, firsts: [Option<&Exposure>; 3], people: &str) -> Markup {
    let [often, much, bad] = firsts.map(|it| it.map(|it| it.threat.as_str()));
    let name = |id: Option<&'_ str>| id.map_or_else(String::new, |id| name(view, id).to_owned());
    let (Some(_), Some(_)) = (often, much) else { return html! { (say::NONE_CAN) } };
    let decided = view.book.risk.as_ref().is_some_and(|it| it.outlook.leader().is_some());
    html! {
        @if often == much && (bad.is_none() || bad == much) { (say::agree(&name(much))) }
        @else { (say::differ_in_order(&name(often), &name(much.filter(|_| decided)), &name(bad), people)) }
    }
}

/// A threat's name.
fn name<'a>(view: &View<'a>, id: &'a str) -> &'a str {
    view.catalog().threats.iter().find(|it| it.id == id).map_or(id, |it| it.name.as_str())
}

/// That nobody can say which costs most, with the shares of those that may.
fn undecided(view: &View<'_>, outlook: &Outlook) -> Markup {
    let mut all: Vec<&Exposure> =
        outlook.threats.iter().filter(|it| it.costliest.value >= IN_DOUBT).collect();
    all.sort_by(|a, b| b.costliest.value.total_cmp(&a.costliest.value));
    let names: Vec<&str> = all.iter().map(|it| name(view, &it.threat)).collect();
    html! {
        @if all.len() > 1 {
            p { b { (say::too_close(&names)) } }
            ul.plain-list.small {
                @for it in all { li { (name(view, &it.threat)) " " (say::COSTLIEST) " " (ui::figure(&it.costliest, Unit::Worlds)) "." } }
            }
        }
    }
}
