//! One request's visitor: who it is, what they may do, and the book they see.

use std::net::IpAddr;
use std::sync::Arc;

use asepsis_core::catalog::{Catalog, Check, Question};
use asepsis_core::hash::Hash;
use asepsis_core::risk::{Limits, Proposal};
use asepsis_core::time::Timestamp;
use asepsis_store::accounts::{Account, Rights};
use asepsis_store::sessions::Session;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::app::App;
use super::error::PageError;
use super::fields::Fields;
use super::rights::{Right, may};
use crate::ops::{AssessError, Book, Home};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Who {
    /// The account.
    pub(super) account: Account,
    /// The session.
    pub(super) session: Session,
    /// What the store keeps of the session's token.
    pub(super) kept: Hash,
}

/// The visitor of one request. The guard makes it; a handler takes it as its first argument.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) app: Arc<App>,
    /// Who is signed in, second factor included.
    pub(super) who: Option<Who>,
    /// Who has given a passphrase, and owes the second factor.
    pub(super) half: Option<Who>,
    /// The visit cookie, for what happens before a session.
    pub(super) visit: String,
    /// The token of this visitor's forms.
    pub(super) form_token: String,
    /// What the last action came to, to be said once.
    pub(super) said: Option<super::ui::Said>,
    /// From where.
    pub(super) address: IpAddr,
    /// When.
    pub(super) now: Timestamp,
}

impl Visit {
    /// Whether this visitor may do it.
    pub(super) fn may(&self, right: Right) -> bool {
        may(self.who.as_ref().map(|who| who.account.rights), right)
    }

    /// The account, on routes that ask for more than `Right::Open`.
    pub(super) fn account(&self) -> Result<&Account, PageError> {
        self.who.as_ref().map(|who| &who.account).ok_or(PageError::SignIn)
    }

    pub(super) fn home(&self) -> &Home {
        &self.app.home
    }

    /// The catalog, in the words of the organization's sector.
    pub(super) fn catalog(&self) -> &Catalog {
        self.home().wording(self.app.sector())
    }

    /// The book of now.
    pub(super) async fn book(&self) -> Result<Arc<Book>, PageError> {
        Ok(self.app.book().await?)
    }

    /// Works something out that takes longer, apart from what answers others.
    pub(super) async fn work_out<T: Send + 'static>(
        &self,
        book: &Arc<Book>,
        work: impl FnOnce(&Book, &Catalog) -> T + Send + 'static,
    ) -> Result<T, PageError> {
        let (kept, home) = (Arc::clone(book), Arc::clone(&self.app.home));
        // The turn is over when the work is, not when the visitor hangs up.
        let turn = Arc::clone(&self.app.workers).acquire_owned().await;
        let turn = turn.map_err(|error| AssessError::Stopped(error.to_string()))?;
        let work = move || {
            let _turn = turn;
            work(&kept, home.wording(kept.organization.sector))
        };
        let done = tokio::task::spawn_blocking(work).await;
        Ok(done.map_err(|error| AssessError::Stopped(error.to_string()))?)
    }

    /// The plan under other limits.
    pub(super) async fn proposal(
        &self,
        book: &Arc<Book>,
        limits: Limits,
    ) -> Result<Option<Proposal>, PageError> {
        // The plan of the book itself is at hand.
        if let Some(risk) = book.risk.as_ref().filter(|it| it.limits == limits) {
            return Ok(Some(risk.proposal.clone()));
        }
        let work = move |book: &Book, catalog: &Catalog| {
            let risk = book.risk.as_ref()?;
            Some(risk.proposal_for(catalog, &book.assessment, limits))
        };
        self.work_out(book, work).await
    }

    /// A question of the catalog that this visitor may see: a vendor sees those that vendors may answer.
    pub(super) fn question(&self, id: &str) -> Result<&Question, PageError> {
        let question = self.catalog().question(id).ok_or(PageError::NotFound)?;
        let vendor = self.account()?.rights == Rights::Vendor;
        if vendor && !question.roles.iter().any(|role| role == "vendor") {
            return Err(PageError::NotFound);
        }
        Ok(question)
    }

    /// A check of the catalog.
    pub(super) fn check(&self, id: &str) -> Result<&Check, PageError> {
        self.catalog().check(id).ok_or(PageError::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Self>().cloned().ok_or(PageError::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Fields {
    type Rejection = PageError;

    /// The guard has read the form and checked its token.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.remove::<Self>().ok_or(PageError::Token)
    }
}
