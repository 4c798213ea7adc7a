//! How often an organization of each size has a breach of 500 people and more of its own.
//!
//! The numbers of reports are data. How many organizations there are, and which share of the reports is
//! of which size, is judgment: the list has no sizes, and its names are left out here.

use std::ops::RangeInclusive;

use asepsis_core::risk::number::{Beta, Gamma, LogNormal, Stream, exp};

use crate::breach::{Breach, Threat};
use crate::page::{Page, whole};
use crate::sample::{mean, quantile, sorted, variance};

/// The years that are counted.
const YEARS: RangeInclusive<u16> = 2022..=2025;
/// The share of the reports of a year that the list here holds (its README).
const HELD: [(u16, f64); 2] = [(2024, 0.97), (2025, 0.90)];
/// How many organizations there are, 90 % range (our judgment, from NCHS, AMA and AHA counts).
const ORGANIZATIONS: [(&str, f64, f64); 3] =
    [("small", 350_000.0, 600_000.0), ("medium", 12_000.0, 35_000.0), ("large", 1_800.0, 4_000.0)];
/// Share of the reports whose name is a hospital's or a health system's, and of those whose name does
/// not tell; the rest is of practices. Our judgment, set to what the names gave that HHS's own list has:
/// the list here holds none.
const HOSPITALS: [(Threat, f64); 4] =
    [(Threat::T1, 0.17), (Threat::T2, 0.16), (Threat::T3, 0.17), (Threat::T4, 0.27)];
const UNCLEAR: f64 = 0.44;
/// Of the unclear, these are hospitals; of practices, these are medium; of hospitals, these are large.
/// Each is worth so many cases (our judgment).
const CASES: f64 = 12.0;
const UNCLEAR_IS_HOSPITAL: f64 = 0.25;
const PRACTICE_IS_MEDIUM: f64 = 0.25;
const HOSPITAL_IS_LARGE: f64 = 0.5;
/// How far a frequency walks in a year, on its logarithm (between the steps of section 4).
const DRIFT: f64 = 0.5;
/// Draws of everything that is in doubt.
const DRAWS: u64 = 1 << 16;
/// Where the streams begin; any number would do.
const SEED: u64 = 20_261_124;

/// Reports a year, with what is missing added.
fn yearly(list: &[Breach], threat: Threat) -> f64 {
    let held = |year| HELD.iter().find(|(it, _)| *it == year).map_or(1.0, |(_, share)| *share);
    let found = list.iter().filter(|it| it.own() && YEARS.contains(&it.year));
    let found = found.filter(|it| it.threat() == Some(threat));
    found.map(|it| 1.0 / held(it.year)).sum::<f64>() / YEARS.count() as f64
}

/// Frequencies that could be: for each size, for each threat and for all together, one for each draw.
type Draws = [[Vec<f64>; 5]; 3];

fn draws(numbers: [f64; 4]) -> Draws {
    let mut all: Draws = Default::default();
    for draw in 0..DRAWS {
        let mut stream = Stream::new(SEED, draw, 0, 0);
        let mut share = |mean| stream.beta(Beta::from_mean(mean, CASES));
        let unclear = share(UNCLEAR_IS_HOSPITAL);
        let medium = share(PRACTICE_IS_MEDIUM);
        let large = share(HOSPITAL_IS_LARGE);
        let organizations = ORGANIZATIONS
            .map(|(_, low, high)| LogNormal::from_range(low, high).at(stream.normal()));
        let years = YEARS.count() as f64;
        let mut together = [0.0; 3];
        let mut threats = [[0.0; 4]; 3];
        for (at, ((_, hospitals), number)) in HOSPITALS.into_iter().zip(numbers).enumerate() {
            // Jeffreys' posterior of a count.
            let number = stream.gamma(Gamma::new(number * years + 0.5, years));
            let number = number * exp(DRIFT * stream.normal());
            let hospitals = hospitals + UNCLEAR * unclear;
            let practices = 1.0 - hospitals;
            let reports = [
                practices * (1.0 - medium),
                practices * medium + hospitals * (1.0 - large),
                hospitals * large,
            ];
            for (size, (reports, organizations)) in
                reports.into_iter().zip(organizations).enumerate()
            {
                let frequency = number * reports / organizations;
                if let Some(slot) = threats.get_mut(size).and_then(|it| it.get_mut(at)) {
                    *slot = frequency;
                }
                if let Some(slot) = together.get_mut(size) {
                    *slot += frequency;
                }
            }
        }
        for ((columns, threats), together) in all.iter_mut().zip(threats).zip(together) {
            let row = threats.into_iter().chain([together]);
            columns.iter_mut().zip(row).for_each(|(column, it)| column.push(it));
        }
    }
    all
}

/// Prints the section.
pub(crate) fn write(list: &[Breach], page: &mut Page) {
    let numbers = Threat::ALL.map(|(threat, _)| yearly(list, threat));
    page.heading("5. Own breaches of 500 people and more, for each organization and year");
    page.line(format!(
        "Providers' own reports {} to {}, with what is missing added ({}): {} a year.",
        YEARS.start(),
        YEARS.end(),
        HELD.map(|(year, held)| format!("{year} holds {:.0} %", 100.0 * held)).join(", "),
        Threat::ALL
            .iter()
            .zip(numbers)
            .map(|((_, label), number)| format!("{label} {number:.1}"))
            .collect::<Vec<_>>()
            .join(", "),
    ));
    page.paragraph(format!(
        "Organizations (90 % range, judgment): {}.",
        ORGANIZATIONS
            .map(|(size, low, high)| format!("{size} {} to {}", whole(low), whole(high)))
            .join(", "),
    ));
    page.paragraph(format!(
        "Shares by size (judgment, each worth {CASES:.0} cases): {:.0} % of names do not tell; of those \
         {:.0} % are hospitals; of practices {:.0} % are medium; of hospitals {:.0} % are large. Names \
         of hospitals: {}.",
        100.0 * UNCLEAR,
        100.0 * UNCLEAR_IS_HOSPITAL,
        100.0 * PRACTICE_IS_MEDIUM,
        100.0 * HOSPITAL_IS_LARGE,
        HOSPITALS
            .iter()
            .zip(Threat::ALL)
            .map(|((_, share), (_, label))| format!("{label} {:.0} %", 100.0 * share))
            .collect::<Vec<_>>()
            .join(", "),
    ));
    page.paragraph(format!(
        "Chance in a year, median (90 % range); about half of the width is one year of drift ({DRIFT} on \
         the logarithm). Gamma: shape and rate with the same mean and variance.",
    ));
    page.line("");
    let mut rows = Vec::new();
    for ((size, ..), columns) in ORGANIZATIONS.into_iter().zip(draws(numbers)) {
        let labels = Threat::ALL.map(|(_, label)| label).into_iter().chain(["all"]);
        for (label, frequencies) in labels.zip(columns) {
            let spread = variance(&frequencies);
            let rate = mean(&frequencies) / spread;
            let gamma = Gamma::new(mean(&frequencies) * rate, rate);
            let ascending = sorted(frequencies);
            let point = |p| two_digits(100.0 * quantile(&ascending, p));
            rows.push(vec![
                size.to_owned(),
                label.to_owned(),
                format!("{} % ({} to {})", point(0.5), point(0.05), point(0.95)),
                format!("{:.2}, {:.0}", gamma.shape, gamma.rate),
            ]);
        }
    }
    page.table(&["size", "threat", "chance in a year", "Gamma (shape, rate per year)"], rows);
    page.paragraph("T5: no data.");
}

/// Two digits that count, without exponent.
fn two_digits(number: f64) -> String {
    if number <= 0.0 {
        return "0".to_owned();
    }
    let mut decimals = 0;
    let mut scaled = number;
    while scaled < 9.95 && decimals < 12 {
        scaled *= 10.0;
        decimals += 1;
    }
    format!("{number:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_kept_whatever_the_size() {
        let found = [0.051_234, 0.69, 2.44, 12.3, 0.000_199_9, 0.0].map(two_digits);
        assert_eq!(found, ["0.051", "0.69", "2.4", "12", "0.00020", "0"]);
    }

    #[test]
    fn all_reports_go_to_some_organization() {
        let numbers = [100.0, 50.0, 20.0, 30.0];
        let drawn = draws(numbers);
        let middle = [458_258.0, 20_494.0, 2_683.0];
        let sum: f64 = drawn.iter().zip(middle).map(|(of, n)| mean(&of[4]) * n).sum();
        // The means of 1/organizations and of the drift lie a little above those of their medians.
        let known = 200.0 * exp(0.125);
        assert!((sum / known - 1.0).abs() < 0.05, "{sum} {known}");
        for of in &drawn {
            assert!(of.iter().all(|it| it.len() == DRAWS as usize && it.iter().all(|x| *x > 0.0)));
        }
    }
}
