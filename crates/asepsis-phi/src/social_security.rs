//! Social Security numbers: area, group and serial, `AAA-GG-SSSS`.
//!
//! Since the Social Security Administration gives numbers at random (June 25, 2011, "Social Security
//! Number Randomization") an area says nothing of a place, and any may occur but 000, 666 and 900 to
//! 999; group 00 and serial 0000 were never given either. Two numbers that were printed in
//! advertisements belong to nobody: 078-05-1120 and 219-09-9999 (SSA, "Social Security Cards Issued
//! by Woolworth").
//!
//! Until 2019 a Medicare number was a Social Security number with a letter behind; that is found as
//! well. Without hyphens the number is nine digits like many others, so it counts only behind its
//! name, as do numbers with spaces.

use crate::words::{Word, past_fillers};

const NAMES: [&str; 3] = ["ssn", "ssns", "ss"];
const FILLERS: [&str; 7] = ["number", "no", "num", "nr", "is", "was", "are"];

/// Whether a number, or its name and the number, begins here.
pub(crate) fn begins(words: &[Word<'_>]) -> bool {
    if let [area, group, serial, rest @ ..] = words
        && !area.is_hyphenated()
        && group.is_hyphenated()
        && serial.is_hyphenated()
        // The middle of a longer number, as in 123-45-6789-01, is not one.
        && !rest.first().is_some_and(|next| next.is_hyphenated() && next.is_number())
    {
        return is_person(area.text, group.text, without_suffix(serial.text));
    }
    let rest = match words {
        [a, b, rest @ ..] if a.is_any(&["social"]) && b.is_any(&["security"]) => rest,
        [a, rest @ ..] if a.is_any(&NAMES) => rest,
        _ => return false,
    };
    match past_fillers(rest, &FILLERS) {
        [whole, ..] if whole.is_near() && whole.is_digits(9) => {
            let part = |range| whole.text.get(range).unwrap_or_default();
            is_person(part(0..3), part(3..5), part(5..9))
        }
        [area, group, serial, ..]
            if area.is_near() && group.before == " " && serial.before == " " =>
        {
            is_person(area.text, group.text, serial.text)
        }
        _ => false,
    }
}

/// Without the letter, and the one place that may follow it, of an old Medicare number.
fn without_suffix(serial: &str) -> &str {
    match serial.split_at_checked(4) {
        Some((digits, suffix))
            if suffix.len() <= 2 && suffix.starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            digits
        }
        _ => serial,
    }
}

/// Whether these parts may be the number of a person.
fn is_person(area: &str, group: &str, serial: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(area, 3)
        && digits(group, 2)
        && digits(serial, 4)
        && !matches!(area, "000" | "666")
        && !area.starts_with('9')
        && group != "00"
        && serial != "0000"
        && !matches!((area, group, serial), ("078", "05", "1120") | ("219", "09", "9999"))
}
