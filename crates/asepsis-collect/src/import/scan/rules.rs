//! What a scanner's rules say: small tables from the id of a rule to a fact, and how they are applied.
//! A rule that says nothing certain when it fails (or when it holds) stands there as `Nothing`.

use std::collections::BTreeMap;

use asepsis_core::observation::BodyBuilder;
use serde_json::Value;

/// What a scanner found of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Pass,
    Fail,
    /// It could not tell, for this reason.
    Unknown(&'static str),
}

/// What a fact is, if a rule holds or does not.
#[derive(Clone, Copy, Debug)]
pub(super) enum Says {
    Yes,
    No,
    Number(i64),
    Text(&'static str),
    /// A list with one name.
    Names(&'static str),
    Nothing,
}

/// One row: a rule, the fact it speaks of, and what that is if the rule holds and if it does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) path: &'static str,
    pub(super) pass: Says,
    pub(super) fail: Says,
    /// The value that the rule must have been asked with (`var_selinux_state=enforcing`), or another
    /// rule that must hold too.
    pub(super) needs: &'static str,
}

pub(super) const fn rule(id: &'static str, path: &'static str, pass: Says, fail: Says) -> Rule {
    Rule { id, path, pass, fail, needs: "" }
}

impl Says {
    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Yes => Value::from(true),
            Self::No => Value::from(false),
            Self::Number(it) => Value::from(it),
            Self::Text(it) => Value::from(it),
            Self::Names(it) => Value::from(vec![it]),
            Self::Nothing => return None,
        })
    }
}

/// The results of one scan, by the ids of rules. Where a rule was looked at more than once, a failure
/// counts before a doubt, and a doubt before a pass.
#[derive(Debug, Default)]
pub(super) struct Results(BTreeMap<String, Outcome>);

impl Results {
    pub(super) fn add(&mut self, id: &str, outcome: Outcome) {
        let rank = |it: &Outcome| match it {
            Outcome::Fail => 2,
            Outcome::Unknown(_) => 1,
            Outcome::Pass => 0,
        };
        let known = self.0.entry(id.to_owned()).or_insert(outcome);
        if rank(&outcome) > rank(known) {
            *known = outcome;
        }
    }

    /// Whether a rule is known to hold.
    pub(super) fn passed(&self, id: &str) -> bool {
        self.0.get(id) == Some(&Outcome::Pass)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many hold, how many do not, of how many it is not known.
    pub(super) fn count(&self) -> (i64, i64, i64) {
        let (mut passed, mut failed, mut unknown) = (0, 0, 0);
        for outcome in self.0.values() {
            match outcome {
                Outcome::Pass => passed += 1,
                Outcome::Fail => failed += 1,
                Outcome::Unknown(_) => unknown += 1,
            }
        }
        (passed, failed, unknown)
    }

    /// The counts as facts; `false` if nothing was measured, which is no evidence of anything.
    pub(super) fn baseline(&self, profile: &str, body: &mut BodyBuilder, from: &str) -> bool {
        let (passed, failed, unknown) = self.count();
        if passed + failed == 0 {
            return false;
        }
        body.saw("baseline.profile", profile, from);
        body.saw("baseline.passed", passed, from);
        body.saw("baseline.failed", failed, from);
        body.saw("baseline.unknown", unknown, from);
        true
    }

    /// The facts that rules tell; how many were told. Of several rules about one fact a failure that
    /// tells counts first, then a pass.
    pub(super) fn facts(
        &self,
        rules: &[Rule],
        given: impl Fn(&str) -> bool,
        body: &mut BodyBuilder,
    ) -> usize {
        let mut told: BTreeMap<&'static str, (u8, Result<Value, String>, &'static str)> =
            BTreeMap::new();
        for rule in rules {
            let Some(outcome) = self.0.get(rule.id) else { continue };
            let said = |says: Says, rank: u8, why: &str| match says.value() {
                Some(_) if !rule.needs.is_empty() && !given(rule.needs) => {
                    (1, Err(format!("it tells only with {}", rule.needs)))
                }
                Some(value) => (rank, Ok(value)),
                None => (1, Err(why.to_owned())),
            };
            let (rank, value) = match outcome {
                Outcome::Pass => said(rule.pass, 2, "that the rule holds does not tell it"),
                Outcome::Fail => {
                    said(rule.fail, 3, "the rule does not hold, which does not tell how it is")
                }
                Outcome::Unknown(why) => (1, Err((*why).to_owned())),
            };
            let known = told.entry(rule.path).or_insert((0, Err(String::new()), rule.id));
            if rank > known.0 {
                *known = (rank, value, rule.id);
            }
        }
        let mut count = 0;
        for (path, (_, value, id)) in told {
            match value {
                Ok(value) => {
                    count += 1;
                    body.saw(path, value, id);
                }
                Err(why) => body.missed(path, format!("{id}: {why}")),
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::observation::{Body, Seen};
    use serde_json::json;

    #[test]
    fn a_failure_that_tells_counts_first_and_a_doubt_is_no_pass() {
        const RULES: &[Rule] = &[
            rule("runs", "audit.active", Says::Yes, Says::Nothing),
            rule("installed", "audit.active", Says::Nothing, Says::No),
            rule("guest_off", "accounts.guest", Says::No, Says::Yes),
        ];
        let facts = |all: &[(&str, Outcome)]| {
            let (mut results, mut body) = (Results::default(), BodyBuilder::new());
            all.iter().for_each(|(id, outcome)| results.add(id, *outcome));
            results.facts(RULES, |_| true, &mut body);
            let Body::Saw { fact, seen } = body.build() else { panic!() };
            (Value::Object(fact), seen)
        };
        use Outcome::{Fail, Pass, Unknown};
        assert_eq!(
            facts(&[("runs", Pass), ("installed", Pass)]).0,
            json!({"audit": {"active": true}})
        );
        assert_eq!(
            facts(&[("runs", Fail), ("installed", Fail)]).0,
            json!({"audit": {"active": false}})
        );
        assert_eq!(facts(&[("runs", Fail), ("installed", Pass)]).0, json!({}));
        let (fact, seen) = facts(&[("guest_off", Pass), ("guest_off", Unknown("it failed"))]);
        assert_eq!(fact, json!({}));
        assert!(matches!(&seen["accounts.guest"], Seen::Not(why) if why == "guest_off: it failed"));
    }
}
