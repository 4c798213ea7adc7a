//! Ids of Active Directory in their two spellings: bytes on the wire, text in Samba's own tools.

/// A security id (MS-DTYP section 2.4.2) as text, `S-1-5-21-…-512`.
pub(super) fn sid(value: &[u8]) -> Option<String> {
    if value.starts_with(b"S-1-") {
        let text = std::str::from_utf8(value).ok()?.trim();
        return text
            .bytes()
            .skip(1)
            .all(|it| it == b'-' || it.is_ascii_digit())
            .then(|| text.to_owned());
    }
    let [1, count, a, b, c, d, e, f, rest @ ..] = value else { return None };
    if rest.len() != usize::from(*count) * 4 {
        return None;
    }
    let authority = u64::from_be_bytes([0, 0, *a, *b, *c, *d, *e, *f]);
    let mut text = format!("S-1-{authority}");
    for part in rest.chunks_exact(4) {
        let part: [u8; 4] = part.try_into().ok()?;
        text.push('-');
        text.push_str(&u32::from_le_bytes(part).to_string());
    }
    Some(text)
}

/// The last number of the id of an account or group of a domain, and the domain's own id.
pub(super) fn of_domain(sid: &str) -> Option<(&str, u32)> {
    let (domain, last) = sid.rsplit_once('-')?;
    let id = last.parse().ok()?;
    (domain.starts_with("S-1-5-21-") && domain.matches('-').count() == 6).then_some((domain, id))
}

/// A GUID as text in lower case. On the wire the first three numbers are little-endian.
pub(super) fn guid(value: &[u8]) -> Option<String> {
    if let [a, b, c, d, e, f, g, h, rest @ ..] = value
        && rest.len() == 8
    {
        let mut text = format!("{d:02x}{c:02x}{b:02x}{a:02x}-{f:02x}{e:02x}-{h:02x}{g:02x}-");
        for (at, byte) in rest.iter().enumerate() {
            if at == 2 {
                text.push('-');
            }
            text.push_str(&format!("{byte:02x}"));
        }
        return Some(text);
    }
    uuid(std::str::from_utf8(value).ok()?)
}

/// A UUID that is text.
pub(super) fn uuid(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['{', '}']).to_ascii_lowercase();
    let fits = text.len() == 36
        && text.bytes().enumerate().all(|(at, it)| match at {
            8 | 13 | 18 | 23 => it == b'-',
            _ => it.is_ascii_hexdigit(),
        });
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_from_bytes_and_from_text() {
        let bytes = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0];
        assert_eq!(sid(&bytes).as_deref(), Some("S-1-5-32-544"));
        assert_eq!(sid(b"S-1-5-32-544").as_deref(), Some("S-1-5-32-544"));
        assert_eq!(of_domain("S-1-5-21-1-2-3-512"), Some(("S-1-5-21-1-2-3", 512)));
        assert_eq!(of_domain("S-1-5-32-544"), None);
        let text = "33221100-5544-7766-8899-aabbccddeeff";
        let bytes: Vec<u8> = (0..16).map(|it| it * 0x11).collect();
        assert_eq!(guid(&bytes).as_deref(), Some(text));
        assert_eq!(guid(text.to_uppercase().as_bytes()).as_deref(), Some(text));
        for odd in [&b""[..], b"S-1-", b"\x01\xff", b"S-1-x", "ä".as_bytes()] {
            let _ = (sid(odd), guid(odd));
        }
    }
}
