//! What no catalog may hold, whoever wrote it: numbers that mean nothing to the model, and shapes that
//! would take endless work. Looked at whenever a catalog is read; what is missing or badly said is told
//! by the other rules, on request.

use std::collections::BTreeMap;

use super::actions::{MAX_RAISE, MAX_RAISERS, costs, needs_itself, wrong_cost};
use super::{Linter, priors};

/// Most threats: the model's terms are counted in 16 bits.
const MAX_THREATS: usize = 20;
/// Most actions, several times what is shipped: each can require each.
const MAX_ACTIONS: usize = 500;
/// Most hours and dollars of what one subject takes.
const MAX_HOURS: f64 = 10_000.0;
const MAX_DOLLARS: f64 = 1e8;

impl Linter<'_> {
    pub(super) fn sound(&mut self) {
        let catalog = self.catalog;
        for (what, found, most) in [
            ("threats", catalog.threats.len(), MAX_THREATS),
            ("actions", catalog.actions.len(), MAX_ACTIONS),
        ] {
            if found > most {
                let folder = format!("{what}/");
                self.problem(&folder, "", "", format!("{found} {what}, at most {most} may be"));
                // The rest would take long.
                return;
            }
        }
        let mut raisers: BTreeMap<&str, usize> = BTreeMap::new();
        for action in &catalog.actions {
            let file = format!("actions/{}.toml", action.id);
            for raise in &action.raises {
                *raisers.entry(&raise.action).or_default() += 1;
                if !(raise.share > 0.0 && raise.share <= MAX_RAISE) {
                    let message = "a share that it raises is not above 0 and at most 0.5";
                    self.problem(&file, "share", "share", format!("{}: {message}", action.id));
                }
            }
            for (size, cost) in costs(action) {
                for message in wrong_cost(cost) {
                    let message = format!("{}: {size}: {message}", action.id);
                    self.problem(&file, "[size", "[size", message);
                }
            }
            if needs_itself(catalog, action) {
                let message = format!("{} requires itself in the end", action.id);
                self.problem(&file, "requires", "requires", message);
            }
        }
        for (id, number) in raisers.into_iter().filter(|(_, number)| *number > MAX_RAISERS) {
            let message = format!("{number} actions act through {id}, at most {MAX_RAISERS} may");
            self.problem(&format!("actions/{id}.toml"), "id", id, message);
        }
        for check in &catalog.checks {
            let (hours, dollars) = (check.effort.hours, check.effort.dollars);
            let within =
                (0.0..=MAX_HOURS).contains(&hours) && (0.0..=MAX_DOLLARS).contains(&dollars);
            if !within {
                let file = self.file_of("checks/", &format!("\"{}\"", check.id));
                let message = format!("{}: its effort is not hours and dollars", check.id);
                self.problem(&file, "effort", "effort", message);
            }
        }
        for (needle, message) in catalog.priors.as_ref().map(priors::wrong).unwrap_or_default() {
            self.problem(priors::FILE, &needle, &needle, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::tests::shipped;
    use super::*;
    use crate::catalog::{Catalog, CatalogFiles};

    const ACTION: &str = "actions/second-sign-in-step.toml";
    const PRIORS: &str = "risk/priors.toml";

    /// What is wrong once some text of a file is another.
    fn with(file: &str, change: impl Fn(&str) -> String) -> Vec<String> {
        let mut files: CatalogFiles = shipped();
        let text = files.0.get_mut(file).unwrap();
        let changed = change(text);
        assert_ne!(*text, changed, "{file} is as before");
        *text = changed;
        let problems = Catalog::load(&files).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    /// The first line of a key gets another value.
    fn line(key: &str, value: &str) -> impl Fn(&str) -> String {
        let (key, value) = (key.to_owned(), value.to_owned());
        move |text| {
            let at = text.lines().position(|it| it.split('=').next().unwrap().trim() == key);
            let at = at.unwrap_or_else(|| panic!("no {key}"));
            let lines = text.lines().enumerate();
            let lines = lines
                .map(|(n, it)| if n == at { format!("{key} = {value}") } else { it.to_owned() });
            lines.collect::<Vec<String>>().join("\n")
        }
    }

    #[test]
    fn numbers_that_the_model_cannot_use_are_not_read() {
        for (key, value) in [
            ("adoption", "1.0"),
            ("adoption", "nan"),
            ("hours", "[0, 1, inf]"),
            ("hours", "[-1, 0, 1]"),
            ("beta", "[1e300, 1.0]"),
            ("beta", "[0.0, 1.0]"),
        ] {
            assert!(!with(ACTION, line(key, value)).is_empty(), "{key} = {value}");
        }
        for (key, value) in [
            ("floor", "1.0"),
            ("floor", "nan"),
            ("drift", "1e9"),
            ("sigma", "0.0"),
            ("median", "0.0"),
            ("cap", "inf"),
            ("as_of", "\"soon\""),
            ("half_life_days", "0.0"),
            ("minute", "inf"),
        ] {
            assert!(!with(PRIORS, line(key, value)).is_empty(), "{key} = {value}");
        }
    }

    #[test]
    fn actions_that_require_themselves_are_not_read() {
        let itself = |text: &str| {
            let others = text.lines().filter(|it| !it.starts_with("requires"));
            let others: Vec<&str> = others.collect();
            format!("requires = [\"second-sign-in-step\"]\n{}", others.join("\n"))
        };
        let said = with(ACTION, itself).join("\n");
        assert!(said.contains("requires itself in the end"), "{said}");
    }

    #[test]
    fn more_actions_than_can_be_worked_out_are_not_read() {
        let mut files = shipped();
        let text = files.0.get(ACTION).unwrap().clone();
        for number in 0..=MAX_ACTIONS {
            let mut copy = text.clone();
            write!(copy, "\n# {number}").unwrap();
            files.0.insert(format!("actions/copy-{number}.toml"), copy);
        }
        let said = Catalog::load(&files).err().unwrap();
        assert!(said.len() == 1 && said[0].message.contains("at most 500"), "{said:?}");
    }

    #[test]
    fn more_that_act_through_one_than_a_plan_can_hold_are_not_read() {
        let many = |text: &str| {
            let raise = "\n[[raises]]\naction = \"account-list\"\nshare = 0.1\nbadge = \"judgment\"\nsource = \"our-judgment\"\nnote = \"x\"\n";
            format!("{text}{}", raise.repeat(40))
        };
        let said = with(ACTION, many).join("\n");
        assert!(said.contains("act through account-list"), "{said}");
    }
}
