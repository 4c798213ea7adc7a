//! What moves a number most: for each doubt a bar from where it puts the number when it is low to where
//! it puts it when it is high, around a line at the number. One scale for all bars.

use maud::{Markup, html};

use super::scale::{Linear, at};

/// Width and height of a bar in units.
const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 18.0;

/// One doubt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The smaller of the two numbers.
    pub low: f64,
    /// The larger.
    pub high: f64,
}

/// The bars of a tornado around one number, in the order given. Each is to stand in a row of a table
/// that says it in words, so that they are hidden from those who hear the page.
pub fn tornado(middle: f64, bars: &[Bar]) -> Vec<Markup> {
    let low = bars.iter().map(|it| it.low).fold(middle, f64::min);
    let high = bars.iter().map(|it| it.high).fold(middle, f64::max);
    let scale = Linear::new((low, high), (2.0, WIDTH - 2.0));
    let bar = |it: &Bar| {
        let (from, to) = (scale.place(it.low), scale.place(it.high));
        html! {
            svg.chart.tornado viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" {
                rect.bar x=(at(from)) y="3" width=(at((to - from).max(1.0))) height=(HEIGHT - 6.0) {}
                path.axis d={ "M" (at(scale.place(middle))) " 0V" (HEIGHT) } {}
            }
        }
    };
    bars.iter().map(bar).collect()
}
