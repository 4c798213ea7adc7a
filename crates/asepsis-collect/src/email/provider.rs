//! Domains that many people share. Such a domain is never graded as a clinic's own: nobody there
//! can publish a record in it.

/// A provider that shares its domain among its customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its name.
    pub name: &'static str,
    /// `free-mail`, `internet-provider`, `secure-mail` or `record-system`.
    pub kind: &'static str,
}

/// The provider whose domain this is, or is under.
pub fn shared(domain: &str) -> Option<Shared> {
    rows(include_str!("data/shared-providers.txt"))
        .find(|(suffix, ..)| is_under(domain, suffix))
        .map(|(_, name, kind)| Shared { name, kind })
}

/// The rows `key | name | kind` of an embedded list; lines that begin with `#` are remarks.
pub(crate) fn rows(
    list: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('|').map(str::trim);
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

/// Whether a name is this domain or below it. Both are in lower case.
pub(crate) fn is_under(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_domains_are_known() {
        assert_eq!(shared("gmail.com").unwrap().kind, "free-mail");
        assert_eq!(shared("nc.rr.com").unwrap().name, "Spectrum");
        assert_eq!(shared("hush.com").unwrap().kind, "secure-mail");
        assert_eq!(shared("direct.athenahealth.com").unwrap().kind, "record-system");
        assert_eq!(shared("notgmail.com"), None);
        assert_eq!(shared("clinic.example"), None);
    }

    #[test]
    fn every_row_has_three_cells() {
        for list in
            [include_str!("data/shared-providers.txt"), include_str!("data/mx-services.txt")]
        {
            let lines = list.lines().filter(|line| !line.starts_with('#')).count();
            assert_eq!(rows(list).count(), lines);
            assert!(rows(list).all(|(key, name, kind)| {
                key == key.to_ascii_lowercase() && !name.is_empty() && !kind.is_empty()
            }));
        }
    }
}
