//! Key words in HHS's accounts of cases: crude, and the only evidence of threats that the list has.

use crate::breach::Breach;

/// Shorter texts say nothing but that there was a breach.
const SHORT: usize = 80;

/// Mail was broken into: phishing, a mail account, stolen credentials.
pub(crate) const MAIL: &[&str] = &["phish", "e-mail account", "email account", "credential"];
/// As above, without credentials: what may hide behind "unauthorized access" by e-mail.
pub(crate) const PHISHING: &[&str] = &["phish", "e-mail account", "email account"];
/// Extortion. That data was encrypted is seldom said without it.
pub(crate) const RANSOM: &[&str] = &["ransom"];
/// The way into a server.
pub(crate) const WAY_IN: &[&str] = &["phish", "credential", "password"];
/// Somebody of the house, a mailing, an error.
pub(crate) const STAFF: &[&str] =
    &["employee", "workforce", "staff", "mail", "error", "mistake", "inadvertent"];
/// Devices.
pub(crate) const DEVICE: &[&str] = &[
    "medical device",
    "ultrasound",
    "infusion",
    "pacemaker",
    "ventilator",
    "defibrillator",
    "electrocardio",
    "mammogra",
    "biomedical",
    "implant",
];

/// There is an account long enough to be searched.
pub(crate) fn told(breach: &Breach) -> bool {
    breach.text.chars().nth(SHORT).is_some()
}

/// The account has one of the words in it.
pub(crate) fn says(breach: &Breach, words: &[&str]) -> bool {
    words.iter().any(|word| breach.text.contains(word))
}
