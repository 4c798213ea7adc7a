//! The few encodings of LDAP messages (RFC 4511 section 5.1): tags, lengths, numbers. Definite
//! lengths only, as the RFC has it.

/// A tag with its content.
pub(super) fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let digits: Vec<u8> =
                length.to_be_bytes().into_iter().skip_while(|it| *it == 0).collect();
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
            out.extend(digits);
        }
    }
    out.extend_from_slice(content);
    out
}

/// Several pieces under one tag.
pub(super) fn all(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(tag, &parts.concat())
}

/// Text.
pub(super) fn text(value: &str) -> Vec<u8> {
    tagged(0x04, value.as_bytes())
}

/// A number that is not negative, under a tag (2: integer, 10: one of a list).
pub(super) fn number(tag: u8, value: u32) -> Vec<u8> {
    let mut digits: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|it| *it == 0).collect();
    if digits.first().is_none_or(|it| *it > 0x7f) {
        digits.insert(0, 0);
    }
    tagged(tag, &digits)
}

/// Takes the next tag and content off the front; `None` at the end, or where it is cut off.
pub(super) fn take<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (tag, after) = rest.split_first()?;
    let (first, after) = after.split_first()?;
    let (length, after) = match first {
        0..=0x7f => (usize::from(*first), after),
        0x81..=0x84 => {
            let (digits, after) = after.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |sum, it| (sum << 8) | usize::from(*it)), after)
        }
        _ => return None,
    };
    let (content, after) = after.split_at_checked(length)?;
    *rest = after;
    Some((*tag, content))
}

/// A number that is not negative.
pub(super) fn value(content: &[u8]) -> Option<u32> {
    (content.len() <= 5).then(|| {
        content.iter().try_fold(0_u32, |sum, it| sum.checked_mul(256)?.checked_add(u32::from(*it)))
    })?
}
