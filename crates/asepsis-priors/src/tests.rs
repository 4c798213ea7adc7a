//! The whole report: on invented rows, and on the list itself where test data is there.

use std::path::{Path, PathBuf};

use crate::list::{self, List};
use crate::report::{self, Report};
use crate::section::{hold_out, sizes};
use crate::{PriorsError, run};

/// A list of invented reports: twelve in each year, of each class, some of them stand-ins.
fn invented() -> List {
    const WHAT: [(&str, &str); 6] = [
        ("Hacking/IT Incident", "Email"),
        ("Hacking/IT Incident", "Network Server"),
        ("Hacking/IT Incident", "\"Email, Network Server\""),
        ("Theft", "Laptop"),
        ("Unauthorized Access/Disclosure", "Paper/Films"),
        ("Improper Disposal", "Paper/Films"),
    ];
    let mut text = "entity_id,state,covered_entity_type,individuals_affected,submission_date,\
                    type_of_breach,location,business_associate_present,snapshot,web_description\n"
        .to_owned();
    let mut people = 7_u64;
    for year in 2012..=2025 {
        for at in 0..12 {
            people = people * 48_271 % 2_147_483_647;
            let (kind, place) = WHAT[at % WHAT.len()];
            let size = if at == 11 { 501 } else { 502 + people % 40_000 };
            let account = "The staff found ransomware. ".repeat(4);
            text.push_str(&format!(
                "a,TX,Healthcare Provider,{size},{year}-{:02}-01,{kind},{place},No,x,{account}\n",
                at + 1
            ));
        }
    }
    let breaches = list::rows("invented", text.as_bytes()).unwrap();
    List { hash: asepsis_core::hash::Hash::of(&[text.as_bytes()]), breaches }
}

#[test]
fn invented_reports_are_counted_as_what_they_are() {
    let Report { text, hash } = report::of(&invented());
    let holds = |line: &str| assert!(text.lines().any(|it| it.starts_with(line)), "{line}\n{text}");
    holds("input rows: 168");
    holds("| 2024 | 4 | 2 | 0 | 2 | 2 | 2 | 0 | 12 |");
    holds("| 2024 | 12 | 0 | 0 | 0 | 0 | 0 % |");
    holds("| 2020 | 2 | 100 % |");
    holds(
        "| hacking, e-mail and no server | T1 | 28 | phishing, a mail account, credentials | 0 % |",
    );
    holds("| T1 | 14 |");
    holds("| T1 | 2023 | 2 | ");
    holds("| small | all | ");
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(last, format!("output sha256: {hash}"));
    assert_eq!(hash, asepsis_core::hash::Hash::of(&[before.as_bytes(), b"\n"]));
}

#[test]
fn the_same_list_gives_the_same_report_and_another_list_another() {
    let (once, again) = (report::of(&invented()), report::of(&invented()));
    assert_eq!((once.text, once.hash), (again.text, again.hash));
    let mut other = invented();
    other.breaches[0].people += 1_000_000;
    assert_ne!(report::of(&other).hash, again.hash);
}

#[test]
fn a_list_of_nothing_gives_a_report_of_nothing() {
    let list = List { hash: asepsis_core::hash::Hash::default(), breaches: Vec::new() };
    assert!(report::of(&list).text.contains("input rows: 0"));
}

#[test]
fn arguments_that_say_nothing_are_refused() {
    let refused = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|it| (*it).to_owned()).collect();
        run(&words, &mut Vec::new()).unwrap_err()
    };
    assert!(matches!(refused(&[]), PriorsError::Usage));
    assert!(matches!(refused(&["list.csv", "--check"]), PriorsError::Usage));
    assert!(matches!(refused(&["list.csv", "--chekc", "00"]), PriorsError::Usage));
    assert!(matches!(refused(&["list.csv", "--check", "00"]), PriorsError::Check(_)));
    assert!(matches!(refused(&["/nowhere/list.csv"]), PriorsError::List(_)));
}

/// The list itself; without test data it says so and there is none.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder of test data is named in the environment"
)]
fn list_path() -> Option<PathBuf> {
    let data = std::env::var("ASEPSIS_TEST_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let path = Path::new(&data).join("hhs-breaches.csv");
    if !path.is_file() {
        println!("skipped: {} is missing; set ASEPSIS_TEST_DATA", path.display());
        return None;
    }
    Some(path)
}

fn the_list() -> Option<List> {
    list_path().map(|it| list::read(&it.to_string_lossy()).unwrap())
}

#[test]
fn bands_of_size_hold_what_they_promise() {
    let Some(list) = the_list() else { return };
    let verdicts = hold_out::of_sizes(&list.breaches);
    assert_eq!(verdicts.len(), 4);
    for it in verdicts {
        assert!((0.85..=0.95).contains(&it.inside), "{}: {}", it.threat, it.inside);
    }
}

#[test]
fn counts_are_forecast_by_a_random_walk_and_by_nothing_narrower() {
    let Some(list) = the_list() else { return };
    let verdicts = hold_out::of_counts(&list.breaches);
    assert_eq!(verdicts.len(), 12);
    let [poisson, wide, walk] = hold_out::hits(&verdicts);
    assert!(walk >= 9, "random walk: {walk} of 12");
    assert!(poisson <= wide && wide < walk, "{poisson} {wide} {walk}");
}

#[test]
fn the_heap_of_stand_ins_breaks_a_naive_fit() {
    let Some(list) = the_list() else { return };
    let kept = sizes::with_heap(&list.breaches).anderson_darling;
    let without = sizes::without_heap(&list.breaches).anderson_darling;
    assert!(without < 2.5, "{without}");
    assert!(kept > 10.0 * without, "kept {kept}, without {without}");
}

/// The priors name the list that they were made from and what this program prints for it.
#[test]
fn the_shipped_priors_carry_the_hash_of_the_report() {
    let Some(path) = list_path() else { return };
    let path = path.to_string_lossy().into_owned();
    let priors = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/risk/priors.toml");
    let priors: toml::Table = std::fs::read_to_string(priors).unwrap().parse().unwrap();
    let carried = |key: &str| priors["breach_list"][key].as_str().unwrap().to_owned();
    let mut out = Vec::new();
    run(&[path, "--check".to_owned(), carried("output_sha256")], &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains(&format!("input sha256: {}\n", carried("input_sha256"))));
}

#[test]
fn a_report_with_another_hash_is_refused_in_words() {
    let Some(path) = list_path() else { return };
    let arguments = [path.to_string_lossy().into_owned(), "--check".to_owned(), "0".repeat(64)];
    let error = run(&arguments, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, PriorsError::Differs { .. }), "{error}");
    assert!(error.to_string().contains("write the new hash into catalog/risk/priors.toml"));
}
