//! How fast plans are made, and how good greedy rules alone would be.
//!
//! `cargo bench -p asepsis-core --bench plan` prints, for random problems of several sizes and for one
//! shaped like a small organization, the median and the worst time, the share that was proved the best,
//! how far the others may be off, and what greedy rules lose against the plan.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at a stopwatch")]

mod organization;

use std::time::Instant;

use asepsis_core::organization::Size;
use asepsis_core::risk::plan::{Best, Limits, Problem, best, horizons, months};
use asepsis_core::risk::terms;

use crate::organization::{random_items, shipped, unknown, with_random_controls};

/// Milliseconds in which somebody who moves a slider has an answer.
const LIMIT: f64 = 50.0;
/// Steps of the search, as in a proposal.
const NODES: u64 = 20_000;
/// Problems of each kind.
const PROBLEMS: u64 = 20;

/// One kind of problem.
struct Kind {
    name: &'static str,
    size: Size,
    items: usize,
    /// Most hours and dollars of an item.
    most: (f64, f64),
    dollars: f64,
    hours: f64,
}

fn main() {
    let catalog = shipped();
    let kind = |name, items, dollars, hours| Kind {
        name,
        size: Size::Medium,
        items,
        most: (30.0, 6_000.0),
        dollars,
        hours,
    };
    let small = Kind {
        name: "a small organization: 45 items, $2,000, 48 h",
        size: Size::Small,
        items: 45,
        most: (20.0, 1_500.0),
        dollars: 2_000.0,
        hours: 48.0,
    };
    let kinds = [
        small,
        kind(" 60 items, $12,000,  80 h", 60, 12_000.0, 80.0),
        kind(" 60 items, $24,000, 160 h", 60, 24_000.0, 160.0),
        kind(" 60 items, $48,000, 320 h", 60, 48_000.0, 320.0),
        kind("100 items, $12,000,  80 h", 100, 12_000.0, 80.0),
        kind("100 items, $24,000, 160 h", 100, 24_000.0, 160.0),
        kind("100 items, $48,000, 320 h", 100, 48_000.0, 320.0),
    ];
    for kind in kinds {
        run(&catalog, &kind);
    }
}

fn run(catalog: &asepsis_core::catalog::Catalog, kind: &Kind) {
    let (_, organization) = unknown(catalog, kind.size);
    let mut year = Series::default();
    let mut whole = Series::default();
    let (mut proved, mut gap, mut lost, mut steps) = (0, 0.0_f64, Vec::new(), Vec::new());
    let mut chosen = 0;
    for seed in 0..PROBLEMS {
        let terms = terms(&with_random_controls(&organization, seed, kind.items)).terms;
        let items = random_items(seed, kind.items, kind.most.0, kind.most.1);
        let may = vec![true; items.len()];
        let problem = Problem { terms: &terms, items: &items, may: &may };
        let limits = |nodes| Limits { dollars: kind.dollars, hours: kind.hours, months: 12, nodes };
        let before = Instant::now();
        let found = best(&problem, &limits(NODES));
        year.add(before);
        let before = Instant::now();
        let plans = horizons(&problem, kind.hours / 12.0, kind.dollars, NODES);
        let calendar = months(&problem, &plans, kind.hours / 12.0);
        whole.add(before);
        assert_eq!(calendar.len(), 12);
        let greedy = best(&problem, &limits(0));
        let share = |less: &Best| 100.0 * (1.0 - less.value / found.value.max(1e-9));
        lost.push(share(&greedy));
        proved += u32::from(found.proved);
        gap = gap.max(100.0 * (found.upper / found.value - 1.0));
        steps.push(found.nodes as f64);
        chosen += found.chosen.len();
    }
    println!("{}", kind.name);
    println!(
        "    the year  {} of {PROBLEMS} proved, widest gap {gap:.1} %; {:.0} steps in the middle, {:.0} at most; {:.0} items chosen",
        proved,
        middle(&steps),
        steps.iter().copied().fold(0.0, f64::max),
        chosen as f64 / PROBLEMS as f64
    );
    let worst = lost.iter().copied().fold(0.0, f64::max);
    let mean = lost.iter().sum::<f64>() / lost.len() as f64;
    println!("    greedy    loses {mean:.1} % on average, {worst:.1} % at worst");
    println!("    time      {} for the year", year.words());
    println!("              {} with quarter, month and calendar", whole.words());
    println!("              {:.2} of {LIMIT} ms at worst", whole.worst() / LIMIT);
}

/// Milliseconds, one for each problem.
#[derive(Default)]
struct Series(Vec<f64>);

impl Series {
    fn add(&mut self, before: Instant) {
        self.0.push(before.elapsed().as_secs_f64() * 1e3);
    }

    fn worst(&self) -> f64 {
        self.0.iter().copied().fold(0.0, f64::max)
    }

    fn words(&self) -> String {
        format!("{:.2} ms in the middle, {:.2} ms at worst", middle(&self.0), self.worst())
    }
}

fn middle(of: &[f64]) -> f64 {
    let mut all = of.to_vec();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}
