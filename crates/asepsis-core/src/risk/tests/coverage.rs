//! Coverage: better evidence never lowers it, doubt never narrows it, and the usual table comes out.

use proptest::prelude::*;

use super::super::coverage::{Seen, when_done, with_cases};
use super::support::{CATALOG, assessed};
use crate::catalog::{EvidenceWeights, PartRef};
use crate::engine::{Basis, CheckStanding, Faded, PartStanding, State, Tally};
use crate::organization::Size;

fn weights() -> &'static EvidenceWeights {
    &CATALOG.priors.as_ref().unwrap().evidence
}

/// A part with one check that has this tally, and an answer.
fn part(state: State, basis: Basis, measured: bool) -> PartStanding {
    let checks = CheckStanding { check: "computer.firewall-on".to_owned(), state };
    PartStanding {
        part: PartRef { sub_practice: "2.S.A".to_owned(), part: "host-firewall".to_owned() },
        text: String::new(),
        state,
        basis,
        contradicted: false,
        reason: None,
        checks: if measured { vec![checks] } else { Vec::new() },
        answers: Vec::new(),
    }
}

/// Mean and spread of the coverage of an action with this one part.
fn coverage(part: &PartStanding, tally: Tally, faded: Option<Faded>, adoption: f64) -> (f64, f64) {
    let mut assessment = assessed(Size::Small, &[]).1;
    assessment.tallies.insert("computer.firewall-on".to_owned(), tally);
    let faded = faded.map(|it| ("computer.firewall-on".to_owned(), it)).into_iter().collect();
    let seen = Seen { weights: weights(), assessment: &assessment, faded: &faded };
    let beta = seen.action(&[part], adoption);
    (beta.mean(), beta.variance().sqrt())
}

fn told(state: State) -> (f64, f64) {
    coverage(&part(state, Basis::Told, false), Tally::default(), None, 0.3)
}

fn fleet(pass: usize, fail: usize, unknown: usize) -> (f64, f64) {
    let tally = Tally { pass, fail, unknown, expected_known: true, ..Tally::default() };
    coverage(&part(State::Partly, Basis::Measured, true), tally, None, 0.3)
}

#[test]
fn the_usual_table_comes_out_at_an_adoption_of_three_in_ten() {
    let close = |(mean, _): (f64, f64), wanted: f64| {
        assert!((mean - wanted).abs() < 0.01, "{mean} and {wanted}");
    };
    close(fleet(1, 0, 0), 0.90);
    close(told(State::InPlace), 0.50);
    close(told(State::Unknown), 0.30);
    close(told(State::NotInPlace), 0.05);
    close(fleet(0, 1, 0), 0.05);
    close(fleet(5, 5, 0), 0.475);
}

#[test]
fn more_doubt_is_never_narrower() {
    let (_, unknown) = told(State::Unknown);
    assert!(told(State::InPlace).1 <= unknown + 0.02);
    assert!(fleet(1, 0, 0).1 < told(State::InPlace).1, "measured is surer than told");
    assert!(fleet(1, 0, 1).1 > fleet(1, 0, 0).1, "an unknown computer widens");
}

#[test]
fn a_check_that_says_nothing_is_not_taken_as_passed() {
    let mut part = part(State::Partly, Basis::Measured, true);
    let passed = Tally { pass: 1, expected_known: true, ..Tally::default() };
    let (all, _) = coverage(&part, passed, None, 0.3);
    part.checks
        .push(CheckStanding { check: "computer.firewall-deny".to_owned(), state: State::Unknown });
    let (half, _) = coverage(&part, passed, None, 0.3);
    assert!((all - 0.90).abs() < 0.01 && (half - 0.60).abs() < 0.01, "{all} {half}");
    part.checks[1].state = State::NotApplicable;
    assert_eq!(coverage(&part, passed, None, 0.3).0, all, "but one without a place is left out");
}

#[test]
fn a_fleet_whose_number_nobody_said_is_not_taken_as_seen() {
    let tally = |expected_known| Tally { pass: 6, expected_known, ..Tally::default() };
    let part = part(State::InPlace, Basis::Measured, true);
    let (known, _) = coverage(&part, tally(true), None, 0.3);
    let (open, _) = coverage(&part, tally(false), None, 0.3);
    assert!(open < known && open > 0.5, "{open} {known}");
}

#[test]
fn what_was_seen_fades_by_its_half_life() {
    let part = part(State::Unknown, Basis::Nothing, true);
    let unseen = Tally { unknown: 1, expected_known: true, ..Tally::default() };
    let after = |weight: f64| {
        let faded = Faded { pass: weight, passed: 1, ..Faded::default() };
        coverage(&part, unseen, Some(faded), 0.3).0
    };
    assert!((after(1.0) - 0.90).abs() < 0.01, "at the end of its time it still says all");
    assert!(after(1.0) > after(0.5) && after(0.5) > after(0.1));
    assert!((after(1e-9) - 0.30).abs() < 0.01, "and nothing in the end");
}

proptest! {
    #[test]
    fn better_evidence_never_lowers_coverage(
        adoption in 0.02_f64..0.98, pass in 0_usize..50, fail in 1_usize..50, unknown in 0_usize..50,
    ) {
        let of = |pass, fail, unknown| {
            let tally = Tally { pass, fail, unknown, expected_known: true, ..Tally::default() };
            let state = if fail == 0 { State::InPlace } else { State::Partly };
            coverage(&part(state, Basis::Measured, true), tally, None, adoption).0
        };
        prop_assert!(of(pass + 1, fail - 1, unknown) >= of(pass, fail, unknown) - 1e-12, "one repaired");
        prop_assert!(of(pass + 1, fail, unknown) >= of(pass, fail, unknown + 1) - 1e-12, "one seen well");
        prop_assert!(of(pass, fail, unknown + 1) >= of(pass, fail + 1, unknown) - 1e-12, "one seen badly");
    }

    #[test]
    fn a_word_is_worth_less_than_a_look_and_more_than_nothing(adoption in 0.02_f64..0.98) {
        let it = weights();
        let mean = |with, without| with_cases(it, adoption, with, without).mean();
        prop_assert!(mean(it.measured_pass, 0.0) > mean(it.told, 0.0));
        prop_assert!(mean(it.told, 0.0) > mean(0.0, 0.0));
        prop_assert!(mean(0.0, 0.0) > mean(0.0, it.fail));
        prop_assert!((when_done(it, adoption) - mean(it.measured_pass, 0.0)).abs() < 1e-12);
    }
}
