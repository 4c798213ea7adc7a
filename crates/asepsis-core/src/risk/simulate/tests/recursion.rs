//! Panjer's recursion as oracle for the whole distribution of a year: "Recursive evaluation of a family
//! of compound distributions", ASTIN Bulletin 12 (1981). The severity is put on a grid such that each
//! step keeps its mean (local moment matching: Klugman, Panjer and Willmot, "Loss Models", 9.6.5).

use super::super::super::number::{Gamma, LogNormal, NegativeBinomial};
use super::{alone, lived};

/// US dollars between two points of the grid.
const STEP: f64 = 500.0;

/// The chances of 0, 1, 2 and so on steps of loss in a year, until all but a few in ten thousand.
fn recursion(rate: Gamma, amount: LogNormal) -> Vec<f64> {
    let limited = |steps: usize| amount.mean_capped(steps as f64 * STEP);
    let severity = |steps: usize| match steps {
        0 => 1.0 - limited(1) / STEP,
        _ => (2.0 * limited(steps) - limited(steps - 1) - limited(steps + 1)) / STEP,
    };
    let beta = 1.0 / rate.rate;
    let (a, b) = (beta / (1.0 + beta), (rate.shape - 1.0) * beta / (1.0 + beta));
    let mut f = vec![severity(0)];
    let mut g = vec![libm::pow(1.0 + beta * (1.0 - f[0]), -rate.shape)];
    let mut sum = g[0];
    while sum < 0.9997 {
        let n = g.len();
        f.push(severity(n));
        let terms = (1..=n).map(|j| (a + b * j as f64 / n as f64) * f[j] * g[n - j]);
        g.push(terms.sum::<f64>() / (1.0 - a * f[0]));
        sum += g[n];
    }
    g
}

/// The loss that a year stays below with this chance.
fn quantile(g: &[f64], chance: f64) -> f64 {
    let mut sum = 0.0;
    let steps = g.iter().take_while(|it| {
        sum += **it;
        sum < chance
    });
    steps.count() as f64 * STEP
}

#[test]
fn a_year_is_distributed_as_the_recursion_says() {
    let (rate, amount) = (Gamma::new(1.5, 15.0), LogNormal { mu: 10.49, sigma: 1.78 });
    let g = recursion(rate, amount);
    let made = lived(&alone(rate, amount, 1e12), 512, 2_048, &[]);
    let years: f64 = made.iter().map(|it| f64::from(it.years)).sum();
    assert_eq!(years, 1_048_576.0);
    let mut losses: Vec<f64> = made.iter().flat_map(|it| it.losses.iter().copied()).collect();
    losses.sort_by(|a, b| b.total_cmp(a));

    let none = 1.0 - losses.len() as f64 / years;
    let exact = NegativeBinomial::new(rate.shape, rate.mean()).none();
    let error = (exact * (1.0 - exact) / years).sqrt();
    assert!((none - exact).abs() < 3.0 * error, "{none} and {exact}");
    // What is below half a step counts as nothing on the grid.
    assert!((none / g[0] - 1.0).abs() < 0.01, "{none} and {}", g[0]);
    println!("no loss: {none:.5}, exactly {exact:.5}, on the grid {:.5}", g[0]);

    for chance in [0.95, 0.99, 0.999] {
        let ours = losses[((1.0 - chance) * years) as usize];
        let error = 3.0 * (chance * (1.0 - chance) / years).sqrt();
        let (low, high) = (quantile(&g, chance - error), quantile(&g, chance + error));
        let middle = quantile(&g, chance);
        println!("{chance}: ${ours:.0}, recursion ${middle:.0} (${low:.0} to ${high:.0})");
        assert!(ours > 0.99 * low - STEP && ours < 1.01 * high + STEP, "{chance}: {ours}");
    }
}
