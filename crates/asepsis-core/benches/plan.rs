//! How fast plans are made, and how good greedy rules alone would be.
//!
//! `cargo bench -p asepsis-core --bench plan` prints, for random problems of several sizes and for one
//! shaped like a small organization, the median and the worst time, the share that was proved the best,
//! how far the others may be off, and what greedy rules lose against the plan.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at a stopwatch")]

mod organization;

use std::collections::BTreeMap;
use std::time::Instant;

use asepsis_core::catalog::Catalog;
use asepsis_core::organization::Size;
use asepsis_core::risk::plan::{Best, Limits, Problem, best, year};
use asepsis_core::risk::{
    self, Mark, Outlook, Proposal, Study, WORLDS, Wanted, asks, confidence, flip, terms, tornado,
};

use crate::organization::{random_items, shipped, unknown, with_random_controls};

/// Milliseconds in which somebody who moves a slider has an answer.
const LIMIT: f64 = 50.0;
/// Steps of the search, as in a proposal.
const NODES: u64 = 20_000;
/// Milliseconds in which it is said what to ask next.
const ASK: f64 = 5_000.0;
/// How often each is timed.
const RUNS: usize = 5;
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
    for size in Size::ALL {
        shipped_actions(&catalog, size);
    }
}

/// An organization of which nothing is known, with the actions of the shipped catalog: everything that is
/// worked out for its pages.
fn shipped_actions(catalog: &Catalog, size: Size) {
    let (assessment, model) = unknown(catalog, size);
    let limits = match size {
        Size::Small => risk::Limits { dollars: 2_000.0, hours: 4.0 },
        Size::Medium => risk::Limits { dollars: 24_000.0, hours: 40.0 },
        Size::Large => risk::Limits { dollars: 240_000.0, hours: 200.0 },
    };
    let (controls, risk::Limits { dollars, hours }) = (model.controls.len(), limits);
    println!(
        "a {size} organization of which nothing is known: {controls} actions, ${dollars:.0}, {hours:.0} h a month"
    );
    let timed = |what: &str, limit: Option<f64>, run: &mut dyn FnMut() -> String| {
        let mut series = Series::default();
        let mut found = String::new();
        for _ in 0..RUNS {
            let before = Instant::now();
            found = run();
            series.add(before);
        }
        let ratio = |limit: f64| format!("{:.3} of {limit} ms at worst", series.worst() / limit);
        let ratio = limit.map(ratio).unwrap_or_default();
        println!("    {what:<26} {} {ratio} {found}", series.words());
    };
    let mut study = None;
    for worlds in [128, WORLDS] {
        timed(&format!("study of {worlds} worlds"), None, &mut || {
            study = Some(Study::of(model.clone(), worlds));
            String::new()
        });
    }
    let Some(study) = study else { return };
    let decisions = BTreeMap::new();
    let (law, parent) = (true, None);
    let wanted = Wanted {
        catalog,
        study: &study,
        assessment: &assessment,
        decisions: &decisions,
        limits,
        law,
        parent,
    };
    timed("values of all terms", None, &mut || {
        format!("{} terms", terms(&model).terms.weights.len())
    });
    timed("outlook", None, &mut || {
        format!("{} actions", Outlook::of(catalog, &study).actions.len())
    });
    timed("plan", Some(LIMIT), &mut || {
        let found = Proposal::of(&wanted);
        format!(
            "{} actions, {}",
            found.picks.len(),
            if found.proved { "proved" } else { "not proved" }
        )
    });
    timed("what to ask next", Some(ASK), &mut || {
        let found = asks(&wanted);
        format!("{} are worth it", found.asks.len())
    });
    timed("how sure the plan is", None, &mut || {
        let found = confidence(&wanted);
        let now = found.iter().filter(|it| it.mark == Mark::DoNow).count();
        format!("{now} to do now, of {}", found.len())
    });
    timed("what moves the loss", None, &mut || format!("{} bars", tornado(catalog, &study).len()));
    timed("what would flip it", None, &mut || format!("{:?}", flip(&wanted).is_some()));
}

fn run(catalog: &Catalog, kind: &Kind) {
    let (_, organization) = unknown(catalog, kind.size);
    let mut alone = Series::default();
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
        alone.add(before);
        let before = Instant::now();
        let found_again = year(&problem, kind.hours / 12.0, kind.dollars, NODES);
        whole.add(before);
        assert_eq!(found_again.best.value, found.value);
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
        "    the plan  {} of {PROBLEMS} proved, widest gap {gap:.1} %; {:.0} steps in the middle, {:.0} at most; {:.0} items chosen",
        proved,
        middle(&steps),
        steps.iter().copied().fold(0.0, f64::max),
        chosen as f64 / PROBLEMS as f64
    );
    let worst = lost.iter().copied().fold(0.0, f64::max);
    let mean = lost.iter().sum::<f64>() / lost.len() as f64;
    println!("    greedy    loses {mean:.1} % on average, {worst:.1} % at worst");
    println!("    time      {} for the plan", alone.words());
    println!("              {} with its calendar", whole.words());
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
