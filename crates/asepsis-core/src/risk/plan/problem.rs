//! What is planned: terms that shrink, items that shrink them, and what may be spent.

/// What can be avoided, in terms that items take away from.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// What each term is worth at present, in US dollars a year.
    pub weights: Vec<f64>,
    /// What shrinks the terms.
    pub cells: Vec<Cell>,
}

/// One control whose coverage some items raise: itself, or others that act through it.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The items that raise it; bit i of a mask speaks of `members[i]`.
    pub members: Vec<u16>,
    /// The terms that it touches.
    pub touches: Vec<u16>,
    /// What is left of each touched term for each mask, row by row: 1 for no member, and less the
    /// more members there are, by ratios that are ever nearer to 1. (So their logarithms are convex:
    /// members pull most where they are alone, and the search's bounds hold.)
    pub left: Vec<f64>,
}

impl Cell {
    /// What is left of the touched terms when these members are in.
    pub(super) fn row(&self, mask: usize) -> &[f64] {
        let from = mask * self.touches.len();
        self.left.get(from..from + self.touches.len()).unwrap_or_default()
    }
}

/// One thing that can be done.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Hours, once.
    pub hours: f64,
    /// Hours in each month from then on.
    pub monthly: f64,
    /// US dollars of the first year.
    pub dollars: f64,
    /// US dollars of any year, what was bought once being spread over its life.
    pub yearly_cost: f64,
    /// Items that come first.
    pub requires: Vec<u16>,
    /// Whether it must be done.
    pub force: Force,
}

/// Whether an item must be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// Only if it is worth it.
    #[default]
    No,
    /// The law requires it: it is in if there is room. Where not all of these fit, they get half of what
    /// may be spent, those first that avoid most for an hour; the other half goes to what is worth most,
    /// them included.
    Law,
    /// Somebody chose it: it is in if there is room.
    Chosen,
}

/// What may be spent.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// US dollars of the first year.
    pub dollars: f64,
    /// Hours in all.
    pub hours: f64,
    /// For so many months: an item takes its hours, and its upkeep in every month after the first.
    pub months: u32,
    /// Steps of the search after which it stops and says how far from the best it may be.
    pub nodes: u64,
}

/// A problem: items that may be taken, and the terms they shrink.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// What can be avoided.
    pub terms: &'a Terms,
    /// What can be done.
    pub items: &'a [Item],
    /// Which items may be taken at all; a prerequisite that may not is taken as met.
    pub may: &'a [bool],
}

impl Problem<'_> {
    /// Whether an item may be taken.
    pub(super) fn may(&self, item: u16) -> bool {
        self.may.get(usize::from(item)).copied().unwrap_or_default()
    }

    pub(super) fn item(&self, item: u16) -> Option<&Item> {
        self.items.get(usize::from(item))
    }

    /// An item with all that it requires and that may be taken, what is required first.
    pub(super) fn closure(&self, item: u16) -> Vec<u16> {
        fn visit(problem: &Problem<'_>, item: u16, open: &mut Vec<u16>, all: &mut Vec<u16>) {
            if all.contains(&item) || open.contains(&item) || !problem.may(item) {
                return;
            }
            open.push(item);
            for needed in problem.item(item).map_or(&[][..], |it| &it.requires) {
                visit(problem, *needed, open, all);
            }
            all.push(item);
        }
        let mut all = Vec::new();
        visit(self, item, &mut Vec::new(), &mut all);
        all
    }

    /// Hours and dollars of an item within so many months.
    pub(super) fn cost(&self, item: u16, months: u32) -> (f64, f64) {
        let item = self.item(item);
        let upkeep = f64::from(months.saturating_sub(1));
        item.map_or((0.0, 0.0), |it| (it.hours + it.monthly * upkeep, it.dollars))
    }
}
