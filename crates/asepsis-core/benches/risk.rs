//! How fast a small organization of which nothing is known gets its figures, its plan and its curve.
//!
//! `cargo bench -p asepsis-core --bench risk` prints seconds and memory with their ratio to the limits
//! that the project sets itself, first with the shipped catalog's actions, then with 95 random ones.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at a stopwatch")]

#[expect(dead_code, reason = "the planner's benchmark asks for more of it")]
mod organization;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use asepsis_core::organization::Size;
use asepsis_core::risk::simulate::{Amount, curves, simulated_values};
use asepsis_core::risk::{
    Limits, Model, Outlook, Proposal, Study, WORLDS, Wanted, means, terms, worlds,
};

use crate::organization::{shipped, unknown, with_random_controls};

/// A million years with the values of all actions, in seconds and MB of the whole process.
const YEARS_LIMIT: f64 = 1.0;
const MEMORY_LIMIT: f64 = 64.0;
/// What somebody who moves a slider waits for, in seconds.
const PLAN_LIMIT: f64 = 0.050;
/// The curve that a page waits for, in seconds.
const CURVE_LIMIT: f64 = 0.030;
/// As many actions as small organizations have sub-practices and parts of them to do.
const ACTIONS: usize = 95;
/// Runs of each; the median is told.
const RUNS: usize = 5;

fn main() {
    let catalog = shipped();
    println!("peak memory with the catalog read: {:.1} MB", peak_memory());
    let (assessment, model) = unknown(&catalog, Size::Small);
    million("the shipped actions", &model);
    million("random actions", &with_random_controls(&model, 1, ACTIONS));

    let study = told("512 worlds worked out", None, || Study::of(model.clone(), WORLDS));
    told("the outlook, with all values and ranges", None, || Outlook::of(&catalog, &study));
    let decisions = BTreeMap::new();
    let wanted = Wanted {
        catalog: &catalog,
        study: &study,
        assessment: &assessment,
        decisions: &decisions,
        limits: Limits::default(),
        law: true,
        parent: None,
    };
    let proposal = told("means, terms and the plan", Some(PLAN_LIMIT), || {
        black_box((means(&model), terms(&model)));
        Proposal::of(&wanted)
    });
    told("the plan alone", None, || Proposal::of(&wanted));
    let done: Vec<u16> = proposal
        .picks
        .iter()
        .filter_map(|it| u16::try_from(model.control(&it.action)?).ok())
        .collect();
    told("the quick curve, now and after the plan", Some(CURVE_LIMIT), || {
        curves(&study, &done, Amount::QUICK)
    });
    told("the whole curve, now and after the plan", None, || curves(&study, &done, Amount::WHOLE));
    println!("{:<44} {:8.1} MB", "peak memory after all that", peak_memory());
    let (_, large) = unknown(&catalog, Size::Large);
    million("the shipped actions, large organization", &large);
    // Every year of it has a loss, twenty and more of them.
    let study = Study { worlds: worlds(&large, WORLDS), ..Study::of(large, 0) };
    told("the whole curve, large organization", None, || curves(&study, &[0, 1, 2], Amount::WHOLE));
    println!("{:<44} {:8.1} MB", "peak memory after all that", peak_memory());
}

/// A million years by five threats, with the values of all actions.
fn million(name: &str, model: &Model) {
    println!("{name}: {} of them", model.controls.len());
    let study = Study { worlds: worlds(model, WORLDS), ..Study::of(model.clone(), 0) };
    for threads in [1, 2] {
        let amount = Amount { threads, ..Amount::WHOLE };
        let name = format!("  1 M years, all values, {threads} thread(s)");
        told(&name, Some(YEARS_LIMIT), || simulated_values(&study, amount));
    }
    let peak = peak_memory();
    println!(
        "{:<44} {peak:8.1} MB {:6.2} of {MEMORY_LIMIT} MB",
        "  peak memory",
        peak / MEMORY_LIMIT
    );
}

/// Prints the median time of some runs.
fn told<T>(name: &str, limit: Option<f64>, run: impl Fn() -> T) -> T {
    let mut seconds = Vec::new();
    let mut last = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        last = Some(black_box(run()));
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(RUNS / 2).copied().unwrap_or_default();
    let ratio = limit.map(|it| format!("{:6.2} of {:.0} ms", median / it, it * 1e3));
    println!("{name:<44} {:8.2} ms {}", median * 1e3, ratio.unwrap_or_default());
    last.expect("it ran")
}

/// The most memory that this process ever held, in MB.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    let kib = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0.0);
    kib * 1024.0 / 1e6
}
