//! Laws that hold whatever the evidence: order, repetition, waivers, time, missing keys.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::State;
use super::catalog::catalog;
use super::world::{World, assess, day, look, said, saw, sound, waiver};
use crate::catalog::Catalog;
use crate::engine::{Assessment, judge};
use crate::evidence::{Evidence, Person, Record};
use crate::observation::Body;
use crate::organization::{Organization, Size};
use crate::outcome::Outcome;
use crate::predicate::{NoValue, Predicate};
use crate::statement::Answer;
use crate::time::Timestamp;

/// Sometimes a value, sometimes none.
fn maybe(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    proptest::option::weighted(0.8, value).boxed()
}

fn flag() -> BoxedStrategy<Option<Value>> {
    maybe(any::<bool>().prop_map(Value::from))
}

fn map(members: Vec<(&str, Option<Value>)>) -> Value {
    let members = members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(members.collect())
}

fn account() -> impl Strategy<Value = Value> {
    (flag(), flag()).prop_map(|(admin, twice)| map(vec![("admin", admin), ("twice", twice)]))
}

fn machine() -> impl Strategy<Value = Value> {
    let accounts = proptest::collection::vec(account(), 0..3).prop_map(Value::from);
    let days = (0..60_i64).prop_map(Value::from);
    (flag(), flag(), maybe(days), maybe(accounts), flag(), flag()).prop_map(
        |(portable, encrypted, days, accounts, listening, medical)| {
            map(vec![
                ("portable", portable),
                ("disk", Some(map(vec![("encrypted", encrypted)]))),
                ("patch", Some(map(vec![("days", days)]))),
                ("accounts", accounts),
                ("remote", Some(map(vec![("listening", listening)]))),
                ("medical", medical),
            ])
        },
    )
}

fn zone() -> impl Strategy<Value = Value> {
    let policy = prop_oneof![Just("none"), Just("reject")].prop_map(Value::from);
    (maybe(policy), flag()).prop_map(|(policy, spf)| {
        map(vec![("dmarc", Some(map(vec![("policy", policy)]))), ("spf", spf)])
    })
}

fn time() -> impl Strategy<Value = Timestamp> {
    (-400..60_i64).prop_map(day)
}

fn record() -> impl Strategy<Value = Record> {
    let host = (0..4_u8).prop_map(|it| format!("host:{it}"));
    let domain = (0..3_u8).prop_map(|it| format!("dns:{it}.example"));
    let vain = prop_oneof![
        Just(Body::Skipped { reason: "no privilege".to_owned() }),
        Just(Body::Failed { operation: "ask".to_owned(), cause: "off".to_owned() }),
    ];
    let one = |question: &'static str, answers: &'static [&'static str]| {
        let answer = proptest::sample::select(answers);
        (answer, time()).prop_map(move |(it, at)| said(question, Answer::One(it.to_owned()), at))
    };
    prop_oneof![
        6 => (host.clone(), time(), machine()).prop_map(|(it, at, fact)| look(&it, at, saw(fact))),
        3 => (domain, time(), zone()).prop_map(|(it, at, fact)| look(&it, at, saw(fact))),
        2 => (host.clone(), time(), vain).prop_map(|(it, at, body)| look(&it, at, body)),
        2 => (1..6_i64, time()).prop_map(|(n, at)| said("org.machines", Answer::Number(n), at)),
        1 => one("org.devices", &["none", "some", "gone"]),
        1 => one("org.remote", &["none", "some"]),
        1 => one("mail.agreement", &["yes", "some", "no", "no-phi"]),
        1 => one("mail.sender", &["yes", "no"]),
        2 => one("machine.care", &["yes", "some", "no"]),
        1 => time().prop_map(|at| said("machine.care", Answer::DontKnow, at)),
        1 => (proptest::option::of(host), time()).prop_map(|(it, at)| {
            waiver("machine.disk", it.as_deref(), at)
        }),
        1 => "[A-Z][a-z]{2}".prop_map(|name| Record::Person(Person {
            id: "person-1".to_owned(),
            name,
            role: "manager".to_owned(),
        })),
        1 => proptest::sample::select(&Size::ALL[..])
            .prop_map(|size| Record::Organization(organization(size))),
    ]
}

fn organization(size: Size) -> Organization {
    Organization {
        chosen_size: Some(size),
        domains: vec!["0.example".to_owned(), "1.example".to_owned()],
        ..Organization::default()
    }
}

/// Entries as a ledger holds them: numbered, recorded ever later.
fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    proptest::collection::vec((record(), 0..3_i64), 0..40).prop_map(|records| {
        let mut world = World::of(organization(Size::Small));
        let mut at = day(-20);
        for (record, days) in records {
            at = at.plus_days(days);
            world.record(at, record);
        }
        world.0
    })
}

fn json_of(catalog: &Catalog, evidence: &[Evidence], at: Timestamp) -> String {
    assess(catalog, evidence, at).to_json()
}

/// The states, and what each check says of each subject.
fn verdicts(it: &Assessment) -> (Vec<State>, Vec<(String, String, Outcome)>) {
    let subs = it.practices.iter().flat_map(|it| &it.sub_practices).chain(&it.apart);
    let states = subs.flat_map(|sub| sub.parts.iter().map(|part| part.state).chain([sub.state]));
    let findings = it.findings.iter();
    let said = findings.map(|it| (it.check.to_string(), it.subject.to_string(), it.outcome));
    (states.collect(), said.collect())
}

/// What checks say together of each part.
fn measured(it: &Assessment) -> Vec<(String, State)> {
    let subs = it.practices.iter().flat_map(|it| &it.sub_practices);
    let parts = subs.flat_map(|sub| &sub.parts).filter(|part| !part.checks.is_empty());
    parts
        .map(|part| {
            let states = part.checks.iter().map(|check| check.state);
            (part.part.to_string(), crate::engine::standing::together(states))
        })
        .collect()
}

/// When a record speaks of the world, or when a decision was taken.
fn speaks_of(entry: &Evidence) -> Timestamp {
    match &entry.record {
        Record::Observation(it) => it.observed_at.min(entry.recorded_at),
        Record::Attestation(it) => it.stated_at.min(entry.recorded_at),
        _ => entry.recorded_at,
    }
}

proptest! {
    #[test]
    fn the_order_of_evidence_does_not_matter(
        (given, shuffled) in evidence().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        at in -30..80_i64,
    ) {
        let catalog = catalog();
        prop_assert_eq!(json_of(&catalog, &given, day(at)), json_of(&catalog, &shuffled, day(at)));
    }

    #[test]
    fn the_same_inputs_give_the_same_bytes(given in evidence(), at in -30..80_i64) {
        let (one, other) = (catalog(), catalog());
        prop_assert_eq!(json_of(&one, &given, day(at)), json_of(&other, &given, day(at)));
    }

    #[test]
    fn a_past_date_ignores_later_evidence(given in evidence(), at in -30..80_i64) {
        let catalog = catalog();
        let until: Vec<Evidence> =
            given.iter().filter(|it| speaks_of(it) <= day(at)).cloned().collect();
        prop_assert_eq!(json_of(&catalog, &given, day(at)), json_of(&catalog, &until, day(at)));
    }

    #[test]
    fn what_a_check_says_of_a_subject_is_found_without_a_walk(given in evidence(), at in -30..80_i64) {
        let assessment = assess(&catalog(), &given, day(at));
        for it in &assessment.findings {
            prop_assert_eq!(assessment.finding(&it.check, &it.subject), Some(it));
        }
        prop_assert_eq!(assessment.finding("machine.disk", "host:none"), None);
    }

    #[test]
    fn a_waiver_changes_no_outcome_and_no_state(
        given in evidence(),
        check in proptest::sample::select(&["machine.disk", "machine.patched", "zone.dmarc"][..]),
        to in -30..200_i64,
    ) {
        let catalog = catalog();
        let before = assess(&catalog, &given, day(60));
        let mut world = World(given);
        world.record(day(60), waiver(check, None, day(to)));
        let after = assess(&catalog, &world.0, day(60));
        prop_assert_eq!(verdicts(&before), verdicts(&after));
        prop_assert_eq!(before.tallies, after.tallies);
        prop_assert_eq!(before.contradictions, after.contradictions);
    }

    /// A look in vain at a known subject changes at most why it is unknown.
    #[test]
    fn a_look_in_vain_changes_no_outcome_and_no_state(given in evidence(), host in 0..4_u8) {
        let catalog = catalog();
        let before = assess(&catalog, &given, day(60));
        let subject = format!("host:{host}");
        prop_assume!(before.findings.iter().any(|it| *it.subject == *subject));
        let mut world = World(given);
        world.skipped(&subject, 60);
        world.saw(&subject, 60, json!({}));
        let after = assess(&catalog, &world.0, day(60));
        prop_assert_eq!(verdicts(&before), verdicts(&after));
        prop_assert_eq!(before.tallies, after.tallies);
        prop_assert_eq!(before.contradictions, after.contradictions);
    }

    /// "Expected": seen before, or still missing from the number the organization stated.
    #[test]
    fn a_pass_of_an_expected_subject_lowers_nothing_measured(given in evidence(), host in 0..6_u8) {
        let catalog = catalog();
        let before = assess(&catalog, &given, day(60));
        let subject = format!("host:{host}");
        let tally = before.tallies["machine.disk"];
        let seen = before.findings.iter().any(|it| *it.subject == *subject);
        prop_assume!(seen || tally.unseen > 0);
        let mut world = World(given);
        world.saw(&subject, 60, sound());
        let after = assess(&catalog, &world.0, day(60));
        for check in &catalog.checks {
            let (was, is) = (before.tallies[&check.id].state(check), after.tallies[&check.id].state(check));
            // What did not apply anywhere may now be judged.
            prop_assert!(is >= was || was == State::NotApplicable, "{}: {was:?} → {is:?}", check.id);
            prop_assert!(before.tallies[&check.id].fail >= after.tallies[&check.id].fail);
        }
        for (was, is) in measured(&before).into_iter().zip(measured(&after)) {
            prop_assert!(is.1 >= was.1 || was.1 == State::NotApplicable, "{was:?} → {is:?}");
        }
    }

    /// Removing what was known makes outcomes unknown, never another one.
    #[test]
    fn a_missing_key_never_turns_a_pass_into_a_fail(fact in machine(), at in any::<proptest::sample::Index>()) {
        let catalog = catalog();
        let fewer = without(&fact, at);
        for check in catalog.checks.iter().filter(|it| it.reads == "machine/1") {
            let (had, _) = judge(check, object(&fact));
            let (has, _) = judge(check, object(&fewer));
            prop_assert!(has == had || has == Outcome::Unknown, "{}: {had} → {has}, {fewer}", check.id);
        }
    }

    /// The same for any expression that does not ask whether a key is there.
    #[test]
    fn nor_in_any_expression_without_has(
        source in expression(),
        fact in machine(),
        at in any::<proptest::sample::Index>(),
    ) {
        let it = Predicate::compile(&source, "fact").unwrap();
        let fewer = without(&fact, at);
        let (had, has) = (it.holds(object(&fact)), it.holds(object(&fewer)));
        if had.is_ok() {
            let unknown = matches!(has, Err(NoValue::Missing(_)));
            prop_assert!(has == had || unknown, "{source}: {had:?} → {has:?}");
        } else {
            prop_assert!(has.is_err(), "{source}: {had:?} → {has:?}");
        }
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

/// A fact without one of its keys, at any depth.
fn without(fact: &Value, at: proptest::sample::Index) -> Value {
    fn keys(value: &Value, here: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, member)| {
                out.push(format!("{here}/{key}"));
                keys(member, &format!("{here}/{key}"), out);
            }),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(nth, item)| keys(item, &format!("{here}/{nth}"), out)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    keys(fact, "", &mut all);
    let mut fewer = fact.clone();
    let (parent, key) = at.get(&all).rsplit_once('/').unwrap();
    if let Some(Value::Object(map)) = fewer.pointer_mut(parent) {
        map.remove(key);
    }
    fewer
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(
        &[
            "fact.portable",
            "fact.disk.encrypted",
            "fact.patch.days > 30",
            "fact.patch.days % 2 == 0",
            "fact.medical == fact.portable",
            "size(fact.accounts) > 1",
            "fact.accounts.exists_one(it, it.admin)",
            "size(fact.accounts.filter(it, it.twice)) == 1",
            "true in fact.accounts.map(it, it.admin)",
            "fact.accounts[0].admin",
            "true",
        ][..],
    );
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let two = || (inner.clone(), inner.clone());
        prop_oneof![
            two().prop_map(|(a, b)| format!("({a} && {b})")),
            two().prop_map(|(a, b)| format!("({a} || {b})")),
            two().prop_map(|(a, b)| format!("({a} ? {b} : !({a}))")),
            inner.clone().prop_map(|a| format!("!({a})")),
            inner.clone().prop_map(|a| format!("fact.accounts.all(it, it.admin || {a})")),
            inner.prop_map(|a| format!("fact.accounts.exists(it, it.twice && {a})")),
        ]
    })
}
