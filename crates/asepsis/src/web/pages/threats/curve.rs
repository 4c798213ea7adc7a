//! The chance that a year costs more than so much, now and after the plan, each with its band; the same
//! as a table.

use asepsis_core::risk::simulate::{Curve, Curves};
use asepsis_report::chart::{Exceedance, Line, Point};
use maud::{Markup, html};

use super::say;
use crate::ops::{Book, RiskView};
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::ui::{self, Column, Unit};

/// Chances below are not drawn: too few years were simulated to tell them.
const LEAST: f64 = 0.000_5;
/// Amounts in the table: every third of the grid, so 100, 1,000, 10,000 and so on.
const EVERY: usize = 3;

/// Simulates the years, once for a book.
pub(super) async fn work_out(view: &View<'_>) -> Result<(), PageError> {
    let work = |book: &Book, _: &_| book.risk.as_ref().map(RiskView::curves).is_some();
    view.visit.work_out(&view.book, work).await?;
    Ok(())
}

pub(super) fn section(view: &View<'_>) -> Markup {
    let Some(curves) = view.book.risk.as_ref().map(RiskView::curves) else { return html! {} };
    let now = points(&curves.now);
    let after = curves.after.as_ref().map(points).unwrap_or_default();
    let mut lines = vec![Line { label: say::NOW, points: &now }];
    if !after.is_empty() {
        lines.push(Line { label: say::AFTER, points: &after });
    }
    let picture = Exceedance {
        id: "curve",
        title: say::CURVE,
        description: say::CURVE_DESCRIPTION,
        across: say::ACROSS,
        up: say::UP,
        lines: &lines,
        least: LEAST,
    };
    html! {
        section.sheet aria-labelledby="exceeds" {
            h2 #exceeds { (say::CURVE) }
            p { (say::CURVE_LEAD) }
            (picture.show())
            p.quiet.small { (say::BAND) }
            details { summary { (say::AS_TABLE) } (table(curves)) }
        }
    }
}

fn points(curve: &Curve) -> Vec<Point> {
    let of = |it: &asepsis_core::risk::simulate::Point| Point {
        dollars: it.above,
        chance: it.chance.value,
        low: it.chance.low,
        high: it.chance.high,
    };
    curve.points.iter().map(of).collect()
}

/// The same in words.
fn table(curves: &Curves) -> Markup {
    let after = curves.after.as_ref();
    let mut columns = vec![Column(say::MORE_THAN), Column(say::NOW)];
    columns.extend(after.map(|_| Column(say::AFTER)));
    let rows = curves.now.points.iter().enumerate().step_by(EVERY);
    let rows = rows.filter(|(_, it)| it.chance.high >= LEAST).map(|(at, it)| {
        let mut cells = vec![
            html! { span.asked { (ui::dollars(it.above)) } },
            ui::figure(&it.chance, Unit::Chance),
        ];
        let then = after.and_then(|after| after.points.get(at));
        cells.extend(then.map(|it| ui::figure(&it.chance, Unit::Chance)));
        cells
    });
    ui::table(&html! { (say::TABLE) }, &columns, rows)
}
