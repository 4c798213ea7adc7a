//! So many of a hundred, or of a thousand: one dot for each organization like this one.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::scale::at;

/// Distance of dots, and their radius.
const STEP: f64 = 13.0;
const RADIUS: f64 = 4.2;

/// A share of organizations, with the middle 90 % of what it may be.
#[derive(Clone, Copy, Debug)]
pub struct Icons<'a> {
    /// Begins the ids of its parts; once on a page.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What is to be seen.
    pub description: &'a str,
    /// The share, from 0 to 1.
    pub share: f64,
    /// In one world of twenty it is more.
    pub high: f64,
}

impl Icons<'_> {
    /// A hundred, or a thousand where a hundred would show none.
    pub fn of(share: f64) -> usize {
        if share >= 0.005 { 100 } else { 1_000 }
    }

    /// How many of so many, rounded.
    pub fn count(share: f64, of: usize) -> usize {
        let count = (share.clamp(0.0, 1.0) * of as f64).round();
        count as usize
    }
}

/// The picture: filled dots are the share, ringed ones what it may be at most, small ones the others.
pub fn icons(it: &Icons<'_>) -> Markup {
    let of = Icons::of(it.share);
    let filled = Icons::count(it.share, of);
    let ringed = Icons::count(it.high, of).max(filled);
    let across = if of == 100 { 20 } else { 50 };
    let step = if of == 100 { STEP } else { STEP * 20.0 / 50.0 };
    let radius = RADIUS * step / STEP;
    let dots = |from: usize, to: usize, radius: f64| {
        let mut path = String::new();
        for index in from..to {
            let x = (index % across) as f64 * step + step / 2.0;
            let y = (index / across) as f64 * step + step / 2.0;
            let (r, d) = (at(radius), at(2.0 * radius));
            // Writing to text does not fail.
            let _ = write!(
                path,
                "M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0",
                at(x - radius),
                at(y)
            );
        }
        path
    };
    let (width, height) = (across as f64 * step, (of / across) as f64 * step);
    html! {
        svg.chart.icons viewBox={ "0 0 " (at(width)) " " (at(height)) } width=(at(width)) height=(at(height)) role="img"
            aria-labelledby={ (it.id) "-title " (it.id) "-desc" } {
            title id={ (it.id) "-title" } { (it.title) }
            desc id={ (it.id) "-desc" } { (it.description) }
            @if of == 100 {
                path.dot-other d=(dots(ringed, of, 0.4 * radius)) {}
            } @else {
                rect.dot-other width=(at(width)) height=(at(height)) fill-opacity="0.25" {}
            }
            path.dot-perhaps d=(dots(filled, ringed, 0.8 * radius)) {}
            path.dot d=(dots(0, filled, radius)) {}
        }
    }
}
