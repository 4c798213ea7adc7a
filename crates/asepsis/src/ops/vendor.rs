//! A vendor answers without an account: a link that shows a part of the vendor sheet, ends by itself,
//! and can be taken back. What the vendor says is recorded as the vendor's.

use asepsis_collect::remark;
use asepsis_core::action::{ActionChange, ActionEvent};
use asepsis_core::evidence::Record;
use asepsis_core::hash::Hash;
use asepsis_core::random::new_id;
use asepsis_core::statement::{Attestation, Sureness, Via};
use asepsis_core::time::Timestamp;
use asepsis_store::db::DbError;
use asepsis_store::vendor_links::{VendorLink, VendorScope};

use super::answer::{Answering, Refused, accept, in_order};
use super::home::{Home, HomeError};

/// A link lasts so many days at most.
const LONGEST: i64 = 90;
/// The most things one link may ask.
const MOST: usize = 200;

/// A link that is not made, or leads nowhere.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The home cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] DbError),
    /// Nobody is named.
    #[error("say for whom the link is, in up to 100 characters")]
    Vendor,
    /// It asks nothing, or too much.
    #[error("choose between 1 and {MOST} things to ask")]
    Scope,
    /// It lasts too long, or not at all.
    #[error("a link lasts 1 to {LONGEST} days")]
    Days,
    /// There is no such link.
    #[error("there is no such link")]
    Unknown,
    /// Its time is over.
    #[error("the time of this link is over")]
    Expired,
    /// Somebody took it back.
    #[error("this link was taken back")]
    Revoked,
    /// It does not ask this.
    #[error("this link does not ask that")]
    OutOfScope,
    /// The answer cannot be recorded.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// What a vendor says through a link.
#[derive(Clone, Debug)]
pub enum VendorAnswer {
    /// To a question.
    Answer(Answering),
    /// About what a check asks for: done, or not, in the vendor's words.
    Ask {
        /// The check.
        check: String,
        /// It is done.
        done: bool,
        /// What the vendor says.
        note: String,
    },
}

impl Home {
    /// Makes a link whose token hashes to `token`. The token itself is never kept.
    pub async fn make_link(
        &self,
        token: Hash,
        vendor: &str,
        scope: VendorScope,
        days: i64,
        by: &str,
        now: Timestamp,
    ) -> Result<VendorLink, LinkError> {
        let vendor = vendor.trim();
        if vendor.is_empty() || vendor.chars().count() > 100 || vendor.chars().any(char::is_control)
        {
            return Err(LinkError::Vendor);
        }
        let asked = scope.questions.len() + scope.checks.len();
        let known = scope.questions.iter().all(|id| self.catalog.question(id).is_some())
            && scope.checks.iter().all(|id| self.catalog.check(id).is_some());
        if asked == 0 || asked > MOST || !known {
            return Err(LinkError::Scope);
        }
        if !(1..=LONGEST).contains(&days) {
            return Err(LinkError::Days);
        }
        let link = VendorLink {
            id: new_id("link", self.random()),
            token_hash: token,
            vendor: vendor.to_owned(),
            scope,
            created_by: by.to_owned(),
            created_at: now,
            expires_at: now.plus_days(days),
            revoked_at: None,
            last_used_at: None,
        };
        self.store.create_vendor_link(&self.organization, &link).await?;
        Ok(link)
    }

    /// Follows a link, if it leads anywhere.
    pub async fn open_link(&self, token: Hash, now: Timestamp) -> Result<VendorLink, LinkError> {
        let found = self.store.vendor_link_by_token(&self.organization, token).await?;
        let link = found.ok_or(LinkError::Unknown)?;
        if link.revoked_at.is_some() {
            return Err(LinkError::Revoked);
        }
        if link.expires_at <= now {
            return Err(LinkError::Expired);
        }
        self.store.use_vendor_link(&self.organization, &link.id, now).await?;
        Ok(link)
    }

    /// Records what a vendor says through a link, all or nothing. The link is looked at once more, so
    /// that one that ended meanwhile records nothing.
    pub async fn vendor_says(
        &self,
        token: Hash,
        name: &str,
        said: &[VendorAnswer],
        now: Timestamp,
    ) -> Result<usize, LinkError> {
        let link = self.open_link(token, now).await?;
        let name = name.trim();
        let who =
            if name.is_empty() { link.vendor.clone() } else { format!("{name}, {}", link.vendor) };
        if who.chars().count() > 200 || who.chars().any(char::is_control) {
            return Err(LinkError::Vendor);
        }
        let (author, person) = self.author(&who, "vendor").await?;
        let mut records: Vec<Record> = person.into_iter().collect();
        let people = records.len();
        for one in said {
            records.push(self.vendor_record(&link, one, now)?);
        }
        if records.len() == people {
            return Ok(0);
        }
        let records = records.into_iter().map(|record| (author.clone(), record)).collect();
        self.record(records, now).await?;
        Ok(said.len())
    }

    fn vendor_record(
        &self,
        link: &VendorLink,
        said: &VendorAnswer,
        now: Timestamp,
    ) -> Result<Record, LinkError> {
        match said {
            VendorAnswer::Answer(answering) => {
                if !link.scope.questions.contains(&answering.question) {
                    return Err(LinkError::OutOfScope);
                }
                let question = self.catalog.question(&answering.question);
                let question = question.ok_or(LinkError::OutOfScope)?;
                accept(question, answering)?;
                Ok(Record::Attestation(Attestation {
                    question: answering.question.clone(),
                    answer: in_order(&self.catalog, answering),
                    stated_at: now,
                    role: "vendor".to_owned(),
                    sure: Sureness::Sure,
                    note: answering.note.trim().to_owned(),
                    via: Some(Via::VendorLink),
                    entered_by: None,
                }))
            }
            VendorAnswer::Ask { check, done, note } => {
                if !link.scope.checks.contains(check) {
                    return Err(LinkError::OutOfScope);
                }
                let note = note.trim().to_owned();
                if note.chars().count() > 2000 {
                    return Err(Refused::TooLong { question: check.clone() }.into());
                }
                if let Some(found) = remark::patient_data(&note) {
                    return Err(Refused::PatientData { question: check.clone(), found }.into());
                }
                let event = if *done {
                    ActionChange::Done { note }
                } else {
                    ActionChange::Commented { text: note }
                };
                Ok(Record::Action(ActionEvent { check: check.clone(), event, at: now }))
            }
        }
    }
}
