//! Finds identifiers of patients in text, so that a remark that holds them can be refused before it
//! is kept.
//!
//! [`identifiers`] says which kinds are there and never what was found: no matched text is returned,
//! kept or logged. It cuts the text into words once and looks at a fixed number of words from each
//! of them, so its time grows with the length of the text and no faster.
//!
//! | Kind | Found by | Module |
//! |---|---|---|
//! | Social Security number | its form, or nine digits behind its name | `social_security` |
//! | Medicare number | its form, eleven places | `medicare` |
//! | provider number (NPI) | its form and check digit | `provider` |
//! | date of birth | a date behind words that say so | `birth` |
//! | medical record number | a number behind words that say so | `record` |
//!
//! # Limits
//!
//! A net with wide meshes, against carelessness, not against somebody who wants to get through:
//!
//! - Names, addresses, telephone numbers, diagnoses and most of the other identifiers that
//!   45 CFR 164.514(b)(2)(i) lists are not looked for; no rule tells them from other words.
//! - English words and US numbers only, in ASCII digits. Numbers that are spelled out, split over
//!   several lines or put in pictures are not seen.
//! - A serial number can happen to have the form of an identifier. Then a remark is refused that
//!   could have stayed, and its writer says it in other words.

mod birth;
mod kind;
mod medicare;
mod provider;
mod record;
mod social_security;
mod words;

pub use kind::Kind;

/// The kinds of identifiers that a text holds: each once, in the order of [`Kind`].
pub fn identifiers(text: &str) -> Vec<Kind> {
    let words = words::words(text);
    let there = |kind: &Kind| {
        words::tails(&words).any(|rest| match kind {
            Kind::SocialSecurityNumber => social_security::begins(rest),
            Kind::MedicareNumber => medicare::begins(rest),
            Kind::ProviderNumber => provider::begins(rest),
            Kind::DateOfBirth => birth::begins(rest),
            Kind::MedicalRecordNumber => record::begins(rest),
        })
    };
    Kind::ALL.into_iter().filter(there).collect()
}

#[cfg(test)]
mod tests;
