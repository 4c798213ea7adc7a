//! From checks and answers to parts, from parts to sub-practices and practices.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, state};
use super::{Basis, State};
use crate::engine::standing::{PartEvidence, settle, together};
use crate::organization::{Organization, Site, Size};

use State::{InPlace, NotApplicable, NotInPlace, Partly, Unknown};

#[test]
fn many_states_together_by_the_table() {
    for (states, expected) in [
        (vec![], Unknown),
        (vec![Unknown, Unknown], Unknown),
        (vec![InPlace, InPlace], InPlace),
        (vec![InPlace, Unknown], Partly),
        (vec![InPlace, NotInPlace], Partly),
        (vec![NotInPlace, NotInPlace], NotInPlace),
        (vec![NotInPlace, Unknown], NotInPlace),
        (vec![Partly], Partly),
        (vec![Partly, NotInPlace], Partly),
        (vec![Partly, Unknown], Partly),
        (vec![NotApplicable, NotApplicable], NotApplicable),
        (vec![NotApplicable, InPlace], InPlace),
        (vec![NotApplicable, Unknown], Unknown),
        (vec![NotApplicable, NotInPlace], NotInPlace),
    ] {
        assert_eq!(together(states.iter().copied()), expected, "{states:?}");
        assert_eq!(together(states.iter().rev().copied()), expected, "{states:?}, turned round");
    }
}

#[test]
fn what_is_told_and_what_is_measured_settle_a_part() {
    // measured, any fail, told → state, basis, contradicted
    for (measured, any_fail, told, expected) in [
        (Unknown, false, Unknown, (Unknown, Basis::Nothing, false)),
        (Unknown, false, InPlace, (InPlace, Basis::Told, false)),
        (Unknown, false, NotInPlace, (NotInPlace, Basis::Told, false)),
        (Unknown, false, NotApplicable, (NotApplicable, Basis::Told, false)),
        (InPlace, false, Unknown, (InPlace, Basis::Measured, false)),
        (InPlace, false, InPlace, (InPlace, Basis::Measured, false)),
        (InPlace, false, NotInPlace, (InPlace, Basis::Measured, true)),
        // A share of fails is allowed, but "all of it" was not so.
        (InPlace, true, InPlace, (InPlace, Basis::Measured, true)),
        (NotInPlace, true, InPlace, (NotInPlace, Basis::Measured, true)),
        (NotInPlace, true, NotInPlace, (NotInPlace, Basis::Measured, false)),
        (NotInPlace, true, NotApplicable, (NotInPlace, Basis::Measured, false)),
        (Partly, true, InPlace, (Partly, Basis::Measured, true)),
        (Partly, false, NotInPlace, (Partly, Basis::Measured, false)),
        // Those seen are fine, those unseen are vouched for.
        (Partly, false, InPlace, (InPlace, Basis::Both, false)),
        (Partly, false, Partly, (Partly, Basis::Measured, false)),
    ] {
        let found = settle(PartEvidence { measured, any_fail, told });
        assert_eq!(found, expected, "{measured:?} {any_fail} {told:?}");
    }
}

#[test]
fn a_sub_practice_counts_its_parts_and_says_how_it_is_known() {
    let catalog = catalog();
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["a.example".to_owned()],
        ..Organization::default()
    });
    world.one("mail.provider", "hosted", 0);
    let assessment = world.on(&catalog, 1);
    let sub = assessment.sub_practice("1.S.A").unwrap();
    assert_eq!(sub.title, "Mail, set up well");
    assert_eq!((sub.state, sub.basis), (Unknown, Basis::Nothing));
    assert_eq!((sub.parts_known, sub.parts_measured, sub.parts_applicable), (0, 0, 2));

    world.saw("dns:a.example", 0, json!({"dmarc": {"policy": "reject"}, "spf": true}));
    let assessment = world.on(&catalog, 1);
    let sub = assessment.sub_practice("1.S.A").unwrap();
    assert_eq!((sub.state, sub.basis), (Partly, Basis::Measured));
    assert_eq!((sub.parts_known, sub.parts_measured, sub.parts_applicable), (1, 1, 2));

    world.one("mail.agreement", "yes", 0);
    let assessment = world.on(&catalog, 1);
    let sub = assessment.sub_practice("1.S.A").unwrap();
    assert_eq!((sub.state, sub.basis), (InPlace, Basis::Both));
    assert_eq!((sub.parts_known, sub.parts_measured), (2, 1));
    let practice = &assessment.practices[0];
    assert_eq!((practice.state, practice.basis), (InPlace, Basis::Both));

    world.one("mail.agreement", "no-phi", 1);
    let assessment = world.on(&catalog, 1);
    let sub = assessment.sub_practice("1.S.A").unwrap();
    assert_eq!((sub.state, sub.parts_applicable), (InPlace, 1));
}

#[test]
fn one_failing_check_of_two_makes_a_part_partly() {
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["a.example".to_owned()],
        ..Organization::default()
    });
    world.saw("dns:a.example", 0, json!({"dmarc": {"policy": "none"}, "spf": true}));
    assert_eq!(state(&world.on(&catalog(), 1), "1.S.A/sender"), Partly);
    world.saw("dns:a.example", 1, json!({"dmarc": {"policy": "none"}, "spf": false}));
    assert_eq!(state(&world.on(&catalog(), 1), "1.S.A/sender"), NotInPlace);
}

#[test]
fn a_size_is_asked_for_its_own_sub_practices_and_large_for_both_kinds() {
    let scope = |organization: Organization| {
        let assessment = World::of(organization).on(&catalog(), 0);
        let subs = assessment.practices.iter().flat_map(|it| &it.sub_practices);
        subs.map(|it| (it.id.clone(), it.adopted)).collect::<Vec<_>>()
    };
    let ids = |found: &[(String, bool)]| {
        found.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>().join(" ")
    };
    let sized = |size| Organization { chosen_size: Some(size), ..Organization::default() };
    assert_eq!(ids(&scope(sized(Size::Small))), "1.S.A 2.S.A 9.S.A");
    assert_eq!(ids(&scope(sized(Size::Medium))), "1.M.A 2.M.A 9.M.A");
    assert_eq!(ids(&scope(sized(Size::Large))), "1.M.A 1.L.A 2.M.A 2.L.A 9.M.A");

    let adopted = vec!["2.L.A".to_owned(), "2.M.A".to_owned(), "7.X.X".to_owned()];
    let found = scope(Organization { adopted, ..sized(Size::Medium) });
    assert_eq!(ids(&found), "1.M.A 2.M.A 2.L.A 9.M.A");
    let taken: Vec<bool> = found.iter().map(|(_, adopted)| *adopted).collect();
    assert_eq!(taken, [false, false, true, false], "in scope anyway is not adopted");

    let site = |size| Site { name: "branch".to_owned(), size };
    let sites = vec![site(Some(Size::Small)), site(None)];
    let found = scope(Organization { sites, ..sized(Size::Medium) });
    assert_eq!(ids(&found), "1.S.A 1.M.A 2.S.A 2.M.A 9.S.A 9.M.A");
    assert!(found.iter().all(|(_, adopted)| !adopted));
}

#[test]
fn items_of_low_certainty_stand_apart_and_count_nowhere() {
    let catalog = catalog();
    let mut world = World::new();
    let before = world.on(&catalog, 0);
    assert_eq!(before.apart.len(), 1);
    assert_eq!((before.apart[0].id.as_str(), before.apart[0].state), ("1.S.Z", Unknown));
    world.one("mail.lure", "yes", 0);
    let after = world.on(&catalog, 0);
    assert_eq!(after.apart[0].state, InPlace);
    assert_eq!(after.sub_practice("1.S.Z").unwrap().state, InPlace);
    assert_eq!(after.practices, before.practices);
}

#[test]
fn the_newest_record_of_the_organization_is_in_force() {
    let catalog = catalog();
    let mut world = World::new();
    let name = |name: &str| Organization { name: name.to_owned(), ..Organization::default() };
    world.record(super::world::day(1), crate::evidence::Record::Organization(name("first")));
    world.record(super::world::day(5), crate::evidence::Record::Organization(name("second")));
    assert_eq!(world.on(&catalog, 0).organization, "");
    assert_eq!(world.on(&catalog, 4).organization, "first");
    assert_eq!(world.on(&catalog, 5).organization, "second");
}
