//! What OpenSCAP 1.3.7 wrote on Debian 12 (shortened): the results alone, and inside a collection.

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation};
use serde_json::{Value, json};

use super::super::{Ask, Input, ReadError, Reading, Told, recognize};

const RESULTS: &str = include_str!("../../../testdata/import/xccdf.xml");
const COLLECTION: &str = include_str!("../../../testdata/import/arf.xml");

fn told() -> Told {
    Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32]))
}

fn try_read(text: &str) -> Result<Reading, ReadError> {
    let reader = recognize(text.as_bytes()).expect("it is known");
    assert_eq!(reader.format, "xccdf");
    reader.read(Input::from(text.as_bytes()), &told())
}

fn read(text: &str) -> (Vec<Observation>, Reading) {
    let mut reading = try_read(text).unwrap();
    let looks = std::mem::replace(&mut reading.looks, Box::new(std::iter::empty()));
    (looks.collect(), reading)
}

fn fact(look: &Observation) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    Value::Object(fact.clone())
}

#[test]
fn results_are_the_same_alone_and_in_a_collection() {
    for text in [RESULTS, COLLECTION] {
        let (looks, reading) = read(text);
        assert_eq!(reading.made_by, "OpenSCAP 1.3.7");
        assert_eq!(reading.date.unwrap().to_string(), "2026-11-20T09:31:17.000Z");
        assert_eq!(looks[0].subject.0, "host:desk-07");
        assert_eq!(
            fact(&looks[0]),
            json!({
                // 44 rules of the profile; those that were not asked for do not count.
                "baseline": {"profile": "standard of DEBIAN-11", "passed": 17, "failed": 1, "unknown": 26},
            })
        );
        assert_eq!((reading.left[0].what.as_str(), reading.left[0].count), ("rules", 44));
    }
}

/// OpenSCAP with content for another release: every rule "notapplicable". That is no evidence.
#[test]
fn where_no_rule_applied_nothing_is_known() {
    let none = RESULTS
        .replace("<result>pass</result>", "<result>notapplicable</result>")
        .replace("<result>fail</result>", "<result>notapplicable</result>");
    let (looks, reading) = read(&none);
    assert!(looks.is_empty());
    assert!(reading.left[0].why.contains("nothing was measured"), "{:?}", reading.left);
}

#[test]
fn what_the_scanner_could_not_tell_is_never_a_pass() {
    const RULE: &str = "content_rule_sysctl_kernel_randomize_va_space\"";
    let result = |of: &str| {
        let (before, after) = RESULTS.split_once(RULE).unwrap();
        let (head, tail) = after.split_once("<result>notapplicable</result>").unwrap();
        let (looks, _) = read(&format!("{before}{RULE}{head}{of}{tail}"));
        fact(&looks[0])
    };
    for other in ["error", "unknown", "notchecked", "notapplicable", "fail", "someday"] {
        let found = result(&format!("<result>{other}</result>"));
        assert_eq!(found.pointer("/hardening/aslr"), None, "{other}");
        let (failed, unknown) = if other == "fail" { (2, 25) } else { (1, 26) };
        assert_eq!(found.pointer("/baseline/failed"), Some(&json!(failed)));
        assert_eq!(found.pointer("/baseline/passed"), Some(&json!(17)));
        assert_eq!(found.pointer("/baseline/unknown"), Some(&json!(unknown)));
    }
    let fixed = result("<result>fixed</result>");
    assert_eq!(fixed.pointer("/hardening/aslr"), Some(&json!(2)));
    assert_eq!(fixed.pointer("/os/family"), Some(&json!("linux")));
    // A person's word in the place of the scanner's.
    let by_hand = result(
        "<result>pass</result><override time=\"2026-01-01T00:00:00\" authority=\"x\">\
         <old-result>fail</old-result><new-result>pass</new-result><remark>x</remark></override>",
    );
    assert_eq!(by_hand.pointer("/hardening/aslr"), None);
    assert_eq!(by_hand.pointer("/baseline/unknown"), Some(&json!(26)));
}

fn with_rules(rules: &[(&str, &str)], values: &str) -> String {
    let results: String = rules
        .iter()
        .map(|(id, result)| {
            format!(
                "<rule-result idref=\"xccdf_org.ssgproject.content_rule_{id}\">\
                 <result>{result}</result></rule-result>"
            )
        })
        .collect();
    format!(
        "<x:TestResult xmlns:x=\"http://checklists.nist.gov/xccdf/1.1\" end-time=\"2026-11-20T09:00:00\">\
         <x:target>desk-07.clinic.example</x:target>{values}{results}</x:TestResult>"
    )
}

#[test]
fn a_rule_tells_what_it_was_asked_with_and_its_failure_only_what_is_certain() {
    let value = |it: &str| {
        format!(
            "<set-value idref=\"xccdf_org.ssgproject.content_value_var_selinux_state\">{it}</set-value>"
        )
    };
    let selinux = |state: &str| {
        fact(&read(&with_rules(&[("selinux_state", "pass")], &value(state))).0[0])
            .pointer("/integrity/mandatory_access")
            .cloned()
    };
    assert_eq!(selinux("enforcing"), Some(json!("enforcing")));
    assert_eq!(selinux("permissive"), None);
    let (looks, _) = read(&with_rules(
        &[
            ("package_audit_installed", "fail"),
            ("service_auditd_enabled", "notapplicable"),
            ("service_firewalld_enabled", "fail"),
            ("sshd_disable_root_login", "fail"),
            ("sshd_disable_root_login", "pass"),
            ("sshd_disable_empty_passwords", "pass"),
            ("dconf_gnome_screensaver_lock_enabled", "fail"),
        ],
        "",
    ));
    assert_eq!(
        fact(&looks[0]),
        json!({
            "os": {"family": "linux"},
            "audit": {"active": false},
            "remote_access": {"ssh_empty_passwords": false},
            "baseline": {"profile": "", "passed": 1, "failed": 4, "unknown": 1},
        })
    );
}

#[test]
fn the_newest_of_several_scans_counts_and_what_is_missing_is_asked_for() {
    let (_, body) = RESULTS.split_once("<TestResult").unwrap();
    let older = body
        .replace("</Benchmark>", "")
        .replace("2026-11-20", "2025-01-01")
        .replace("<result>pass<", "<result>fail<");
    let both = RESULTS.replacen("<TestResult", &format!("<TestResult{older}<TestResult"), 1);
    let (looks, reading) = read(&both);
    assert_eq!(fact(&looks[0]).pointer("/baseline/passed"), Some(&json!(17)));
    assert!(reading.left.iter().any(|it| it.what == "an earlier scan"));
    let bare = with_rules(&[("service_auditd_enabled", "pass")], "")
        .replace("desk-07.clinic.example", "localhost")
        .replace("2026-11-20T09:00:00", "");
    assert_eq!(read(&bare).1.asks, [Ask::Date, Ask::Host]);
}

#[test]
fn hostile_and_broken_files_are_named() {
    let error = |text: &str| try_read(text).err().unwrap().to_string();
    let content = "<Benchmark xmlns=\"http://checklists.nist.gov/xccdf/1.2\"><Rule/></Benchmark>";
    assert!(error(content).contains("no results"));
    let entity = RESULTS.replacen(
        "<Benchmark",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Benchmark",
        1,
    );
    assert!(error(&entity).contains("document type"));
    assert!(error(&RESULTS[..RESULTS.len() - 30]).contains("too early"));
    let own = RESULTS.replacen("<target>desk-07", "<target>&lol;", 1);
    assert!(error(&own).contains("entity"));
    let deep = RESULTS.replacen("<title>", &"<a>".repeat(300), 1);
    assert!(error(&deep).contains("too deep"));
    assert!(recognize(b"<html><Benchmark xmlns='/xccdf/1.'/></html>").is_none());
}
