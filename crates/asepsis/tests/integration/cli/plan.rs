//! `asepsis plan`: what to do with so many dollars and hours, decisions about it, and what changed.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::statement::Answer;
use serde_json::Value;

use crate::support::{EVENING, Session, said};

/// Limits under which there is room for many things.
const WIDE: [&str; 4] = ["--budget", "6000", "--hours", "16"];

/// Numbers that are no figures of the model: what was typed, counts, places in time and in the ledger.
const BARE: [&str; 15] = [
    "/priors",
    "/worlds",
    "/limits/dollars",
    "/limits/hours",
    "/months",
    "/begins",
    "/ends",
    "/gap",
    "/parent",
    "/from",
    "/to",
    "/one_in/years",
    "/history/entry",
    "/history/years",
    "/history/events/T1",
];

/// Walks a document: each number stands in a figure, with a range that holds it and sources that are
/// listed, or is one of the few that are none.
pub(crate) fn only_figures(document: &Value) -> usize {
    fn walk(at: &str, value: &Value, sources: Option<&Value>, found: &mut usize) {
        match value {
            Value::Object(map) if map.contains_key("badge") && map.contains_key("value") => {
                let number = |key: &str| map[key].as_f64().unwrap_or_else(|| panic!("{at}/{key}"));
                assert!(number("low") <= number("value"), "{at}");
                assert!(number("value") <= number("high"), "{at}");
                let named = map["sources"].as_array().unwrap();
                assert!(!named.is_empty(), "{at} rests on nothing");
                for id in named {
                    let listed = sources.is_none_or(|it| it.get(id.as_str().unwrap()).is_some());
                    assert!(listed, "{at}: {id} is not among the sources");
                }
                *found += 1;
            }
            Value::Object(map) => {
                map.iter().for_each(|(key, it)| walk(&format!("{at}/{key}"), it, sources, found));
            }
            Value::Array(all) => all.iter().for_each(|it| walk(at, it, sources, found)),
            Value::Number(it) => {
                assert!(BARE.iter().any(|bare| at.ends_with(bare)), "{at} = {it} has no range");
            }
            _ => {}
        }
    }
    let mut found = 0;
    walk("", document, document.get("sources"), &mut found);
    found
}

fn ids<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|it| it[key].as_str().unwrap()).collect()
}

fn wide(session: &Session) -> Value {
    session.json(&["plan", WIDE[0], WIDE[1], WIDE[2], WIDE[3]])
}

/// The text in one line: where it is wrapped does not matter.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn nothing_known_gives_a_plan_within_its_limits() {
    let session = Session::new();
    let plan = session.json(&["plan"]);
    assert!(only_figures(&plan) > 100);
    assert_eq!(plan["limits"]["from"], "assumed");
    let expected = plan["expected"]["value"].as_f64().unwrap();
    assert!((3_000.0..=5_000.0).contains(&expected), "{expected}");
    assert!(plan["year"]["dollars"]["value"].as_f64().unwrap() <= 2_000.0);
    assert!(plan["year"]["hours"]["value"].as_f64().unwrap() <= 48.5);
    let left = expected - plan["year"]["avoided"]["value"].as_f64().unwrap();
    assert!((left - plan["year"]["remaining"]["value"].as_f64().unwrap()).abs() < 30.0);
    let picks = ids(&plan["picks"], "action");
    assert!(picks.contains(&"second-sign-in-step"), "{picks:?}");
    assert!(picks.len() >= 5, "{picks:?}");
    // Training ranks by what was measured of it, and what is left says why it is done all the same.
    let all = plan["left"].as_array().unwrap();
    let tests = all.iter().find(|it| it["action"] == "phishing-tests").unwrap();
    assert!(tests["avoids"]["value"].as_f64().unwrap() < 30.0, "{tests}");
    assert_eq!(session.entries(), 0, "to look at a plan records nothing");

    let text = session.well(&["plan"]).out;
    narrow(&text);
    for part in [
        "a plan for $2,000 in the first year and 4 hours a month",
        "limits assumed until you say",
        "Expected loss as you stand: $3,",
        "This month",
        "This quarter",
        "This year",
        "[second-sign-in-step]",
        "of 100 plausible worlds",
        "The law asks for these, and they do not fit",
        "why do it: A trial with",
        "All that the law asks for takes ",
        "Cost more than they avoid",
        "What the figures hang on most",
        "What to find out next",
        "Where the figures come from",
        "(coalition-2025)",
    ] {
        assert!(flat(&text).contains(part), "{part}: {text}");
    }
    for noise in ["$0 ($0 to", " 0 h (0 to"] {
        assert!(!flat(&text).contains(noise), "{noise}: {text}");
    }
    // A source is listed only where a figure of the page names it.
    let (figures, listed) = text.split_once("Where the figures come from").unwrap();
    let most = listed.lines().filter(|it| it.trim_start().starts_with('[')).count();
    assert!(figures.contains(&format!("{most}]")), "[{most}] is named nowhere: {text}");
    let quiet = session.well(&["plan", "--quiet"]).out;
    assert!(!quiet.contains("Take this plan:"));
}

#[test]
fn as_many_hours_as_the_law_is_said_to_take_hold_all_of_it() {
    let session = Session::new();
    let text = flat(&session.well(&["plan"]).out);
    let said = text.split("in the first year: ").nth(1).unwrap();
    let hours: f64 = said.split(' ').next().unwrap().parse().unwrap();
    let hours = (hours.ceil() + 1.0).to_string();
    let roomy = session.well(&["plan", "--budget", "9000", "--hours", &hours]).out;
    assert!(!roomy.contains("The law asks for these"), "{roomy}");
    assert!(!roomy.contains("All that the law asks for"), "{roomy}");
    let tight = session.well(&["plan", "--hours", "2"]).out;
    assert!(flat(&tight).contains("None is finished by its end"), "{tight}");
}

#[test]
fn other_limits_give_another_plan_and_nonsense_is_refused() {
    let session = Session::new();
    let nothing = session.json(&["plan", "--budget", "0", "--hours", "0"]);
    assert_eq!(nothing["picks"], serde_json::json!([]));
    assert_eq!(nothing["limits"]["from"], "asked");
    let text = session.well(&["plan", "--budget", "0", "--hours", "0"]).out;
    assert!(text.contains("Nothing that fits these limits is worth doing."), "{text}");
    let all = wide(&session);
    assert!(all["picks"].as_array().unwrap().len() > 10);
    let refused = session.ends(1, &["plan", "--budget", "1e12"]);
    assert!(refused.err.contains("a plan is made for 0 to"), "{}", refused.err);
    session.ends(1, &["plan", "--hours", "NaN"]);
    session.ends(2, &["plan", "--hours", "many"]);
}

#[test]
fn what_is_decided_holds_and_can_be_taken_back() {
    let session = Session::new();
    let until = asepsis::config::now().plus_days(90).date();
    let action = "second-sign-in-step";
    let why = |plan: &Value| {
        let left = plan["left"].as_array().unwrap();
        left.iter().find(|it| it["action"] == action).map(|it| it["why"].clone())
    };
    for (verb, key) in [("accept", "accepted"), ("postpone", "postponed")] {
        let terms = ["plan", verb, action, "--until", &until, "--reason", "the mail moves first"];
        session.json(&terms);
        let plan = session.json(&["plan"]);
        let said = why(&plan).unwrap();
        assert_eq!(said[key]["until"], until.as_str(), "{said}");
        let text = session.well(&["plan"]).out;
        assert!(text.contains("Accepted, put off, or said to be done"), "{text}");
    }
    session.json(&["plan", "done", action, "--note", "all of them"]);
    assert!(why(&session.json(&["plan"])).unwrap()["said-done"]["at"].is_string());
    session.json(&["plan", "reopen", action]);
    assert!(ids(&session.json(&["plan"])["picks"], "action").contains(&action));
    // What somebody chooses is in the plan wherever it ranks.
    let costly = "segment-network";
    session.json(&["plan", "choose", costly, "--due", &until, "--name", "Sam"]);
    let plan = wide(&session);
    let picks = plan["picks"].as_array().unwrap();
    let chosen = picks.iter().find(|it| it["action"] == costly).unwrap();
    assert_eq!((&chosen["reason"], &chosen["due"]), (&"chosen".into(), &until.as_str().into()));
    let explained = session.well(&["explain", costly]).out;
    assert!(explained.contains("by Sam: it was chosen"), "{explained}");
    session.json(&["plan", "choose", costly, "--to", "sam"]);
    assert!(session.well(&["plan"]).out.contains("taken on by Sam"));
}

#[test]
fn decisions_that_cannot_be_are_refused_and_nothing_is_recorded() {
    let session = Session::new();
    let day = asepsis::config::now().plus_days(30).date();
    let late = asepsis::config::now().plus_days(800).date();
    let action = "second-sign-in-step";
    for (id, until, reason, said) in [
        ("no-such-action", day.as_str(), "later", "there is no action"),
        (action, "2020-01-01", "later", "from today on"),
        (action, late.as_str(), "later", "at most a year"),
        (action, "soon", "later", "is not a day"),
        (action, day.as_str(), "  ", "say why"),
        (action, day.as_str(), "patient 123-45-6789 first", "keeps no patient data"),
    ] {
        let terms = ["plan", "postpone", id, "--until", until, "--reason", reason];
        let refused = session.ends(1, &terms);
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(!refused.err.contains("123-45"), "{}", refused.err);
    }
    session.ends(1, &["plan", "choose", action, "--to", "Nobody"]);
    session.ends(2, &["plan", "accept", action, "--until", &day]);
    assert_eq!(session.entries(), 0);
}

#[test]
fn a_plan_that_was_taken_is_the_parent_of_the_next() {
    let session = Session::new();
    session.record_now(&[("desk-01", true)]);
    session.well(&["plan", "take", WIDE[0], WIDE[1], WIDE[2], WIDE[3]]);
    let same = session.json(&["plan"]);
    assert_eq!(same["limits"]["from"], "plan-taken");
    assert_eq!(same["limits"]["dollars"], 6000.0);
    assert_eq!(same["changes"], serde_json::json!([]));
    assert!(session.well(&["plan"]).out.contains("Changed since the plan of"));
    session.record_now(&[("desk-01", false)]);
    let next = session.json(&["plan"]);
    assert!(only_figures(&next) > 100);
    let changes = next["changes"].as_array().unwrap();
    let of = changes.iter().find(|it| it["action"] == "encrypt-disks");
    let because = &of.unwrap_or_else(|| panic!("{changes:#?}"))["because"];
    assert_eq!(because[0]["fails-now"][0], "computer.system-disk-encrypted", "{because}");
    let text = session.well(&["plan"]).out;
    narrow(&text);
    assert!(flat(&text).contains("because this is not so any more"), "{text}");
    let past = session.ends(1, &["plan", "take", "--as-of", EVENING]);
    assert!(past.err.contains("a plan of another day cannot be taken"), "{}", past.err);
}

#[test]
fn failing_checks_come_in_the_order_of_what_their_action_avoids_for_an_hour() {
    let session = Session::new();
    let now = asepsis::config::now().to_string();
    let fact = serde_json::json!({
        "virtualization": { "container": false },
        "disk": { "root_encrypted": false },
        "firewall": { "active": false, "manager": "ufw" },
        "remote_access": { "ssh_listening": true, "ssh_empty_passwords": true },
    });
    session.record(&now, vec![crate::support::computer("desk-01", &now, &fact)]);
    let status = session.json(&["status"]);
    let next = ids(&status["next"], "check");
    assert!(next.len() >= 2, "{next:?}");
    let plan = session.json(&["plan", "--budget", "100000", "--hours", "400"]);
    let outlook = |check: &str| -> f64 {
        let all = plan["picks"].as_array().unwrap();
        let of = all.iter().filter(|it| ids_in(&it["checks"]).contains(&check.to_owned()));
        let worth = of.map(|it| {
            let by_threat = it["by_threat"].as_object().unwrap().values();
            let avoids: f64 = by_threat.map(|it| it["value"].as_f64().unwrap()).sum();
            avoids / (it["hours"]["value"].as_f64().unwrap() + 0.1)
        });
        worth.fold(0.0, f64::max)
    };
    let worth: Vec<f64> = next.iter().map(|it| outlook(it)).collect();
    // Rounded figures may tie where the exact ones do not.
    assert!(worth.windows(2).all(|it| it[0] >= it[1] * 0.98), "{next:?} {worth:?}");
    assert!(worth[0] > 0.0, "{next:?}");
}

fn ids_in(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_past_day_has_the_plan_of_what_was_known_then() {
    let session = Session::clinic();
    let before = session.json(&["plan", "--as-of", EVENING]);
    session.well(&["plan", "done", "encrypt-disks"]);
    session.well(&["plan", "take"]);
    let later = "2026-01-20T15:00:00Z";
    session.record(later, vec![said("access.accounts", Answer::One("yes".to_owned()), later)]);
    let after = session.json(&["plan", "--as-of", EVENING]);
    assert_eq!(before["picks"], after["picks"]);
    assert_eq!(after["parent"], Value::Null);
}

#[test]
fn a_catalog_without_priors_says_so() {
    let session = Session::new();
    let folder = session.path("catalog");
    session.well(&["catalog", "write", &folder]);
    for part in ["risk", "actions"] {
        std::fs::remove_dir_all(session.home().join("catalog").join(part)).unwrap();
    }
    for verb in ["plan", "threats"] {
        let refused = session.ends(1, &["--catalog", &folder, verb]);
        assert!(refused.err.contains("holds no priors"), "{}", refused.err);
        assert!(refused.err.contains("--todays-catalog"), "{}", refused.err);
    }
    session.well(&["--catalog", &folder, "status"]);
    // A past day that is judged by the catalog then in force.
    session.well(&["--catalog", &folder, "answer", "org.computers", "--set", "1"]);
    let then = asepsis::config::now().to_string();
    std::thread::sleep(std::time::Duration::from_millis(20));
    session.record_now(&[("desk-01", false)]);
    session.ends(1, &["plan", "--as-of", &then]);
    session.well(&["plan", "--as-of", &then, "--todays-catalog"]);
}

#[test]
fn actions_and_sources_are_explained() {
    let session = Session::new();
    let document = session.json(&["explain", "second-sign-in-step"]);
    assert!(only_figures(&document) >= 5);
    let text = session.well(&["explain", "second-sign-in-step"]).out;
    narrow(&text);
    for part in ["Done alone now, it avoids $", "Shown by: ", "survey [", "(marsh-2023)", "1. List"]
    {
        assert!(flat(&text).contains(part), "{part}: {text}");
    }
    let source = session.json(&["explain", "marsh-2023"]);
    assert_eq!(source["date"], "2025");
    assert!(session.well(&["explain", "MARSH-2023"]).out.contains("published 2025"));
}
