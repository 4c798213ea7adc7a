//! The planner against brute force, and the calendar against its own rules.

mod brute;
mod calendar;
mod random;
