//! A table of accounts of Active Directory as `Get-ADUser … | Export-Csv` and `csvde` write it, by the
//! directory's own names of columns. Dates that depend on the language of the computer are not read.

use super::directory::{self, Entry, Listing};
use super::{Input, ReadError, Reader, Reading, Told};

/// The reader.
pub(super) const READER: Reader =
    Reader { format: "ad-csv", name: "a table of accounts of Active Directory (CSV)", is, read };

/// The most rows.
const ROWS: usize = 500_000;
/// The most bytes.
const BYTES: usize = 256 << 20;
/// The most columns: `-Properties *` gives about 150.
const COLUMNS: usize = 1000;
/// What PowerShell writes where a value is a list.
const LIST: &str = "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection";

/// Columns that PowerShell calls otherwise than the directory does.
const RENAMED: &[(&str, &str)] = &[
    ("DN", "distinguishedName"),
    ("SID", "objectSid"),
    ("EmailAddress", "mail"),
    ("PrimaryGroup ID", "primaryGroupID"),
    ("Deleted", "isDeleted"),
    ("ServicePrincipalNames", "servicePrincipalName"),
];
/// Columns that PowerShell works out as dates in the computer's own writing, and what to ask for.
const DATES: &[(&str, &str)] = &[
    ("LastLogonDate", "lastLogonTimestamp"),
    ("PasswordLastSet", "pwdLastSet"),
    ("AccountExpirationDate", "accountExpires"),
    ("AccountLockoutTime", "lockoutTime"),
];

/// Whether the titles are those of such a table.
fn is(head: &[u8]) -> bool {
    let Some(line) = title_line(head) else { return false };
    let titles: Vec<String> =
        line.split([',', ';', '\t']).map(|it| it.trim_matches(['"', ' ']).to_lowercase()).collect();
    let has = |name: &str| titles.iter().any(|it| it == name);
    (has("distinguishedname") || has("dn"))
        && has("samaccountname")
        && ["objectguid", "objectsid", "sid", "useraccountcontrol", "enabled"]
            .iter()
            .any(|it| has(it))
}

/// The first line, below the `#TYPE` of Windows PowerShell.
fn title_line(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let line = text.lines().find(|it| !it.starts_with("#TYPE") && !it.trim().is_empty())?;
    Some(line.to_owned())
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(BYTES)?;
    let damaged = |place: String, why: String| ReadError::Damaged {
        format: "a table of accounts of Active Directory",
        place,
        why,
    };
    let line = title_line(&bytes).unwrap_or_default();
    // The separator of lists on that computer may be the one of the table.
    let separator =
        [b',', b';', b'\t'].into_iter().max_by_key(|it| line.bytes().filter(|at| at == it).count());
    let body = match bytes.strip_prefix(b"#TYPE") {
        Some(rest) => rest.splitn(2, |it| *it == b'\n').nth(1).unwrap_or_default(),
        None => &bytes,
    };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .from_reader(body);
    let titles = table
        .byte_headers()
        .map_err(|error| damaged("its titles".to_owned(), error.to_string()))?;
    if titles.len() > COLUMNS {
        let what = format!("it has {} columns", titles.len());
        return Err(ReadError::TooLarge { what, most: u64::try_from(COLUMNS).unwrap_or(0) });
    }
    let titles: Vec<String> = titles
        .iter()
        .map(|title| {
            let title = String::from_utf8_lossy(title).trim().to_owned();
            let renamed = RENAMED.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(&title));
            renamed.map_or(title, |(_, ours)| (*ours).to_owned())
        })
        .collect();
    let mut reading = Reading::new("");
    let has = |name: &str| titles.iter().any(|it| it.eq_ignore_ascii_case(name));
    for (column, instead) in DATES {
        if has(column) && !has(instead) {
            reading.leave(
                format!("column {column}"),
                format!("its dates are written as that computer writes them: export {instead} too"),
            );
        }
    }
    // Worked out once: a table may have many columns that say nothing.
    let name = titles.iter().position(|it| it.eq_ignore_ascii_case("distinguishedName"));
    let columns: Vec<_> = titles
        .iter()
        .enumerate()
        .filter_map(|(at, title)| Entry::known(title).map(|it| (at, it)))
        .collect();
    let mut listing = Listing::default();
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    loop {
        match table.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(damaged(format!("row {}", rows + 2), error.to_string())),
        }
        rows += 1;
        if rows > ROWS {
            let most = u64::try_from(ROWS).unwrap_or(u64::MAX);
            return Err(ReadError::TooLarge {
                what: format!("it has more than {ROWS} rows"),
                most,
            });
        }
        match name.and_then(|name| entry(name, &columns, &record, &mut reading)) {
            Some(entry) => listing.entries.push(entry),
            None => reading.leave("rows", "they have no distinguished name"),
        }
    }
    // Which filter was used stands nowhere: that somebody is missing says nothing.
    directory::read(&listing, told.date, told, "CSV", "asepsis/ad-csv", &mut reading);
    Ok(reading)
}

/// A row as an entry of the directory.
fn entry(
    name: usize,
    columns: &[(usize, &'static str)],
    record: &csv::ByteRecord,
    reading: &mut Reading,
) -> Option<Entry> {
    let name = String::from_utf8_lossy(record.get(name)?).trim().to_owned();
    if name.is_empty() {
        return None;
    }
    let mut entry = Entry::new(name);
    for (at, attribute) in columns {
        let text = record.get(*at).unwrap_or_default().trim_ascii();
        if text.is_empty() {
            continue;
        }
        if text == LIST.as_bytes() {
            reading.leave(
                format!("column {attribute}"),
                "PowerShell wrote the kind of its values in place of them",
            );
        } else if let Some(bytes) = hexadecimal(text) {
            entry.push(attribute, bytes);
        } else {
            for part in parts(attribute, text) {
                entry.push(attribute, part);
            }
        }
    }
    // Get-ADUser gives the last class alone.
    if !entry.has("objectClass") {
        entry.push("objectClass", b"user".to_vec());
    }
    for class in ["computer", "msDS-GroupManagedServiceAccount", "msDS-ManagedServiceAccount"] {
        if entry.is(class) && !entry.is("user") {
            entry.push("objectClass", b"user".to_vec());
        }
    }
    Some(entry)
}

/// `X'0105…'`, as csvde writes bytes.
fn hexadecimal(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text.strip_prefix(b"X'")?.strip_suffix(b"'")?;
    let digit = |it: &u8| char::from(*it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    };
    digits.chunks(2).map(pair).collect()
}

/// The values of a cell: lists stand with `;` between them, in csvde and in what people join.
fn parts(attribute: &str, text: &[u8]) -> Vec<Vec<u8>> {
    const LISTS: &[&str] = &["objectClass", "member", "memberOf", "servicePrincipalName"];
    if !LISTS.contains(&attribute) {
        return vec![text.to_vec()];
    }
    let mut found: Vec<Vec<u8>> = vec![Vec::new()];
    let mut escaped = false;
    for byte in text {
        if *byte == b';' && !escaped {
            found.push(Vec::new());
            continue;
        }
        escaped = *byte == b'\\' && !escaped;
        if let Some(last) = found.last_mut() {
            last.push(*byte);
        }
    }
    found.into_iter().map(|it| it.trim_ascii().to_vec()).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognize;
    use asepsis_core::identity::Secret;
    use asepsis_core::observation::Body;
    use asepsis_core::time::Timestamp;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    fn reading(text: &str) -> Reading {
        let now = Timestamp::from_millis(1_795_600_000_000);
        let told = Told {
            date: Some(now),
            host: None,
            zone: jiff::tz::TimeZone::UTC,
            now,
            secret: Secret([7; 32]),
            mappings: std::sync::Arc::default(),
        };
        READER.read(Input::from(text.as_bytes()), &told).unwrap()
    }

    fn facts(text: &str) -> Vec<Map<String, Value>> {
        let fact = |look: asepsis_core::observation::Observation| {
            let Body::Saw { fact, .. } = look.body else { panic!() };
            fact
        };
        reading(text).looks.map(fact).collect()
    }

    // Columns as the documentation of Get-ADUser and Export-Csv has them; not yet seen from a real one.
    const POWERSHELL: &str = "#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n\
        \"DistinguishedName\",\"Enabled\",\"LastLogonDate\",\"MemberOf\",\"ObjectClass\",\"ObjectGUID\",\"PasswordNeverExpires\",\"pwdLastSet\",\"SamAccountName\",\"SID\"\r\n\
        \"CN=Doe\\, Jo,OU=Staff,DC=clinic,DC=example\",\"False\",\"11/12/2026 9:14:00 AM\",\"Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\",\"user\",\"34eb6d2b-dcbb-4806-a307-be5bd598f0ab\",\"True\",\"0\",\"jdoe\",\"S-1-5-21-1-2-3-1105\"\r\n";

    #[test]
    fn what_powershell_writes_is_read_as_far_as_it_is_clear() {
        assert_eq!(recognize(POWERSHELL.as_bytes()).map(|it| it.format), Some("ad-csv"));
        let facts = facts(POWERSHELL);
        assert_eq!(facts[0]["enabled"], json!(false));
        assert_eq!(facts[0]["password"]["never_expires"], json!(true));
        for path in ["privileged", "last_sign_in", "never_signed_in", "locked"] {
            assert_eq!(facts[0].get(path), None, "{path}");
        }
        assert_eq!(facts[0]["password"].get("reversible"), None);
        let reading = reading(POWERSHELL);
        assert_eq!(reading.lists, None);
        assert_eq!(
            reading.identities[0].subject.0,
            "account:ad/clinic.example/34eb6d2b-dcbb-4806-a307-be5bd598f0ab"
        );
        let left: Vec<_> = reading.left.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(left, ["column LastLogonDate", "column memberOf"]);
    }

    #[test]
    fn what_csvde_writes_is_read_with_its_bytes_and_lists() {
        let text = "DN,objectClass,sAMAccountName,objectGUID,userAccountControl,memberOf,lastLogonTimestamp\n\
            \"CN=jo,CN=Users,DC=clinic,DC=example\",top;person;user,jo,X'2b6deb34bbdc0648a307be5bd598f0ab',66048,\"CN=Domain Admins,CN=Users,DC=clinic,DC=example;CN=x,DC=clinic,DC=example\",134087168180000000\n\
            \"CN=x,DC=clinic,DC=example\",top;group,x,X'2b',,,\n";
        assert_eq!(recognize(text.as_bytes()).map(|it| it.format), Some("ad-csv"));
        let facts = facts(text);
        assert_eq!(facts.len(), 1);
        assert_eq!(facts[0]["privileged_by"], json!(["Domain Admins"]));
        assert_eq!(facts[0]["password"]["never_expires"], json!(true));
        assert_eq!(facts[0]["last_sign_in"], json!("2025-11-27T11:33:38.000Z"));
        assert!(
            reading(text).identities[0].subject.0.ends_with("34eb6d2b-dcbb-4806-a307-be5bd598f0ab")
        );
    }

    #[test]
    fn other_tables_are_left_to_others() {
        for text in ["", "name,mail\na,b\n", "DN,cn\n", "Device name,Enabled,SID\n"] {
            assert!(!is(text.as_bytes()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_rows_make_it_panic(rows in "[a-zX'0-9,;=\"\\\\\n]{0,200}") {
            let _ = reading(&format!("DN,sAMAccountName,objectSid,memberOf,pwdLastSet\n{rows}"));
        }
    }
}
