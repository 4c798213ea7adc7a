//! One account of a directory on its way from any source: facts of `account/1`, and apart from them
//! the names. What a source does not say stays away.

use asepsis_core::identity::{Identity, Secret};
use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::time::Timestamp;
use serde_json::Value;

/// The schema of what is seen of an account.
pub(super) const SCHEMA: &str = "account/1";

/// Words in a login name that speak of a place or a task, not of a person. Ours; a hint, no verdict.
const SHARED: &[&str] = &[
    "admin",
    "billing",
    "checkin",
    "clinic",
    "copier",
    "desk",
    "doctor",
    "exam",
    "fax",
    "front",
    "frontdesk",
    "generic",
    "guest",
    "helpdesk",
    "info",
    "kiosk",
    "lab",
    "laptop",
    "mail",
    "nurse",
    "nursing",
    "office",
    "pharmacy",
    "phone",
    "printer",
    "reception",
    "recept",
    "room",
    "scan",
    "scanner",
    "schedule",
    "scheduling",
    "shared",
    "staff",
    "station",
    "student",
    "team",
    "temp",
    "test",
    "training",
    "triage",
    "user",
    "visitor",
    "xray",
];
/// Words in a login name that speak of a program.
const SERVICE: &[&str] = &[
    "backup", "bind", "cron", "daemon", "krbtgt", "ldap", "service", "sql", "svc", "sync",
    "system", "task", "vss",
];

/// An account that is being read.
pub struct Account {
    identity: Identity,
    also: Vec<Subject>,
    body: BodyBuilder,
    from: String,
}

impl Account {
    /// An account to which the source gives an id that names nobody (a GUID): it becomes the key,
    /// as `account:entra/ID`.
    pub fn with_id(scope: &str, id: &str, from: &str) -> Self {
        let subject = Subject(format!("account:{scope}/{}", id.trim().to_ascii_lowercase()));
        Self::of(subject, scope, from)
    }

    /// An account that the source knows by a name only (a mail address).
    pub fn with_name(secret: &Secret, scope: &str, name: &str, from: &str) -> Self {
        Self::of(secret.subject("account", scope, name), scope, from)
    }

    fn of(subject: Subject, scope: &str, from: &str) -> Self {
        let mut it = Self {
            identity: Identity { subject, ..Identity::default() },
            also: Vec::new(),
            body: BodyBuilder::new(),
            from: from.to_owned(),
        };
        // The scope may name the domain behind the kind of source: `ad/clinic.example`.
        it.saw("source", scope.split('/').next().unwrap_or(scope));
        it
    }

    /// Another key under which the same source knows it.
    pub fn also(&mut self, key: Subject) {
        self.also.push(key);
    }

    /// Records a fact of `account/1`.
    pub fn saw(&mut self, path: &str, value: impl Into<Value>) {
        self.body.saw(path, value, self.from.clone());
    }

    /// Records a time of `account/1`, as text in UTC.
    pub fn saw_time(&mut self, path: &str, at: Option<Timestamp>) {
        if let Some(at) = at {
            self.saw(path, at.to_string());
        }
    }

    /// Records why a fact is not known.
    pub fn missed(&mut self, path: &str, why: &str) {
        self.body.missed(path, why);
    }

    /// The names of the account. The hints `looks_shared` and `looks_service` are read off the login
    /// (else the part of the mail before the `@`); the names themselves are no facts.
    pub fn named(&mut self, name: &str, login: Option<&str>, mail: Option<&str>) {
        let kept = |text: Option<&str>| text.map(tidy).filter(|it| !it.is_empty());
        self.identity.name = tidy(name);
        self.identity.login = kept(login);
        self.identity.mail = kept(mail).map(|it| it.to_lowercase());
        let by = self.identity.login.as_ref().or(self.identity.mail.as_ref());
        let Some(by) = by.map(|it| it.split('@').next().unwrap_or_default().to_lowercase()) else {
            return;
        };
        self.saw("looks_shared", speaks_of(&by, SHARED));
        self.saw("looks_service", speaks_of(&by, SERVICE));
    }

    /// The number by which the organization's lists know the person.
    pub fn employee_id(&mut self, id: Option<&str>) {
        self.identity.employee_id = id.map(tidy).filter(|it| !it.is_empty());
        self.saw("has_employee_id", self.identity.employee_id.is_some());
    }

    /// The look and the names.
    pub fn build(self, observed_at: Timestamp, collector: &str) -> (Observation, Identity) {
        let key = self.identity.subject.key();
        let (scope, id) = key.rsplit_once('/').unwrap_or(("", key));
        let short: String = id.chars().take(8).collect();
        let observation = Observation {
            schema: SCHEMA.to_owned(),
            subject: self.identity.subject.clone(),
            also: self.also,
            label: format!("{scope} account {short}"),
            observed_at,
            collector: collector.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            body: self.body.build(),
        };
        (observation, self.identity)
    }
}

/// One line, without control characters, of a length that names have.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Whether one of the words stands in a login, alone or beside digits and marks: `frontdesk2`,
/// `svc-backup`, not `adminski`.
fn speaks_of(login: &str, words: &[&str]) -> bool {
    let parts = login.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty());
    parts.into_iter().any(|part| words.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::observation::Body;

    #[test]
    fn names_stay_out_of_the_facts() {
        let mut it =
            Account::with_name(&Secret([7; 32]), "google", "Ada.L@Clinic.example", "users.csv");
        it.named("Ada  Lovelace", None, Some("Ada.L@Clinic.example"));
        it.employee_id(Some(" 1044 "));
        it.saw("enabled", true);
        let (look, identity) = it.build(Timestamp::from_millis(0), "asepsis/google-users");
        let text = serde_json::to_string(&look).unwrap().to_lowercase();
        for name in ["ada", "lovelace", "clinic", "1044"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
        assert_eq!(identity.name, "Ada Lovelace");
        assert_eq!(identity.mail.as_deref(), Some("ada.l@clinic.example"));
        assert_eq!(identity.employee_id.as_deref(), Some("1044"));
        assert!(matches!(look.body, Body::Saw { .. }));
    }

    #[test]
    fn a_login_hints_at_a_place_or_a_program() {
        for (login, shared, service) in [
            ("frontdesk", true, false),
            ("frontdesk2", true, false),
            ("xray-room1", true, false),
            ("svc_backup", false, true),
            ("sql.reports", false, true),
            ("adminski", false, false),
            ("scanlon", false, false),
            ("jdoe", false, false),
        ] {
            assert_eq!(speaks_of(login, SHARED), shared, "{login}");
            assert_eq!(speaks_of(login, SERVICE), service, "{login}");
        }
    }
}
