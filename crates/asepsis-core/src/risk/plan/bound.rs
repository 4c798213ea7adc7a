//! The most that could still be added: a fractional knapsack over what items add now.

use super::state::State;

/// Mixes of the two limits that are tried; each gives a valid bound, and the least one counts.
const MIXES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Room below this is none: a share of it would be endless.
pub(super) const LEAST: f64 = 1e-6;

/// One item that could still be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) item: u16,
    /// What it adds now, less what it costs in a year; above 0.
    pub(super) net: f64,
    pub(super) hours: f64,
    pub(super) dollars: f64,
}

/// Items that still fit by themselves and add more than they cost. What an item adds only shrinks as
/// others are taken, so that what is not among them now never will be.
pub(super) fn open(state: &State<'_>, items: impl Iterator<Item = u16>) -> Vec<Open> {
    let (room, money) = state.room();
    let mut open: Vec<Open> = Vec::new();
    for item in items {
        let (hours, dollars) = state.takes(item);
        if state.holds(item) || hours > room + 1e-9 || dollars > money + 1e-9 {
            continue;
        }
        let cost = state.problem.item(item).map_or(0.0, |it| it.yearly_cost);
        let net = state.gain(item) - cost;
        if net > 0.0 {
            open.push(Open { item, net, hours, dollars });
        }
    }
    open
}

/// The most that these items can add within the room, and the item to decide on next: the one that is
/// worth most for what it takes, by the mix that bounds best. By submodularity the sum of what they add
/// now is not less than what they add together; prerequisites are left out, which only raises the bound.
pub(super) fn bound(state: &State<'_>, open: &[Open]) -> (f64, Option<u16>) {
    let (room, money) = state.room();
    let scale = |it: f64| if it > LEAST { 1.0 / it } else { 0.0 };
    let (of_hours, of_dollars) = (scale(room), scale(money));
    let mut least = (f64::INFINITY, None);
    for mix in MIXES {
        let weight = |it: &Open| mix * it.hours * of_hours + (1.0 - mix) * it.dollars * of_dollars;
        let size = mix * f64::from(room > LEAST) + (1.0 - mix) * f64::from(money > LEAST);
        let mut order: Vec<(f64, f64, u16)> =
            open.iter().map(|it| (it.net, weight(it), it.item)).collect();
        // The most for what it takes first; what takes nothing before all.
        order.sort_by(|a, b| {
            (b.0 * a.1).total_cmp(&(a.0 * b.1)).then(b.0.total_cmp(&a.0)).then(a.2.cmp(&b.2))
        });
        let (mut most, mut left) = (0.0, size);
        for (net, weight, _) in &order {
            if *weight <= left {
                most += net;
                left -= weight;
            } else {
                most += net * left / weight;
                break;
            }
        }
        if most < least.0 {
            least = (most, order.first().map(|(_, _, item)| *item));
        }
    }
    if open.is_empty() { (0.0, None) } else { least }
}
