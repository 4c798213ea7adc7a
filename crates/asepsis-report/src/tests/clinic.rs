//! Invented clinics: a catalog, what was seen and said there, and the report of it.

use std::path::Path;

use asepsis_core::catalog::{Catalog, CatalogFiles, Kind};
use asepsis_core::engine::{
    Assessment, Input, Interview, NextStep, evaluate, interview, next_steps,
};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::organization::{Organization, Size};
use asepsis_core::statement::{Answer, Attestation, Sureness, Waiver};
use asepsis_core::time::Timestamp;

use crate::{Report, html};

/// Everything that a report borrows.
pub(super) struct Clinic {
    catalog: Catalog,
    pub(super) assessment: Assessment,
    next: Vec<NextStep>,
    interview: Interview,
}

impl Clinic {
    /// Seven computers, one domain, a few answers, one of them contradicted.
    pub(super) fn of_seven(catalog: Catalog) -> Self {
        Self::named(catalog, "Maple Street Family Practice", "front-desk-2")
    }

    /// The same, with a name of the organization and of a computer.
    pub(super) fn named(catalog: Catalog, name: &str, computer: &str) -> Self {
        Self::book(&catalog, name, computer).close(catalog)
    }

    fn book(catalog: &Catalog, name: &str, computer: &str) -> Book {
        let mut book = Book::open(catalog, name);
        book.domain("maple.example", "reject");
        for (host, encrypted) in [
            ("front-desk-1", true),
            (computer, false),
            ("exam-room-1", false),
            ("exam-room-2", true),
            ("office", true),
        ] {
            book.computer(host, encrypted);
        }
        book.answer("endpoint.disk-encryption", Answer::One("all".into()));
        book.answer("org.computers", Answer::Number(7));
        book.answer("email.training", Answer::One("yes".into()));
        book.answer("email.report", Answer::DontKnow);
        book.write(Record::Waiver(Waiver {
            check: "test.disk-encrypted".into(),
            subject: Some(Subject("host:exam-room-1".into())),
            reason: "Runs the old ultrasound; replaced in January.".into(),
            owner: "Dr. Lee".into(),
            expires: time("2027-01-31T00:00:00Z"),
        }));
        book
    }

    /// The same, and much is answered.
    pub(super) fn talkative(catalog: Catalog) -> Self {
        let mut book = Self::book(&catalog, "Maple Street Family Practice", "front-desk-2");
        for (at, question) in catalog.questions.iter().enumerate() {
            let ids = || question.answers.iter().map(|answer| answer.id.clone());
            let area = question.id.split('.').next().unwrap_or_default();
            match (question.kind, area) {
                (_, "endpoint" | "org") | (Kind::Number, _) => {}
                _ if at % 7 == 3 => book.answer(&question.id, Answer::DontKnow),
                (Kind::One, "assets" | "devices") => {
                    ids()
                        .next()
                        .into_iter()
                        .for_each(|id| book.answer(&question.id, Answer::One(id)));
                }
                (Kind::One, _) if at % 3 == 0 => {}
                (Kind::One, _) => {
                    let id = ids().nth(at % question.answers.len()).into_iter();
                    id.for_each(|id| book.answer(&question.id, Answer::One(id)));
                }
                (Kind::Several, _) => {
                    let ticked = ids().enumerate().filter(|(at, _)| at % 3 != 1).map(|(_, id)| id);
                    book.answer(&question.id, Answer::Several(ticked.collect()));
                }
            }
        }
        book.close(catalog)
    }

    /// Very many computers, none of them in order.
    pub(super) fn of_many(catalog: Catalog, n: usize) -> Self {
        let mut book = Book::open(&catalog, "Many Hospitals");
        for at in 0..n {
            book.computer(&format!("ws-{at:05}"), false);
        }
        book.answer("endpoint.disk-encryption", Answer::One("all".into()));
        book.close(catalog)
    }

    /// Nothing seen, nothing said.
    pub(super) fn empty(catalog: Catalog) -> Self {
        Book { records: Vec::new() }.close(catalog)
    }

    pub(super) fn html(&self) -> String {
        html(&self.report())
    }

    pub(super) fn report(&self) -> Report<'_> {
        Report {
            catalog: &self.catalog,
            assessment: &self.assessment,
            next: &self.next,
            interview: &self.interview,
            program: "asepsis 0.1.0",
            zone: jiff::tz::TimeZone::UTC,
        }
    }
}

struct Book {
    records: Vec<Evidence>,
}

impl Book {
    fn open(catalog: &Catalog, name: &str) -> Self {
        let mut book = Self { records: Vec::new() };
        let rows = catalog.sizes.attributes.iter().take(5).enumerate();
        let column = |at| if at == 3 { Size::Medium } else { Size::Small };
        book.write(Record::Organization(Organization {
            name: name.into(),
            attributes: rows.map(|(at, row)| (row.id.clone(), column(at))).collect(),
            domains: vec!["maple.example".into()],
            zone: "America/Chicago".into(),
            ..Organization::default()
        }));
        book
    }

    fn write(&mut self, record: Record) {
        let seq = 90 + self.records.len() as u64;
        let recorded_at = time("2026-11-23T15:14:00Z");
        self.records.push(Evidence { seq, recorded_at, author: "a".into(), record });
    }

    fn look(&mut self, schema: &str, subject: Subject, label: &str, body: BodyBuilder) {
        self.write(Record::Observation(Observation {
            also: Vec::new(),
            schema: schema.into(),
            subject,
            label: label.into(),
            observed_at: time("2026-11-23T15:00:00Z"),
            collector: "asepsis/test".into(),
            version: "0".into(),
            body: body.build(),
        }));
    }

    fn computer(&mut self, host: &str, encrypted: bool) {
        let mut body = BodyBuilder::new();
        body.saw("disk.encrypted", encrypted, "/sys/block");
        if host != "office" {
            body.saw("os.supported", host != "exam-room-1", "/etc/os-release");
        }
        self.look("computer/1", Subject(format!("host:{host}")), host, body);
    }

    fn domain(&mut self, name: &str, policy: &str) {
        let mut body = BodyBuilder::new();
        body.saw("dmarc.policy", policy, "_dmarc");
        self.look("email-domain/1", Subject::domain(name), name, body);
    }

    fn answer(&mut self, question: &str, answer: Answer) {
        self.write(Record::Attestation(Attestation {
            question: question.into(),
            answer,
            stated_at: time("2026-11-03T12:00:00Z"),
            role: "manager".into(),
            sure: Sureness::Sure,
            note: String::new(),
            via: None,
            entered_by: None,
        }));
    }

    fn close(self, catalog: Catalog) -> Clinic {
        let as_of = time("2026-11-24T09:00:00Z");
        let evidence = &self.records;
        let ledger_size = 90 + evidence.len() as u64;
        let assessment = evaluate(&Input { catalog: &catalog, evidence, ledger_size, as_of });
        let next = next_steps(&catalog, &assessment);
        let interview = interview(&catalog, evidence, &assessment, as_of);
        Clinic { catalog, assessment, next, interview }
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time of the test")
}

/// A small invented catalog: two practices, four sub-practices (one of them set apart).
pub(super) fn small() -> Catalog {
    let files = [
        ("catalog.toml", EDITIONS),
        ("sizes.toml", SIZES),
        ("glossary.toml", "term = []"),
        ("resources.toml", "resource = []"),
        ("threats/1-theft.md", THREAT),
        ("practices/01-email.md", EMAIL),
        ("practices/02-endpoint.md", ENDPOINT),
        ("questions/00.toml", QUESTIONS),
        ("observations/computer-1.toml", COMPUTER),
        ("observations/email-domain-1.toml", DOMAIN),
        ("checks/test/disk-encrypted.toml", DISK),
        ("checks/test/dmarc-enforced.toml", DMARC),
    ];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    load(&CatalogFiles(files.collect()))
}

/// The catalog of the program, with the checks and schemas of the tests instead of its own.
pub(super) fn shipped() -> Catalog {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the catalog is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            if !["checks/", "observations/"].iter().any(|it| name.starts_with(it)) {
                files.0.insert(name, std::fs::read_to_string(&path).expect("readable"));
            }
        }
    }
    for (name, text) in [("disk-encrypted", DISK), ("dmarc", DMARC), ("supported", SUPPORTED)] {
        files.0.insert(format!("checks/test/{name}.toml"), text.to_owned());
    }
    for (name, text) in [("computer-1", COMPUTER), ("email-domain-1", DOMAIN)] {
        files.0.insert(format!("observations/{name}.toml"), text.to_owned());
    }
    load(&files)
}

fn load(files: &CatalogFiles) -> Catalog {
    Catalog::load(files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

const EDITIONS: &str = r#"
title = "An Invented Publication"
id = "test-1"
appendix = []
appendix_e_step = []
[[edition]]
year = 2018
released = "2018-12-28"
note = ""
source = "here"
[certainty_words]
"sourced" = "read in the page or repository named"
"judged" = "our judgment"
[sources]
"a" = "https://a.example/page (a page)"
"b" = "a book"
"#;

const SIZES: &str = r#"
rule = "most"
certainty = { level = "judged", note = "" }
[[attribute]]
id = "it"
title = "IT capability"
small = "none"
medium = "some"
large = "much"
"#;

const THREAT: &str = r#"+++
id = "T1"
slug = "theft"
name = "Loss or theft"
name_2018 = "Loss or theft"
practices = [2]
sub_practices = ["2.S.A"]
vulnerability = [{ text = "disks not encrypted" }]
impact = [{ text = "records exposed" }]
action = []
[certainty]
impacts = { level = "general knowledge", note = "" }
[case]
story = "A laptop is left in a taxi."
threat = "A thief."
vulnerability = "A plain disk."
impact = "Exposed records."
+++
Things get lost.
"#;

const EMAIL: &str = r#"+++
number = 1
slug = "email"
name = "Email Protection"
name_2018_small = ""
name_2018_medium_large = ""
threats = []
data_at_risk = []
certainty = {}
[[sub_practice]]
id = "1.S.A"
size = "small"
editions = [2018]
title = "Basic Controls"
summary = "Filter mail."
threats = []
metrics = []
evidence_ideas = []
certainty = { title = { level = "general knowledge", note = "" } }
[[sub_practice.part]]
id = "sender-authentication"
text = "Receivers can tell your mail from mail that fakes your address."
certainty = { level = "derived", note = "" }
[[sub_practice]]
id = "1.S.B"
size = "small"
editions = [2018]
title = "Training"
summary = "Teach people."
threats = []
metrics = []
evidence_ideas = []
certainty = {}
[[sub_practice.part]]
id = "training"
text = "People are taught."
certainty = { level = "derived", note = "" }
+++
Email is a door.
"#;

const ENDPOINT: &str = r#"+++
number = 2
slug = "endpoint"
name = "Endpoint Protection"
name_2018_small = ""
name_2018_medium_large = ""
threats = []
data_at_risk = []
certainty = {}
[[sub_practice]]
id = "2.S.A"
size = "small"
editions = [2018]
title = "Basic Endpoint Protection"
summary = "Protect computers."
threats = []
metrics = []
evidence_ideas = []
certainty = {}
[[sub_practice.part]]
id = "disk-encryption"
text = "Disks are encrypted."
certainty = { level = "derived", note = "" }
[[sub_practice]]
id = "2.S.Z"
size = "small"
editions = [2023]
title = "A Newer Item"
summary = "Perhaps."
threats = []
metrics = []
evidence_ideas = []
certainty = { id = { level = "general knowledge (low)", note = "" } }
[[sub_practice.part]]
id = "disk-encryption"
text = "Disks are encrypted here too."
certainty = { level = "judged", note = "" }
+++
Computers are where work happens.
"#;

const QUESTIONS: &str = r#"
[[question]]
id = "endpoint.disk-encryption"
kind = "one"
ask = "Are the disks of your computers encrypted?"
roles = ["it", "vendor"]
why = "Why we ask: theft."
evidence = "A look."
serves = ["2.S.A/disk-encryption"]
[[question.answer]]
id = "all"
text = "Yes, on every computer"
means = "in-place"
[[question]]
id = "org.computers"
kind = "number"
ask = "How many computers?"
roles = ["manager"]
why = "Why we ask: to count."
evidence = "A list."
sets = "computers"
[[question]]
id = "email.training"
kind = "one"
ask = "Are people taught?"
roles = ["manager"]
why = "Why we ask: people."
evidence = "A list."
serves = ["1.S.B/training"]
[[question.answer]]
id = "yes"
text = "Yes"
means = "in-place"
[[question]]
id = "email.report"
kind = "one"
ask = "Do people know whom to tell?"
roles = ["manager", "it"]
why = "Why we ask: minutes."
evidence = "A note."
serves = ["1.S.B/training"]
answer = [{ id = "yes", text = "Yes", means = "in-place" }]
"#;

const COMPUTER: &str = r#"
schema = "computer/1"
subject = "computer"
title = "A computer"
expected = "computers"
[[path]]
path = "disk.encrypted"
type = "bool"
means = "encrypted"
absent = "not read"
"#;

const DOMAIN: &str = r#"
schema = "email-domain/1"
subject = "domain"
title = "A mail domain"
expected = "domains"
[[path]]
path = "dmarc.policy"
type = "string"
means = "the policy"
absent = "no record"
"#;

const DISK: &str = r#"
id = "test.disk-encrypted"
title = "The disk is encrypted"
serves = ["2.S.A/disk-encryption"]
reads = "computer/1"
severity = "high"
fresh = "30d"
pass = "fact.disk.encrypted"
detail = "the disk is not encrypted"
why = "A stolen computer with a plain disk loses every record on it."
fix = """
Turn on the encryption that comes with the system.

1. On Windows run `manage-bde -on C:`, or open BitLocker in the control panel.
2. Keep the recovery key where the computer is not.
3. Look again."""
effort = { hours = 1.5, dollars = 0, who = "vendor" }
effort_certainty = { level = "judged", note = "" }
sources = ["HICP TV1 2.S.A"]
[[example]]
fact = { disk = { encrypted = true } }
expect = "pass"
"#;

const SUPPORTED: &str = r#"
id = "test.os-supported"
title = "The system still gets security updates"
serves = ["2.S.A/supported-systems"]
reads = "computer/1"
severity = "critical"
fresh = "30d"
pass = "fact.os.supported"
detail = "its security updates have ended"
why = "Holes found after the last update stay open for good."
fix = "Move the computer to a release that its maker still cares for, or take it off the network."
effort = { hours = 4, dollars = 650, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["HICP TV1 2.S.A"]
[[example]]
fact = { os = { supported = true } }
expect = "pass"
"#;

const DMARC: &str = r#"
id = "test.dmarc-enforced"
title = "Mail that fakes your address is refused"
serves = ["1.S.A/sender-authentication"]
reads = "email-domain/1"
severity = "high"
fresh = "30d"
pass = "fact.dmarc.policy in ['quarantine', 'reject']"
detail = "policy is {fact.dmarc.policy}"
why = "Without it anyone can send mail in your name."
fix = "Publish a policy."
effort = { hours = 3, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["RFC 7489"]
[[example]]
fact = { dmarc = { policy = "reject" } }
expect = "pass"
"#;
