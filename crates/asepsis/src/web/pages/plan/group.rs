//! The groups in which checks that fail are listed, in their order.

use asepsis_core::engine::{ActionStanding, ActionState};

/// The groups of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Overdue,
    StillFails,
    Planned,
    Open,
    Waiting,
    InOrder,
    Accepted,
}

impl Group {
    /// The group of a thing to do; `None` where it was settled long ago.
    pub(super) fn of(action: &ActionStanding, today: &str, lately: bool) -> Option<Self> {
        let open = matches!(action.state, ActionState::Open | ActionState::NotSeenDone);
        Some(match action.state {
            _ if open && action.due.as_deref().is_some_and(|due| due < today) => Self::Overdue,
            ActionState::NotSeenDone => Self::StillFails,
            ActionState::Open if action.planned || action.owner.is_some() => Self::Planned,
            ActionState::Open => Self::Open,
            ActionState::SaidDone => Self::Waiting,
            ActionState::Verified | ActionState::InOrder if lately => Self::InOrder,
            ActionState::Verified | ActionState::InOrder => return None,
            ActionState::Accepted => Self::Accepted,
        })
    }

    /// Whether there is still something to do.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::StillFails | Self::Planned | Self::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asepsis_core::catalog::Severity;
    use asepsis_core::engine::EffortView;

    fn action(state: ActionState, owner: Option<&str>, due: Option<&str>) -> ActionStanding {
        ActionStanding {
            step: None,
            check: "a.b".to_owned(),
            title: "A".to_owned(),
            severity: Severity::High,
            effort: EffortView { hours: 1.0, dollars: 0.0, who: "it".to_owned() },
            state,
            owner: owner.map(str::to_owned),
            due: due.map(str::to_owned),
            planned: false,
            last_event: None,
            events: Vec::new(),
        }
    }

    #[test]
    fn what_is_late_comes_first_and_what_is_done_is_never_late() {
        let group =
            |state, owner, due, lately| Group::of(&action(state, owner, due), "2026-03-01", lately);
        use ActionState::{Accepted, InOrder, NotSeenDone, Open, SaidDone, Verified};
        assert_eq!(group(Open, Some("p"), Some("2026-02-28"), true), Some(Group::Overdue));
        assert_eq!(group(Open, Some("p"), Some("2026-03-01"), true), Some(Group::Planned));
        assert_eq!(group(Open, None, None, true), Some(Group::Open));
        assert_eq!(group(NotSeenDone, None, None, true), Some(Group::StillFails));
        assert_eq!(group(NotSeenDone, None, Some("2026-01-01"), true), Some(Group::Overdue));
        assert_eq!(group(SaidDone, None, Some("2026-01-01"), true), Some(Group::Waiting));
        assert_eq!(group(Verified, None, None, true), Some(Group::InOrder));
        assert_eq!(group(InOrder, None, None, false), None);
        assert_eq!(group(Accepted, None, None, false), Some(Group::Accepted));
    }
}
