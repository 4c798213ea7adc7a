//! Medicare Beneficiary Identifiers: eleven places, each with its own rule, no check digit (CMS,
//! "Understanding the Medicare Beneficiary Identifier (MBI) Format").
//!
//! The card shows hyphens, `1EG4-TE5-MK73`, that are no part of the number; people type spaces too.
//! The number has had no Social Security number in it since 2018; the old one is found by
//! [`crate::social_security`].

use crate::words::Word;

/// C: 1 to 9. N: 0 to 9. A: a letter. X: a digit or a letter.
const PLACES: &[u8; 11] = b"CAXNAXNAANN";
/// Letters that are not used, since they look like others.
const UNUSED: &[u8; 6] = b"SLOIBZ";

/// Whether a number begins here.
pub(crate) fn begins(words: &[Word<'_>]) -> bool {
    let fits = |words: &[Word<'_>]| {
        let mut places = PLACES.iter();
        let all = words.iter().flat_map(|word| word.text.bytes());
        all.into_iter().all(|byte| places.next().is_some_and(|place| fits(*place, byte)))
            && places.next().is_none()
    };
    match words {
        [whole, ..] if whole.text.len() == PLACES.len() => fits(&[*whole]),
        [a, b, c, ..] => {
            let split = |mark: &Word<'_>| mark.is_hyphenated() || mark.before == " ";
            (a.text.len(), b.text.len(), c.text.len()) == (4, 3, 4)
                && split(b)
                && split(c)
                && fits(&[*a, *b, *c])
        }
        _ => false,
    }
}

fn fits(place: u8, byte: u8) -> bool {
    let letter = byte.is_ascii_alphabetic() && !UNUSED.contains(&byte.to_ascii_uppercase());
    match place {
        b'C' => matches!(byte, b'1'..=b'9'),
        b'N' => byte.is_ascii_digit(),
        b'A' => letter,
        _ => letter || byte.is_ascii_digit(),
    }
}
