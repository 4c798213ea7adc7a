//! What `bench/pyfair` holds against pyfair: its own inputs in its own way, the compound way beside it,
//! and the speed of a what-if.
//!
//! pyfair multiplies one draw of a frequency by one draw of a loss. That is no year: none is without a
//! loss, and no two events fall together. So the way is here and not in the product. Its inputs are
//! BetaPERT distributions, of which the product has no need either. Prints one `name value` a line.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at a stopwatch")]

#[expect(dead_code, reason = "the planner's benchmark asks for more of it")]
mod organization;

use std::hint::black_box;
use std::time::Instant;

use asepsis_core::organization::Size;
use asepsis_core::risk::number::{Beta, Poisson, Stream};
use asepsis_core::risk::simulate::{Amount, simulated_values};
use asepsis_core::risk::{Study, WORLDS};

use crate::organization::{shipped, unknown, with_random_controls};

const TRIALS: usize = 1_000_000;
/// As many actions as small organizations have sub-practices and parts of them to do.
const ACTIONS: usize = 95;
/// Runs of each; the median is told.
const RUNS: usize = 5;

/// A BetaPERT distribution by its moments: the mean is (low + 4 mode + high) / 6, the spread a sixth of
/// the range (Malcolm and others, "Application of a technique for research and development program
/// evaluation", 1959).
struct Pert {
    low: f64,
    range: f64,
    beta: Beta,
}

impl Pert {
    fn new(low: f64, mode: f64, high: f64) -> Self {
        let range = high - low;
        let mean = (4.0 * (mode - low) + range) / 6.0 / range;
        let cases = mean * (1.0 - mean) * 36.0 - 1.0;
        Self { low, range, beta: Beta::from_mean(mean, cases) }
    }

    fn draw(&self, stream: &mut Stream) -> f64 {
        self.low + self.range * stream.beta(self.beta)
    }
}

fn main() {
    let (often, much) = (Pert::new(0.02, 0.1, 0.5), Pert::new(20e3, 60e3, 1.5e6));
    let mut stream = Stream::new(2_026, 0, 0, 0);
    let product = (0..TRIALS).map(|_| often.draw(&mut stream) * much.draw(&mut stream));
    told("product", product.collect());
    let compound = (0..TRIALS).map(|_| {
        let events = Poisson::new(often.draw(&mut stream)).quantile(stream.uniform());
        (0..events).map(|_| much.draw(&mut stream)).sum()
    });
    told("compound", compound.collect());

    let (_, model) = unknown(&shipped(), Size::Small);
    let study = Study::of(with_random_controls(&model, 1, ACTIONS), WORLDS);
    let peak = peak_memory();
    for threads in [1, 2] {
        let mut seconds = Vec::new();
        for _ in 0..RUNS {
            let start = Instant::now();
            black_box(simulated_values(&study, Amount { threads, ..Amount::WHOLE }));
            seconds.push(start.elapsed().as_secs_f64());
        }
        seconds.sort_by(f64::total_cmp);
        println!("seconds-{threads} {}", seconds.get(RUNS / 2).copied().unwrap_or_default());
    }
    println!("actions {}", study.model.controls.len());
    println!("memory-before {peak}");
    println!("memory {}", peak_memory());
}

fn told(name: &str, mut years: Vec<f64>) {
    let n = years.len() as f64;
    println!("{name}-mean {}", years.iter().sum::<f64>() / n);
    println!("{name}-none {}", years.iter().filter(|it| **it == 0.0).count() as f64 / n);
    years.sort_by(f64::total_cmp);
    for (word, share) in [("95", 0.95), ("99", 0.99), ("99.9", 0.999)] {
        let at = years.get((share * n) as usize).copied().unwrap_or_default();
        println!("{name}-{word} {at}");
    }
}

/// The most memory that this process ever held, in MB.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    let kib = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0.0);
    kib * 1024.0 / 1e6
}
