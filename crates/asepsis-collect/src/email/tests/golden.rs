//! Golden facts: what is seen of six domains, every path of the schema among them, and what the
//! checks say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use asepsis_core::predicate::{NoValue, PathType, Predicate};

use super::*;
use crate::net::testing::Zone;
use crate::net::{Fetched, Net};

fn good() -> Zone {
    Zone::new()
        .a("clinic.example")
        .mx("clinic.example", 20, "clinic-example.mail.protection.outlook.com.")
        .mx("clinic.example", 10, "mail.clinic.example.")
        .a("mail.clinic.example")
        .a("clinic-example.mail.protection.outlook.com")
        .txt(
            "clinic.example",
            "v=spf1 mx include:spf.provider.example ip4:198.51.0.0/15 ra=postmaster -all",
        )
        .txt("clinic.example", "some-verification=1")
        .txt(
            "_dmarc.clinic.example",
            "v=DMARC1; p=reject; sp=reject; rua=mailto:r@clinic.example; pct=100",
        )
        .txt("selector1._domainkey.clinic.example", ED25519)
        .txt("s1._domainkey.clinic.example", &format!("{RSA_1024}; t=y"))
        .txt("s2._domainkey.clinic.example", "v=DKIM1; p=")
        .txt("k1._domainkey.clinic.example", "v=DKIM1; p=broken!")
        .txt("_mta-sts.clinic.example", "v=STSv1; id=20261124")
        .txt("_smtp._tls.clinic.example", "v=TLSRPTv1; rua=mailto:t@clinic.example")
}

const POLICY: &str = "version: STSv1\nmode: enforce\nmx: mail.clinic.example\nmax_age: 604800\n";

/// Runs the questions, with the policy file handed in.
async fn facts_of(domain: &str, zone: Zone, policy: Option<Fetched>) -> Value {
    let net: Net = zone.net().await;
    let run = net.run(now());
    let mut answers = ask::all(&run, domain, &[]).await;
    if policy.is_some() {
        answers.policy = policy;
    }
    let mut body = BodyBuilder::new();
    body.saw("domain", domain, "as given");
    facts::write(&mut body, domain, &answers);
    let Body::Saw { fact, .. } = body.build() else { panic!() };
    Value::Object(fact)
}

/// All goldens: name and facts.
async fn goldens() -> Vec<(&'static str, Value)> {
    let domain = "clinic.example";
    let text = |text: &str| Some(Fetched::Text(text.to_owned()));
    let nothing = Zone::new().a(domain);
    let parked = Zone::new()
        .mx(domain, 0, ".")
        .txt(domain, "v=spf1 -all")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=reject");
    let broken = Zone::new()
        .mx(domain, 10, "192.0.2.1.")
        .mx(domain, 20, "alias.clinic.example.")
        .cname("alias.clinic.example", "mail.provider.example")
        .a("mail.provider.example")
        .txt(domain, "v=spf1 a, mx -all")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=rejct")
        .txt("_mta-sts.clinic.example", "v=STSv1; id=1-1")
        .txt("_smtp._tls.clinic.example", "v=TLSRPTv1; rua=nobody")
        .txt("*._domainkey.clinic.example", "v=DKIM1; p=");
    let redirect = Zone::new()
        .mx(domain, 10, "aspmx.l.google.com.")
        .txt(domain, "v=spf1 ptr redirect=_spf.provider.example")
        .txt("_dmarc.example", "v=DMARC1; p=none; psd=y; t=y; ruf=mailto:f@example.example")
        .txt("_mta-sts.clinic.example", "v=STSv1; id=1");
    let unusable = Some(Fetched::Unusable("the server answered 404".to_owned()));
    vec![
        ("good", facts_of(domain, good(), text(POLICY)).await),
        ("nothing", facts_of(domain, nothing, None).await),
        ("parked", facts_of(domain, parked, None).await),
        ("broken", facts_of(domain, broken, None).await),
        ("redirect", facts_of(domain, redirect, unusable).await),
        ("shared", seen_of("Front.Desk@GMAIL.com.", &[], Zone::new()).await.0),
    ]
}

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The schema, as the engine will read it.
struct Schema(BTreeMap<String, (PathType, Vec<String>)>);

impl Schema {
    fn load() -> Self {
        let text = std::fs::read_to_string(file("../../catalog/observations/email-domain-1.toml"));
        let table: toml::Table = text.unwrap().parse().unwrap();
        assert_eq!(table["schema"].as_str(), Some(SCHEMA));
        let paths = table["path"].as_array().unwrap().iter().map(|path| {
            let values = path.get("values").map(|values| values.clone().try_into().unwrap());
            let kind = path["type"].clone().try_into().unwrap();
            (path["path"].as_str().unwrap().to_owned(), (kind, values.unwrap_or_default()))
        });
        Self(paths.collect())
    }

    /// Checks a value and all below it; collects the paths that are there.
    fn hold(&self, path: &str, value: &Value, passed: &mut BTreeSet<String>) {
        if !path.is_empty() {
            let (kind, values) = self.0.get(path).unwrap_or_else(|| panic!("no path {path}"));
            let right = match (kind, value) {
                (PathType::Bool, Value::Bool(_))
                | (PathType::List, Value::Array(_))
                | (PathType::Map, Value::Object(_)) => true,
                (PathType::Int, Value::Number(number)) => number.is_i64(),
                (PathType::String, Value::String(text)) => {
                    values.is_empty() || values.contains(text)
                }
                _ => false,
            };
            assert!(right, "{path} is {value}");
            passed.insert(path.to_owned());
        }
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    self.hold(&below, value, passed);
                }
            }
            Value::Array(list) => {
                for value in list {
                    self.hold(&format!("{path}[]"), value, passed);
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn facts_are_as_recorded_and_cover_the_schema() {
    let schema = Schema::load();
    let mut passed = BTreeSet::new();
    for (name, fact) in goldens().await {
        schema.hold("", &fact, &mut passed);
        let path = file(&format!("testdata/email/{name}.json"));
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let golden: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(fact, golden, "{name}");
            }
            Err(_) => {
                let mut text = serde_json::to_string_pretty(&fact).unwrap();
                text.push('\n');
                std::fs::write(&path, text).unwrap();
                panic!("{} was not there; it is now: read it", path.display());
            }
        }
    }
    let never: Vec<&String> = schema.0.keys().filter(|path| !passed.contains(*path)).collect();
    assert!(never.is_empty(), "no golden has {never:?}");
}

/// What a check says of a fact, by the rules of the architecture.
fn outcome(check: &toml::Table, fact: &Value) -> String {
    let holds = |key: &str| {
        check.get(key).map_or(Ok(true), |source| {
            Predicate::compile(source.as_str().unwrap(), "fact")
                .unwrap()
                .holds(fact.as_object().unwrap())
        })
    };
    let word = match holds("applies") {
        Ok(false) => "not-applicable",
        Ok(true) => match holds("pass") {
            Ok(true) => "pass",
            Ok(false) => "fail",
            Err(NoValue::Missing(_)) => "unknown",
            Err(broken) => panic!("{broken:?}"),
        },
        Err(NoValue::Missing(_)) => "unknown",
        Err(broken) => panic!("{broken:?}"),
    };
    word.to_owned()
}

fn check(name: &str) -> toml::Table {
    let path = file(&format!("../../catalog/checks/email/{name}.toml"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

#[test]
fn the_checks_judge_the_goldens() {
    let fact = |name: &str| -> Value {
        let path = file(&format!("testdata/email/{name}.json"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    for (name, golden, expected) in [
        ("dmarc-enforced", "good", "pass"),
        ("dkim-key-strength", "good", "fail"),
        ("dkim-not-testing", "good", "fail"),
        ("mta-sts-enforced", "good", "pass"),
        ("mta-sts-covers-mx", "good", "fail"),
        ("dmarc-enforced", "nothing", "fail"),
        ("dkim-found", "nothing", "fail"),
        ("parked-protected", "nothing", "not-applicable"),
        ("parked-protected", "parked", "pass"),
        ("dmarc-enforced", "parked", "not-applicable"),
        ("spf-valid", "broken", "fail"),
        ("dmarc-present", "broken", "fail"),
        ("spf-closed", "redirect", "unknown"),
        ("spf-no-ptr", "redirect", "fail"),
        ("dmarc-enforced", "redirect", "fail"),
        ("dmarc-enforced", "shared", "not-applicable"),
        ("dkim-found", "shared", "not-applicable"),
    ] {
        assert_eq!(outcome(&check(name), &fact(golden)), expected, "{name} of {golden}");
    }
}
