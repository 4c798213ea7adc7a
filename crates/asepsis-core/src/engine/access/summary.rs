//! What follows for all accounts together: how fast access ends, how many have a second step, and when
//! somebody last went through the list.

use crate::observation::{BodyBuilder, Observation, Subject};
use crate::time::{DAY_MS, Timestamp};

use super::{Accounts, SUMMARY, observation};
use crate::account::{AccountKind, Keep};

/// How far back leaving counts.
const YEAR: i64 = 365;
const FROM: &str = "asepsis: directory and personnel list held together";

pub(super) fn look(accounts: &Accounts, at: Timestamp) -> Observation {
    let mut body = BodyBuilder::new();
    removal(accounts, &mut body);
    second_step(accounts, &mut body);
    review(accounts, &mut body);
    let present: Vec<_> = accounts.present().collect();
    body.saw("accounts.present", present.len(), FROM);
    let enabled = present.iter().filter(|it| it.is_enabled() == Some(true)).count();
    body.saw("accounts.enabled", enabled, FROM);
    let privileged = present
        .iter()
        .filter(|it| it.is("privileged") == Some(true) && it.is_enabled() != Some(false));
    body.saw("accounts.privileged", privileged.count(), FROM);
    let subject = Subject("accounts:all".to_owned());
    observation(SUMMARY, subject, "all accounts", at, body.build())
}

/// Days from the last day to the end of access, for those who left within a year. Where only two lists
/// tell, the later one counts: it took at most so long.
fn removal(accounts: &Accounts, body: &mut BodyBuilder) {
    if accounts.people.is_empty() {
        body.missed("removal.people", "no personnel list was brought in");
        return;
    }
    let (mut days, mut open, mut exact) = (Vec::new(), 0_usize, true);
    for it in &accounts.all {
        let Some(person) = it.whose.person().and_then(|it| accounts.people.get(it)) else {
            continue;
        };
        let Some(leave) = person.leave.as_ref().filter(|day| **day < accounts.today()) else {
            continue;
        };
        let Ok(ended) = format!("{leave}T00:00:00Z").parse::<Timestamp>() else { continue };
        let ended = ended.plus_days(1);
        if ended.plus_days(YEAR) < accounts.as_of {
            continue;
        }
        if !it.gone && it.is_enabled() == Some(true) {
            open += 1;
            continue;
        }
        let told = it.time("disabled_since");
        let closed = told.or(it.disabled_from).or_else(|| it.gone.then_some(accounts.as_of));
        let Some(closed) = closed else { continue };
        // Told by the directory, or seen disabled before the person even left: exact.
        exact &= told.is_some() || closed <= ended || it.enabled_until.is_none();
        let late = (closed.as_millis() - ended.as_millis()).div_euclid(DAY_MS).max(0);
        days.push(late);
    }
    days.sort_unstable();
    body.saw("removal.people", days.len() + open, FROM);
    body.saw("removal.still_open", open, FROM);
    if let (Some(median), Some(worst)) = (days.get(days.len() / 2), days.last()) {
        body.saw("removal.median_days", *median, FROM);
        body.saw("removal.worst_days", *worst, FROM);
        body.saw("removal.exact", exact, FROM);
    }
}

fn second_step(accounts: &Accounts, body: &mut BodyBuilder) {
    let people = || {
        accounts.present().filter(|it| {
            it.is_enabled() == Some(true)
                && matches!(it.kind, None | Some(AccountKind::Person | AccountKind::Locum))
        })
    };
    let known = people().filter(|it| it.is("mfa.capable").is_some()).count();
    if known == 0 {
        body.missed("second_step.known", "no list says who has set one up");
        return;
    }
    body.saw("second_step.known", known, FROM);
    let capable = people().filter(|it| it.is("mfa.capable") == Some(true));
    body.saw("second_step.capable", capable.count(), FROM);
    let phone = people().filter(|it| it.is("mfa.phone_only") == Some(true));
    body.saw("second_step.phone_only", phone.count(), FROM);
}

fn review(accounts: &Accounts, body: &mut BodyBuilder) {
    let Some(review) = &accounts.review else {
        body.saw("review.done", false, FROM);
        return;
    };
    body.saw("review.done", true, FROM);
    body.saw("review.days_since", accounts.as_of.days_since(review.at).max(0), FROM);
    let said = |subject: &Subject| review.decisions.get(&subject.0);
    let usable = || accounts.present().filter(|it| it.is_enabled() != Some(false));
    let unseen = usable().filter(|it| said(&it.subject).is_none()).count();
    body.saw("review.not_in_it", unseen, FROM);
    let open = usable().filter(|it| said(&it.subject) == Some(&Keep::Remove)).count();
    body.saw("review.not_removed", open, FROM);
}
