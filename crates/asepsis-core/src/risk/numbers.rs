//! Where the model's numbers come from: rules of nodes that average over all doubt, or one world in which
//! every number is known. The same formulas run on both.

use super::loss::mean_loss;
use super::model::Model;
use super::number::beta_rule;

/// Nodes with their weights; one node of weight 1 is a known number.
pub(super) type Rule = Vec<(f64, f64)>;

/// Nodes over the overlap.
const OVERLAP_NODES: usize = 4;
/// Nodes over coverage, and over an effect.
const NODES: usize = 8;

/// The numbers of a model.
pub(super) trait Numbers {
    /// How much controls overlap against a threat. Every threat has as many nodes.
    fn overlap(&self, threat: usize) -> Rule;
    /// How far a control is there.
    fn coverage(&self, control: usize) -> Rule;
    /// What one effect of a control stops when it is fully there.
    fn effect(&self, control: usize, effect: usize) -> Rule;
    /// Share of the events that come in through a vendor, for threats that can.
    fn vendor(&self) -> f64;
    /// Events a year if the organization were as well guarded as most.
    fn rate(&self, threat: usize) -> f64;
    /// Mean US dollars of an event in such an organization.
    fn loss(&self, threat: usize) -> f64;
    /// Mean days of disturbed care of an event in such an organization.
    fn care(&self, threat: usize) -> f64;
}

/// Averages over all doubt, by fixed rules. Drift and shock have mean 1.
pub(super) struct Expected<'a>(pub(super) &'a Model);

impl Numbers for Expected<'_> {
    fn overlap(&self, _threat: usize) -> Rule {
        beta_rule(self.0.overlap, OVERLAP_NODES)
    }

    fn coverage(&self, control: usize) -> Rule {
        let control = self.0.controls.get(control);
        control.map_or_else(Vec::new, |it| beta_rule(it.coverage, NODES))
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        let effect = self.0.controls.get(control).and_then(|it| it.effects.get(effect));
        effect.map_or_else(Vec::new, |it| beta_rule(it.share, NODES))
    }

    fn vendor(&self) -> f64 {
        self.0.vendor.mean()
    }

    fn rate(&self, threat: usize) -> f64 {
        let threat = self.0.threats.get(threat).filter(|it| it.applies);
        threat.map_or(0.0, |it| it.rate.mean() * it.covariate.0)
    }

    fn loss(&self, threat: usize) -> f64 {
        self.0.threats.get(threat).map_or(0.0, |it| mean_loss(&it.loss))
    }

    fn care(&self, threat: usize) -> f64 {
        let days = self.0.threats.get(threat).and_then(|it| it.care);
        days.map_or(0.0, |it| it.mean())
    }
}
