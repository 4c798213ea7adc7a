//! A small bar for one number: a line from low to high with a mark at the number. Said in words beside
//! it, so that it is hidden from those who hear the page.

use maud::{Markup, html};

use super::scale::{Linear, at};

/// Width and height in units.
const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 14.0;

/// A number with its range, and the largest number of all bars that stand together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// In one world of twenty it is less.
    pub low: f64,
    /// The number.
    pub value: f64,
    /// In one world of twenty it is more.
    pub high: f64,
    /// Drawn at the right end.
    pub most: f64,
}

/// The bar. Begins at nothing, or at the low end where that is below nothing.
pub fn span(it: Span) -> Markup {
    let scale = Linear::new((it.low.min(0.0), it.most), (4.0, WIDTH - 4.0));
    let middle = HEIGHT / 2.0;
    html! {
        svg.chart.span viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" {
            path.grid d={ "M4 " (middle) "H" (WIDTH - 4.0) } {}
            path.reach d={ "M" (at(scale.place(it.low))) " " (middle) "H" (at(scale.place(it.high))) } {}
            circle.dot cx=(at(scale.place(it.value))) cy=(middle) r="4" {}
        }
    }
}
