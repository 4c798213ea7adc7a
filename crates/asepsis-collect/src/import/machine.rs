//! The keys under which sources know a computer, from the strongest to the weakest. Serial numbers
//! themselves are never kept: only what is made of them.

use asepsis_core::observation::Subject;

/// What makers write where a serial number belongs and there is none, in letters and digits only.
const NO_SERIAL: &[&str] = &[
    "",
    "0",
    "none",
    "na",
    "null",
    "unknown",
    "default",
    "defaultstring",
    "empty",
    "invalid",
    "notapplicable",
    "notavailable",
    "notspecified",
    "oem",
    "serialnumber",
    "systemserialnumber",
    "chassisserialnumber",
    "tobefilledbyoem",
    "tobefilledbyoemoem",
    "123456789",
    "1234567890",
    "0123456789",
    "vmware",
    "parallels",
    "xxxxxxxxxx",
    "sernum",
    "serial",
];
/// Shorter ones name nothing.
const SHORTEST: usize = 4;

/// A computer, by everything that a source calls it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine<'a> {
    /// The maker's serial number.
    pub serial: Option<&'a str>,
    /// The hardware's id (SMBIOS UUID, platform UUID).
    pub uuid: Option<&'a str>,
    /// The host name, with or without its domain.
    pub host: Option<&'a str>,
}

impl Machine<'_> {
    /// The subject by the strongest key, and the other keys; `None` if the source gives none.
    pub fn subject(&self) -> Option<(Subject, Vec<Subject>)> {
        let serial = self.serial.filter(|it| is_serial(it));
        let uuid = self.uuid.filter(|it| is_uuid(it));
        let host = self.host.map(Subject::host).filter(|it| !it.key().is_empty());
        let mut keys = [
            serial.map(|it| Subject::hashed("serial", it)),
            uuid.map(|it| Subject::hashed("machine-id", it)),
            host,
        ]
        .into_iter()
        .flatten();
        let first = keys.next()?;
        Some((first, keys.collect()))
    }

    /// The name for people.
    pub fn label(&self) -> String {
        let host = self.host.map(str::trim).filter(|it| !it.is_empty());
        let name: String =
            host.unwrap_or("a computer").chars().filter(|c| !c.is_control()).collect();
        name.chars().take(120).collect()
    }
}

fn is_serial(text: &str) -> bool {
    let plain: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let first = plain.chars().next();
    plain.len() >= SHORTEST
        && !NO_SERIAL.contains(&plain.as_str())
        && !plain.chars().all(|c| Some(c) == first)
}

fn is_uuid(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
    let others = text.trim().chars().filter(|c| !c.is_ascii_hexdigit());
    let first = digits.first();
    digits.len() == 32
        && others.into_iter().all(|c| ['-', '{', '}'].contains(&c))
        && !digits.iter().all(|c| Some(c) == first)
        // Boards whose maker never set it (AMI's sample).
        && !text.to_ascii_lowercase().starts_with("03000200-0400-0500-0006")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_key_that_names_something_is_the_subject() {
        let uuid = Some("4C4C4544-0043-4A10-8052-B4C04F564433");
        let all =
            Machine { serial: Some("C02XK1ABCD"), uuid, host: Some("Desk-04.clinic.example") };
        let (subject, also) = all.subject().unwrap();
        assert!(subject.0.starts_with("serial:") && !subject.0.contains("C02"), "{subject:?}");
        assert!(also[0].0.starts_with("machine-id:"));
        assert_eq!(also[1].0, "host:desk-04");
        assert_eq!(all.label(), "Desk-04.clinic.example");
        for junk in [
            "To be filled by O.E.M.",
            "Default string",
            "None",
            "0000000",
            "System Serial Number",
            "N/A",
            "",
        ] {
            let it = Machine { serial: Some(junk), uuid: None, host: Some("desk-04") };
            assert_eq!(it.subject().unwrap().0.0, "host:desk-04", "{junk}");
        }
        let zero = Some("00000000-0000-0000-0000-000000000000");
        assert!(Machine { uuid: zero, ..Machine::default() }.subject().is_none());
        // The same number, written otherwise, is the same key.
        let of = |text| Machine { serial: Some(text), ..Machine::default() }.subject().unwrap().0;
        assert_eq!(of("pf1a2b3c"), of(" PF1A2B3C "));
    }
}
