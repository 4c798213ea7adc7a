//! `asepsis threats`: three orders with ranges, and what happened here.

use serde_json::Value;

use super::plan::{flat, only_figures};
use crate::support::Session;

fn value(figure: &Value) -> f64 {
    figure["value"].as_f64().unwrap_or_else(|| panic!("{figure}"))
}

#[test]
fn nothing_known_gives_three_orders_and_does_not_say_which_costs_most() {
    let session = Session::new();
    let threats = session.json(&["threats"]);
    assert!(only_figures(&threats) > 20);
    let all = &threats["all"];
    assert!((3_000.0..=5_000.0).contains(&value(&all["loss"])), "{all}");
    assert!((0.84..=0.90).contains(&value(&all["loss_free"])), "{all}");
    assert_eq!(threats["leader"], Value::Null, "phishing and ransomware are too close to call");
    let mut close: Vec<&str> =
        threats["undecided"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    close.sort_unstable();
    assert_eq!(close, ["T1", "T2"]);
    assert_eq!(threats["orders"]["often"][0], "T4");
    assert_eq!(threats["orders"]["bad"][0], "T2");
    let listed = value(&threats["listed"]);
    assert!((1.0 / 2_500.0..=1.0 / 1_500.0).contains(&listed), "{listed}");
    assert_eq!(threats["one_in"]["years"], 100);
    let worst = value(&threats["one_in"]["loss"]);
    assert!((20_000.0..=200_000.0).contains(&worst), "{worst}");

    let text = session.well(&["threats"]).out;
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for part in [
        "How often",
        "How much",
        "How bad for patients",
        "Which costs most is undecided: ",
        "The orders differ: T4 comes most often",
        "One year in 100 costs more than $",
        "on the federal list: 1 in ",
        "Days are not turned into money.",
        "What we do not know",
        "Where the figures come from",
    ] {
        assert!(flat(&text).contains(part), "{part}: {text}");
    }
    assert_eq!(session.entries(), 0, "to look at threats records nothing");
}

#[test]
fn what_happened_here_moves_the_figures() {
    let session = Session::new();
    let events = |it: &Value, at: usize| value(&it["threats"][at]["events"]);
    let before = session.json(&["threats"]);
    let after = session.json(&["threats", "--years", "5", "--happened", "T1=2,t4=1"]);
    only_figures_but_history(&after);
    assert!(events(&after, 0) > 1.5 * events(&before, 0), "two cases raise the first");
    assert!(events(&after, 1) < events(&before, 1), "none lowers the second");
    assert_eq!(after["history"]["events"]["T4"], 1);
    let text = session.well(&["threats"]).out;
    assert!(flat(&text).contains("in 5 years this happened here: T1 2 times, T4 1 time"), "{text}");
    // The newest word counts.
    let quiet = session.json(&["threats", "--years", "10"]);
    assert!(events(&quiet, 0) < events(&before, 0));
    let entries = session.entries();
    for bad in [
        &["threats", "--years", "0"][..],
        &["threats", "--years", "31"],
        &["threats", "--years", "NaN"],
        &["threats", "--years", "5", "--happened", "T9=1"],
        &["threats", "--years", "5", "--happened", "T1=261"],
    ] {
        session.ends(1, bad);
    }
    for bad in [
        &["threats", "--happened", "T1=1"][..],
        &["threats", "--years", "5", "--happened", "T1"],
        &["threats", "--years", "5", "--happened", "T1=-1"],
    ] {
        session.ends(2, bad);
    }
    assert_eq!(session.entries(), entries);
}

fn only_figures_but_history(document: &Value) {
    let mut rest = document.clone();
    assert!(rest.as_object_mut().is_some_and(|it| it.remove("history").is_some()));
    only_figures(&rest);
}

#[test]
fn outside_health_care_no_law_and_no_list_is_spoken_of() {
    let session = Session::new();
    session.record(
        "2026-01-10T15:00:00Z",
        vec![asepsis_core::evidence::Record::Organization(
            asepsis_core::organization::Organization {
                sector: asepsis_core::organization::Sector::Other,
                zone: "UTC".to_owned(),
                ..Default::default()
            },
        )],
    );
    let threats = session.json(&["threats"]);
    assert_eq!(threats.get("listed"), None);
    assert!(!session.well(&["threats"]).out.contains("How bad for patients"));
    let plan = session.json(&["plan"]);
    for pick in plan["picks"].as_array().unwrap() {
        assert!(pick["reason"].get("law").is_none(), "{pick}");
    }
    let law =
        plan["left"].as_array().unwrap().iter().filter(|it| it["why"].get("law-no-room").is_some());
    assert_eq!(law.count(), 0);
}

#[test]
fn revenue_is_said_and_forgotten() {
    let session = Session::new();
    let said = session.json(&["organization", "--revenue", "1200000"]);
    assert_eq!(said["organization"]["revenue"], 1_200_000);
    assert!(session.well(&["organization"]).out.contains("Takes in: $1,200,000 a year"));
    let forgotten = session.json(&["organization", "--revenue", "0"]);
    assert_eq!(forgotten["organization"].get("revenue"), None);
    session.ends(1, &["organization", "--revenue", "9000000000000"]);
}
