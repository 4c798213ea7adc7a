//! Dates of birth: a full date right behind words that call it so. A year alone may stand in text
//! without identifiers (45 CFR 164.514(b)(2)(i)(C)), and a date alone is any date.

use crate::words::{Word, past_fillers};

const FILLERS: [&str; 4] = ["is", "was", "on", "the"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether such words and a date begin here.
pub(crate) fn begins(words: &[Word<'_>]) -> bool {
    let rest = match words {
        [a, b, c, rest @ ..] if a.is_any(&["date"]) && b.is_any(&["of"]) && is_birth(c) => rest,
        [a, b, c, rest @ ..] if a.is_any(&["d"]) && b.is_any(&["o"]) && c.is_any(&["b"]) => rest,
        [a, b, rest @ ..] if is_birth(a) && b.is_any(&["date", "day"]) => rest,
        [a, rest @ ..] if a.is_any(&["dob", "born", "birthdate", "birthday"]) => rest,
        _ => return false,
    };
    let rest = past_fillers(rest, &FILLERS);
    rest.first().is_some_and(Word::is_near) && is_date(rest)
}

fn is_birth(word: &Word<'_>) -> bool {
    word.is_any(&["birth"])
}

/// Whether a date begins here: `1/2/60`, `01-02-1960`, `1960-01-02`, `01021960`, `19600102`,
/// `Jan. 2, 1960`, `2nd January 1960`.
fn is_date(words: &[Word<'_>]) -> bool {
    match words {
        [whole, ..] if whole.is_digits(8) || whole.is_digits(6) => {
            let part = |range| whole.text.get(range).and_then(|it: &str| it.parse::<u32>().ok());
            let day_first = is_day(part(0..2)) && is_day(part(2..4));
            day_first || (is_day(part(4..6)) && is_day(part(6..8)))
        }
        [a, b, c, ..] if b.is_near() && c.is_near() => {
            let (first, second) = (is_day(a.small()), is_day(b.small()));
            let month = (is_month(a) && is_ordinal(b)) || (is_ordinal(a) && is_month(b));
            ((first && second) || month) && is_year(c)
                || (is_long_year(a) && second && is_day(c.small()))
        }
        _ => false,
    }
}

/// Whether it can be a day, or the number of a month.
fn is_day(number: Option<u32>) -> bool {
    number.is_some_and(|number| (1..=31).contains(&number))
}

fn is_ordinal(word: &Word<'_>) -> bool {
    let digits = word.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.text.len().saturating_sub(digits.len());
    digits.len() <= 2 && matches!(suffix, 0 | 2) && is_day(digits.parse().ok())
}

fn is_month(word: &Word<'_>) -> bool {
    let word = word.text.to_ascii_lowercase();
    word == "sept" || MONTHS.iter().any(|month| word == *month || month.get(..3) == Some(&*word))
}

fn is_year(word: &Word<'_>) -> bool {
    is_long_year(word) || word.is_digits(2)
}

fn is_long_year(word: &Word<'_>) -> bool {
    word.is_digits(4) && word.small().is_some_and(|year| (1880..=2100).contains(&year))
}
