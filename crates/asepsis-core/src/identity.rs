//! Who an account or a person of the roster is. The only place besides a `person` entry where a
//! name may stand: everything else cites the subject, whose key gives no name away.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::observation::Subject;

/// What a source calls an account, or a person of the roster. Redacting it leaves the facts about the
/// subject, and nobody's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Whose: the subject of observations `account/1` or `employee/1`.
    pub subject: Subject,
    /// The name for people, as the source has it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The name for signing in, as `jdoe`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The work mail address, in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// The number by which the organization's own lists know the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<String>,
}

/// What makes keys of subjects out of names that must not be guessed back: random, one for each
/// organization, kept among its private settings.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl Secret {
    /// The key of a subject of which the source gives no id but a name: `account:google/` and 24
    /// hexadecimal digits. The same for the same name in any case, and no way back without the secret.
    pub fn subject(&self, kind: &str, scope: &str, name: &str) -> Subject {
        let name = name.trim().to_lowercase();
        // HMAC is not needed: the inputs have fixed ends and the output is cut (no length extension).
        let hash = Hash::of(&[&self.0, scope.as_bytes(), b"\0", name.as_bytes(), &self.0]);
        let digits: String = hash.to_string().chars().take(24).collect();
        Subject(format!("{kind}:{scope}/{digits}"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_made_of_a_name_does_not_give_it_away() {
        let (one, other) = (Secret([1; 32]), Secret([2; 32]));
        let key = one.subject("account", "google", " Ada@Clinic.example ");
        assert_eq!(key, one.subject("account", "google", "ada@clinic.example"));
        assert_ne!(key, one.subject("account", "okta", "ada@clinic.example"));
        assert_ne!(key, other.subject("account", "google", "ada@clinic.example"));
        assert!(key.0.starts_with("account:google/") && key.0.len() == 15 + 24, "{key:?}");
        assert_eq!(format!("{one:?}"), "Secret");
    }
}
