//! Entra ID: who has set up which second step (user registration details), and the users, each as
//! Microsoft Graph answers and as the portal exports.

use asepsis_core::time::Timestamp;

use super::super::{Account, Ask, Input, ReadError, Reader, Reading, Told};
use super::{Row, Table, Titles};

pub(in super::super) const REGISTRATION: Reader = Reader {
    format: "entra-registration",
    name: "user registration details of Entra ID",
    is: is_registration,
    read: read_registration,
};
pub(in super::super) const USERS: Reader =
    Reader { format: "entra-users", name: "users of Entra ID", is: is_users, read: read_users };

const ID: Titles = &["id", "objectid", "userid"];
const UPN: Titles = &["userprincipalname", "upn"];
const NAME: Titles = &["userdisplayname", "displayname", "name"];
const MAIL: Titles = &["mail", "email", "emailaddress"];
const CAPABLE: Titles = &["ismfacapable", "mfacapable", "multifactorauthenticationcapable"];
const REGISTERED: Titles =
    &["ismfaregistered", "mfaregistered", "multifactorauthenticationregistered"];
const METHODS: Titles = &["methodsregistered", "registeredmethods", "methods"];
const ADMIN: Titles = &["isadmin", "admin"];
const TYPE: Titles = &["usertype"];
const UPDATED: Titles = &["lastupdateddatetime", "lastupdated"];
const ENABLED: Titles = &["accountenabled", "accountstatus"];
const CREATED: Titles = &["createddatetime", "creationdate", "whencreated"];
const LAST: Titles = &[
    "signinactivitylastsignindatetime",
    "lastsignindatetime",
    "lastinteractivesignindatetime",
    "lastsignin",
];
const EMPLOYEE: Titles = &["employeeid"];
const SYNCED: Titles = &["onpremisessyncenabled", "directorysynced"];

fn json_with(head: &[u8], marks: &[&str]) -> bool {
    let start = head.trim_ascii_start();
    (start.starts_with(b"{") || start.starts_with(b"["))
        && marks.iter().all(|mark| head.windows(mark.len()).any(|it| it == mark.as_bytes()))
}

fn is_registration(head: &[u8]) -> bool {
    json_with(head, &["\"isMfaCapable\"", "\"userPrincipalName\""])
        || Table::begins(head, &[UPN, CAPABLE])
}

fn is_users(head: &[u8]) -> bool {
    json_with(head, &["\"accountEnabled\"", "\"userPrincipalName\""])
        || Table::begins(head, &[UPN, ENABLED])
}

fn table(input: Input<'_>, format: &'static str, needs: &[Titles]) -> Result<Table, ReadError> {
    let (head, input) = input.peek()?;
    let json =
        head.trim_ascii_start().starts_with(b"{") || head.trim_ascii_start().starts_with(b"[");
    if json { Table::read_json(input, format) } else { Table::read(input, format, needs) }
}

/// An account by its object id, else by its sign-in name; the name is always another key, so that two
/// exports of which one has no ids are about the same account.
fn account(row: &Row<'_>, told: &Told, from: &str) -> Option<Account> {
    let upn = row.get(UPN)?;
    let mut it = match row.get(ID) {
        Some(id) => {
            let mut it = Account::with_id("entra", id, from);
            it.also(told.secret.subject("account", "entra", upn));
            it
        }
        None => Account::with_name(&told.secret, "entra", upn, from),
    };
    it.named(row.get(NAME).unwrap_or_default(), Some(upn), row.get(MAIL).or(Some(upn)));
    match row.get(TYPE).map(str::to_lowercase).as_deref() {
        Some("guest") => it.saw("kind", "guest"),
        _ if upn.to_uppercase().contains("#EXT#") => it.saw("kind", "guest"),
        _ => {}
    }
    Some(it)
}

fn read_registration(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let format = REGISTRATION.name;
    let table = table(input, format, &[UPN, CAPABLE])?;
    let mut reading = Reading::new("Entra ID");
    let day_first = table.day_first(UPDATED);
    let mut looks = Vec::new();
    for row in table.rows() {
        let Some(mut it) = account(&row, told, "user registration details") else {
            reading.leave("a row", "it has no user principal name");
            continue;
        };
        for (path, titles) in
            [("mfa.capable", CAPABLE), ("mfa.registered", REGISTERED), ("privileged", ADMIN)]
        {
            match row.yes(titles) {
                Some(yes) => it.saw(path, yes),
                None => it.missed(path, "the export does not tell"),
            }
        }
        if let Some(methods) = row.get(METHODS) {
            let methods = methods_of(methods);
            it.saw("mfa.phone_only", phone_only(&methods));
            it.saw("mfa.methods", methods);
        }
        let at = row.time(UPDATED, &told.zone, day_first).or(told.date);
        if at.is_none() && !reading.asks.contains(&Ask::Date) {
            reading.asks.push(Ask::Date);
        }
        // A row is updated when its state changed; the export shows that it still was so.
        let at = told.date.into_iter().chain(at).max().unwrap_or(told.now).min(told.now);
        let (look, identity) = it.build(at, "entra/registration");
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = told.date;
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}

/// Methods by our short names, in order.
fn methods_of(text: &str) -> Vec<String> {
    let split = text.split([';', ',', '|']).map(super::text::plain);
    let mut methods: Vec<String> = split
        .filter_map(|method| {
            let short = match method.as_str() {
                "" => return None,
                "mobilephone" | "sms" | "text" => "sms",
                "alternatemobilephone" | "officephone" | "voice" | "phonecall" => "voice",
                "microsoftauthenticatorpush" | "appnotification" => "app-push",
                "softwareonetimepasscode"
                | "microsoftauthenticatorpasswordless"
                | "appcode"
                | "microsoftauthenticator" => "app",
                "windowshelloforbusiness" => "hello",
                "fido2" | "fido2securitykey" | "fido" => "security-key",
                "passkeydevicebound"
                | "passkeydeviceboundauthenticator"
                | "passkey"
                | "passkeydeviceboundwindowshello" => "passkey",
                "hardwareonetimepasscode" => "hardware-token",
                "certificate" | "x509certificate" => "certificate",
                "email" => "email",
                "securityquestion" | "temporaryaccesspass" | "password" => return None,
                other => return Some(other.chars().take(40).collect()),
            };
            Some(short.to_owned())
        })
        .collect();
    methods.sort_unstable();
    methods.dedup();
    methods
}

/// Something is set up, and all of it goes over a phone number.
fn phone_only(methods: &[String]) -> bool {
    !methods.is_empty() && methods.iter().all(|it| it == "sms" || it == "voice")
}

fn read_users(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let table = table(input, USERS.name, &[UPN, ENABLED])?;
    let mut reading = Reading::new("Entra ID");
    if told.date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let at: Timestamp = told.date.unwrap_or(told.now).min(told.now);
    let days = (table.day_first(CREATED), table.day_first(LAST));
    let mut looks = Vec::new();
    for row in table.rows() {
        let Some(mut it) = account(&row, told, "users of Entra ID") else {
            reading.leave("a row", "it has no user principal name");
            continue;
        };
        match row.yes(ENABLED) {
            Some(enabled) => it.saw("enabled", enabled),
            None => it.missed("enabled", "the export does not tell"),
        }
        it.saw_time("created", row.time(CREATED, &told.zone, days.0));
        if table.has(LAST) {
            match row.time(LAST, &told.zone, days.1) {
                Some(last) => it.saw_time("last_sign_in", Some(last)),
                // The column is there and empty: nobody signed in for as long as it is kept.
                None => it.saw("never_signed_in", true),
            }
        }
        if table.has(EMPLOYEE) {
            it.employee_id(row.get(EMPLOYEE));
        }
        if let Some(synced) = row.yes(SYNCED) {
            it.saw("synchronized", synced);
        }
        let (look, identity) = it.build(at, "entra/users");
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = told.date;
    reading.lists = Some("account:entra/".to_owned());
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}
