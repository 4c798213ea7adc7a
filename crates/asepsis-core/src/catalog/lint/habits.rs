//! Habits: whose they are, what they serve, and that they fit on a card.

use super::checks::ROLES;
use super::{Linter, Problem};
use crate::catalog::Habit;

/// The file of habits.
const FILE: &str = "habits.toml";
/// Roles that have a card. A vendor is no part of the organization's day.
const WITH_CARD: [&str; 4] = ["manager", "front-desk", "clinician", "it"];
/// Fewest habits on a card (our judgment: fewer are no card).
const FEWEST: usize = 3;
/// Longest text, in characters (our judgment: two lines of a card).
const MAX_TEXT: usize = 120;
/// Longest habit, in minutes: what takes longer is a task.
const MAX_MINUTES: u32 = 120;

impl Linter<'_> {
    pub(super) fn habits(&mut self) {
        let habits = &self.catalog.habits;
        self.unique(FILE, "habit", habits.iter().map(|it| it.id.as_str()));
        for habit in habits {
            for part in &habit.serves {
                let known = self.catalog.part(part).is_some();
                self.refer(known, FILE, &habit.id, &part.to_string(), "part");
            }
            for message in wrong(habit) {
                let message = format!("{}: {message}", habit.id);
                self.problem(FILE, &habit.id, &habit.id, message);
            }
        }
        for role in WITH_CARD {
            let found = habits.iter().filter(|it| it.role == role).count();
            if found < FEWEST {
                let message = format!("{role} has {found} habits, and a card needs {FEWEST}");
                self.problems.push(Problem { file: FILE.to_owned(), line: None, message });
            }
        }
    }
}

/// What is wrong with one habit by itself.
fn wrong(habit: &Habit) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rule = |holds: bool, message: String| {
        if !holds {
            wrong.push(message);
        }
    };
    let role = habit.role.as_str();
    rule(ROLES.contains(&role), format!("{role:?} is not a role"));
    let word = habit.id.strip_prefix(role).and_then(|rest| rest.strip_prefix('.'));
    let named = word.is_some_and(|word| !word.is_empty());
    rule(named, format!("the id of a habit of {role} is {role}.name"));
    let text = habit.text.as_str();
    let length = text.chars().count();
    rule(
        (1..=MAX_TEXT).contains(&length),
        format!("its text has {length} characters, not 1 to {MAX_TEXT}"),
    );
    let one_sentence = text.ends_with('.') && !text.contains(". ") && text.trim() == text;
    rule(one_sentence, "its text is not one sentence with a full stop".to_owned());
    rule(!habit.serves.is_empty(), "it serves no part".to_owned());
    rule(!habit.sources.is_empty(), "it names no source".to_owned());
    let minutes = habit.minutes;
    rule(
        (1..=MAX_MINUTES).contains(&minutes),
        format!("it takes {minutes} minutes, not 1 to {MAX_MINUTES}"),
    );
    wrong
}
