//! Listings in LDIF: what each trap of the format and of directories comes to.

use std::collections::BTreeMap;

use asepsis_core::catalog::Schema;
use asepsis_core::identity::Secret;
use asepsis_core::observation::Body;
use asepsis_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::import::{Ask, recognize};

fn told(date: Option<i64>) -> Told {
    Told {
        date: date.map(Timestamp::from_millis),
        host: None,
        zone: jiff::tz::TimeZone::UTC,
        now: Timestamp::from_millis(1_795_600_000_000),
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    }
}

fn reading(text: &str) -> Reading {
    READER.read(Input::from(text.as_bytes()), &told(Some(1_795_500_000_000))).unwrap()
}

/// By login, the facts; all of them fit the schema.
fn facts(text: &str) -> BTreeMap<String, Map<String, Value>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/observations/account-1.toml");
    let schema: Schema = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let reading = reading(text);
    let logins: BTreeMap<_, _> = reading
        .identities
        .iter()
        .map(|it| (it.subject.clone(), it.login.clone().unwrap_or_default()))
        .collect();
    reading
        .looks
        .map(|look| {
            let Body::Saw { fact, .. } = look.body else { panic!() };
            assert_eq!(schema.misfits(&fact), Vec::<String>::new());
            (logins.get(&look.subject).unwrap().clone(), fact)
        })
        .collect()
}

/// An account of the made-up domain as Samba's ldbsearch writes it, with more lines of its own.
fn user(name: &str, id: u32, more: &str) -> String {
    format!(
        "# record 1\ndn: CN={name},CN=Users,DC=clinic,DC=example\nobjectClass: top\nobjectClass: user\n\
         objectGUID: 34eb6d2b-dcbb-4806-a307-be5bd598{id:04x}\nobjectSid: S-1-5-21-1-2-3-{id}\n\
         sAMAccountName: {name}\nuserAccountControl: 512\nprimaryGroupID: 513\n{more}\n"
    )
}

fn group(name: &str, sid: &str, more: &str) -> String {
    format!(
        "dn: CN={name},CN=Users,DC=clinic,DC=example\nobjectClass: group\nobjectSid: {sid}\n\
         sAMAccountName: {name}\ngroupType: -2147483646\n{more}\n"
    )
}

fn member(name: &str) -> String {
    format!("member: CN={name},CN=Users,DC=clinic,DC=example\n")
}

/// The groups without which nobody can be said to be in none of them, one with German names.
fn ruling(admins: &str) -> String {
    [
        group("Domänen-Admins", "S-1-5-21-1-2-3-512", admins),
        group("Administratoren", "S-1-5-32-544", &member("Domänen-Admins")),
    ]
    .concat()
}

#[test]
fn a_listing_is_known_by_what_it_holds() {
    for text in [
        "dn: CN=a,DC=clinic,DC=example\n",
        "version: 1\n\ndn: cn=a\n",
        "# record 1\r\ndn:: Y249w6Q=\r\n",
        "# extended LDIF\n#\n# LDAPv3\n# base <> with scope\n  goes on\n#\n\n# x\ndn:\nobjectClass: top\n",
        "\u{feff}dn: cn=a\n",
    ] {
        assert_eq!(recognize(text.as_bytes()).map(|it| it.format), Some("ldif"), "{text:?}");
    }
    for text in ["", "# nothing\n", "dn,cn\na,b\n", "{\"dn\": 1}", "DN: none\n", "version: 1.2\n"] {
        assert!(!is(text.as_bytes()) || text.starts_with("version: 1"), "{text:?}");
    }
}

#[test]
fn lines_go_on_and_values_are_base64_and_options_fall_away() {
    let text = "version: 1\r\n# a comment\r\n  that goes on\r\ndn:: Q049RG9lLENOPVVzZXJzLERDPWNsaW5pYyxEQz1leGFtcGxl\r\n\
                objectClass: user\r\nsAMAccountName: j\r\n doe\r\nobjectGUID:: K23rNLvcBkijB75b1ZjwqwA=\r\n\
                displayName;lang-de:: RMO2ZQ==\r\nthumbnailPhoto:< file:///etc/passwd\r\n\
                userAccountControl: 5\r\n 14\r\nno colon\r\n\r\ndn: cn=x\r\nchangetype: delete\r\n";
    let reading = reading(text);
    assert_eq!(reading.identities[0].login.as_deref(), Some("jdoe"));
    assert_eq!(reading.identities[0].name, "Döe");
    let left: Vec<_> = reading.left.iter().map(|it| (it.what.as_str(), it.count)).collect();
    assert_eq!(left, [("lines", 1), ("values in other files", 1), ("changes", 1)]);
    assert_eq!(facts(text)["jdoe"]["enabled"], json!(false));
}

#[test]
fn without_a_date_it_asks_and_shows_what_there_is() {
    let text = user("jdoe", 1105, "");
    let reading = READER.read(Input::from(text.as_bytes()), &told(None)).unwrap();
    assert_eq!((reading.asks, reading.date), (vec![Ask::Date], None));
    assert_eq!(reading.looks.count(), 1);
    let late = READER.read(Input::from(text.as_bytes()), &told(Some(i64::MAX / 2))).unwrap();
    assert!(late.date.unwrap() == told(None).now);
}

#[test]
fn never_is_no_date() {
    let text = [user(
        "a",
        1,
        "accountExpires: 0\npwdLastSet: 0\nlastLogonTimestamp: 0\nlastLogon: 0\n",
    ), user(
        "b",
        2,
        "accountExpires: 9223372036854775807\npwdLastSet: 134087168180000000\nlastLogonTimestamp: 134087168180000000\n",
    ), user(
        "c",
        3,
        "accountExpires: 1\npwdLastSet: 1\nlastLogonTimestamp: 9223372036854775806\n",
    ), user("d", 4, "accountExpires: 134403840000000000\n"), user("e", 5, "pwdLastSet: 0\n").replace("512", "66048")].concat();
    let facts = facts(&text);
    let all = serde_json::to_string(&facts).unwrap();
    assert!(!all.contains("1601") && !all.contains("2185") && !all.contains("30828"), "{all}");
    assert_eq!(facts["a"]["password"]["must_change"], json!(true));
    assert_eq!(facts["a"]["never_signed_in"], json!(true));
    assert_eq!(facts["a"].get("expires"), None);
    assert_eq!(facts["b"].get("expires"), None);
    assert_eq!(facts["b"]["last_sign_in"], json!("2025-11-27T11:33:38.000Z"));
    assert_eq!(facts["b"]["last_sign_in_lag_days"], json!(14));
    assert_eq!(facts["c"].get("never_signed_in"), None);
    assert_eq!(facts["c"]["password"].get("must_change"), None);
    // Others have the attribute, this one does not: nobody signed in.
    assert_eq!(facts["d"]["never_signed_in"], json!(true));
    assert_eq!(facts["d"]["expires"], json!("2026-11-29T00:00:00.000Z"));
    assert_eq!(facts["e"]["password"]["must_change"], json!(false), "it never expires");
}

#[test]
fn what_the_listing_leaves_out_is_not_known() {
    let facts = facts(&user("a", 1, "lastLogon: 0\nadminCount: 1\n"));
    for path in
        ["never_signed_in", "service_names", "has_employee_id", "locked", "mailbox", "privileged"]
    {
        assert_eq!(facts["a"].get(path), None, "{path}");
    }
}

#[test]
fn groups_within_groups_are_followed_around_circles_in_any_language() {
    let text = [
        ruling(&[member("direct"), member("One"), member("Mail")].concat()),
        group("One", "S-1-5-21-1-2-3-2001", &[member("Two"), member("One")].concat()),
        group(
            "Two",
            "S-1-5-21-1-2-3-2002",
            &[member("One"), member("nested"), member("direct")].concat(),
        ),
        group("Mail", "S-1-5-21-1-2-3-2003", &member("mailed")).replace("-2147483646", "2"),
        user("direct", 1101, ""),
        user("nested", 1102, ""),
        user("mailed", 1103, ""),
        user("was", 1104, "adminCount: 1\n"),
        user("primary", 1105, "").replace("ID: 513", "ID: 512"),
        user("back", 1106, "memberOf: cn=two, CN=Users,DC=clinic,DC=example\n"),
        user("far", 1107, "memberOf: CN=Other,DC=other,DC=example\n"),
    ]
    .concat();
    let facts = facts(&text);
    let by = |login: &str| {
        let it = &facts[login];
        (
            it.get("privileged").and_then(Value::as_bool),
            it.get("privileged_by_nesting").and_then(Value::as_bool),
        )
    };
    assert_eq!(by("direct"), (Some(true), Some(false)));
    assert_eq!(by("nested"), (Some(true), Some(true)));
    assert_eq!(by("mailed"), (Some(false), Some(false)), "a group for mail gives no rights");
    assert_eq!(by("was"), (Some(false), Some(false)), "adminCount stays when the rights are gone");
    assert_eq!(by("primary"), (Some(true), Some(false)));
    assert_eq!(by("back"), (Some(true), Some(true)));
    assert_eq!(by("far"), (None, None));
    assert_eq!(facts["nested"]["privileged_by"], json!(["Administrators", "Domain Admins"]));
}

#[test]
fn without_the_groups_only_a_yes_can_be_told() {
    let text = [
        user("a", 1101, "memberOf: CN=Domain Admins,CN=Users,DC=clinic,DC=example\n"),
        user("b", 1102, "adminCount: 1\n"),
        user("c", 1103, "").replace("ID: 513", "ID: 512"),
    ]
    .concat();
    let facts = facts(&text);
    assert_eq!(facts["a"]["privileged"], json!(true));
    assert_eq!(facts["b"].get("privileged"), None);
    assert_eq!(facts["c"]["privileged_by"], json!(["Domain Admins"]));
    // Who has Domain Admins as primary group stands in no list of members.
    let text =
        [ruling(&member("x")), user("y", 1104, "")].concat().replace("primaryGroupID: 513\n", "");
    assert_eq!(self::facts(&text)["y"].get("privileged"), None);
}

#[test]
fn everybody_and_strangers_in_a_ruling_group_are_seen() {
    let principal =
        |sid: &str| format!("member: CN={sid},CN=ForeignSecurityPrincipals,DC=clinic,DC=example\n");
    let text = [ruling(&principal("S-1-5-21-9-9-9-1200")), user("a", 1101, "")].concat();
    assert_eq!(facts(&text)["a"]["privileged"], json!(false));
    assert!(
        reading(&text).left.iter().any(|it| it.why.contains("another domain") && it.count == 1)
    );
    let text = [ruling(&principal("S-1-5-11")), user("a", 1101, "")].concat();
    assert_eq!(facts(&text)["a"]["privileged"], json!(true));
}

#[test]
fn computers_and_managed_accounts_are_no_people() {
    let text = [
        user("PC1$", 1, "objectClass: computer\n").replace("512", "4096"),
        user("gm$", 2, "objectClass: computer\nobjectClass: msDS-GroupManagedServiceAccount\n")
            .replace("512", "4096"),
        user("OTHER$", 3, "").replace("512", "2080"),
        user("Gast", 501, "").replace("512", "66082"),
        user("krbtgt", 502, "").replace("512", "514"),
    ]
    .concat();
    let facts = facts(&text);
    let kinds: Vec<_> =
        facts.iter().map(|(login, it)| (login.as_str(), it["kind"].as_str().unwrap())).collect();
    assert_eq!(
        kinds,
        [
            ("Gast", "guest"),
            ("OTHER$", "computer"),
            ("PC1$", "computer"),
            ("gm$", "service"),
            ("krbtgt", "service")
        ]
    );
    assert_eq!(facts["Gast"]["password"]["not_required"], json!(true));
    assert_eq!(facts["Gast"]["enabled"], json!(false));
}

#[test]
fn a_lock_ends_with_its_time() {
    let domain = "dn: DC=clinic,DC=example\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1-2-3\nlockoutDuration: -18000000000\n\n";
    // 1_795_500_000_000 is the time of the listing; 10 and 40 minutes before it.
    let at = |minutes: i64| (1_795_500_000_000 - minutes * 60_000 + 11_644_473_600_000) * 10_000;
    let text = [
        user("now", 1, &format!("lockoutTime: {}\n", at(10))),
        user("past", 2, &format!("lockoutTime: {}\n", at(40))),
        user("free", 3, "lockoutTime: 0\n"),
    ]
    .concat();
    let known = facts(&format!("{domain}{text}"));
    assert_eq!(known["now"]["locked"], json!(true));
    assert_eq!(known["past"]["locked"], json!(false));
    assert_eq!(known["free"]["locked"], json!(false));
    assert_eq!(facts(&text)["past"].get("locked"), None);
}

#[test]
fn only_a_whole_listing_lists_the_domain() {
    let root = "dn: DC=clinic,DC=example\nobjectClass: domainDNS\n\n";
    let people = [user("A", 500, ""), user("G", 501, ""), user("k", 502, "")].concat();
    let all = format!("{root}{people}# returned 5 records\n# 4 entries\n# 1 referrals\n");
    assert_eq!(reading(&all).lists.as_deref(), Some("account:ad/clinic.example/"));
    for cut in [
        all.replace("# 4", "# 5"),
        all.replace("# 4 entries\n", ""),
        all.replace(root, ""),
        all.replace("1-2-3-502", "1-2-3-1502"),
        format!("{all}\nsearch: 2\nresult: 4 Size limit exceeded\n"),
        format!("# filter: (&(objectClass=user)(cn=a*))\n{all}"),
        format!("# base <OU=x,DC=clinic,DC=example> with scope oneLevel\n{all}"),
    ] {
        assert_eq!(reading(&cut).lists, None, "{cut}");
    }
    let ours =
        format!("# filter: (|(objectClass=user)(objectClass=group)(objectClass=domain))\n{all}");
    assert!(reading(&ours).lists.is_some());
}

#[test]
fn another_directory_says_what_its_overlays_keep() {
    // OpenLDAP with ppolicy and lastbind: attributes of `+`.
    let person = |uid: &str, more: &str| {
        format!(
            "dn: uid={uid},ou=people,dc=clinic,dc=example\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\n\
             createTimestamp: 20250102030405Z\n{more}\n"
        )
    };
    let text = [
        person(
            "ok",
            "pwdChangedTime: 20260102030405Z\nauthTimestamp: 20260902030405Z\nemployeeNumber: 7\n",
        ),
        person("shut", "pwdAccountLockedTime: 000001010000Z\n"),
        person("wrong", "pwdAccountLockedTime: 20261102030405Z\n"),
        person("reset", "pwdReset: TRUE\nshadowExpire: 0\n"),
        person("unix", "shadowExpire: 20800\n"),
        "dn: cn=Jo,ou=people,dc=clinic,dc=example\nobjectClass: person\ncn: Jo\n\n".to_owned(),
    ]
    .concat();
    let facts = facts(&text);
    assert_eq!(facts.len(), 5);
    assert_eq!(facts["ok"]["last_sign_in"], json!("2026-09-02T03:04:05.000Z"));
    assert_eq!(facts["ok"]["has_employee_id"], json!(true));
    assert_eq!(facts["ok"]["enabled"], json!(true));
    assert_eq!(facts["shut"]["enabled"], json!(false));
    assert_eq!(facts["shut"]["locked"], json!(false));
    assert_eq!(facts["shut"]["never_signed_in"], json!(true));
    assert_eq!(facts["wrong"].get("locked"), None, "no policy says how long");
    assert_eq!(facts["reset"]["password"]["must_change"], json!(true));
    assert_eq!(facts["reset"].get("expires"), None);
    assert_eq!(facts["unix"]["expires"], json!("2026-12-13T00:00:00.000Z"));
    let bare = self::facts(&person("a", ""));
    assert_eq!((bare["a"].get("enabled"), bare["a"].get("privileged")), (None, None));
}

#[test]
fn names_stand_in_no_fact_and_no_remark() {
    let text =
        user("jdoe", 1105, "displayName: Jo Doe\nmail: jo.doe@clinic.example\nemployeeID: 4711\n");
    let text = format!("{text}dn: CN=Secret Room,DC=clinic,DC=example\nobjectClass: container\n\n");
    let reading = reading(&text);
    let left = format!("{:?}", reading.left);
    let looks = serde_json::to_string(&reading.looks.collect::<Vec<_>>()).unwrap();
    for name in ["doe", "Doe", "4711", "Secret"] {
        assert!(!looks.contains(name) && !left.contains(name), "{name} in {looks} {left}");
    }
}

#[test]
fn a_hostile_listing_takes_no_longer_than_its_length() {
    // Each entry a class of its own, each group the one that rules, all in all others.
    let mut text = String::new();
    for number in 0..20_000 {
        text += &group(&format!("g{number}"), "S-1-5-32-544", &member(&format!("g{}", number / 2)));
        text += &format!("dn: cn=x{number}\nobjectClass: c{number}\n\n");
    }
    let reading = reading(&text);
    assert!(reading.left.len() < 100, "{}", reading.left.len());
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(lines in proptest::collection::vec("(dn|member|objectSid|whenCreated|lockoutTime|[a-z]{1,4})?:{0,2} ?[a-zA-Z0-9=,+/\\\\<> -]{0,20}", 0..20)) {
        let text = lines.join("\n");
        let _ = READER.read(Input::from(text.as_bytes()), &told(None));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = (is(&bytes), READER.read(Input::from(bytes.as_slice()), &told(None)));
    }
}
