//! One report of the list, and what it is counted as. Knows nothing of the file.

/// What happened, as HHS's form has it; a report may name several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Hacking,
    Unauthorized,
    Theft,
    Loss,
    Disposal,
    Other,
    Unknown,
}

impl Kind {
    pub(crate) const WORDS: [(&str, Self); 7] = [
        ("Hacking/IT Incident", Self::Hacking),
        ("Unauthorized Access/Disclosure", Self::Unauthorized),
        ("Theft", Self::Theft),
        ("Loss", Self::Loss),
        ("Improper Disposal", Self::Disposal),
        ("Other", Self::Other),
        ("Unknown", Self::Unknown),
    ];
}

/// Where the information was, as HHS's form has it; a report may name several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Server,
    Email,
    Paper,
    Laptop,
    Desktop,
    Portable,
    Record,
    Other,
}

impl Place {
    pub(crate) const WORDS: [(&str, Self); 8] = [
        ("Network Server", Self::Server),
        ("Email", Self::Email),
        ("Paper/Films", Self::Paper),
        ("Laptop", Self::Laptop),
        ("Desktop Computer", Self::Desktop),
        ("Other Portable Electronic Device", Self::Portable),
        ("Electronic Medical Record", Self::Record),
        ("Other", Self::Other),
    ];
}

/// Who reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reporter {
    Provider,
    Associate,
    Plan,
    ClearingHouse,
    NotSaid,
}

impl Reporter {
    pub(crate) const WORDS: [(&str, Self); 5] = [
        ("Healthcare Provider", Self::Provider),
        ("Business Associate", Self::Associate),
        ("Health Plan", Self::Plan),
        ("Healthcare Clearing House", Self::ClearingHouse),
        ("", Self::NotSaid),
    ];
}

/// The classes of the yearly table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    HackedMail,
    HackedServer,
    HackedOther,
    TheftLoss,
    Unauthorized,
    Disposal,
    Other,
}

impl Class {
    pub(crate) const ALL: [(Self, &str); 7] = [
        (Self::HackedMail, "hack: e-mail"),
        (Self::HackedServer, "hack: server"),
        (Self::HackedOther, "hack: other"),
        (Self::TheftLoss, "theft/loss"),
        (Self::Unauthorized, "unauthorized"),
        (Self::Disposal, "disposal"),
        (Self::Other, "other"),
    ];
}

/// HICP's threats, as far as the list can speak of them. It holds nothing of the fifth, devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threat {
    T1,
    T2,
    T3,
    T4,
}

impl Threat {
    pub(crate) const ALL: [(Self, &str); 4] =
        [(Self::T1, "T1"), (Self::T2, "T2"), (Self::T3, "T3"), (Self::T4, "T4")];
}

/// One report.
#[derive(Clone, Debug)]
pub(crate) struct Breach {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) reporter: Reporter,
    /// How many people's information it was.
    pub(crate) people: u32,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) places: Vec<Place>,
    /// A business associate was involved.
    pub(crate) by_associate: bool,
    /// HHS's account of the case, in lower case; empty while a case is open.
    pub(crate) text: String,
}

impl Breach {
    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    pub(crate) fn at(&self, place: Place) -> bool {
        self.places.contains(&place)
    }

    /// Its place in the yearly table: the first class that fits, in the order of [`Class::ALL`].
    pub(crate) fn class(&self) -> Class {
        if self.is(Kind::Hacking) {
            return if self.at(Place::Email) {
                Class::HackedMail
            } else if self.at(Place::Server) {
                Class::HackedServer
            } else {
                Class::HackedOther
            };
        }
        if self.is(Kind::Theft) || self.is(Kind::Loss) {
            Class::TheftLoss
        } else if self.is(Kind::Unauthorized) {
            Class::Unauthorized
        } else if self.is(Kind::Disposal) {
            Class::Disposal
        } else {
            Class::Other
        }
    }

    /// The threat it counts as. Where a hacking report names both mail and a server it is T2: mail was
    /// the way in, the server is what was lost (our judgment).
    pub(crate) fn threat(&self) -> Option<Threat> {
        match self.class() {
            Class::HackedMail if !self.at(Place::Server) => Some(Threat::T1),
            Class::HackedMail | Class::HackedServer | Class::HackedOther => Some(Threat::T2),
            Class::TheftLoss => Some(Threat::T3),
            Class::Unauthorized | Class::Disposal => Some(Threat::T4),
            Class::Other => None,
        }
    }

    /// A provider's own: reported by it, and no business associate involved.
    pub(crate) fn own(&self) -> bool {
        self.reporter == Reporter::Provider && !self.by_associate
    }

    /// 500 and 501 stand for "not known yet" far more often than for a count.
    pub(crate) const fn stand_in(&self) -> bool {
        self.people <= 501
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hacked(places: &[Place]) -> Breach {
        Breach {
            year: 2024,
            month: 1,
            reporter: Reporter::Provider,
            people: 501,
            kinds: vec![Kind::Hacking],
            places: places.to_vec(),
            by_associate: false,
            text: String::new(),
        }
    }

    #[test]
    fn a_hacking_report_that_names_mail_and_a_server_is_mail_as_a_class_and_t2_as_a_threat() {
        let both = hacked(&[Place::Email, Place::Server]);
        assert_eq!((both.class(), both.threat()), (Class::HackedMail, Some(Threat::T2)));
        let mail = hacked(&[Place::Email, Place::Other]);
        assert_eq!((mail.class(), mail.threat()), (Class::HackedMail, Some(Threat::T1)));
        let record = hacked(&[Place::Record]);
        assert_eq!((record.class(), record.threat()), (Class::HackedOther, Some(Threat::T2)));
    }

    #[test]
    fn hacking_comes_before_theft_and_theft_before_disclosure() {
        let mut it = hacked(&[Place::Laptop]);
        it.kinds = vec![Kind::Theft, Kind::Unauthorized, Kind::Hacking];
        assert_eq!(it.class(), Class::HackedOther);
        it.kinds = vec![Kind::Unauthorized, Kind::Loss];
        assert_eq!((it.class(), it.threat()), (Class::TheftLoss, Some(Threat::T3)));
        it.kinds = vec![Kind::Disposal, Kind::Unauthorized];
        assert_eq!((it.class(), it.threat()), (Class::Unauthorized, Some(Threat::T4)));
        it.kinds = vec![Kind::Disposal];
        assert_eq!((it.class(), it.threat()), (Class::Disposal, Some(Threat::T4)));
        it.kinds = vec![Kind::Unknown];
        assert_eq!((it.class(), it.threat()), (Class::Other, None));
    }

    #[test]
    fn a_providers_own_breach_has_no_business_associate_in_it() {
        let mut it = hacked(&[Place::Server]);
        assert!(it.own() && it.stand_in());
        it.by_associate = true;
        assert!(!it.own());
        it = Breach { reporter: Reporter::Associate, people: 502, ..hacked(&[]) };
        assert!(!it.own() && !it.stand_in());
    }
}
