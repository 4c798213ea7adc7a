//! A year here: how many of a hundred such organizations lose something, what a year costs, how many days
//! care is disturbed, and how seldom one gets on the federal list.

use asepsis_core::organization::Sector;
use asepsis_core::risk::{Figure, Outlook};
use asepsis_report::chart::{Icons, icons};
use maud::{Markup, html};

use super::say;
use crate::web::pages::check::View;
use crate::web::ui::{self, Unit};

/// The worst of so many years is told.
const BAD: u32 = 100;

pub(super) fn section(view: &View<'_>, outlook: &Outlook) -> Markup {
    let sector = view.book.organization.sector;
    let all = &outlook.all;
    html! {
        section.sheet aria-labelledby="year" {
            h2 #year { (say::YEAR) }
            (array(sector, &all.loss_free))
            dl.pairs {
                div { dt { (say::EXPECTED) } dd { (ui::figure(&all.loss, Unit::DollarsAYear)) } }
                div { dt { (say::LOSS_FREE) } dd { (ui::figure(&all.loss_free, Unit::Years)) } }
                @for it in view.book.risk.iter().flat_map(|it| &it.curves().now.one_in).filter(|it| it.years == BAD) {
                    div { dt { (say::bad_year(it.years)) } dd { (ui::figure(&it.loss, Unit::Dollars)) } }
                }
                div { dt { (say::care(ui::people_word(sector))) } dd { (ui::figure(&all.care_days, Unit::DaysAYear)) } }
                @if let Some(listed) = listed(view).filter(|_| sector == Sector::HealthCare) {
                    div { dt { (say::LISTED) } dd { (ui::figure(&listed, Unit::Chance)) } }
                }
            }
            p.quiet.small { (say::EXPECTED_MEANS) }
        }
    }
}

/// So many of a hundred organizations have a loss in a year.
fn array(sector: Sector, loss_free: &Figure) -> Markup {
    let share = 1.0 - loss_free.value;
    let (low, high) = (1.0 - loss_free.high, 1.0 - loss_free.low);
    let of = Icons::of(share);
    let count = |it: f64| Icons::count(it, of);
    let said = say::of_a_hundred(sector, count(share), count(low), count(high), of);
    let picture = Icons { id: "array", title: say::ARRAY, description: &said, share, high };
    html! {
        p.figure.lead data-low=(low) data-high=(high) { (said) " " (ui::badge(loss_free.badge, &loss_free.sources)) }
        (icons(&picture))
        p.quiet.small { (say::ARRAY_KEY) }
    }
}

/// The chance in a year to get on the federal list.
fn listed(view: &View<'_>) -> Option<Figure> {
    let size = view.book.assessment.size.size;
    let priors = view.catalog().priors.as_ref()?;
    let it = priors.listed.iter().find(|it| it.size == size)?;
    let [value, low, high] = it.chance;
    let sources = vec![it.basis.source.clone()];
    Some(Figure { value, low, high, badge: it.basis.badge, sources })
}
