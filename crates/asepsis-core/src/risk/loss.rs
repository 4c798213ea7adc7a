//! What one event costs on average, with the doubt about median and spread.

use super::model::LossModel;
use super::number::{LogNormal, exp, normal_rule};

/// Nodes over the doubt about the spread of a loss.
const SIGMA_NODES: usize = 8;

/// The mean loss of one event in an organization that is as well guarded as most: the limited expected
/// value of a log-normal whose median is in doubt too (which only widens it), averaged over the doubt
/// about its spread.
pub fn mean_loss(loss: &LossModel) -> f64 {
    let rule = normal_rule(SIGMA_NODES).into_iter();
    rule.map(|(deviate, weight)| {
        let sigma = spread_at(loss, deviate);
        let wide = (sigma * sigma + loss.median_doubt * loss.median_doubt).sqrt();
        weight * LogNormal { mu: loss.amount.mu, sigma: wide }.mean_capped(loss.cap)
    })
    .sum()
}

/// The spread of a loss where its doubt stands at this normal deviate: log-normal, so never negative;
/// its median is the spread as given.
pub(super) fn spread_at(loss: &LossModel, deviate: f64) -> f64 {
    loss.amount.sigma * exp(loss.sigma_doubt * deviate)
}
