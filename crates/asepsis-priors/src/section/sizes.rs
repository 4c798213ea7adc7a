//! How many people a breach concerns: log-normal above the list's threshold, with the stand-ins of 500
//! and 501 as a point of their own; and what else would fit.

use super::RECENT;
use crate::breach::{Breach, Class, Threat};
use crate::fit::goodness::{anderson_darling, bootstrap_p, kolmogorov_smirnov, shares};
use crate::fit::tail::{lomax_likelihood, peaks, power_law};
use crate::fit::truncated::Truncated;
use crate::page::{Page, percent, whole};
use crate::sample::{quantile, sorted};

/// Sizes above the stand-ins: 502 and more.
pub(crate) const FLOOR: f64 = 501.5;
/// All sizes of the list: 500 and more.
const FLOOR_WITH_HEAP: f64 = 499.5;
/// Samples of the parametric bootstrap.
const DRAWS: u32 = 1000;
/// Peaks are what lies above this share of the sizes.
const PEAKS_ABOVE: f64 = 0.95;

/// The sizes of providers' own breaches of the recent years, without stand-ins.
pub(crate) fn of<'a>(
    list: impl IntoIterator<Item = &'a Breach>,
    holds: impl Fn(&Breach) -> bool,
) -> Vec<f64> {
    let seen = list.into_iter().filter(|it| it.own() && !it.stand_in() && holds(it));
    seen.map(|it| f64::from(it.people)).collect()
}

/// A log-normal fit with what one must know to trust it.
pub(crate) struct Fit {
    pub(crate) number: usize,
    pub(crate) fitted: Truncated,
    pub(crate) distance: f64,
    pub(crate) anderson_darling: f64,
}

impl Fit {
    pub(crate) fn of(sizes: &[f64], floor: f64) -> Self {
        let fitted = Truncated::fit(sizes, floor);
        let shares = shares(sizes, &fitted);
        Self {
            number: sizes.len(),
            fitted,
            distance: kolmogorov_smirnov(&shares),
            anderson_darling: anderson_darling(&shares),
        }
    }
}

/// With the heap of stand-ins left in: what a naive fit does.
pub(crate) fn with_heap(list: &[Breach]) -> Fit {
    let all = list.iter().filter(|it| it.own() && RECENT.contains(&it.year));
    Fit::of(&all.map(|it| f64::from(it.people)).collect::<Vec<_>>(), FLOOR_WITH_HEAP)
}

/// With the heap taken out.
pub(crate) fn without_heap(list: &[Breach]) -> Fit {
    Fit::of(&of(list, |it| RECENT.contains(&it.year)), FLOOR)
}

/// Prints the section.
pub(crate) fn write(list: &[Breach], page: &mut Page) {
    page.heading("3. How many people a breach concerns");
    page.line(format!(
        "Providers' own breaches (no business associate involved), {} to {}. Log-normal, truncated at \
         {FLOOR}: the stand-ins of 500 and 501 are a point of their own. KS: greatest distance; p: \
         parametric bootstrap of it with {DRAWS} samples; AD: Anderson and Darling's distance.",
        RECENT.start(),
        RECENT.end(),
    ));
    page.line("");
    let columns = [
        "threat",
        "n",
        "mu",
        "sigma",
        "KS",
        "p",
        "AD",
        "stand-ins",
        "median",
        "90 %",
        "99 %",
        "below 500",
    ];
    let mut rows = Vec::new();
    for (name, (threat, label)) in (0_u64..).zip(Threat::ALL) {
        let recent = |it: &Breach| it.threat() == Some(threat) && RECENT.contains(&it.year);
        let with_stand_ins = list.iter().filter(|it| it.own() && recent(it)).count();
        let sizes = of(list, recent);
        let fit = Fit::of(&sizes, FLOOR);
        let p = bootstrap_p(&fit.fitted, sizes.len(), fit.distance, DRAWS, name);
        rows.push(row(label, &fit, with_stand_ins, sizes, Some(p)));
    }
    let all = of(list, |it| RECENT.contains(&it.year));
    let heaped = with_heap(list);
    rows.push(row("all", &without_heap(list), heaped.number, all.clone(), None));
    page.table(&columns, rows);
    page.paragraph(
        "\"Below 500\" is what the fit says of the size of events that nobody has to report one by one. \
         It is an extrapolation.",
    );
    let servers =
        sorted(of(list, |it| it.class() == Class::HackedServer && RECENT.contains(&it.year)));
    page.paragraph(format!(
        "Servers alone (no e-mail, n {}): median {}, 90 % {}, 99 % {}.",
        whole(servers.len() as f64),
        whole(quantile(&servers, 0.5)),
        whole(quantile(&servers, 0.9)),
        whole(quantile(&servers, 0.99)),
    ));
    page.paragraph(format!(
        "With the heap of stand-ins kept (n {}, truncated at {FLOOR_WITH_HEAP}): mu {:.2}, sigma {:.2}, \
         KS {:.3}, AD {:.1}. A naive fit breaks on it.",
        whole(heaped.number as f64),
        heaped.fitted.whole.mu,
        heaped.fitted.whole.sigma,
        heaped.distance,
        heaped.anderson_darling,
    ));
    write_tails(list, &all, page);
}

fn row(
    label: &str,
    fit: &Fit,
    with_stand_ins: usize,
    sizes: Vec<f64>,
    p: Option<f64>,
) -> Vec<String> {
    let sizes = sorted(sizes);
    let stand_ins = (with_stand_ins - fit.number) as f64 / with_stand_ins.max(1) as f64;
    vec![
        label.to_owned(),
        whole(fit.number as f64),
        format!("{:.2}", fit.fitted.whole.mu),
        format!("{:.2}", fit.fitted.whole.sigma),
        format!("{:.3}", fit.distance),
        p.map_or("-".to_owned(), |p| format!("{p:.3}")),
        format!("{:.1}", fit.anderson_darling),
        percent(stand_ins, 1),
        whole(quantile(&sizes, 0.5)),
        whole(quantile(&sizes, 0.9)),
        whole(quantile(&sizes, 0.99)),
        percent(fit.fitted.whole.cdf(500.0), 0),
    ]
}

fn write_tails(list: &[Breach], own: &[f64], page: &mut Page) {
    let log_normal = Truncated::fit(own, FLOOR).likelihood(own);
    page.paragraph(format!(
        "Logarithm of the likelihood, all together: log-normal {}, Lomax from {FLOOR} {}.",
        whole(log_normal),
        whole(lomax_likelihood(own, FLOOR)),
    ));
    let own = sorted(own.iter().copied());
    let everybody = list.iter().filter(|it| RECENT.contains(&it.year) && !it.stand_in());
    let everybody = sorted(everybody.map(|it| f64::from(it.people)));
    page.paragraph(format!(
        "The tail alone, peaks over the {} point, shape of a generalized Pareto distribution (near 1 \
         the mean is nearly infinite):",
        percent(PEAKS_ABOVE, 0),
    ));
    page.line("");
    page.table(
        &["reports", "above", "n", "shape", "standard error"],
        [("providers' own", &own), ("everybody's", &everybody)].map(|(label, sizes)| {
            let peaks = peaks(sizes, PEAKS_ABOVE);
            vec![
                label.to_owned(),
                whole(peaks.point),
                peaks.number.to_string(),
                format!("{:.2}", peaks.shape),
                format!("{:.2}", peaks.error),
            ]
        }),
    );
    if let Some(law) = power_law(&own) {
        page.paragraph(format!(
            "A pure power law fits providers' own breaches best from {} on (n {}), with the exponent \
             {:.2}; below that it does not.",
            whole(law.from),
            law.number,
            law.exponent,
        ));
    }
}
