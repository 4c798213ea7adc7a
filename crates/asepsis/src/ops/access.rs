//! Accounts and whose they are, as pages show them; what people say about them.

use std::collections::BTreeMap;

use asepsis_collect::remark;
use asepsis_core::account::{AccountKind, Belongs, Keep, Mark, Review};
use asepsis_core::engine::access::{ACCESS, Account, Accounts, Whose};
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Subject};
use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::home::{By, Home, HomeError};

/// Longest owner and note, in characters.
const LONGEST: usize = 300;

/// Something about an account that somebody should look at, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The person left, and it can still be used.
    Left,
    /// Somebody used it after the person left.
    UsedAfterLeaving,
    /// It is nobody's of the personnel list.
    NotInList,
    /// Number and mail name different people.
    Unclear,
    /// An administrator's everyday account.
    DailyAdministrator,
    /// No second step is set up.
    NoSecondStep,
    /// It may have an empty password.
    NoPassword,
    /// Several people use it.
    Shared,
    /// Its name speaks of a place or a task; nobody says what it is.
    MaybeShared,
    /// Nobody used it for months.
    Stale,
    /// Nobody ever used it.
    NeverUsed,
    /// It is no person's, and nobody answers for it.
    NoOwner,
}

impl Flag {
    /// All flags, the gravest first.
    pub const ALL: [Self; 12] = [
        Self::Left,
        Self::UsedAfterLeaving,
        Self::NotInList,
        Self::Unclear,
        Self::DailyAdministrator,
        Self::NoSecondStep,
        Self::NoPassword,
        Self::Shared,
        Self::MaybeShared,
        Self::Stale,
        Self::NeverUsed,
        Self::NoOwner,
    ];

    /// A short word, for addresses and exports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::UsedAfterLeaving => "used-after-leaving",
            Self::NotInList => "not-in-list",
            Self::Unclear => "needs-a-person",
            Self::DailyAdministrator => "daily-administrator",
            Self::NoSecondStep => "no-second-step",
            Self::NoPassword => "no-password-needed",
            Self::Shared => "shared",
            Self::MaybeShared => "maybe-shared",
            Self::Stale => "stale",
            Self::NeverUsed => "never-used",
            Self::NoOwner => "no-owner",
        }
    }
}

/// One account in a list.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Its key.
    pub subject: String,
    /// Its newest entry.
    pub seq: u64,
    /// When it was last seen.
    pub at: Timestamp,
    /// The name for people: what the directory calls it, else a word that names nobody.
    pub name: String,
    /// The name for signing in.
    pub login: String,
    /// Where it lives.
    pub source: String,
    /// What it is for.
    pub kind: Option<AccountKind>,
    /// Whose it is, by name.
    pub person: Option<String>,
    /// It can be used.
    pub enabled: Option<bool>,
    /// It can change the directory.
    pub privileged: bool,
    /// What somebody should look at.
    pub flags: Vec<Flag>,
}

/// All accounts as pages show them.
#[derive(Clone, Debug, Default)]
pub struct AccessView {
    /// What is known of them.
    pub accounts: Accounts,
    /// Those that are there, in the order of their keys.
    pub rows: Vec<AccountRow>,
    /// How many have each flag.
    pub counts: BTreeMap<Flag, usize>,
}

impl AccessView {
    pub(super) fn of(accounts: Accounts) -> Self {
        let looks = accounts.looks();
        let facts: BTreeMap<&str, &serde_json::Map<String, Value>> = looks
            .iter()
            .filter(|(_, look)| look.schema == ACCESS)
            .filter_map(|(_, look)| match &look.body {
                Body::Saw { fact, .. } => Some((look.subject.0.as_str(), fact)),
                _ => None,
            })
            .collect();
        let rows: Vec<AccountRow> = accounts
            .present()
            .map(|it| row(&accounts, it, facts.get(it.subject.0.as_str()).copied()))
            .collect();
        let mut counts = BTreeMap::new();
        for flag in rows.iter().flat_map(|it| &it.flags) {
            *counts.entry(*flag).or_default() += 1;
        }
        Self { accounts, rows, counts }
    }

    /// One account by its key.
    pub fn row(&self, subject: &str) -> Option<&AccountRow> {
        let at = self.rows.binary_search_by(|it| it.subject.as_str().cmp(subject)).ok()?;
        self.rows.get(at)
    }

    /// What is known of one account.
    pub fn account(&self, subject: &str) -> Option<&Account> {
        self.accounts.all.iter().find(|it| it.subject.0 == subject)
    }

    /// The name of a person of the personnel list.
    pub fn person(&self, subject: &Subject) -> String {
        let name = self.accounts.names.get(subject).map(|it| it.name.clone());
        name.filter(|it| !it.is_empty())
            .unwrap_or_else(|| "somebody whose name was deleted".to_owned())
    }

    /// People whose number or mail is just this.
    pub fn people_known_as(&self, text: &str) -> Vec<Subject> {
        let text = text.trim().to_lowercase();
        let same = |it: &Option<String>| it.as_ref().is_some_and(|it| it.to_lowercase() == text);
        let found = self.accounts.people.keys().filter(|subject| {
            let name = self.accounts.names.get(*subject);
            name.is_some_and(|it| same(&it.employee_id) || same(&it.mail))
        });
        found.cloned().collect()
    }
}

fn row(
    accounts: &Accounts,
    it: &Account,
    fact: Option<&serde_json::Map<String, Value>>,
) -> AccountRow {
    let is = |path: &str| -> Option<bool> {
        let mut keys = path.split('.');
        let first = fact?.get(keys.next()?)?;
        keys.try_fold(first, |at, key| at.get(key))?.as_bool()
    };
    let identity = accounts.names.get(&it.subject);
    let usable = it.is_enabled() != Some(false);
    let personal = is("personal") == Some(true);
    let holds = |flag: Flag| match flag {
        Flag::Left => usable && is("left") == Some(true),
        Flag::UsedAfterLeaving => is("used_after_leaving") == Some(true),
        Flag::NotInList => usable && personal && is("in_roster") == Some(false),
        Flag::Unclear => usable && matches!(it.whose, Whose::Unclear(_)),
        Flag::DailyAdministrator => usable && is("daily_administrator") == Some(true),
        Flag::NoSecondStep => usable && personal && is("mfa.capable") == Some(false),
        Flag::NoPassword => usable && is("password.not_required") == Some(true),
        Flag::Shared => usable && is("shared") == Some(true),
        Flag::MaybeShared => usable && it.kind.is_none() && is("looks_shared") == Some(true),
        Flag::Stale => usable && is("stale") == Some(true),
        Flag::NeverUsed => usable && is("never_used") == Some(true),
        Flag::NoOwner => usable && is("owned") == Some(false),
    };
    let source = it.says("source").and_then(Value::as_str).unwrap_or_default();
    let name = identity.map(|it| it.name.clone()).filter(|it| !it.is_empty());
    let person = it
        .whose
        .person()
        .map(|person| accounts.names.get(person).map(|it| it.name.clone()).unwrap_or_default());
    AccountRow {
        subject: it.subject.0.clone(),
        seq: it.seq,
        at: it.at,
        name: name.unwrap_or_else(|| it.label.clone()),
        login: identity.and_then(|it| it.login.clone()).unwrap_or_default(),
        source: source.to_owned(),
        kind: it.kind,
        person,
        enabled: it.is_enabled(),
        privileged: it.is("privileged") == Some(true),
        flags: Flag::ALL.into_iter().filter(|flag| holds(*flag)).collect(),
    }
}

/// Something about an account that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No such account is known.
    #[error("there is no account {0}")]
    NoAccount(String),
    /// No such person is known.
    #[error("nobody of the personnel list is known by that number or mail address")]
    NoPerson,
    /// Too long.
    #[error("keep it to {LONGEST} characters")]
    TooLong,
    /// It may hold patient data.
    #[error("it seems to hold {0}; asepsis keeps no patient data")]
    PatientData(String),
    /// The list is another one by now.
    #[error("the list of accounts changed since it was shown; go through it once more")]
    OtherList,
}

impl Home {
    /// Records what an account is for.
    pub async fn mark(
        &self,
        view: &AccessView,
        mark: Mark,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<(), AccessError> {
        known(view, &mark.account)?;
        for text in [&mark.owner, &mark.note] {
            if text.chars().count() > LONGEST {
                return Err(AccessError::TooLong);
            }
            if let Some(found) = remark::patient_data(text) {
                return Err(AccessError::PatientData(found));
            }
        }
        self.say(Record::Mark(mark), by, now).await
    }

    /// Records that an account is a person's, or is not.
    pub async fn belongs(
        &self,
        view: &AccessView,
        said: Belongs,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<(), AccessError> {
        known(view, &said.account)?;
        if !view.accounts.people.contains_key(&said.person) {
            return Err(AccessError::NoPerson);
        }
        self.say(Record::Belongs(said), by, now).await
    }

    /// Records that somebody went through all accounts that can be used: those named are to be removed,
    /// all others stay. Only for the list that was shown.
    pub async fn review(
        &self,
        view: &AccessView,
        digest: &str,
        remove: &[String],
        by: By<'_>,
        now: Timestamp,
    ) -> Result<(), AccessError> {
        let accounts = &view.accounts;
        let list = accounts.digest();
        if list.to_string() != digest {
            return Err(AccessError::OtherList);
        }
        let usable = accounts.present().filter(|it| it.is_enabled() != Some(false));
        let decisions = usable.map(|it| {
            let gone = remove.contains(&it.subject.0);
            (it.subject.0.clone(), if gone { Keep::Remove } else { Keep::Keep })
        });
        let review = Review { list, at: now, decisions: decisions.collect() };
        self.say(Record::Review(review), by, now).await
    }

    async fn say(&self, record: Record, by: By<'_>, now: Timestamp) -> Result<(), AccessError> {
        let (author, person) = self.by(by).await?;
        let records = person.into_iter().chain([record]).map(|it| (author.clone(), it)).collect();
        self.record(records, now).await?;
        Ok(())
    }
}

fn known(view: &AccessView, account: &Subject) -> Result<(), AccessError> {
    let found = view.row(&account.0).map(drop);
    found.ok_or_else(|| AccessError::NoAccount(account.0.clone()))
}
