//! Invented directories and personnel lists with faults planted in them: each is found, and no other.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::import::{Import, Undo};
use crate::observation::Body;

fn day(text: &str) -> Timestamp {
    format!("{text}T12:00:00Z").parse().unwrap()
}

#[derive(Default)]
struct World(Vec<Evidence>);

impl World {
    fn put(&mut self, at: &str, record: Record) -> u64 {
        let seq = self.0.len() as u64;
        self.0.push(Evidence { seq, recorded_at: day(at), author: "person-1".to_owned(), record });
        seq
    }

    fn saw(&mut self, schema: &str, subject: &str, at: &str, fact: Value) {
        let Value::Object(fact) = fact else { panic!() };
        let body = Body::Saw { fact, seen: BTreeMap::new() };
        let look = observation(schema, Subject(subject.to_owned()), "x", day(at), body);
        self.put(at, Record::Observation(look));
    }

    fn account(&mut self, id: &str, at: &str, name: (Option<&str>, &str), fact: Value) {
        let subject = format!("account:ad/{id}");
        self.saw("account/1", &subject, at, fact);
        self.name(&subject, at, name);
    }

    fn person(&mut self, id: &str, at: &str, name: (Option<&str>, &str), fact: Value) {
        let subject = format!("employee:hr/{id}");
        self.saw("employee/1", &subject, at, fact);
        self.name(&subject, at, name);
    }

    fn name(&mut self, subject: &str, at: &str, (number, mail): (Option<&str>, &str)) {
        self.put(
            at,
            Record::Identity(Identity {
                subject: Subject(subject.to_owned()),
                name: "Ada".to_owned(),
                login: Some(mail.split('@').next().unwrap().to_owned()),
                mail: Some(mail.to_owned()),
                employee_id: number.map(str::to_owned),
            }),
        );
    }

    fn lists(&mut self, start: &str, at: &str) -> u64 {
        self.put(
            at,
            Record::Import(Import {
                file: "list.csv".to_owned(),
                hash: Hash::default(),
                bytes: 1,
                format: "test".to_owned(),
                made_by: String::new(),
                effective: day(at),
                date_told: false,
                entries: 0,
                again: Vec::new(),
                left: Vec::new(),
                lists: Some(start.to_owned()),
            }),
        )
    }

    fn mark(&mut self, id: &str, kind: AccountKind, owner: &str) {
        let account = Subject(format!("account:ad/{id}"));
        let (owner, note) = (owner.to_owned(), String::new());
        self.put("2026-11-20", Record::Mark(Mark { account, kind, owner, note }));
    }

    fn fact(&self, id: &str, as_of: &str, path: &str) -> Value {
        let accounts = Accounts::at(&self.0, day(as_of));
        let subject = format!("account:ad/{id}");
        let looks = accounts.looks();
        let Some((_, look)) = looks.iter().find(|(_, it)| it.subject.0 == subject) else {
            return json!("gone");
        };
        at(look, path)
    }

    fn summary(&self, as_of: &str, path: &str) -> Value {
        let looks = Accounts::at(&self.0, day(as_of)).looks();
        at(&looks.last().unwrap().1, path)
    }
}

fn at(look: &Observation, path: &str) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    path.split('.')
        .fold(Value::Object(fact.clone()), |at, key| at.get(key).cloned().unwrap_or_default())
}

/// Three people, one of whom left on October 31 and one who gave notice.
fn clinic() -> World {
    let mut world = World::default();
    world.person("1", "2026-11-01", (Some("0044"), "ada@clinic.example"), json!({"left": false}));
    world.person(
        "2",
        "2026-11-01",
        (Some("45"), "bob@clinic.example"),
        json!({"leave": "2026-10-31", "left": true}),
    );
    world.person(
        "3",
        "2026-11-01",
        (None, "eve@clinic.example"),
        json!({"leave": "2026-12-31", "left": true}),
    );
    world.lists("employee:hr/", "2026-11-01");
    let on =
        |last: &str| json!({"enabled": true, "last_sign_in": last, "last_sign_in_lag_days": 14});
    // By number, though its mail is another; by mail, in any case.
    world.account(
        "ada",
        "2026-11-10",
        (Some("44"), "a.l@clinic.example"),
        on("2026-11-09T08:00:00Z"),
    );
    world.account("bob", "2026-11-10", (None, "Bob@clinic.example"), on("2026-11-05T08:00:00Z"));
    world.account("eve", "2026-11-10", (None, "eve@clinic.example"), on("2026-11-09T08:00:00Z"));
    world.account("nobody", "2026-11-10", (None, "who@clinic.example"), on("2026-07-01T08:00:00Z"));
    world.lists("account:ad/", "2026-11-10");
    world
}

#[test]
fn people_are_found_by_number_then_by_mail_and_what_does_not_fit_needs_a_person() {
    let mut world = clinic();
    let accounts = Accounts::at(&world.0, day("2026-11-12"));
    let whose = |id: &str| {
        let subject = format!("account:ad/{id}");
        accounts.all.iter().find(|it| it.subject.0 == subject).unwrap().whose.clone()
    };
    let person = |id: &str, by| Whose::Person { person: Subject(format!("employee:hr/{id}")), by };
    assert_eq!(whose("ada"), person("1", By::Number), "zeros in front do not count");
    assert_eq!(whose("bob"), person("2", By::Mail));
    assert_eq!(whose("nobody"), Whose::Nobody);
    // Number says one, mail another.
    world.account(
        "torn",
        "2026-11-10",
        (Some("44"), "bob@clinic.example"),
        json!({"enabled": true}),
    );
    let accounts = Accounts::at(&world.0, day("2026-11-12"));
    let torn = accounts.all.iter().find(|it| it.subject.0.ends_with("torn")).unwrap();
    assert!(matches!(&torn.whose, Whose::Unclear(them) if them.len() == 2));
    assert_eq!(world.fact("torn", "2026-11-12", "in_roster"), Value::Null);
    // Somebody's word decides.
    let (account, person) =
        (Subject("account:ad/torn".to_owned()), Subject("employee:hr/2".to_owned()));
    world.put("2026-11-12", Record::Belongs(Belongs { account, person, same: true }));
    assert_eq!(world.fact("torn", "2026-11-12", "left"), json!(true));
}

use crate::account::Belongs;

#[test]
fn who_left_and_can_still_sign_in_is_found_and_who_gave_notice_is_not() {
    let world = clinic();
    assert_eq!(world.fact("bob", "2026-11-12", "left"), json!(true));
    assert_eq!(world.fact("bob", "2026-11-12", "left_days"), json!(11));
    assert_eq!(world.fact("bob", "2026-11-12", "used_after_leaving"), json!(true));
    assert_eq!(world.fact("ada", "2026-11-12", "left"), json!(false));
    assert_eq!(world.fact("eve", "2026-11-12", "left"), json!(false), "the last day lies ahead");
    assert_eq!(world.fact("eve", "2027-01-02", "left"), json!(true));
    assert_eq!(world.fact("nobody", "2026-11-12", "in_roster"), json!(false));
    // Not on the last day itself, and not before it has ended where the person works.
    let early = Accounts::at(&world.0, "2026-11-01T06:00:00Z".parse().unwrap());
    assert!(early.all.is_empty(), "nothing was known then");
    assert_eq!(
        Accounts::at(&world.0, "2026-11-12T06:00:00Z".parse().unwrap()).today(),
        "2026-11-11"
    );
}

#[test]
fn without_a_personnel_list_nobody_is_missing_from_it() {
    let mut world = World::default();
    world.account("ada", "2026-11-10", (None, "ada@clinic.example"), json!({"enabled": true}));
    assert_eq!(world.fact("ada", "2026-11-12", "in_roster"), Value::Null);
    assert_eq!(world.fact("ada", "2026-11-12", "left"), Value::Null);
    assert_eq!(world.summary("2026-11-12", "removal.people"), Value::Null);
}

#[test]
fn what_a_newer_full_list_lacks_is_gone_and_comes_back_when_that_file_is_taken_back() {
    let mut world = clinic();
    world.account(
        "ada",
        "2026-11-20",
        (Some("44"), "ada@clinic.example"),
        json!({"enabled": true}),
    );
    let list = world.lists("account:ad/", "2026-11-20");
    assert_eq!(world.fact("bob", "2026-11-21", "left"), json!("gone"));
    assert_ne!(world.fact("ada", "2026-11-21", "left"), json!("gone"));
    // It closed at some day up to the list: at most so long after leaving.
    assert_eq!(world.summary("2026-11-21", "removal.still_open"), json!(0));
    world.put("2026-11-22", Record::Undo(Undo { import: list, reason: "wrong file".to_owned() }));
    assert_eq!(world.fact("bob", "2026-11-23", "left"), json!(true));
    // Somebody whom a newer personnel list lacks has left, on a day that nobody told.
    world.person("1", "2026-11-24", (Some("44"), "ada@clinic.example"), json!({"left": false}));
    world.lists("employee:hr/", "2026-11-24");
    assert_eq!(world.fact("eve", "2026-11-25", "left"), json!(true));
    assert_eq!(world.fact("eve", "2026-11-25", "left_days"), Value::Null);
}

#[test]
fn stale_and_never_used_mind_how_late_a_directory_tells() {
    let mut world = World::default();
    let mut put =
        |id: &str, fact: Value| world.account(id, "2026-11-10", (None, "x@clinic.example"), fact);
    put(
        "fresh",
        json!({"enabled": true, "last_sign_in": "2026-08-01T00:00:00Z", "last_sign_in_lag_days": 14}),
    );
    put(
        "stale",
        json!({"enabled": true, "last_sign_in": "2026-07-20T00:00:00Z", "last_sign_in_lag_days": 14}),
    );
    put(
        "new",
        json!({"enabled": true, "never_signed_in": true, "created": "2026-11-01T00:00:00Z"}),
    );
    put(
        "never",
        json!({"enabled": true, "never_signed_in": true, "created": "2026-01-01T00:00:00Z"}),
    );
    put("silent", json!({"enabled": true}));
    for (id, stale, never) in [
        ("fresh", json!(false), json!(false)),
        ("stale", json!(true), json!(false)),
        ("new", json!(false), json!(false)),
        ("never", json!(false), json!(true)),
        ("silent", Value::Null, Value::Null),
    ] {
        assert_eq!(world.fact(id, "2026-11-12", "stale"), stale, "{id}");
        assert_eq!(world.fact(id, "2026-11-12", "never_used"), never, "{id}");
    }
}

#[test]
fn a_shared_name_is_a_hint_until_somebody_says_what_it_is() {
    let mut world = clinic();
    world.account(
        "desk",
        "2026-11-10",
        (None, "frontdesk@clinic.example"),
        json!({"enabled": true, "looks_shared": true}),
    );
    world.account(
        "svc",
        "2026-11-10",
        (None, "svc-backup@clinic.example"),
        json!({"enabled": true, "looks_service": true}),
    );
    assert_eq!(world.fact("desk", "2026-11-12", "shared"), Value::Null);
    assert_eq!(world.fact("svc", "2026-11-12", "personal"), json!(false));
    assert_eq!(world.fact("ada", "2026-11-12", "shared"), json!(false), "hers, by the list");
    world.mark("desk", AccountKind::Shared, "");
    world.mark("svc", AccountKind::Service, "IT");
    assert_eq!(world.fact("desk", "2026-11-21", "shared"), json!(true));
    assert_eq!(world.fact("desk", "2026-11-21", "owned"), json!(false));
    assert_eq!(world.fact("svc", "2026-11-21", "owned"), json!(true));
    // What somebody says counts from when it was said.
    assert_eq!(world.fact("desk", "2026-11-12", "shared"), Value::Null);
}

#[test]
fn an_administrator_needs_a_second_account_for_every_day() {
    let mut world = clinic();
    let mut admin = |id: &str, number, extra: Value| {
        let mut fact = json!({"enabled": true, "privileged": true});
        fact.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        world.account(id, "2026-11-10", (number, "adm@clinic.example"), fact);
    };
    admin("adm-ada", Some("44"), json!({"mailbox": false}));
    admin("adm-bob", Some("45"), json!({"mailbox": true}));
    admin("adm-who", None, json!({}));
    assert_eq!(world.fact("adm-ada", "2026-11-12", "daily_administrator"), json!(false));
    assert_eq!(world.fact("adm-bob", "2026-11-12", "daily_administrator"), json!(true));
    assert_eq!(world.fact("adm-who", "2026-11-12", "daily_administrator"), Value::Null);
    assert_eq!(
        world.fact("ada", "2026-11-12", "daily_administrator"),
        Value::Null,
        "no administrator"
    );
    assert_eq!(world.summary("2026-11-12", "accounts.privileged"), json!(3));
}

#[test]
fn how_long_access_outlives_leaving_is_counted_for_a_year() {
    let mut world = World::default();
    let mut left = |id: &str, leave: &str| {
        world.person(
            id,
            "2026-11-01",
            (Some(id), "x@clinic.example"),
            json!({"leave": leave, "left": true}),
        );
    };
    left("7", "2026-10-01");
    left("8", "2026-10-01");
    left("9", "2026-10-01");
    left("6", "2024-10-01");
    for (id, fact) in [
        ("7", json!({"enabled": false, "disabled_since": "2026-10-05T10:00:00Z"})),
        ("8", json!({"enabled": false, "disabled_since": "2026-09-30T10:00:00Z"})),
        ("9", json!({"enabled": true})),
        ("6", json!({"enabled": false, "disabled_since": "2024-12-30T10:00:00Z"})),
    ] {
        world.account(id, "2026-11-05", (Some(id), "y@clinic.example"), fact);
    }
    assert_eq!(world.summary("2026-11-06", "removal.people"), json!(3));
    assert_eq!(world.summary("2026-11-06", "removal.still_open"), json!(1));
    assert_eq!(world.summary("2026-11-06", "removal.worst_days"), json!(3));
    assert_eq!(world.summary("2026-11-06", "removal.exact"), json!(true));
    // Seen enabled in one list and disabled in the next: at most so long.
    world.account("9", "2026-11-20", (Some("9"), "y@clinic.example"), json!({"enabled": false}));
    assert_eq!(world.summary("2026-11-21", "removal.worst_days"), json!(49));
    assert_eq!(world.summary("2026-11-21", "removal.exact"), json!(false));
}

#[test]
fn a_review_counts_for_the_accounts_that_were_in_it() {
    let mut world = clinic();
    assert_eq!(world.summary("2026-11-12", "review.done"), json!(false));
    let accounts = Accounts::at(&world.0, day("2026-11-12"));
    let decisions = accounts.present().map(|it| {
        let keep = if it.subject.0.ends_with("bob") { Keep::Remove } else { Keep::Keep };
        (it.subject.0.clone(), keep)
    });
    let review =
        Review { list: accounts.digest(), at: day("2026-11-12"), decisions: decisions.collect() };
    world.put("2026-11-12", Record::Review(review));
    world.account("late", "2026-11-13", (None, "late@clinic.example"), json!({"enabled": true}));
    assert_eq!(world.summary("2026-11-14", "review.days_since"), json!(2));
    assert_eq!(world.summary("2026-11-14", "review.not_in_it"), json!(1));
    assert_eq!(world.summary("2026-11-14", "review.not_removed"), json!(1));
}

use crate::account::Keep;

#[test]
fn a_second_step_is_counted_among_people_and_phones_apart() {
    let mut world = clinic();
    world.account(
        "ada",
        "2026-11-11",
        (Some("44"), "ada@clinic.example"),
        json!({"enabled": true, "mfa": {"capable": true, "phone_only": true}}),
    );
    world.account(
        "eve",
        "2026-11-11",
        (None, "eve@clinic.example"),
        json!({"enabled": true, "mfa": {"capable": false}}),
    );
    world.account(
        "svc",
        "2026-11-11",
        (None, "svc@clinic.example"),
        json!({"enabled": true, "kind": "service", "mfa": {"capable": false}}),
    );
    for (path, expected) in [("known", 2), ("capable", 1), ("phone_only", 1)] {
        assert_eq!(
            world.summary("2026-11-12", &format!("second_step.{path}")),
            json!(expected),
            "{path}"
        );
    }
}

proptest! {
    #[test]
    fn the_order_of_evidence_does_not_matter(seed in any::<u64>()) {
        let world = clinic();
        let mut mixed = world.0.clone();
        let mut state = seed | 1;
        for at in (1..mixed.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            mixed.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        let looks = |evidence: &[Evidence]| Accounts::at(evidence, day("2026-11-12")).looks();
        prop_assert_eq!(looks(&mixed), looks(&world.0));
    }
}
