//! How much of a control is really there, and how sure that is: the sector's adoption, then evidence.
//!
//! The sector's adoption is a Beta distribution worth a few cases. Each kind of evidence adds cases
//! with or without (a conjugate update), so better evidence never lowers the mean. A fleet is the
//! mixture over its subjects. What is done carelessly in one place is taken to be done so in all:
//! spreads are added, not averaged out.

use std::collections::BTreeMap;

use super::number::Beta;
use crate::catalog::EvidenceWeights;
use crate::engine::{Assessment, Basis, Faded, PartStanding, State, Tally};

/// A mean with its spread, on the way to a distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Spread {
    mean: f64,
    sd: f64,
}

impl Spread {
    fn of(beta: Beta) -> Self {
        Self { mean: beta.mean(), sd: beta.variance().sqrt() }
    }

    fn add(&mut self, share: f64, other: Self) {
        self.mean += share * other.mean;
        self.sd += share * other.sd;
    }

    /// The Beta distribution with this mean and spread.
    fn beta(self) -> Beta {
        let mean = self.mean.clamp(0.005, 0.995);
        let widest = mean * (1.0 - mean);
        let cases = (widest / (self.sd * self.sd) - 1.0).clamp(1.0, 1e6);
        Beta::from_mean(mean, cases)
    }
}

/// What the evidence of one organization says of coverage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) weights: &'a EvidenceWeights,
    pub(super) assessment: &'a Assessment,
    pub(super) faded: &'a BTreeMap<String, Faded>,
}

impl Seen<'_> {
    /// The coverage of an action from all its parts that apply, each counting the same.
    pub(super) fn action(&self, parts: &[&PartStanding], adoption: f64) -> Beta {
        let share = 1.0 / parts.len().max(1) as f64;
        let mut all = Spread::default();
        for part in parts {
            all.add(share, self.part(part, adoption));
        }
        all.beta()
    }

    /// As far as a part is measured it is as good as its worst check; for checks that say nothing, not
    /// even something old, what was told fills in. Each check counts the same.
    fn part(&self, part: &PartStanding, adoption: f64) -> Spread {
        let told = self.told(part);
        let checks = part.checks.iter().filter(|it| it.state != State::NotApplicable);
        let looked: Vec<Option<Spread>> =
            checks.map(|it| self.fleet(&it.check, told, adoption)).collect();
        let measured = looked.iter().flatten();
        let worst = measured.clone().min_by(|a, b| a.mean.total_cmp(&b.mean)).copied();
        let open = self.with(adoption, told);
        let Some(worst) = worst else { return open };
        let share = measured.count() as f64 / looked.len() as f64;
        let mut all = Spread::default();
        all.add(share, worst);
        all.add(1.0 - share, open);
        all
    }

    /// What was said of a part, in cases with and without.
    fn told(&self, part: &PartStanding) -> (f64, f64) {
        let it = self.weights;
        // A state that rests on checks alone says nothing of what people said.
        match (part.basis, part.state) {
            (Basis::Told | Basis::Both, State::InPlace) => (it.told, 0.0),
            (Basis::Told, State::Partly) => (it.told_partly, it.told_partly),
            (Basis::Told, State::NotInPlace) => (0.0, it.fail),
            _ => (0.0, 0.0),
        }
    }

    /// A check over its subjects; `None` where it says nothing at all, not even something old.
    fn fleet(&self, check: &str, told: (f64, f64), adoption: f64) -> Option<Spread> {
        let tally = self.assessment.tallies.get(check).copied().unwrap_or_default();
        let faded = self.faded.get(check).copied().unwrap_or_default();
        if tally.pass + tally.fail + faded.passed + faded.failed == 0 {
            return None;
        }
        let it = self.weights;
        let open = (tally.unknown + tally.unseen).saturating_sub(faded.passed + faded.failed);
        let open = open + not_numbered(&tally);
        let old = |weight: f64, number: usize| weight / number.max(1) as f64;
        let groups = [
            (tally.pass, (it.measured_pass, 0.0)),
            (tally.fail, (0.0, it.fail)),
            (faded.passed, (it.measured_pass * old(faded.pass, faded.passed), 0.0)),
            (faded.failed, (0.0, it.fail * old(faded.fail, faded.failed))),
            (open, told),
        ];
        let all = groups.iter().map(|(number, _)| number).sum::<usize>() as f64;
        let mut mixture = Spread::default();
        for (number, cases) in groups.into_iter().filter(|(number, _)| *number > 0) {
            mixture.add(number as f64 / all, self.with(adoption, cases));
        }
        Some(mixture)
    }

    /// The sector's adoption with some cases added.
    fn with(&self, adoption: f64, (with, without): (f64, f64)) -> Spread {
        Spread::of(with_cases(self.weights, adoption, with, without))
    }
}

/// Nobody said how many subjects there are: as many again as were seen are taken to be unseen (our
/// judgment; the engine says "partly" for the same reason).
const fn not_numbered(tally: &Tally) -> usize {
    if tally.expected_known { 0 } else { tally.pass + tally.fail }
}

/// The sector's adoption with cases of evidence added.
pub fn with_cases(weights: &EvidenceWeights, adoption: f64, with: f64, without: f64) -> Beta {
    Beta::new(weights.prior * adoption + with, weights.prior * (1.0 - adoption) + without)
}

/// Mean coverage once everything is measured and passes.
pub fn when_done(weights: &EvidenceWeights, adoption: f64) -> f64 {
    with_cases(weights, adoption, weights.measured_pass, 0.0).mean()
}
