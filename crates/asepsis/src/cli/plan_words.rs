//! The words for what the model says in data: doubts, causes, reasons.

use asepsis_core::catalog::{Catalog, EffectOn};
use asepsis_core::decision::Decided;
use asepsis_core::risk::{Because, Change, InDoubt, Mark, Moved};

use super::figure::{Unit, thousands};
use crate::text::clean;

/// An action's title, without the dot at its end.
pub(crate) fn title(catalog: &Catalog, id: &str) -> String {
    let title = catalog.action(id).map_or(id, |it| it.title.as_str());
    title.trim_end_matches('.').to_owned()
}

/// What is in doubt.
pub(crate) fn doubt(catalog: &Catalog, it: &InDoubt) -> String {
    match it {
        InDoubt::Frequency { threat } => format!("how often {threat} comes"),
        InDoubt::MedianLoss { threat } => format!("what a case of {threat} costs"),
        InDoubt::LossSpread { threat } => format!("how far apart losses by {threat} are"),
        InDoubt::Overlap { threat } => format!("how much actions against {threat} overlap"),
        InDoubt::VendorShare => "how much comes in through vendors".to_owned(),
        InDoubt::InPlace { action } => {
            format!("how far it is in place here: {}", quoted(catalog, action))
        }
        InDoubt::Effect { action, threat, on } => {
            let on = match on {
                EffectOn::Frequency => "stops",
                EffectOn::Loss => "takes off a loss",
            };
            format!("how much of {threat} this {on}: {}", quoted(catalog, action))
        }
    }
}

/// The unit in which a doubt is told.
pub(crate) const fn unit(it: &InDoubt) -> Unit {
    match it {
        InDoubt::Frequency { .. } => Unit::Often,
        InDoubt::MedianLoss { .. } => Unit::Dollars,
        InDoubt::InPlace { .. } | InDoubt::Effect { .. } | InDoubt::VendorShare => Unit::Share,
        InDoubt::LossSpread { .. } | InDoubt::Overlap { .. } => Unit::Plain,
    }
}

fn quoted(catalog: &Catalog, action: &str) -> String {
    format!("\u{201c}{}\u{201d}", title(catalog, action))
}

/// What is in doubt, where the action was just named.
fn its_doubt(catalog: &Catalog, own: &str, it: &InDoubt) -> String {
    match it {
        InDoubt::InPlace { action } if action == own => "how far it is in place here".to_owned(),
        InDoubt::Effect { action, threat, on: EffectOn::Frequency } if action == own => {
            format!("how much of {threat} it stops")
        }
        InDoubt::Effect { action, threat, on: EffectOn::Loss } if action == own => {
            format!("how much it takes off a loss by {threat}")
        }
        other => doubt(catalog, other),
    }
}

/// How sure the action `own` is, in a word.
pub(crate) fn mark(catalog: &Catalog, mark: Mark, on: Option<&InDoubt>, own: &str) -> String {
    match (mark, on) {
        (Mark::DoNow, _) => "do now".to_owned(),
        (Mark::Depends, Some(on)) => format!("depends on {}", its_doubt(catalog, own, on)),
        (Mark::Depends, None) => "depends".to_owned(),
        (Mark::NotNow, _) => "not sure at all".to_owned(),
    }
}

/// What became of an action, and why.
pub(crate) fn change(catalog: &Catalog, it: &Change) -> String {
    let moved = match it.moved {
        Moved::Added { to } => format!("new, in month {to}"),
        Moved::Dropped { from } => format!("no longer in the plan, was in month {from}"),
        Moved::Up { from, to } => format!("moved up from month {from} to month {to}"),
        Moved::Down { from, to } => format!("moved down from month {from} to month {to}"),
    };
    let because: Vec<String> = it.because.iter().map(|it| because(catalog, it)).collect();
    format!("{}: {moved}, because {}", title(catalog, &it.action), because.join("; "))
}

/// A cause.
pub(crate) fn because(catalog: &Catalog, it: &Because) -> String {
    let named = |checks: &[String]| {
        let title = |id: &String| {
            let title = catalog.check(id).map_or(id.as_str(), |it| it.title.as_str());
            format!("\u{201c}{}\u{201d}", title.trim_end_matches('.'))
        };
        checks.iter().map(title).collect::<Vec<_>>().join(", ")
    };
    match it {
        Because::Decided(it) => decided(it),
        Because::NothingLeft => "nothing of it is left to do here".to_owned(),
        Because::FailsNow(checks) => format!("this is not so any more: {}", named(checks)),
        Because::FailsNoMore(checks) => format!("this is so now: {}", named(checks)),
        Because::LessInPlace => "less of it is known to be in place".to_owned(),
        Because::MoreInPlace => "more of it is known to be in place".to_owned(),
        Because::NewHere => "it had no place here then".to_owned(),
        Because::OtherEffort => "it takes other hours or dollars now".to_owned(),
        Because::Budget { from, to } => {
            format!("the budget went from ${} to ${}", thousands(*from), thousands(*to))
        }
        Because::Hours { from, to } => format!("the hours went from {from} to {to} a month"),
        Because::Catalog => "the catalog changed".to_owned(),
        Because::Others => "other actions moved".to_owned(),
    }
}

/// A decision.
pub(crate) fn decided(it: &Decided) -> String {
    match it {
        Decided::Chosen { .. } => "it was chosen".to_owned(),
        Decided::Accepted { reason, until } => {
            format!("the gap is accepted until {until} ({})", clean(reason))
        }
        Decided::Postponed { reason, until } => {
            format!("put off until {until} ({})", clean(reason))
        }
        Decided::Done { note } if note.is_empty() => "it was said to be done".to_owned(),
        Decided::Done { note } => format!("it was said to be done ({})", clean(note)),
        Decided::Reopened { .. } => "it was taken up again".to_owned(),
    }
}
