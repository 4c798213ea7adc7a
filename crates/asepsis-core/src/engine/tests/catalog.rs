//! A catalog of the tests' own: invented practices, questions, schemas and checks, as small as the
//! rules of the engine allow. It does not pass the linter, which knows how much HICP holds.

use crate::catalog::{Catalog, CatalogFiles};

/// The catalog, compiled.
pub(super) fn catalog() -> Catalog {
    let files = CatalogFiles(
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
    );
    load(&files)
}

/// The catalog with one file replaced or added.
pub(super) fn catalog_with(path: &str, text: &str) -> Catalog {
    let mut files = CatalogFiles(
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
    );
    files.0.insert(path.to_owned(), text.to_owned());
    load(&files)
}

fn load(files: &CatalogFiles) -> Catalog {
    Catalog::load(files).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|it| format!("{it}\n")).collect::<String>())
    })
}

const FILES: &[(&str, &str)] = &[
    ("catalog.toml", EDITION),
    ("sizes.toml", SIZES),
    ("glossary.toml", "term = []"),
    ("resources.toml", "resource = []"),
    ("practices/01-mail.md", MAIL),
    ("practices/02-machines.md", MACHINES),
    ("practices/09-devices.md", DEVICES),
    ("questions/all.toml", QUESTIONS),
    ("observations/machine-1.toml", MACHINE),
    ("observations/zone-1.toml", ZONE),
    ("checks/machine/disk.toml", DISK),
    ("checks/machine/patched.toml", PATCHED),
    ("checks/machine/accounts.toml", ACCOUNTS),
    ("checks/machine/quiet.toml", QUIET),
    ("checks/zone/dmarc.toml", DMARC),
    ("checks/zone/spf.toml", SPF),
];

const EDITION: &str = r#"
title = "Invented"
id = "test-1"
edition = []
appendix = []
appendix_e_step = []
[certainty_words]
[sources]
"#;

const SIZES: &str = r#"
rule = "most rows"
certainty = { level = "judged", note = "" }
attribute = [
  { id = "beds", title = "hospital beds", small = "few", medium = "some", large = "many" },
  { id = "it", title = "IT staff", small = "none", medium = "some", large = "many" },
  { id = "sites", title = "sites", small = "one", medium = "some", large = "many" },
]
"#;

const MAIL: &str = r#"+++
number = 1
slug = "mail"
name = "Mail"
name_2018_small = "Mail"
name_2018_medium_large = "Mail"
threats = []
data_at_risk = []
certainty = {}

[[sub_practice]]
id = "1.S.A"
size = "small"
editions = [2018, 2023]
title = "Mail set up"
title_2023 = "Mail, set up well"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "sender", text = "Faked mail is refused.", certainty = { level = "judged", note = "" } },
  { id = "agreement", text = "The provider signed.", certainty = { level = "judged", note = "" } },
]

[[sub_practice]]
id = "1.S.Z"
size = "small"
editions = [2023]
title = "Lures"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = { id = { level = "general knowledge (low)", note = "" } }
part = [
  { id = "lure", text = "People are trained.", certainty = { level = "judged", note = "" } },
]

[[sub_practice]]
id = "1.M.A"
size = "medium"
editions = [2018]
title = "Mail set up, medium"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "sender", text = "Faked mail is refused.", certainty = { level = "judged", note = "" } },
  { id = "filter", text = "Bad mail is filtered.", certainty = { level = "judged", note = "" } },
  { id = "links", text = "Links are looked at.", certainty = { level = "judged", note = "" } },
]

[[sub_practice]]
id = "1.L.A"
size = "large"
editions = [2018]
title = "Mail set up, large"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "links", text = "Links are looked at.", certainty = { level = "judged", note = "" } },
]
+++
Mail.
"#;

const MACHINES: &str = r#"+++
number = 2
slug = "machines"
name = "Machines"
name_2018_small = "Machines"
name_2018_medium_large = "Machines"
threats = []
data_at_risk = []
certainty = {}

[[sub_practice]]
id = "2.S.A"
size = "small"
editions = [2018]
title = "Basic care"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "disk", text = "Disks are encrypted.", certainty = { level = "judged", note = "" } },
  { id = "patches", text = "Patches are on.", certainty = { level = "judged", note = "" } },
  { id = "accounts", text = "Administrators sign in twice.", certainty = { level = "judged", note = "" } },
]

[[sub_practice]]
id = "2.M.A"
size = "medium"
editions = [2018]
title = "Basic care, medium"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "disk", text = "Disks are encrypted.", certainty = { level = "judged", note = "" } },
  { id = "patches", text = "Patches are on.", certainty = { level = "judged", note = "" } },
  { id = "accounts", text = "Administrators sign in twice.", certainty = { level = "judged", note = "" } },
]

[[sub_practice]]
id = "2.L.A"
size = "large"
editions = [2018]
title = "Hunting"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "hunt", text = "Somebody hunts.", certainty = { level = "judged", note = "" } },
]
+++
Machines.
"#;

const DEVICES: &str = r#"+++
number = 9
slug = "devices"
name = "Devices"
name_2018_small = "Devices"
name_2018_medium_large = "Devices"
threats = []
data_at_risk = []
certainty = {}

[[sub_practice]]
id = "9.S.A"
size = "small"
editions = [2018]
title = "Devices and ways in"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "list", text = "Devices are listed.", certainty = { level = "judged", note = "" }, applies = "org.devices != 'none'" },
  { id = "remote", text = "Nothing listens.", certainty = { level = "judged", note = "" }, applies = "org.remote != 'none'" },
  { id = "both", text = "Devices cannot be reached.", certainty = { level = "judged", note = "" }, applies = "org.devices != 'none' && org.remote != 'none'" },
]

[[sub_practice]]
id = "9.M.A"
size = "medium"
editions = [2018]
title = "Devices, medium"
summary = ""
threats = []
metrics = []
evidence_ideas = []
certainty = {}
part = [
  { id = "list", text = "Devices are listed.", certainty = { level = "judged", note = "" }, applies = "org.devices != 'none'" },
]
+++
Devices.
"#;

const QUESTIONS: &str = include_str!("questions.toml");

const MACHINE: &str = r#"
schema = "machine/1"
subject = "machine"
expected = "machines"
title = "A machine"
path = [
  { path = "portable", type = "bool", means = "", absent = "" },
  { path = "disk.encrypted", type = "bool", means = "", absent = "" },
  { path = "patch.days", type = "int", unit = "days", ages = "up", means = "", absent = "" },
  { path = "accounts", type = "list", means = "", absent = "" },
  { path = "accounts[].admin", type = "bool", means = "", absent = "" },
  { path = "accounts[].twice", type = "bool", means = "", absent = "" },
  { path = "remote.listening", type = "bool", means = "", absent = "" },
  { path = "medical", type = "bool", means = "", absent = "" },
]
"#;

const ZONE: &str = r#"
schema = "zone/1"
subject = "domain"
expected = "domains"
title = "A mail domain"
path = [
  { path = "dmarc.policy", type = "string", values = ["none", "quarantine", "reject"], means = "", absent = "" },
  { path = "spf", type = "bool", means = "", absent = "" },
]
"#;

const DISK: &str = r#"
id = "machine.disk"
title = "Disks of portable machines are encrypted"
serves = ["2.S.A/disk", "2.M.A/disk"]
reads = "machine/1"
severity = "high"
fresh = "30d"
applies = "fact.portable"
pass = "fact.disk.encrypted"
detail = "encrypted: {fact.disk.encrypted}, patched {fact.patch.days} days ago"
why = "w"
fix = "f"
effort = { hours = 4, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;

const PATCHED: &str = r#"
id = "machine.patched"
title = "Machines are patched"
serves = ["2.S.A/patches", "2.M.A/patches"]
reads = "machine/1"
severity = "critical"
fresh = "30d"
pass = "fact.patch.days <= 30"
share = { required = 0.75, source = "invented" }
why = "w"
fix = "f"
effort = { hours = 2, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;

const ACCOUNTS: &str = r#"
id = "machine.accounts"
title = "Administrators sign in twice"
serves = ["2.S.A/accounts", "2.M.A/accounts"]
reads = "machine/1"
severity = "medium"
fresh = "90d"
pass = "fact.accounts.all(it, !it.admin || it.twice)"
why = "w"
fix = "f"
effort = { hours = 1, dollars = 100, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;

const QUIET: &str = r#"
id = "machine.quiet"
title = "Nothing listens"
serves = ["9.S.A/remote", "9.S.A/both"]
reads = "machine/1"
severity = "low"
fresh = "30d"
pass = "!fact.remote.listening"
why = "w"
fix = "f"
effort = { hours = 1, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;

const DMARC: &str = r#"
id = "zone.dmarc"
title = "Faked mail is refused"
serves = ["1.S.A/sender", "1.M.A/sender"]
reads = "zone/1"
severity = "high"
fresh = "30d"
pass = "fact.dmarc.policy in ['quarantine', 'reject']"
detail = "policy is {fact.dmarc.policy}"
why = "w"
fix = "f"
effort = { hours = 3, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;

const SPF: &str = r#"
id = "zone.spf"
title = "Senders are listed"
serves = ["1.S.A/sender", "1.M.A/sender"]
reads = "zone/1"
severity = "high"
fresh = "30d"
pass = "fact.spf"
why = "w"
fix = "f"
effort = { hours = 1, dollars = 0, who = "it" }
effort_certainty = { level = "judged", note = "" }
sources = ["s"]
example = []
"#;
