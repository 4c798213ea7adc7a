//! What a practice's page shows, and how much of it.

use std::collections::BTreeMap;

use asepsis_core::catalog::PartRef;
use asepsis_core::engine::{PartStanding, SubPracticeStanding};

use crate::web::pages::check::View;

/// The sub-practices of one page, counted ones and those shown apart.
pub(super) struct Shown<'a> {
    pub(super) view: &'a View<'a>,
    /// By check: the part under which its findings are shown in full.
    pub(super) home: BTreeMap<&'a str, &'a PartRef>,
    /// How many failing subjects, and how many reasons for not knowing, are named for one check:
    /// fewer where there are many checks.
    pub(super) named: (usize, usize),
    /// How many checks of one part have a line of their own.
    pub(super) lines: usize,
}

impl<'a> Shown<'a> {
    pub(super) fn of(view: &'a View<'a>, subs: &[&'a SubPracticeStanding]) -> Self {
        let mut home = BTreeMap::new();
        let parts: Vec<&PartStanding> = subs.iter().flat_map(|sub| &sub.parts).collect();
        for part in &parts {
            for check in &part.checks {
                home.entry(check.check.as_str()).or_insert(&part.part);
            }
        }
        let failing = home.keys().filter_map(|id| view.book.seen.get(*id));
        let failing = failing.filter(|it| it.fails > 0).count();
        let told = home.keys().filter(|id| view.tally(id).applicable() > 0).count();
        // Checks that pass or cannot be told take a line too.
        let (named, lines) = match failing.max(told / 2) {
            0..=8 => ((5, 3), usize::MAX),
            9..=16 => ((2, 2), usize::MAX),
            17..=20 => ((1, 0), 4),
            _ => ((0, 0), 1),
        };
        Self { view, home, named, lines }
    }

    /// Whether a question about it was answered with "I don't know", so that the vendor is asked.
    pub(super) fn asked_outside(&self, part: &PartStanding) -> bool {
        let catalog = self.view.catalog();
        let questions = catalog.index.questions(&part.part).iter();
        let mut asked = questions.filter_map(|at| catalog.questions.get(*at));
        asked.any(|it| self.view.book.interview.unknown.contains(&it.id))
    }
}
