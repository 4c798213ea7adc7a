//! Directories against real servers: Samba and OpenLDAP, thrown away afterwards. What is planted is
//! found and nothing else, over the network and from the files of the servers' own tools.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests, which clippy does not take for tests"
)]

mod domain;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use asepsis_collect::directory::{self, DirectoryError, Secured, Settings};
use asepsis_collect::import::{Input, Reading, Told, recognize};
use asepsis_collect::net::Net;
use asepsis_core::catalog::Schema;
use asepsis_core::identity::Secret;
use asepsis_core::observation::Body;
use asepsis_core::time::Timestamp;
use serde_json::{Map, Value, json};

use domain::domain;

/// By login, what is known.
type Facts = BTreeMap<String, Map<String, Value>>;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether servers may be started; else says that the test skips.
#[expect(clippy::disallowed_methods, reason = "variables tell tests what there is")]
fn skips(name: &str) -> bool {
    let skips = std::env::var_os(name).is_none();
    if skips {
        println!("skipped: {name} is not set");
    }
    skips
}

/// A server that ends with the test.
struct Server {
    script: PathBuf,
    folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Server {
    fn start(script: &str, arguments: &[&str], files: &[&str]) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let (script, folder) =
            (project().join(".ci").join(script), temporary.path().join("server"));
        let mut command = Command::new(&script);
        command.arg("start").arg(&folder).args(arguments);
        for (number, text) in files.iter().enumerate() {
            let path = temporary.path().join(format!("{number}.ldif"));
            std::fs::write(&path, text).unwrap();
            command.arg(path);
        }
        let out = command.output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        Self { script, folder, _temporary: temporary }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new(&self.script).arg("stop").arg(&self.folder).output();
    }
}

/// What a tool prints.
fn run(command: &mut Command) -> Vec<u8> {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

#[expect(
    clippy::disallowed_methods,
    reason = "certificates are made now, and real servers look at the clock"
)]
fn told() -> Told {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = Timestamp::from_millis(i64::try_from(now.as_millis()).unwrap());
    Told {
        date: Some(now),
        host: None,
        zone: jiff::tz::TimeZone::UTC,
        now,
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    }
}

fn read(bytes: &[u8], told: &Told) -> Reading {
    let head = bytes.get(..bytes.len().min(asepsis_collect::import::HEAD)).unwrap();
    let reader = recognize(head).unwrap();
    assert_eq!(reader.format, "ldif");
    reader.read(Input::from(bytes), told).unwrap()
}

fn ask(settings: &Settings, told: &Told) -> (Result<Reading, DirectoryError>, Vec<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let net = Net::new(&["127.0.0.1:1".parse().unwrap()], false).unwrap();
    let reading = runtime.block_on(directory::collect(settings, &net, told));
    (reading, net.take_log().into_iter().map(|it| format!("{} {}", it.protocol, it.what)).collect())
}

fn facts(reading: Reading) -> Facts {
    let schema: Schema = toml::from_str(
        &std::fs::read_to_string(project().join("catalog/observations/account-1.toml")).unwrap(),
    )
    .unwrap();
    let logins: BTreeMap<_, _> = reading
        .identities
        .iter()
        .map(|it| (it.subject.clone(), it.login.clone().unwrap_or_else(|| it.name.clone())))
        .collect();
    let look = |look: asepsis_core::observation::Observation| {
        let Body::Saw { fact, .. } = look.body else { panic!("{:?}", look.body) };
        assert_eq!(schema.misfits(&fact), Vec::<String>::new());
        (logins[&look.subject].clone(), fact)
    };
    reading.looks.map(look).collect()
}

fn at<'a>(fact: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (first, rest) =
        path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match rest {
        None => fact.get(first),
        Some(rest) => at(fact.get(first)?.as_object()?, rest),
    }
}

/// Who has a fact of that value.
fn who(facts: &Facts, path: &str, value: &Value) -> BTreeSet<String> {
    facts
        .iter()
        .filter(|(_, it)| at(it, path) == Some(value))
        .map(|(login, _)| login.clone())
        .collect()
}

/// Every planted thing is found, and nothing else but what each new domain has of its own.
fn holds_what_was_planted(facts: &Facts) {
    let planted = domain(Timestamp::from_millis(0)).planted;
    let own: &[(&str, &[&str])] = &[
        (
            "never_signed_in",
            &["Administrator", "Guest", "krbtgt", "dns-DC1", "DC1$", "PC1$", "gm1$"],
        ),
        ("disabled", &["Guest", "krbtgt"]),
        ("password.not_required", &["Guest"]),
        ("password.never_expires", &["Guest"]),
        ("privileged", &["Administrator", "DC1$"]),
        ("service_names", &["DC1$", "dns-DC1", "krbtgt"]),
        ("looks_shared", &["Guest"]),
        ("looks_service", &["krbtgt"]),
        (
            "no employee id",
            &["Administrator", "DC1$", "Guest", "dns-DC1", "krbtgt", "reader", "PC1$", "gm1$"],
        ),
    ];
    for fact in [
        "stale",
        "never_signed_in",
        "disabled",
        "password.not_required",
        "password.reversible",
        "password.never_expires",
        "password.no_preauthentication",
        "password.must_change",
        "locked",
        "expires",
        "service_names",
        "looks_shared",
        "looks_service",
        "no employee id",
        "privileged",
        "privileged_by_nesting",
    ] {
        let found: BTreeSet<String> = match fact {
            "disabled" => who(facts, "enabled", &json!(false)),
            "no employee id" => who(facts, "has_employee_id", &json!(false)),
            "stale" => last_before(facts, "2026-01"),
            "expires" => facts
                .iter()
                .filter(|(_, it)| it.contains_key("expires"))
                .map(|(it, _)| it.clone())
                .collect(),
            path => who(facts, path, &json!(true)),
        };
        let mut expected = planted.get(fact).cloned().unwrap_or_default();
        let own = own.iter().find(|(it, _)| *it == fact).map(|(_, it)| *it).unwrap_or_default();
        expected
            .extend(own.iter().filter(|it| facts.contains_key(**it)).map(|it| (*it).to_owned()));
        assert_eq!(found, expected, "{fact}");
    }
    let text = serde_json::to_string(&facts.values().collect::<Vec<_>>()).unwrap();
    for year in ["\"1601", "\"1600", "\"2185", "\"30828", "\"1970"] {
        assert!(!text.contains(year), "{year}");
    }
    assert_eq!(facts["p0101"]["privileged_by"], json!(["Administrators", "Domain Admins"]));
    assert_eq!(facts["p0107"]["privileged_by"], json!(["DnsAdmins"]));
    assert_eq!(facts["krbtgt"]["kind"], json!("service"));
    assert_eq!(facts["Guest"]["kind"], json!("guest"));
    assert_eq!(facts["DC1$"]["kind"], json!("computer"));
    assert_eq!(facts["PC1$"]["kind"], json!("computer"));
    assert_eq!(facts["gm1$"]["kind"], json!("service"));
}

fn last_before(facts: &Facts, day: &str) -> BTreeSet<String> {
    let old = |it: &Map<String, Value>| {
        it.get("last_sign_in").and_then(Value::as_str).is_some_and(|it| it < day)
    };
    facts.iter().filter(|(_, it)| old(it)).map(|(login, _)| login.clone()).collect()
}

#[test]
fn a_domain_of_2000_people_shows_what_is_planted_and_nothing_else() {
    if skips("ASEPSIS_TEST_SAMBA") {
        return;
    }
    let address =
        format!("127.77.{}.{}", std::process::id() / 250 % 250, 2 + std::process::id() % 250);
    let planted = domain(told().now);
    let server = Server::start("samba", &[&address], &[&planted.entries, &planted.times]);
    let authority = std::fs::read(server.folder.join("ca.pem")).unwrap();
    let told = told();
    let settings = Settings {
        host: address.clone(),
        port: None,
        secured: Secured::Tls,
        plain_allowed: false,
        roots: directory::roots(&authority).unwrap(),
        user: "reader@clinic.example".to_owned(),
        password: "Not-a-secret-2".to_owned(),
        base: None,
        time: Duration::from_secs(60),
    };
    let (live, log) = ask(&settings, &told);
    let live = live.unwrap();
    assert_eq!(live.lists.as_deref(), Some("account:ad/clinic.example/"));
    assert_eq!(live.made_by, "Active Directory");
    assert_eq!(log[..3], ["ldap connect", "ldaps sign in", "ldaps search the root"], "{log:?}");
    assert!((5..10).contains(&log.len()), "in pages: {log:?}");
    let keys: BTreeSet<_> = live.identities.iter().map(|it| it.subject.clone()).collect();
    let live = facts(live);
    assert_eq!(
        live.len(),
        domain::PEOPLE + 4 + 8,
        "{:?}",
        live.keys().rev().take(12).collect::<Vec<_>>()
    );
    holds_what_was_planted(&live);

    // The same by the tools that people use.
    let filter = "(|(objectClass=user)(objectClass=group)(objectClass=domain))";
    let sam = server.folder.join("ad/private/sam.ldb");
    let file = run(Command::new("ldbsearch").arg("-H").arg(&sam).arg(filter));
    let from_file = read(&file, &told);
    assert_eq!(from_file.lists.as_deref(), Some("account:ad/clinic.example/"));
    assert_eq!(
        from_file.identities.iter().map(|it| it.subject.clone()).collect::<BTreeSet<_>>(),
        keys
    );
    let from_file = facts(from_file);
    holds_what_was_planted(&from_file);
    let ldapsearch = |more: &[&str]| {
        Command::new("ldapsearch")
            .env("LDAPTLS_CACERT", server.folder.join("ca.pem"))
            .args(["-x", "-H", &format!("ldaps://{address}"), "-D", "reader@clinic.example"])
            .args(["-w", "Not-a-secret-2", "-b", "DC=clinic,DC=example"])
            .args(more)
            .output()
            .unwrap()
            .stdout
    };
    let paged = read(&ldapsearch(&["-E", "pr=500/noprompt", filter]), &told);
    assert_eq!(paged.lists.as_deref(), Some("account:ad/clinic.example/"));
    holds_what_was_planted(&facts(paged));
    let bare = read(&ldapsearch(&["-LLL", "-E", "pr=1000/noprompt", filter]), &told);
    assert_eq!(bare.lists, None, "-LLL does not say whether it was all");
    holds_what_was_planted(&facts(bare));

    // What must not work does not, and says why without the password.
    let wrong = Settings { password: "Not-a-secret-3".to_owned(), ..settings.clone() };
    let error = ask(&wrong, &told).0.err().unwrap().to_string();
    assert!(error.contains("password is not right") && !error.contains("secret"), "{error}");
    let stranger = Settings { roots: Vec::new(), ..settings.clone() };
    let error = ask(&stranger, &told).0.err().unwrap().to_string();
    assert!(error.contains("certificate"), "{error}");
    let later = Settings { secured: Secured::StartTls, ..settings.clone() };
    assert_eq!(facts(ask(&later, &told).0.unwrap()).len(), live.len());
    let plain = Settings { secured: Secured::Not, ..settings };
    let error = ask(&plain, &told).0.err().unwrap().to_string();
    assert!(error.contains("it wants TLS"), "{error}");
}

/// An OpenLDAP with people of whom it is known what is wrong, and 600 of whom nothing is.
fn people() -> String {
    use std::fmt::Write as _;
    let mut text = "dn: dc=clinic,dc=example\nobjectClass: dcObject\nobjectClass: organization\no: Clinic\ndc: clinic\n\n\
        dn: cn=policy,dc=clinic,dc=example\nobjectClass: pwdPolicy\nobjectClass: device\ncn: policy\n\
        pwdAttribute: userPassword\npwdLockout: TRUE\npwdLockoutDuration: 900\npwdMaxFailure: 3\n\n\
        dn: ou=people,dc=clinic,dc=example\nobjectClass: organizationalUnit\nou: people\n\n"
        .to_owned();
    let mut person = |uid: &str, more: &str| {
        write!(
            text,
            "dn: uid={uid},ou=people,dc=clinic,dc=example\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\n\
             userPassword: Not-a-secret-4\n{more}\n"
        )
        .unwrap();
    };
    for number in 0..600 {
        person(
            &format!("p{number:03}"),
            "pwdChangedTime: 20261101000000Z\nauthTimestamp: 20261101000000Z\n",
        );
    }
    person("shut", "pwdChangedTime: 20261101000000Z\npwdAccountLockedTime: 000001010000Z\n");
    person("reset", "pwdChangedTime: 20261101000000Z\npwdReset: TRUE\n");
    person(
        "stale",
        "pwdChangedTime: 20250101000000Z\nauthTimestamp: 20250101000000Z\nemployeeNumber: 7\n",
    );
    person("locked", "pwdChangedTime: 20261101000000Z\npwdAccountLockedTime: 20260101000000Z\n");
    text
}

fn shows_what_was_planted(facts: &Facts) {
    let set = |of: &[&str]| of.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(facts.len(), 604);
    assert_eq!(who(facts, "enabled", &json!(false)), set(&["shut"]));
    assert_eq!(who(facts, "enabled", &json!(true)).len(), 603);
    assert_eq!(who(facts, "locked", &json!(true)), set(&[]), "that lock is over");
    assert_eq!(who(facts, "password.must_change", &json!(true)), set(&["reset"]));
    assert_eq!(last_before(facts, "2026"), set(&["stale"]));
    assert_eq!(who(facts, "has_employee_id", &json!(true)), set(&["stale"]));
    assert_eq!(who(facts, "source", &json!("ldap")).len(), 604);
    assert!(facts.values().all(|it| !it.contains_key("privileged")));
    assert_eq!(facts["p001"]["password"]["set"], json!("2026-11-01T00:00:00.000Z"));
}

#[test]
fn openldap_with_overlays_shows_what_is_planted() {
    if skips("ASEPSIS_TEST_SLAPD") {
        return;
    }
    let port = (20_000 + std::process::id() % 20_000).to_string();
    let _server = Server::start("slapd", &[&port], &[&people()]);
    let url = format!("ldap://127.0.0.1:{port}");
    let told = told();
    let settings = Settings {
        host: "127.0.0.1".to_owned(),
        port: port.parse().ok(),
        secured: Secured::Not,
        plain_allowed: false,
        roots: Vec::new(),
        user: "cn=admin,dc=clinic,dc=example".to_owned(),
        password: "Not-a-secret-1".to_owned(),
        base: None,
        time: Duration::from_secs(30),
    };
    // Two people sign in; the server writes down when.
    for uid in ["shut", "locked", "reset"] {
        let name = format!("uid={uid},ou=people,dc=clinic,dc=example");
        let _ = Command::new("ldapwhoami")
            .args(["-x", "-H", &url, "-D", &name, "-w", "Not-a-secret-4"])
            .output();
    }
    let (live, log) = ask(&settings, &told);
    let live = live.unwrap();
    assert_eq!(live.lists.as_deref(), Some("account:ldap/clinic.example/"));
    assert_eq!(log[1], "ldap sign in");
    let keys: BTreeSet<_> = live.identities.iter().map(|it| it.subject.clone()).collect();
    let live = facts(live);
    shows_what_was_planted(&live);
    assert_eq!(who(&live, "never_signed_in", &json!(true)), BTreeSet::from(["shut".to_owned()]));

    let ldapsearch = |user: &str, more: &[&str]| {
        let out = Command::new("ldapsearch")
            .args([
                "-x",
                "-H",
                &url,
                "-D",
                user,
                "-w",
                "Not-a-secret-1",
                "-b",
                "dc=clinic,dc=example",
            ])
            .args(more)
            .output();
        out.unwrap().stdout
    };
    let admin = "cn=admin,dc=clinic,dc=example";
    let file = read(&ldapsearch(admin, &["*", "+"]), &told);
    assert_eq!(file.lists.as_deref(), Some("account:ldap/clinic.example/"));
    assert_eq!(file.identities.iter().map(|it| it.subject.clone()).collect::<BTreeSet<_>>(), keys);
    shows_what_was_planted(&facts(file));
    let paged = read(&ldapsearch(admin, &["-E", "pr=100/noprompt", "*", "+"]), &told);
    assert_eq!(paged.lists.as_deref(), Some("account:ldap/clinic.example/"));
    let bare = read(&ldapsearch(admin, &["-LLL", "*", "+"]), &told);
    assert_eq!(bare.lists, None);
    shows_what_was_planted(&facts(bare));
    let some = read(&ldapsearch(admin, &["(uid=p0*)", "*", "+"]), &told);
    assert_eq!((some.lists, some.looks.count()), (None, 100));
    let cut = read(&ldapsearch(admin, &["-z", "100", "*", "+"]), &told);
    assert_eq!(cut.lists, None);
    assert!(cut.left.iter().any(|it| it.why.contains("size limit")), "{:?}", cut.left);
    // Without the operational attributes it is not known whether an account is shut.
    let plain = facts(read(&ldapsearch(admin, &[]), &told));
    assert!(plain.values().all(|it| !it.contains_key("enabled") && !it.contains_key("locked")));

    // Who is no administrator is cut off by the server: that is no whole listing.
    let other = Settings {
        user: "uid=p001,ou=people,dc=clinic,dc=example".to_owned(),
        password: "Not-a-secret-4".to_owned(),
        ..settings
    };
    let cut = ask(&other, &told).0.unwrap();
    assert_eq!(cut.lists, None);
    assert!(cut.left.iter().any(|it| it.why.contains("size limit")), "{:?}", cut.left);
}
