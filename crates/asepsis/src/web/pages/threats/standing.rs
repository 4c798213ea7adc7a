//! How an organization stands against one threat: the parts that lower it, counted.

use asepsis_core::catalog::{Catalog, Threat};
use asepsis_core::engine::{Assessment, Basis, PartStanding, State, SubPracticeStanding};
use asepsis_report::marks::Mark;
use maud::{Markup, html};

use super::say;

/// Parts by how they stand and how that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) seen: usize,
    pub(super) told: usize,
    pub(super) partly: usize,
    pub(super) missing: usize,
    pub(super) unknown: usize,
}

impl Parts {
    pub(super) fn of<'a>(parts: impl Iterator<Item = &'a PartStanding>) -> Self {
        let mut all = Self::default();
        for part in parts {
            match (part.state, part.basis) {
                (State::InPlace, Basis::Told) => all.told += 1,
                (State::InPlace, _) => all.seen += 1,
                (State::Partly, _) => all.partly += 1,
                (State::NotInPlace, _) => all.missing += 1,
                (State::Unknown, _) => all.unknown += 1,
                (State::NotApplicable, _) => {}
            }
        }
        all
    }

    pub(super) const fn in_place(self) -> usize {
        self.seen + self.told
    }

    pub(super) const fn all(self) -> usize {
        self.seen + self.told + self.partly + self.missing + self.unknown
    }

    /// How many of each, with their marks.
    pub(super) fn show(self) -> Markup {
        let all = [
            (Mark::Stands(State::InPlace, Basis::Measured), self.seen, say::IN_PLACE_SEEN),
            (Mark::Stands(State::InPlace, Basis::Told), self.told, say::IN_PLACE_TOLD),
            (Mark::Stands(State::Partly, Basis::Measured), self.partly, say::PARTLY),
            (Mark::Stands(State::NotInPlace, Basis::Measured), self.missing, say::MISSING),
            (Mark::Stands(State::Unknown, Basis::Nothing), self.unknown, say::UNKNOWN),
        ];
        html! {
            ul.counts {
                @for (mark, n, what) in all {
                    @if n > 0 { li { (mark.silent()) " " b.num { (n) } " " span { (what) } } }
                }
            }
        }
    }
}

/// Why a threat has no place here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NoPlace {
    /// The reason.
    pub(super) reason: String,
    /// The answer that says so: its question and its ledger entry.
    pub(super) answer: Option<(String, u64)>,
}

/// One threat.
pub(super) struct Standing<'a> {
    pub(super) threat: &'a Threat,
    /// The sub-practices that lower it and count here.
    pub(super) subs: Vec<&'a SubPracticeStanding>,
    pub(super) parts: Parts,
    pub(super) no_place: Option<NoPlace>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(catalog: &Catalog, assessment: &'a Assessment, threat: &'a Threat) -> Self {
        let counted = assessment.practices.iter().flat_map(|it| &it.sub_practices);
        let subs: Vec<_> = counted.filter(|sub| threat.sub_practices.contains(&sub.id)).collect();
        let parts = Parts::of(subs.iter().flat_map(|sub| &sub.parts));
        Self { threat, subs, parts, no_place: no_place(catalog, assessment, threat) }
    }
}

/// All five in the catalog's order, those that have no place here last.
pub(super) fn all<'a>(catalog: &'a Catalog, assessment: &'a Assessment) -> Vec<Standing<'a>> {
    let threats = catalog.threats.iter();
    let mut all: Vec<_> = threats.map(|it| Standing::of(catalog, assessment, it)).collect();
    all.sort_by_key(|it| it.no_place.is_some());
    all
}

/// A threat has no place where the practice that guards against it alone has none.
fn no_place(catalog: &Catalog, assessment: &Assessment, threat: &Threat) -> Option<NoPlace> {
    let alone = catalog.practices.iter().find(|it| it.threats.iter().eq([&threat.id]))?;
    let standing = assessment.practices.iter().find(|it| it.number == alone.number)?;
    if standing.state != State::NotApplicable {
        return None;
    }
    let part = standing.sub_practices.iter().flat_map(|sub| &sub.parts).next()?;
    let asked = catalog.part(&part.part).and_then(|it| it.applies.as_ref())?.paths();
    let answer = assessment.answers.iter().find_map(|(seq, it)| {
        let sets = catalog.question(&it.question)?.sets.as_ref()?;
        asked.iter().any(|path| path == sets).then(|| (it.question.clone(), *seq))
    });
    Some(NoPlace { reason: part.reason.clone().unwrap_or_default(), answer })
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::catalog::PartRef;

    #[test]
    fn parts_in_place_are_told_apart_by_how_that_is_known() {
        let part = |state, basis| PartStanding {
            part: PartRef { sub_practice: "1.S.A".to_owned(), part: "x".to_owned() },
            text: String::new(),
            state,
            basis,
            contradicted: false,
            reason: None,
            checks: Vec::new(),
            answers: Vec::new(),
        };
        let all = [
            part(State::InPlace, Basis::Measured),
            part(State::InPlace, Basis::Both),
            part(State::InPlace, Basis::Told),
            part(State::Partly, Basis::Told),
            part(State::Unknown, Basis::Nothing),
            part(State::NotApplicable, Basis::Told),
        ];
        let parts = Parts::of(all.iter());
        assert_eq!(parts, Parts { seen: 2, told: 1, partly: 1, missing: 0, unknown: 1 });
        assert_eq!((parts.all(), parts.in_place()), (5, 3));
    }
}
