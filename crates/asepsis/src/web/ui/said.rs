//! What an action came to, said once on the page after it. A closed list, so that no link can put
//! words into our mouth.

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Said {
    /// An answer, a change or a comment is on record.
    Saved,
    /// Somebody was added.
    Added,
    /// Something was taken back.
    Removed,
    /// A file was brought in.
    Imported,
    /// A look was started.
    Looking,
    /// A gap was accepted.
    Accepted,
    /// A plan was taken.
    PlanTaken,
    /// Something was said to be done.
    Done,
    /// A comment was kept.
    Commented,
    /// The link works.
    LinkMade,
    /// The link does not work any more.
    LinkEnded,
    /// The second factor is on.
    FactorOn,
    /// The second factor is off.
    FactorOff,
    /// The passphrase is a new one.
    PassphraseChanged,
    /// All other sessions have ended.
    SessionsEnded,
    /// One other session has ended.
    SessionEnded,
    /// Somebody else got a new passphrase.
    PassphraseSet,
    /// Somebody else was signed out.
    SignedOutEverywhere,
    /// Somebody signed out.
    SignedOut,
    /// The organization is known now.
    Welcome,
}

impl Said {
    const ALL: [Self; 20] = [
        Self::Saved,
        Self::Added,
        Self::Removed,
        Self::Imported,
        Self::Looking,
        Self::Accepted,
        Self::PlanTaken,
        Self::Done,
        Self::Commented,
        Self::LinkMade,
        Self::LinkEnded,
        Self::FactorOn,
        Self::FactorOff,
        Self::PassphraseChanged,
        Self::SessionsEnded,
        Self::SessionEnded,
        Self::PassphraseSet,
        Self::SignedOutEverywhere,
        Self::SignedOut,
        Self::Welcome,
    ];

    /// Its word in an address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Imported => "imported",
            Self::Looking => "looking",
            Self::Accepted => "accepted",
            Self::PlanTaken => "plan-taken",
            Self::Done => "done",
            Self::Commented => "commented",
            Self::LinkMade => "link-made",
            Self::LinkEnded => "link-ended",
            Self::FactorOn => "factor-on",
            Self::FactorOff => "factor-off",
            Self::PassphraseChanged => "passphrase-changed",
            Self::SessionsEnded => "sessions-ended",
            Self::SessionEnded => "session-ended",
            Self::PassphraseSet => "passphrase-set",
            Self::SignedOutEverywhere => "signed-out-everywhere",
            Self::SignedOut => "signed-out",
            Self::Welcome => "welcome",
        }
    }

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Saved => "Saved.",
            Self::Added => "Added.",
            Self::Removed => "Removed.",
            Self::Imported => "Brought in. What it says counts from now on.",
            Self::Looking => "Looking now. This page says when it is done.",
            Self::Accepted => "Accepted until the day you gave. It stays on record as a gap.",
            Self::PlanTaken => "The plan is yours. Later ones are held against it.",
            Self::Done => "Noted as done. The next look tells whether it holds.",
            Self::Commented => "Your comment is kept.",
            Self::LinkMade => "The link works from now on.",
            Self::LinkEnded => "The link has ended.",
            Self::FactorOn => "The second step is on.",
            Self::FactorOff => "The second step is off.",
            Self::PassphraseChanged => "The passphrase is changed. Other sessions have ended.",
            Self::SessionsEnded => "All other sessions have ended.",
            Self::SessionEnded => "Signed out there.",
            Self::PassphraseSet => {
                "The new passphrase works from now on; the person is signed out everywhere."
            }
            Self::SignedOutEverywhere => "The person is signed out everywhere.",
            Self::SignedOut => "You are signed out.",
            Self::Welcome => "This is your practice book. It looked around; here is what it found.",
        }
    }

    /// The one in a query, if there is one.
    pub(in crate::web) fn in_query(query: Option<&str>) -> Option<Self> {
        let mut pairs = query?.split('&').filter_map(|it| it.strip_prefix("said="));
        let word = pairs.next()?;
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn only_our_own_words_are_said() {
        for said in Said::ALL {
            assert_eq!(Said::in_query(Some(&format!("a=b&said={}", said.word()))), Some(said));
            assert!(!said.text().is_empty());
        }
        assert_eq!(Said::in_query(Some("said=<b>hello</b>")), None);
        assert_eq!(Said::in_query(None), None);
    }
}
