//! The first run belongs to whoever opens the address that the program printed: its code works once,
//! and then only for the browser that used it.

use std::sync::{Mutex, PoisonError};

use asepsis_core::hash::Hash;
use asepsis_core::random::Random;

use super::token;

/// Who may make the first account. Lives as long as the process: a restart prints a new code.
#[derive(Debug, Default)]
pub(super) struct Claim(Mutex<State>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Unused,
    /// A code was printed; what is kept of it.
    Printed(Hash),
    /// A browser used it; what is kept of that browser's visit.
    Taken(Hash),
}

impl Claim {
    /// A new code, which replaces an earlier one.
    pub(super) fn code(&self, random: &dyn Random) -> String {
        let code = token::new(random);
        *self.state() = State::Printed(token::kept(&code));
        code
    }

    /// Takes the first run for a visit, if the code is the printed one.
    pub(super) fn take(&self, code: &str, visit: &str) -> bool {
        let mut state = self.state();
        let right = matches!(&*state, State::Printed(kept) if token::same(&kept.to_string(), &token::kept(code).to_string()));
        if right {
            *state = State::Taken(token::kept(visit));
        }
        right
    }

    /// Whether this visit took it.
    pub(super) fn taken_by(&self, visit: &str) -> bool {
        matches!(&*self.state(), State::Taken(kept) if token::same(&kept.to_string(), &token::kept(visit).to_string()))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_works_once_and_for_one_browser() {
        let claim = Claim::default();
        assert!(!claim.take("", "a"));
        let code = claim.code(&crate::config::SystemRandom);
        assert!(!claim.take("wrong", "a") && !claim.taken_by("a"));
        assert!(claim.take(&code, "a"));
        assert!(claim.taken_by("a") && !claim.taken_by("b"));
        assert!(!claim.take(&code, "b"), "the code works once");
    }
}
