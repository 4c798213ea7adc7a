//! What follows for one account: the facts of `access/1`. What cannot be told stays away, with the reason.

use crate::observation::{Body, BodyBuilder};
use crate::time::Timestamp;

use super::{Account, Accounts, Whose};
use crate::account::AccountKind;

/// An account that nobody used for longer is stale (HICP names no number; 90 days is CIS Controls v8 5.3
/// doubled, as directories tell late and people have leave).
const STALE_DAYS: i64 = 90;
/// A new account may wait so long for its first use.
const FIRST_USE_DAYS: i64 = 30;

pub(super) fn body(accounts: &Accounts, it: &Account) -> Body {
    let mut out = Facts { body: BodyBuilder::new() };
    let copy = |out: &mut Facts, path: &str| {
        if let Some(value) = it.says(path) {
            out.body.saw(path, value.clone(), "the directory");
        }
    };
    for path in [
        "source",
        "enabled",
        "privileged",
        "privileged_by_nesting",
        "looks_shared",
        "looks_service",
        "password.never_expires",
        "password.not_required",
        "password.reversible",
        "password.no_preauthentication",
        "mfa.capable",
        "mfa.registered",
        "mfa.phone_only",
    ] {
        copy(&mut out, path);
    }
    match it.kind {
        Some(kind) => out.saw("kind", kind.word()),
        None => out.missed("kind", "nobody says what it is for"),
    }
    out.saw("personal", is_personal(it));
    leaving(accounts, it, &mut out);
    use_of(accounts, it, &mut out);
    shared(it, &mut out);
    daily(accounts, it, &mut out);
    out.body.build()
}

struct Facts {
    body: BodyBuilder,
}

impl Facts {
    fn saw(&mut self, path: &str, value: impl Into<serde_json::Value>) {
        self.body.saw(path, value, "asepsis: directory and personnel list held together");
    }

    fn missed(&mut self, path: &str, why: &str) {
        self.body.missed(path, why);
    }
}

/// Whether it is one person's account, or may be: not a program's, a computer's, a guest's …
fn is_personal(it: &Account) -> bool {
    match it.kind {
        Some(AccountKind::Person | AccountKind::Locum) => true,
        Some(_) => false,
        // A name that speaks of a program, or services that run under it: nobody's own.
        None => it.is("looks_service") != Some(true) && it.is("service_names") != Some(true),
    }
}

fn leaving(accounts: &Accounts, it: &Account, out: &mut Facts) {
    if accounts.people.is_empty() {
        for path in ["in_roster", "left"] {
            out.missed(path, "no personnel list was brought in");
        }
        return;
    }
    match &it.whose {
        Whose::Unclear(_) => {
            out.missed(
                "in_roster",
                "number and mail address name different people; say whose it is",
            );
            out.missed("left", "number and mail address name different people; say whose it is");
        }
        Whose::Nobody => {
            out.saw("in_roster", false);
            out.missed("left", "it is nobody's of the personnel list");
        }
        Whose::Person { person, .. } => {
            out.saw("in_roster", true);
            let Some(person) = accounts.people.get(person) else { return };
            let over = person.leave.as_ref().is_some_and(|day| *day < accounts.today());
            // "Left" with a last day ahead is notice, not leaving.
            let left = over || person.missing.is_some() || (person.left && person.leave.is_none());
            out.saw("left", left);
            if let Some(day) = person.leave.as_ref().filter(|_| over) {
                let ended =
                    format!("{day}T00:00:00Z").parse::<Timestamp>().ok().map(|it| it.plus_days(1));
                if let Some(ended) = ended {
                    out.saw("left_days", accounts.as_of.days_since(ended).max(0));
                    // Half a day of grace: a last day ends at midnight where the person works.
                    let used = it.time("last_sign_in").map(|at| at.as_millis());
                    let grace = ended.as_millis() + crate::time::DAY_MS / 2;
                    match used {
                        Some(used) => out.saw("used_after_leaving", used > grace),
                        None => out.missed("used_after_leaving", "the directory tells no sign-ins"),
                    }
                }
            }
        }
    }
}

fn use_of(accounts: &Accounts, it: &Account, out: &mut Facts) {
    let lag = it.says("last_sign_in_lag_days").and_then(serde_json::Value::as_i64).unwrap_or(0);
    if let Some(last) = it.time("last_sign_in") {
        // As of the look: later sign-ins were not seen.
        let days = it.at.days_since(last).max(0);
        out.saw("unused_days", days);
        out.saw("stale", days > STALE_DAYS + lag);
        out.saw("never_used", false);
    } else if it.is("never_signed_in") == Some(true) {
        match it.time("created") {
            Some(created) => {
                let waits = accounts.as_of.days_since(created);
                out.saw("never_used", waits > FIRST_USE_DAYS);
                out.saw("stale", false);
            }
            None => {
                out.missed("never_used", "the directory does not say when it was made");
                out.missed("stale", "nobody ever signed in with it");
            }
        }
    } else {
        out.missed("stale", "the directory tells no sign-ins");
        out.missed("never_used", "the directory tells no sign-ins");
    }
}

fn shared(it: &Account, out: &mut Facts) {
    let known = match it.kind {
        Some(AccountKind::Shared) => Some(true),
        Some(_) => Some(false),
        None => None,
    };
    match known {
        Some(shared) => out.saw("shared", shared),
        // A hint is no verdict.
        None if it.is("looks_shared") == Some(true) => {
            out.missed("shared", "its name speaks of a place or a task; say what it is for");
        }
        None => out.missed("shared", "nobody says what it is for"),
    }
    if matches!(it.kind, Some(kind) if kind != AccountKind::Person && kind != AccountKind::Locum) {
        let owner = it.mark.as_ref().is_some_and(|mark| !mark.owner.trim().is_empty());
        out.saw("owned", owner);
    }
}

/// Whether an administrator's account is also somebody's everyday account.
fn daily(accounts: &Accounts, it: &Account, out: &mut Facts) {
    if it.is("privileged") != Some(true) || it.kind == Some(AccountKind::Emergency) {
        return;
    }
    if it.is("mailbox") == Some(true) {
        out.saw("daily_administrator", true);
        return;
    }
    match it.whose.person() {
        Some(person) => {
            let another = accounts.present().any(|other| {
                other.subject != it.subject
                    && other.whose.person() == Some(person)
                    && other.is("privileged") != Some(true)
                    && other.is_enabled() != Some(false)
            });
            out.saw("daily_administrator", !another);
        }
        None => out.missed("daily_administrator", "nobody says whose it is"),
    }
}
