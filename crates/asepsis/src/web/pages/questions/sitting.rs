//! One sitting of ten questions. It lives in the address, so several people can sit at once and each
//! can come back to it.

use asepsis_core::catalog::{Catalog, Question};
use asepsis_store::accounts::{Account, Rights};
use serde::Deserialize;

use crate::ops::Book;

/// So many questions are asked at a sitting.
pub(super) const TEN: usize = 10;
/// Who gets what somebody else did not know.
const MAY_KNOW: [&str; 2] = ["it", "vendor"];

/// The sitting as an address has it. All of it is what anybody may type.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Address {
    n: Option<String>,
    from: Option<String>,
    skip: Option<String>,
    others: Option<String>,
    /// Somebody wants to answer what is answered.
    pub(super) change: Option<String>,
}

/// A sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sitting {
    /// Which of the ten is asked.
    pub(super) n: usize,
    /// How long the record was when it began.
    pub(super) from: u64,
    /// What was skipped.
    pub(super) skipped: Vec<String>,
    /// An owner asked for the questions that are for others, too.
    pub(super) others: bool,
}

impl Sitting {
    /// The sitting of an address; `None` for a question asked by itself.
    pub(super) fn of(address: &Address, catalog: &Catalog, book: &Book) -> Option<Self> {
        address.n.as_ref().map(|_| Self::begun(address, catalog, book))
    }

    /// The sitting of an address, or the beginning of one.
    pub(super) fn begun(address: &Address, catalog: &Catalog, book: &Book) -> Self {
        let n = address.n.as_ref().and_then(|it| it.parse().ok()).unwrap_or(1);
        let from = address.from.as_ref().and_then(|it| it.parse().ok());
        let skipped = address.skip.as_deref().unwrap_or_default().split(',');
        let known = skipped.filter(|id| catalog.question(id).is_some());
        Self {
            n: n.clamp(1, TEN + 1),
            from: from.unwrap_or(book.ledger_size).min(book.ledger_size),
            skipped: known.take(TEN).map(str::to_owned).collect(),
            others: address.others.is_some(),
        }
    }

    /// As a query.
    pub(super) fn query(&self) -> String {
        let skip = self.skipped.join(",");
        let skip = if skip.is_empty() { skip } else { format!("&skip={skip}") };
        let others = if self.others { "&others=1" } else { "" };
        format!("?n={}&from={}{skip}{others}", self.n, self.from)
    }

    /// One question further.
    pub(super) fn next(&self) -> Self {
        Self { n: self.n + 1, ..self.clone() }
    }

    /// One question back.
    pub(super) fn back(&self) -> Self {
        Self { n: self.n.saturating_sub(1).max(1), ..self.clone() }
    }

    /// One question further without an answer.
    pub(super) fn without(&self, id: &str) -> Self {
        let mut next = self.next();
        if !next.skipped.iter().any(|it| it == id) {
            next.skipped.push(id.to_owned());
        }
        next
    }
}

/// The questions that wait for a person, those that settle most first.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    /// For the person's own roles.
    pub(super) own: Vec<&'a Question>,
    /// For others. Only an owner may answer them.
    pub(super) others: Vec<&'a Question>,
}

impl<'a> Line<'a> {
    pub(super) fn of(account: &Account, catalog: &'a Catalog, book: &Book) -> Self {
        let mut line = Self::default();
        let open = book.interview.open.iter().map(|it| it.id.as_str());
        for question in open.filter_map(|id| catalog.question(id)) {
            if is_for(account, question) {
                line.own.push(question);
            } else if account.rights == Rights::Owner {
                line.others.push(question);
            }
        }
        // What somebody else did not know, this person may.
        let unknown = book
            .interview
            .unknown
            .iter()
            .filter(|id| book.told.get(*id).is_some_and(|told| told.author != account.person));
        let may_know = |role: &String| MAY_KNOW.contains(&role.as_str());
        let knows = |it: &&Question| {
            is_for(account, it)
                && account.roles.iter().any(|role| may_know(role) && it.roles.contains(role))
        };
        line.own.extend(unknown.filter_map(|id| catalog.question(id)).filter(knows));
        line
    }

    /// The next one at a sitting; an owner gets what is for others only where it was asked for.
    pub(super) fn next(&self, sitting: &Sitting) -> Option<&'a Question> {
        let others = self.others.iter().filter(|_| sitting.others);
        self.own.iter().chain(others).find(|it| !sitting.skipped.contains(&it.id)).copied()
    }
}

/// Whether a question names one of the person's roles.
fn is_for(account: &Account, question: &Question) -> bool {
    visible(account, question) && account.roles.iter().any(|it| question.roles.contains(it))
}

/// Whether a person may see a question at all.
pub(super) fn visible(account: &Account, question: &Question) -> bool {
    account.rights != Rights::Vendor || question.roles.iter().any(|role| role == "vendor")
}

/// In which role a person answers a question; `None` if it is for others. An owner may answer all.
pub(super) fn role<'a>(account: &'a Account, question: &Question) -> Option<&'a str> {
    let named = account.roles.iter().find(|it| question.roles.contains(it)).map(String::as_str);
    let owner = account.rights == Rights::Owner;
    let first = account.roles.first().map_or("manager", String::as_str);
    named.or(owner.then_some(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitting_is_all_in_its_address() {
        let sitting = Sitting { n: 3, from: 12, skipped: vec!["a.b".to_owned()], others: false };
        assert_eq!(sitting.query(), "?n=3&from=12&skip=a.b");
        assert_eq!(sitting.without("c.d").query(), "?n=4&from=12&skip=a.b,c.d");
        assert_eq!(sitting.without("a.b").query(), "?n=4&from=12&skip=a.b");
        assert_eq!(sitting.back().back().back().n, 1);
    }
}
