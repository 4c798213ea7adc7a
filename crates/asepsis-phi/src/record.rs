//! Medical record numbers: a number right behind words that call it so. Every system makes its own
//! (45 CFR 164.514(b)(2)(i)(H) names them without a form), so only the words give them away: `MRN`,
//! `medical record`, `chart number` and their like. Three digits are the least that counts.

use crate::words::{Word, past_fillers};

const FILLERS: [&str; 7] = ["number", "no", "num", "nr", "id", "is", "was"];

/// Whether such words and a number begin here.
pub(crate) fn begins(words: &[Word<'_>]) -> bool {
    let rest = match words {
        [a, b, rest @ ..]
            if a.is_any(&["medical"]) && b.is_any(&["record", "chart"]) && b.is_near() =>
        {
            rest
        }
        // A chart or a patient without "number" may be one of many: "chart 2026", "patient 3".
        [a, rest @ ..] if a.is_any(&["chart", "patient"]) => {
            let numbered = rest.first().is_some_and(|next| {
                next.is_near()
                    && (next.is_any(&["number", "no", "num", "nr", "id"])
                        || next.before.contains('#'))
            });
            if !numbered {
                return false;
            }
            rest
        }
        [a, rest @ ..] if a.is_any(&["mrn", "mrns"]) => rest,
        _ => return false,
    };
    let rest = past_fillers(rest, &FILLERS);
    let Some(first) = rest.first().filter(|word| word.is_near()) else { return false };
    // `MRN 12-34-56`: groups of one number. Twelve of them are more than any has.
    let groups = rest.iter().skip(1).take(11).take_while(|word| word.is_hyphenated());
    let digits = |word: &Word<'_>| word.text.bytes().filter(u8::is_ascii_digit).count();
    digits(first) + groups.map(digits).sum::<usize>() >= 3
}
