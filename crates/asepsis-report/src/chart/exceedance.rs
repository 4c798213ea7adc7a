//! The chance that a year costs more than so many dollars: lines over their bands, both axes in powers
//! of ten, since a loss of a thousand and one of a million both matter.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::scale::{Log, at};
use crate::words;

/// Size in units; a screen shows them a little smaller or larger.
const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 300.0;
/// Where the axes stand.
const LEFT: f64 = 84.0;
const RIGHT: f64 = 428.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 244.0;

/// One point of a line, with the middle 90 % of what it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// US dollars, above 0.
    pub dollars: f64,
    /// The chance that a year costs more.
    pub chance: f64,
    /// In one world of twenty it is less.
    pub low: f64,
    /// In one world of twenty it is more.
    pub high: f64,
}

impl Point {
    /// It has a place on paper with logarithms.
    fn is_drawn(&self) -> bool {
        self.dollars > 0.0 && self.dollars.is_finite()
    }
}

/// One line, by rising dollars. The first is drawn whole, others broken.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What it shows, in a word or two.
    pub label: &'a str,
    /// Its points.
    pub points: &'a [Point],
}

/// The chart.
#[derive(Clone, Copy, Debug)]
pub struct Exceedance<'a> {
    /// Begins the ids of its parts; once on a page.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What is to be seen, in a sentence or two.
    pub description: &'a str,
    /// Under the axis across.
    pub across: &'a str,
    /// Over the axis up.
    pub up: &'a str,
    /// The lines.
    pub lines: &'a [Line<'a>],
    /// Chances below are not drawn.
    pub least: f64,
}

impl Exceedance<'_> {
    /// The picture; nothing where there is nothing to draw.
    pub fn show(&self) -> Markup {
        let points = self.lines.iter().flat_map(|it| it.points).filter(|it| it.is_drawn());
        let low = points.map(|it| it.dollars).fold(f64::INFINITY, f64::min);
        // As far as the widest band goes.
        let ends =
            self.lines.iter().filter_map(|it| self.seen(it, |point| point.high).last().copied());
        let high = ends.map(|it| it.0).fold(0.0, f64::max);
        let x = Log::new((low, high), (LEFT, RIGHT));
        let y = Log::new((self.least, 1.0), (BOTTOM, TOP));
        html! {
            @if high > low {
                svg.chart.curve viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) role="img"
                    aria-labelledby={ (self.id) "-title " (self.id) "-desc" } {
                    title id={ (self.id) "-title" } { (self.title) }
                    desc id={ (self.id) "-desc" } { (self.description) }
                    (self.axes(x, y))
                    @for (index, line) in self.lines.iter().enumerate() {
                        path class={ "band band-" (index) } d=(self.band(line, x, y)) {}
                    }
                    @for (index, line) in self.lines.iter().enumerate() {
                        path class={ "curve-line curve-" (index) } d=(self.path(line, x, y)) {}
                    }
                    (self.labels())
                }
            }
        }
    }

    fn axes(&self, x: Log, y: Log) -> Markup {
        html! {
            @for chance in y.tens() {
                @let place = at(y.place(chance));
                path.grid d={ "M" (LEFT) " " (place) "H" (RIGHT) } {}
                text x=(LEFT - 8.0) y=(at(y.place(chance) + 4.0)) text-anchor="end" { (one_in(chance)) }
            }
            @for dollars in x.tens() {
                @let place = at(x.place(dollars));
                path.grid d={ "M" (place) " " (TOP) "V" (BOTTOM) } {}
                text x=(place) y=(BOTTOM + 18.0) text-anchor="middle" { (short(dollars)) }
            }
            path.axis d={ "M" (LEFT) " " (TOP) "V" (BOTTOM) "H" (RIGHT) } {}
            text x=(LEFT - 78.0) y="12" { (self.up) }
            text x=((LEFT + RIGHT) / 2.0) y=(BOTTOM + 36.0) text-anchor="middle" { (self.across) }
        }
    }

    /// A line in the corner that nothing reaches, with its name.
    fn labels(&self) -> Markup {
        let place = |index: usize| TOP + 14.0 + 18.0 * index as f64;
        html! {
            @for (index, line) in self.lines.iter().enumerate() {
                path class={ "curve-line curve-" (index) } d={ "M" (RIGHT - 138.0) " " (place(index) - 4.0) "h26" } {}
                text x=(RIGHT - 106.0) y=(place(index)) { (line.label) }
            }
        }
    }

    /// A line until it leaves the paper below.
    fn path(&self, line: &Line<'_>, x: Log, y: Log) -> String {
        let seen = self.seen(line, |it| it.chance);
        let mut path = String::new();
        for (index, (dollars, chance)) in seen.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            // Writing to text does not fail.
            let _ = write!(path, "{letter}{} {}", at(x.place(*dollars)), at(y.place(*chance)));
        }
        path
    }

    /// The band around a line: along its upper edge and back along the lower one.
    fn band(&self, line: &Line<'_>, x: Log, y: Log) -> String {
        let upper = self.seen(line, |it| it.high);
        let end = upper.last().map_or(0.0, |it| it.0);
        let lower = line.points.iter().filter(|it| it.is_drawn() && it.dollars <= end);
        let lower: Vec<(f64, f64)> = lower.map(|it| (it.dollars, it.low)).collect();
        let mut path = String::new();
        for (index, (dollars, chance)) in upper.iter().chain(lower.iter().rev()).enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{} {}", at(x.place(*dollars)), at(y.place(*chance)));
        }
        if !path.is_empty() {
            path.push('Z');
        }
        path
    }

    /// The points that are drawn, with one more where the line goes below the least chance.
    fn seen(&self, line: &Line<'_>, of: fn(&Point) -> f64) -> Vec<(f64, f64)> {
        let points = line.points.iter().filter(|it| it.is_drawn());
        let mut seen: Vec<(f64, f64)> = Vec::new();
        for point in points {
            let chance = of(point);
            if chance >= self.least {
                seen.push((point.dollars, chance));
                continue;
            }
            if let Some((dollars, before)) = seen.last().copied() {
                // Straight on this paper, on which both axes are logarithms.
                let floor = chance.max(self.least / 1e3);
                let share = libm::log(before / self.least) / libm::log(before / floor);
                let crosses = dollars * libm::pow(point.dollars / dollars, share);
                seen.push((crosses, self.least));
            }
            break;
        }
        seen
    }
}

/// A power of ten as a chance: `1 in 100`.
fn one_in(chance: f64) -> String {
    if chance > 0.99 {
        "every year".to_owned()
    } else {
        format!("1 in {}", words::number((1.0 / chance).round() as u64))
    }
}

/// A power of ten in dollars: `$10k`.
fn short(dollars: f64) -> String {
    let (amount, unit) = match dollars {
        it if it >= 1e9 => (it / 1e9, "B"),
        it if it >= 1e6 => (it / 1e6, "M"),
        it if it >= 1e3 => (it / 1e3, "k"),
        it => (it, ""),
    };
    format!("${}{unit}", amount.round())
}
