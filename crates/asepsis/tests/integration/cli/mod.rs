//! The command line, verb by verb: standard output, standard error and the exit code.

mod answer;
mod around;
mod catalog;
mod check;
mod contradiction;
mod explain;
mod fleet;
mod hostile;
pub(crate) mod import;
mod ledger;
mod mappings;
mod net_log;
mod organization;
mod past;
mod plan;
mod report;
mod schedule;
mod schema;
mod serve;
mod status;
mod tamper;
mod threats;
mod waive;
