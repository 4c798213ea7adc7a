//! The kinds of identifiers that are looked for.

use std::fmt;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number of the Social Security Administration.
    SocialSecurityNumber,
    /// A Medicare Beneficiary Identifier (MBI).
    MedicareNumber,
    /// A National Provider Identifier (NPI). It is public and names who treats, not who is
    /// treated, so it is no reason to refuse a text.
    ProviderNumber,
    /// A date that is said to be somebody's date of birth.
    DateOfBirth,
    /// A number that is said to be that of a medical record.
    MedicalRecordNumber,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Self; 5] = [
        Self::SocialSecurityNumber,
        Self::MedicareNumber,
        Self::ProviderNumber,
        Self::DateOfBirth,
        Self::MedicalRecordNumber,
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SocialSecurityNumber => "a Social Security number",
            Self::MedicareNumber => "a Medicare number",
            Self::ProviderNumber => "a provider number",
            Self::DateOfBirth => "a date of birth",
            Self::MedicalRecordNumber => "a medical record number",
        })
    }
}
