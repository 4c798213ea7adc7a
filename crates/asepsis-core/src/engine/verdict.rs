//! One check on one fact.

use serde_json::{Map, Value};

use crate::catalog::Check;
use crate::outcome::Outcome;
use crate::predicate::{NoValue, Predicate};

/// What the check says of the fact, with the reason where it is unknown.
///
/// `applies` is asked first: false ends it as not applicable. An outcome that depends on a missing
/// key is unknown and names the path; any other error is unknown because the check is broken, which
/// the linter should have caught.
pub fn judge(check: &Check, fact: &Map<String, Value>) -> (Outcome, Option<String>) {
    if let Some(applies) = &check.applies {
        match ask(applies, fact) {
            Ok(true) => {}
            Ok(false) => return (Outcome::NotApplicable, None),
            Err(reason) => return (Outcome::Unknown, Some(reason)),
        }
    }
    match ask(&check.pass, fact) {
        Ok(true) => (Outcome::Pass, None),
        Ok(false) => (Outcome::Fail, None),
        Err(reason) => (Outcome::Unknown, Some(reason)),
    }
}

fn ask(predicate: &Predicate, fact: &Map<String, Value>) -> Result<bool, String> {
    predicate.holds(fact).map_err(|stop| match stop {
        NoValue::Missing(path) => {
            format!("{} was not seen", path.strip_prefix("fact.").unwrap_or(&path))
        }
        NoValue::Broken(why) => format!("check broken: {why}"),
    })
}
