//! What a person may do, by the rights the owner gave. The only place that decides it.

use asepsis_store::accounts::Rights;

/// What a route asks for. Each route names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Nothing: anybody who reaches the server, signed in or not.
    Open,
    /// To be signed in.
    Own,
    /// To look at how the organization stands, at its evidence and its assets.
    See,
    /// To look at the vendor sheet and at what a check asks for.
    Sheet,
    /// To answer questions.
    Answer,
    /// To comment on what there is to do.
    Comment,
    /// To say that something was done.
    Finish,
    /// To plan, assign and reopen what there is to do.
    Plan,
    /// To measure again.
    Measure,
    /// To bring in a file.
    Import,
    /// To give a vendor a link or a sheet to fill in.
    Share,
    /// To accept a gap.
    Accept,
    /// To say who the organization is, who may do what, and where backups go.
    Manage,
}

impl Right {
    /// Every right there is, for the tests that walk them.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Own,
        Self::See,
        Self::Sheet,
        Self::Answer,
        Self::Comment,
        Self::Finish,
        Self::Plan,
        Self::Measure,
        Self::Import,
        Self::Share,
        Self::Accept,
        Self::Manage,
    ];
}

/// Whether somebody with these rights may do it; `None` is somebody who is not signed in.
pub fn may(who: Option<Rights>, right: Right) -> bool {
    use Right::{
        Accept, Answer, Comment, Finish, Import, Manage, Measure, Open, Own, Plan, See, Share,
        Sheet,
    };
    match (who, right) {
        (_, Open) | (Some(_), Own | Sheet) => true,
        (None, _) => false,
        (Some(Rights::Owner), _) => true,
        (Some(Rights::Staff), See | Answer | Comment) => true,
        (Some(Rights::It), See | Answer | Comment | Finish | Plan | Measure | Import | Share) => {
            true
        }
        (Some(Rights::Vendor), Answer | Comment | Finish) => true,
        (Some(Rights::Auditor), See) => true,
        (
            Some(Rights::Staff | Rights::It | Rights::Vendor | Rights::Auditor),
            See | Answer | Comment | Finish | Plan | Measure | Import | Share | Accept | Manage,
        ) => false,
    }
}
