//! Distinguished names (RFC 4514), so far as to tell whether two are the same and which domain they
//! are in. Knows no schema: values are compared without case.

/// A name in a form in which the same names are the same text: lower case, without escapes and without
/// spaces around its marks. Not fit to be shown or sent.
pub(super) fn normal(dn: &str) -> String {
    // ldbsearch and Active Directory may put `<GUID=…>;<SID=…>;` before a name.
    let mut rest = dn.trim();
    while let Some((id, after)) = rest.strip_prefix('<').and_then(|it| it.split_once(">;")) {
        if id.contains('<') {
            break;
        }
        rest = after;
    }
    parts(rest).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("\n")
}

/// The domain that the `DC=` parts of a name spell, as `clinic.example`.
pub(super) fn domain(dn: &str) -> Option<String> {
    let labels: Vec<String> =
        parts(dn).filter(|(name, _)| name == "dc").map(|(_, value)| value).collect();
    let plain = |it: &String| {
        !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    (!labels.is_empty() && labels.iter().all(plain)).then(|| labels.join("."))
}

/// The name and value of each part, in lower case.
fn parts(dn: &str) -> impl Iterator<Item = (String, String)> {
    split(dn).into_iter().map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (name.trim().to_lowercase(), unescaped(value.trim()).to_lowercase())
    })
}

/// Cuts at commas that no backslash stands before.
fn split(dn: &str) -> Vec<&str> {
    let (mut found, mut rest, mut escaped, mut length) = (Vec::new(), dn, false, 0);
    for c in dn.chars() {
        if c == ',' && !escaped {
            found.push(rest.get(..length).unwrap_or_default());
            rest = rest.get(length + 1..).unwrap_or_default();
            length = 0;
            continue;
        }
        escaped = c == '\\' && !escaped;
        length += c.len_utf8();
    }
    found.push(rest);
    found
}

/// Takes the backslashes out: `\2C` and `\,` are a comma.
fn unescaped(value: &str) -> String {
    let hex = |at: Option<&u8>| at.and_then(|it| char::from(*it).to_digit(16));
    let bytes = value.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte != b'\\' {
            out.push(*byte);
        } else if let (Some(high), Some(low)) = (hex(bytes.get(at)), hex(bytes.get(at + 1))) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 2;
        }
        // Else the next round keeps the character behind the backslash; a backslash itself is kept here.
        else if bytes.get(at) == Some(&b'\\') {
            out.push(b'\\');
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_text_however_it_is_written() {
        let one = normal(r"CN=Doe\, Jo,OU=Staff,DC=Clinic,DC=example");
        for other in [
            r"cn=doe\2c jo, ou=Staff , dc=clinic,dc=EXAMPLE",
            r"<GUID=1-2>;<SID=S-1-5>;CN=Doe\2C Jo,OU=Staff,DC=clinic,DC=example",
        ] {
            assert_eq!(normal(other), one, "{other}");
        }
        assert_ne!(normal("CN=Doe,CN=Jo"), normal(r"CN=Doe\,CN=Jo"));
        assert_eq!(domain("CN=x,DC=clinic,DC=example").as_deref(), Some("clinic.example"));
        assert_eq!(domain("cn=x,o=Clinic"), None);
        for odd in ["", ",", "\\", "<", "<GUID", "=,=", "ä\\", "CN=ä\\,ö,DC=x"] {
            let _ = (normal(odd), domain(odd));
        }
    }
}
