//! A set of items while it is being built: what is avoided, what is spent; items go in and come out.

use std::rc::Rc;

use super::problem::{Limits, Problem};

/// Room for the last bits of sums: a plan that fits exactly fits.
const EXACT: f64 = 1e-9;

/// Hours that anything takes, so that what takes none is not worth endlessly much an hour.
const LEAST_HOURS: f64 = 0.1;

/// A set of items with what it avoids and takes.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub(super) problem: Problem<'a>,
    limits: Limits,
    fixed: Rc<Fixed>,
    masks: Vec<usize>,
    /// What is left of each term, in US dollars.
    left: Vec<f64>,
    chosen: Vec<bool>,
    pub(super) avoided: f64,
    pub(super) cost: f64,
    hours: f64,
    dollars: f64,
}

/// What is the same for all sets of one problem.
#[derive(Debug)]
struct Fixed {
    /// For each item, the cells it raises and its bit in each.
    reach: Vec<Vec<(u32, u32)>>,
    /// For each item, itself with all that it requires and that may be taken, what is required first.
    closures: Vec<Vec<u16>>,
}

impl Fixed {
    fn of(problem: &Problem<'_>) -> Self {
        let mut reach = vec![Vec::new(); problem.items.len()];
        for (cell, it) in (0..).zip(&problem.terms.cells) {
            for (bit, member) in (0..).zip(&it.members) {
                if let Some(reach) = reach.get_mut(usize::from(*member)) {
                    reach.push((cell, bit));
                }
            }
        }
        let items = (0..).take(problem.items.len());
        Self { reach, closures: items.map(|it| problem.closure(it)).collect() }
    }
}

impl<'a> State<'a> {
    pub(super) fn new(problem: Problem<'a>, limits: Limits) -> Self {
        Self {
            limits,
            fixed: Rc::new(Fixed::of(&problem)),
            masks: vec![0; problem.terms.cells.len()],
            left: problem.terms.weights.clone(),
            chosen: vec![false; problem.items.len()],
            avoided: 0.0,
            cost: 0.0,
            hours: 0.0,
            dollars: 0.0,
            problem,
        }
    }

    pub(super) fn holds(&self, item: u16) -> bool {
        self.chosen.get(usize::from(item)).copied().unwrap_or_default()
    }

    pub(super) fn chosen(&self) -> Vec<u16> {
        (0..).zip(&self.chosen).filter(|(_, it)| **it).map(|(item, _)| item).collect()
    }

    /// What is avoided, less what it costs.
    pub(super) fn value(&self) -> f64 {
        self.avoided - self.cost
    }

    /// Hours and dollars that are left.
    pub(super) fn room(&self) -> (f64, f64) {
        (self.limits.hours - self.hours, self.limits.dollars - self.dollars)
    }

    /// Hours and dollars that an item takes.
    pub(super) fn takes(&self, item: u16) -> (f64, f64) {
        self.problem.cost(item, self.limits.months)
    }

    /// Whether all of these fit together.
    pub(super) fn fits(&self, items: &[u16]) -> bool {
        let (hours, dollars) = items.iter().fold((0.0, 0.0), |sum: (f64, f64), it| {
            let (hours, dollars) = self.takes(*it);
            (sum.0 + hours, sum.1 + dollars)
        });
        let (room, money) = self.room();
        let within = |need: f64, room: f64| need <= room + EXACT * (1.0 + room.abs());
        within(hours, room) && within(dollars, money)
    }

    /// An item with all that it requires and that is not in yet.
    pub(super) fn missing(&self, item: u16) -> Vec<u16> {
        self.closure(item).iter().copied().filter(|it| !self.holds(*it)).collect()
    }

    /// An item with all that it requires and that may be taken, what is required first.
    pub(super) fn closure(&self, item: u16) -> &[u16] {
        self.fixed.closures.get(usize::from(item)).map_or(&[], Vec::as_slice)
    }

    /// The cells that an item raises, and its bit in each.
    fn reach(&self, item: u16) -> &[(u32, u32)] {
        self.fixed.reach.get(usize::from(item)).map_or(&[], Vec::as_slice)
    }

    /// What these would avoid together, for an hour of all of theirs.
    pub(super) fn for_an_hour(&self, bundle: &[u16]) -> f64 {
        let hours: f64 = bundle.iter().map(|it| self.takes(*it).0).sum();
        let adds = match bundle {
            [item] => self.gain(*item),
            _ => {
                let mut with = self.clone();
                bundle.iter().for_each(|it| with.take(*it));
                with.avoided - self.avoided
            }
        };
        adds / (hours + LEAST_HOURS)
    }

    /// What an item would add to what is avoided.
    pub(super) fn gain(&self, item: u16) -> f64 {
        match self.reach(item) {
            [(cell, bit)] => {
                let pairs = self.pairs(*cell, *bit);
                pairs.map(|(term, ratio)| self.left_of(term) * (1.0 - ratio)).sum()
            }
            many => self.gain_of_many(many),
        }
    }

    /// The same for an item that raises several cells, which may touch the same terms.
    fn gain_of_many(&self, reach: &[(u32, u32)]) -> f64 {
        let mut touched: Vec<(u16, f64)> = Vec::new();
        for (cell, bit) in reach {
            for (term, ratio) in self.pairs(*cell, *bit) {
                match touched.iter_mut().find(|(it, _)| *it == term) {
                    Some((_, left)) => *left *= ratio,
                    None => touched.push((term, ratio)),
                }
            }
        }
        touched.into_iter().map(|(term, left)| self.left_of(term) * (1.0 - left)).sum()
    }

    /// The terms of a cell, each with the ratio by which one more member shrinks it.
    fn pairs(&self, cell: u32, bit: u32) -> impl Iterator<Item = (u16, f64)> {
        let at = cell as usize;
        let mask = self.masks.get(at).copied().unwrap_or_default();
        let cell = self.problem.terms.cells.get(at);
        cell.into_iter().flat_map(move |it| {
            let rows = it.row(mask).iter().zip(it.row(mask | 1 << bit));
            it.touches.iter().copied().zip(rows.map(|(before, after)| after / before))
        })
    }

    /// What is left of each term.
    pub(super) fn left(&self) -> &[f64] {
        &self.left
    }

    /// How much an item would pull at each term that it touches: the logarithms of what it would leave.
    pub(super) fn pulls(&self, item: u16) -> Vec<(u16, f64)> {
        let reach = self.reach(item).iter();
        let pairs = reach.flat_map(|(cell, bit)| self.pairs(*cell, *bit));
        pairs.map(|(term, ratio)| (term, -crate::risk::number::ln(ratio.max(1e-12)))).collect()
    }

    fn left_of(&self, term: u16) -> f64 {
        self.left.get(usize::from(term)).copied().unwrap_or_default()
    }

    /// Takes an item in. The order in which items go in does not matter but for the last bits.
    pub(super) fn take(&mut self, item: u16) {
        let (hours, dollars) = self.takes(item);
        self.hours += hours;
        self.dollars += dollars;
        self.cost += self.problem.item(item).map_or(0.0, |it| it.yearly_cost);
        if let Some(it) = self.chosen.get_mut(usize::from(item)) {
            *it = true;
        }
        let fixed = Rc::clone(&self.fixed);
        for (cell, bit) in fixed.reach.get(usize::from(item)).into_iter().flatten() {
            let at = *cell as usize;
            let Some(mask) = self.masks.get_mut(at) else { continue };
            let before = *mask;
            *mask |= 1 << bit;
            let Some(it) = self.problem.terms.cells.get(at) else { continue };
            let rows = it.row(before).iter().zip(it.row(*mask));
            for (term, (before, after)) in it.touches.iter().zip(rows) {
                if let Some(left) = self.left.get_mut(usize::from(*term)) {
                    let ratio = after / before;
                    self.avoided += *left * (1.0 - ratio);
                    *left *= ratio;
                }
            }
        }
    }
}
