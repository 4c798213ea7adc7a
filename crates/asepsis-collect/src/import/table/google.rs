//! The users of Google Workspace, as the Admin console downloads them. Columns differ from year to year
//! and are found by their names alone.

use super::super::{Account, Ask, Input, ReadError, Reader, Reading, Told};
use super::{Table, Titles};

pub(in super::super) const READER: Reader = Reader {
    format: "google-users",
    name: "users of Google Workspace",
    is: |head| Table::begins(head, &[MAIL, STATUS]),
    read,
};

const MAIL: Titles = &["emailaddressrequired", "emailaddress"];
const STATUS: Titles = &["statusreadonly"];
const FIRST: Titles = &["firstnamerequired", "firstname"];
const LAST: Titles = &["lastnamerequired", "lastname"];
const SIGNED_IN: Titles = &["lastsigninreadonly", "lastsignin"];
const ENROLLED: Titles = &["2svenrolledreadonly"];
const ENFORCED: Titles = &["2svenforcedreadonly"];
const EMPLOYEE: Titles = &["employeeid"];
const ADMIN: Titles = &["adminrolereadonly", "isadmin", "superadminreadonly"];

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let table = Table::read(input, READER.name, &[MAIL, STATUS])?;
    let mut reading = Reading::new("Google Admin console");
    if told.date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let at = told.date.unwrap_or(told.now).min(told.now);
    let day_first = table.day_first(SIGNED_IN);
    let mut looks = Vec::new();
    for row in table.rows() {
        let Some(mail) = row.get(MAIL) else {
            reading.leave("a row", "it has no mail address");
            continue;
        };
        let mut it = Account::with_name(&told.secret, "google", mail, "Google users");
        let name = [row.get(FIRST), row.get(LAST)];
        let name: Vec<&str> = name.into_iter().flatten().collect();
        it.named(&name.join(" "), Some(mail), Some(mail));
        match row.get(STATUS).map(str::to_lowercase).as_deref() {
            Some("active") => it.saw("enabled", true),
            Some("suspended" | "archived" | "suspended (archived)") => it.saw("enabled", false),
            _ => it.missed("enabled", "the export gives a status that is not known"),
        }
        match row.get(SIGNED_IN) {
            Some(never) if never.to_lowercase().starts_with("never") => {
                it.saw("never_signed_in", true);
            }
            _ => it.saw_time("last_sign_in", row.time(SIGNED_IN, &told.zone, day_first)),
        }
        for (path, titles) in [("mfa.registered", ENROLLED), ("mfa.enforced", ENFORCED)] {
            match row.yes(titles) {
                Some(yes) => it.saw(path, yes),
                None => it.missed(path, "the export does not tell"),
            }
        }
        if let Some(registered) = row.yes(ENROLLED) {
            it.saw("mfa.capable", registered);
        }
        if table.has(EMPLOYEE) {
            it.employee_id(row.get(EMPLOYEE));
        }
        if let Some(role) = row.get(ADMIN) {
            it.saw("privileged", super::yes(role).unwrap_or(true));
        }
        it.saw("mailbox", true);
        let (look, identity) = it.build(at, "google/users");
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = told.date;
    reading.lists = Some("account:google/".to_owned());
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}
