//! One entry of a directory: its name, and of its attributes those that are looked at. Passwords are
//! never among them. Does not know where it came from.

/// The attributes that are looked at; what else an entry holds is dropped as it is read.
pub(crate) const ATTRIBUTES: &[&str] = &[
    "objectClass",
    "objectGUID",
    "objectSid",
    "sAMAccountName",
    "sAMAccountType",
    "userPrincipalName",
    "userAccountControl",
    "msDS-User-Account-Control-Computed",
    "pwdLastSet",
    "lastLogonTimestamp",
    "lastLogon",
    "accountExpires",
    "lockoutTime",
    "lockoutDuration",
    "whenCreated",
    "member",
    "memberOf",
    "primaryGroupID",
    "groupType",
    "adminCount",
    "employeeID",
    "employeeNumber",
    "displayName",
    "cn",
    "mail",
    "servicePrincipalName",
    "homeMDB",
    "msExchMailboxGuid",
    "isDeleted",
    "uid",
    "entryUUID",
    "createTimestamp",
    "pwdAccountLockedTime",
    "pwdChangedTime",
    "pwdReset",
    "authTimestamp",
    "pwdLastSuccess",
    "nsAccountLock",
    "shadowExpire",
    "pwdLockoutDuration",
];

/// Flags that PowerShell takes out of `userAccountControl`; no server has them as attributes.
const TAKEN_OUT: &[&str] = &[
    "Enabled",
    "LockedOut",
    "PasswordNotRequired",
    "PasswordNeverExpires",
    "AllowReversiblePasswordEncryption",
    "DoesNotRequirePreAuth",
];

/// An entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its distinguished name, as the directory wrote it.
    pub(crate) dn: String,
    values: Vec<(&'static str, Vec<u8>)>,
}

impl Entry {
    /// An entry without attributes.
    pub(crate) fn new(dn: impl Into<String>) -> Self {
        Self { dn: dn.into(), values: Vec::new() }
    }

    /// The name under which an attribute is kept; `None` if it is not looked at. Options behind the
    /// name (`member;range=0-1499`, `cn;lang-de`) are left out.
    pub(crate) fn known(name: &str) -> Option<&'static str> {
        let name = name.split(';').next().unwrap_or_default();
        ATTRIBUTES.iter().chain(TAKEN_OUT).find(|it| it.eq_ignore_ascii_case(name)).copied()
    }

    /// Keeps a value of an attribute that is looked at.
    pub(crate) fn push(&mut self, name: &str, value: Vec<u8>) {
        if let Some(name) = Self::known(name) {
            self.values.push((name, value));
        }
    }

    /// The first value, as it is.
    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_slice())
    }

    /// All values that are text.
    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.values.iter().filter(move |(key, _)| *key == name);
        values.filter_map(|(_, value)| std::str::from_utf8(value).ok()).map(str::trim)
    }

    /// The first value that is text and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).find(|it| !it.is_empty())
    }

    /// The first value as a number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The first value as `TRUE` or `FALSE`.
    pub(crate) fn truth(&self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Whether it is of a class, in any case.
    pub(crate) fn is(&self, class: &str) -> bool {
        self.texts("objectClass").any(|it| it.eq_ignore_ascii_case(class))
    }

    /// Whether it has the attribute.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(key, _)| *key == name)
    }

    /// The names of its attributes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().map(|(key, _)| *key)
    }

    /// How many bytes it holds.
    pub(crate) fn size(&self) -> usize {
        self.values.iter().map(|(_, value)| value.len() + 40).sum::<usize>() + self.dn.len()
    }
}
