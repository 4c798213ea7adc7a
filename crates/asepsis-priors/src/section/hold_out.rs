//! How far to trust it: what was fitted to the years to 2022, held against the years after.

use std::ops::RangeInclusive;

use asepsis_core::risk::number::special::normal_quantile;
use asepsis_core::risk::number::{NegativeBinomial, Poisson, exp, ln};

use super::sizes;
use crate::breach::{Breach, Threat};
use crate::fit::goodness::{kolmogorov_p, kolmogorov_smirnov, shares};
use crate::fit::truncated::Truncated;
use crate::page::{Page, percent};
use crate::sample::{mean, variance};

/// Fitted to.
const PAST: RangeInclusive<u16> = 2019..=2022;
/// Held against.
const FUTURE: RangeInclusive<u16> = 2023..=2025;
/// The years whose steps from one to the next say how far a frequency walks.
const WALK: RangeInclusive<u16> = 2013..=2022;
/// The two ends of a band that holds 90 %.
const BAND: [f64; 2] = [0.05, 0.95];

/// Sizes of the future under the fit of the past.
pub(crate) struct SizeVerdict {
    pub(crate) threat: &'static str,
    pub(crate) number: usize,
    /// Share inside the 90 % band.
    pub(crate) inside: f64,
    /// Share above its upper end.
    pub(crate) above: f64,
    /// Of the distance between sizes and fit.
    pub(crate) p: f64,
}

/// Sizes held out, threat by threat.
pub(crate) fn of_sizes(list: &[Breach]) -> Vec<SizeVerdict> {
    let verdict = |(threat, label): (Threat, &'static str)| {
        let of = |years: RangeInclusive<u16>| {
            sizes::of(list, |it| it.threat() == Some(threat) && years.contains(&it.year))
        };
        let fitted = Truncated::fit(&of(PAST), sizes::FLOOR);
        let shares = shares(&of(FUTURE), &fitted);
        let [low, high] = BAND;
        let part = |holds: &dyn Fn(f64) -> bool| {
            shares.iter().filter(|it| holds(**it)).count() as f64 / shares.len().max(1) as f64
        };
        SizeVerdict {
            threat: label,
            number: shares.len(),
            inside: part(&|it| (low..=high).contains(&it)),
            above: part(&|it| it > high),
            p: kolmogorov_p(kolmogorov_smirnov(&shares), shares.len()),
        }
    };
    Threat::ALL.map(verdict).into()
}

/// The count of one year under three forecasts.
pub(crate) struct CountVerdict {
    threat: &'static str,
    year: u16,
    count: f64,
    /// Poisson, negative binomial, random walk: the 90 % band, both ends included.
    pub(crate) bands: [[f64; 2]; 3],
}

impl CountVerdict {
    /// The count lies inside the band of each forecast.
    pub(crate) fn inside(&self) -> [bool; 3] {
        self.bands.map(|[low, high]| (low..=high).contains(&self.count))
    }
}

/// What forecasts the counts of one threat: its past counts, and how far its logarithm walks in a year.
struct Forecast {
    counts: Vec<f64>,
    last: f64,
    step: f64,
}

impl Forecast {
    fn of(list: &[Breach], threat: Threat) -> Self {
        let count = |year| count(list, threat, year);
        let logs: Vec<f64> = WALK.map(|year| ln(count(year).max(0.5))).collect();
        let steps: Vec<f64> =
            logs.iter().zip(logs.iter().skip(1)).map(|(one, next)| next - one).collect();
        Self {
            counts: PAST.map(count).collect(),
            last: count(*PAST.end()),
            step: variance(&steps).sqrt(),
        }
    }

    /// The bands for a year that is so many years ahead.
    fn bands(&self, ahead: u16) -> [[f64; 2]; 3] {
        let (mean, variance) = (mean(&self.counts), variance(&self.counts));
        let poisson = BAND.map(|p| Poisson::new(mean).quantile(p) as f64);
        // Where counts vary less than by chance, there is nothing to add to it.
        let wide = if variance > mean {
            let it = NegativeBinomial::new(mean * mean / (variance - mean), mean);
            BAND.map(|p| it.quantile(p) as f64)
        } else {
            poisson
        };
        let far = self.step * f64::from(ahead).sqrt();
        let walk = BAND.map(|p| self.last * exp(far * normal_quantile(p)));
        [poisson, wide, walk]
    }
}

fn count(list: &[Breach], threat: Threat, year: u16) -> f64 {
    let found = list.iter().filter(|it| it.own() && it.year == year);
    found.filter(|it| it.threat() == Some(threat)).count() as f64
}

/// Counts held out, threat by threat and year by year.
pub(crate) fn of_counts(list: &[Breach]) -> Vec<CountVerdict> {
    let mut verdicts = Vec::new();
    for (threat, label) in Threat::ALL {
        let forecast = Forecast::of(list, threat);
        for year in FUTURE {
            let bands = forecast.bands(year - PAST.end());
            verdicts.push(CountVerdict {
                threat: label,
                year,
                count: count(list, threat, year),
                bands,
            });
        }
    }
    verdicts
}

/// Prints the section.
pub(crate) fn write(list: &[Breach], page: &mut Page) {
    page.heading("4. Held out");
    page.line(format!(
        "Providers' own breaches. Sizes, fitted to {} to {}, held against {} to {}:",
        PAST.start(),
        PAST.end(),
        FUTURE.start(),
        FUTURE.end(),
    ));
    page.line("");
    page.table(
        &["threat", "n", "inside the 90 % band", "above the 95 % point", "KS p"],
        of_sizes(list).into_iter().map(|it| {
            vec![
                it.threat.to_owned(),
                it.number.to_string(),
                percent(it.inside, 1),
                percent(it.above, 1),
                if it.p < 0.001 { "< 0.001".to_owned() } else { format!("{:.3}", it.p) },
            ]
        }),
    );
    page.paragraph(format!(
        "Counts. The random walk is one of the logarithm of the count, from {} on; its step in a year \
         is fitted to {} to {}: {}.",
        PAST.end(),
        WALK.start(),
        WALK.end(),
        Threat::ALL
            .map(|(threat, label)| format!("{label} {:.2}", Forecast::of(list, threat).step))
            .join(", "),
    ));
    page.line("");
    let verdicts = of_counts(list);
    page.table(
        &["threat", "year", "count", "Poisson", "negative binomial", "random walk"],
        verdicts.iter().map(|it| {
            let bands = it.bands.iter().zip(it.inside()).map(|([low, high], inside)| {
                format!("{low:.0} to {high:.0}: {}", if inside { "inside" } else { "outside" })
            });
            let start = [it.threat.to_owned(), it.year.to_string(), format!("{:.0}", it.count)];
            start.into_iter().chain(bands).collect()
        }),
    );
    let [poisson, wide, walk] = hits(&verdicts);
    let all = verdicts.len();
    page.paragraph(format!(
        "Inside their 90 % bands: Poisson {poisson} of {all}, negative binomial {wide} of {all}, random \
         walk {walk} of {all}. A frequency without drift is false precision.",
    ));
}

/// How many counts lie inside the band of each forecast.
pub(crate) fn hits(verdicts: &[CountVerdict]) -> [usize; 3] {
    verdicts.iter().fold([0; 3], |[a, b, c], it| {
        let [x, y, z] = it.inside().map(usize::from);
        [a + x, b + y, c + z]
    })
}
