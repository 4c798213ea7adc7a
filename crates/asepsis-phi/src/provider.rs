//! National Provider Identifiers: ten digits, of which the last is a check digit (45 CFR
//! 162.406(a)). They begin with 1 or 2, and the check digit is that of ISO/IEC 7812 (Luhn) over
//! the digits behind the prefix 80840 (CMS, "Requirements for NPI and NPI Check Digit").
//!
//! One in ten other numbers of ten digits that begin so has the right check digit by chance;
//! telephone numbers can.

use crate::words::Word;

/// Whether a number begins here.
pub(crate) fn begins(words: &[Word<'_>]) -> bool {
    words.first().is_some_and(|word| {
        word.is_digits(10)
            && word.text.starts_with(['1', '2'])
            && is_checked(b"80840".iter().copied().chain(word.text.bytes()))
    })
}

/// Whether the last of these digits is the check digit of the others.
fn is_checked(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let weighed = digits.rev().enumerate().map(|(place, byte)| {
        let digit = u32::from(byte.saturating_sub(b'0'));
        match place % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        }
    });
    weighed.sum::<u32>().is_multiple_of(10)
}
