//! How many reports, of what, by whom, year by year; how they cluster; how much the largest weigh.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::RECENT;
use crate::breach::{Breach, Class, Reporter};
use crate::page::{Page, percent, whole};
use crate::sample::{mean, quantile, sorted, variance};

/// The years by whose months clustering is measured: whole, and after the great rise.
const MONTHS_OF: RangeInclusive<u16> = 2021..=2024;

/// The years between which theft and loss nearly vanished.
const FROM: u16 = 2014;
const TO: u16 = 2025;

/// Prints the section.
pub(crate) fn write(list: &[Breach], page: &mut Page) {
    page.heading("1. Reports by year");
    let years = by_year(list);
    let columns = ["year"].into_iter().chain(Class::ALL.map(|(_, name)| name));
    let columns: Vec<&str> = columns.chain(["all", "people (M)", "median"]).collect();
    page.table(&columns, years.iter().map(|(year, list)| year_row(*year, list)));
    page.paragraph(
        "Hacking comes before theft and loss, then unauthorized access, then disposal. A report that \
         names e-mail among other places stands under e-mail. The first and the last year are not \
         whole, and the last two miss cases that were closed between two copies of the list.",
    );
    page.paragraph(format!(
        "Theft and loss: {} in {FROM}, {} in {TO}. Hacked servers were {} of the reports of {TO}.",
        count(&years, FROM, Class::TheftLoss),
        count(&years, TO, Class::TheftLoss),
        percent(
            count(&years, TO, Class::HackedServer) as f64
                / years.get(&TO).map_or(1, Vec::len).max(1) as f64,
            0
        ),
    ));
    page.paragraph("Who reported, and how often a business associate was involved:");
    page.line("");
    page.table(
        &[
            "year",
            "provider",
            "business associate",
            "plan",
            "clearing house",
            "not said",
            "associate involved",
        ],
        years.iter().map(|(year, list)| reporter_row(*year, list)),
    );
    page.paragraph(format!(
        "Monthly counts {} to {}, variance over mean (1 if reports came independently): all {:.1}, \
         without a business associate {:.1}.",
        MONTHS_OF.start(),
        MONTHS_OF.end(),
        clustering(list.iter()),
        clustering(list.iter().filter(|it| !it.by_associate)),
    ));
    page.paragraph(format!(
        "The largest 1 % of the reports of {} to {} hold {} of all people.",
        RECENT.start(),
        RECENT.end(),
        percent(top_share(list), 0),
    ));
}

fn by_year(list: &[Breach]) -> BTreeMap<u16, Vec<&Breach>> {
    let mut years: BTreeMap<u16, Vec<&Breach>> = BTreeMap::new();
    for breach in list {
        years.entry(breach.year).or_default().push(breach);
    }
    years
}

fn count(years: &BTreeMap<u16, Vec<&Breach>>, year: u16, class: Class) -> usize {
    years.get(&year).into_iter().flatten().filter(|it| it.class() == class).count()
}

fn year_row(year: u16, list: &[&Breach]) -> Vec<String> {
    let count = |class| list.iter().filter(|it| it.class() == class).count().to_string();
    let people = sorted(list.iter().map(|it| f64::from(it.people)));
    let mut row = vec![year.to_string()];
    row.extend(Class::ALL.map(|(class, _)| count(class)));
    row.push(list.len().to_string());
    row.push(format!("{:.1}", people.iter().sum::<f64>() / 1e6));
    row.push(whole(quantile(&people, 0.5)));
    row
}

fn reporter_row(year: u16, list: &[&Breach]) -> Vec<String> {
    let count = |reporter| list.iter().filter(|it| it.reporter == reporter).count().to_string();
    let involved = list.iter().filter(|it| it.by_associate).count();
    let mut row = vec![year.to_string()];
    row.extend(Reporter::WORDS.map(|(_, reporter)| count(reporter)));
    row.push(percent(involved as f64 / list.len() as f64, 0));
    row
}

/// Variance over mean of monthly counts.
fn clustering<'a>(list: impl Iterator<Item = &'a Breach>) -> f64 {
    let mut months: BTreeMap<(u16, u8), f64> = BTreeMap::new();
    for year in MONTHS_OF {
        months.extend((1..=12).map(|month| ((year, month), 0.0)));
    }
    for breach in list {
        if let Some(count) = months.get_mut(&(breach.year, breach.month)) {
            *count += 1.0;
        }
    }
    let counts: Vec<f64> = months.into_values().collect();
    variance(&counts) / mean(&counts)
}

/// The share of all people in the largest 1 % of the recent reports.
fn top_share(list: &[Breach]) -> f64 {
    let recent = list.iter().filter(|it| RECENT.contains(&it.year));
    let people = sorted(recent.map(|it| f64::from(it.people)));
    let top = (people.len() as f64 * 0.01).round() as usize;
    people.iter().rev().take(top).sum::<f64>() / people.iter().sum::<f64>()
}
