//! The planner: which items to take under dollars, hours and prerequisites, with a proof or the gap.
//! Knows nothing of threats: items have costs, and take away from terms.
//!
//! ```text
//! avoided(S) = sum_k weight_k · (1 - prod_cells left[cell][which members of it are in S][k])
//! value(S)   = avoided(S) - what S costs in a year
//! ```
//!
//! What is avoided is monotone and submodular in the set: an item is never worth more later than now. So
//! the sum of what items add now bounds what they can add together. A closer bound takes items in part
//! (`relax`): what is avoided is concave in the parts. A search with these bounds proves its answer.

mod bound;
mod greedy;
mod problem;
mod relax;
mod search;
mod state;
mod year;

pub use problem::{Cell, Force, Item, Limits, Problem, Terms};
pub use search::{Best, best, better, quick};
pub use year::{MONTHS, Month, Started, Year, first, year};

#[cfg(test)]
mod tests;
