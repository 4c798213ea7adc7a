//! The users of Okta, as its programming interface answers (`/api/v1/users`).

use super::super::{Account, Ask, Input, ReadError, Reader, Reading, Told};
use super::{Table, Titles};

pub(in super::super) const READER: Reader =
    Reader { format: "okta-users", name: "users of Okta", is, read };

const ID: Titles = &["id"];
const STATUS: Titles = &["status"];
const LOGIN: Titles = &["profilelogin"];
const MAIL: Titles = &["profileemail"];
const FIRST: Titles = &["profilefirstname"];
const LAST: Titles = &["profilelastname"];
const EMPLOYEE: Titles = &["profileemployeenumber"];
const CREATED: Titles = &["created"];
const SIGNED_IN: Titles = &["lastlogin"];
const PASSWORD: Titles = &["passwordchanged"];
const CHANGED: Titles = &["statuschanged"];

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    head.trim_ascii_start().starts_with(b"[")
        && ["\"profile\"", "\"lastLogin\"", "\"status\""].iter().all(|mark| has(mark))
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let table = Table::read_json(input, READER.name)?;
    let mut reading = Reading::new("Okta");
    if told.date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let at = told.date.unwrap_or(told.now).min(told.now);
    let mut looks = Vec::new();
    for row in table.rows() {
        let Some(id) = row.get(ID) else {
            reading.leave("a user", "it has no id");
            continue;
        };
        let mut it = Account::with_id("okta", id, "Okta users");
        let name: Vec<&str> = [row.get(FIRST), row.get(LAST)].into_iter().flatten().collect();
        it.named(&name.join(" "), row.get(LOGIN), row.get(MAIL));
        it.employee_id(row.get(EMPLOYEE));
        let time = |titles| row.time(titles, &told.zone, false);
        match row.get(STATUS) {
            // Waiting for a password or locked out: the account is still there to be used.
            Some("ACTIVE" | "RECOVERY" | "PASSWORD_EXPIRED" | "PROVISIONED" | "LOCKED_OUT") => {
                it.saw("enabled", true);
            }
            Some("DEPROVISIONED" | "SUSPENDED" | "STAGED") => {
                it.saw("enabled", false);
                it.saw_time("disabled_since", time(CHANGED));
            }
            _ => it.missed("enabled", "the status is not known"),
        }
        it.saw("locked", row.get(STATUS) == Some("LOCKED_OUT"));
        it.saw_time("created", time(CREATED));
        it.saw_time("password.set", time(PASSWORD));
        match time(SIGNED_IN) {
            Some(last) => it.saw_time("last_sign_in", Some(last)),
            None => it.saw("never_signed_in", true),
        }
        let (look, identity) = it.build(at, "okta/users");
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = told.date;
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}
