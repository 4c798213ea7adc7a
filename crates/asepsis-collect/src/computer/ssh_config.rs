//! The OpenSSH server's configuration: sshd_config(5).
//!
//! The first value of a keyword stands. `Include` reads files in between. What follows `Match` holds
//! for some connections only, up to the end of its file; `Match all` holds for all.

/// Reads included files: pattern to texts, in the order of their names.
pub(super) type Include<'a> = dyn Fn(&str) -> Result<Vec<String>, String> + 'a;

/// The settings in force that the collector knows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    permit_root_login: Option<String>,
    password_authentication: Option<bool>,
    keyboard_interactive: Option<bool>,
    use_pam: Option<bool>,
    permit_empty_passwords: Option<bool>,
    authentication_methods: Option<String>,
    max_auth_tries: Option<i64>,
    ports: Vec<u16>,
    match_root: bool,
    match_passwords: bool,
    match_empty: bool,
    /// Files included so far.
    included: usize,
}

/// OpenSSH reads no deeper.
const DEEPEST: usize = 16;

/// Files that include each other multiply; nobody needs this many.
const MOST_FILES: usize = 256;

impl Settings {
    /// Reads the main file and all it includes.
    pub(super) fn read(text: &str, include: &Include<'_>) -> Result<Self, String> {
        let mut settings = Self::default();
        settings.file(text, include, false, 0)?;
        Ok(settings)
    }

    fn file(
        &mut self,
        text: &str,
        include: &Include<'_>,
        mut some: bool,
        depth: usize,
    ) -> Result<(), String> {
        for line in text.lines() {
            let Some((keyword, rest)) = keyword(line) else { continue };
            match keyword.as_str() {
                "match" => some = !words(rest).eq(["all"]) && !words(rest).eq(["All"]),
                "include" if depth < DEEPEST => {
                    for pattern in words(rest) {
                        for text in include(pattern)? {
                            self.included += 1;
                            if self.included > MOST_FILES {
                                return Err("its files include too many others".to_owned());
                            }
                            self.file(&text, include, some, depth + 1)?;
                        }
                    }
                }
                _ => {
                    let value = words(rest).next().unwrap_or_default();
                    if some { self.some(&keyword, value) } else { self.all(&keyword, value, rest) }
                }
            }
        }
        Ok(())
    }

    /// A setting for every connection.
    fn all(&mut self, keyword: &str, value: &str, rest: &str) {
        let yes = value.eq_ignore_ascii_case("yes");
        match keyword {
            "permitrootlogin" => {
                self.permit_root_login.get_or_insert_with(|| value.to_ascii_lowercase());
            }
            "passwordauthentication" => {
                self.password_authentication.get_or_insert(yes);
            }
            "kbdinteractiveauthentication" | "challengeresponseauthentication" => {
                self.keyboard_interactive.get_or_insert(yes);
            }
            "usepam" => {
                self.use_pam.get_or_insert(yes);
            }
            "permitemptypasswords" => {
                self.permit_empty_passwords.get_or_insert(yes);
            }
            "authenticationmethods" => {
                self.authentication_methods.get_or_insert_with(|| rest.to_ascii_lowercase());
            }
            "maxauthtries" => {
                if let Ok(tries) = value.parse() {
                    self.max_auth_tries.get_or_insert(tries);
                }
            }
            "port" if self.ports.len() < 32 => self.ports.extend(value.parse::<u16>().ok()),
            _ => {}
        }
    }

    /// A setting for some connections.
    fn some(&mut self, keyword: &str, value: &str) {
        let yes = value.eq_ignore_ascii_case("yes");
        match keyword {
            "permitrootlogin" => self.match_root |= yes,
            "passwordauthentication" => self.match_passwords |= yes,
            "permitemptypasswords" => self.match_empty |= yes,
            _ => {}
        }
    }

    /// PermitRootLogin; `prohibit-password` unless set.
    pub(super) fn root_login(&self) -> Option<&'static str> {
        match self.permit_root_login.as_deref() {
            None | Some("prohibit-password" | "without-password") => Some("prohibit-password"),
            Some("yes") => Some("yes"),
            Some("no") => Some("no"),
            Some("forced-commands-only") => Some("forced-commands-only"),
            Some(_) => None,
        }
    }

    /// Whether a password alone lets somebody in: PasswordAuthentication, or PAM's questions through
    /// KbdInteractiveAuthentication (both yes unless set), unless a key is always required too.
    pub(super) fn passwords(&self) -> bool {
        let methods = self.authentication_methods.as_deref().unwrap_or_default();
        let key_needed = methods != "any"
            && !methods.is_empty()
            && methods.split_whitespace().all(|list| list.contains("publickey"));
        let through_pam =
            self.keyboard_interactive.unwrap_or(true) && self.use_pam.unwrap_or(false);
        !key_needed && (self.password_authentication.unwrap_or(true) || through_pam)
    }

    /// PermitEmptyPasswords; no unless set.
    pub(super) fn empty_passwords(&self) -> bool {
        self.permit_empty_passwords.unwrap_or(false)
    }

    /// MaxAuthTries; 6 unless set.
    pub(super) fn max_tries(&self) -> i64 {
        self.max_auth_tries.unwrap_or(6)
    }

    /// Whether a Match block allows what the rest does not.
    pub(super) fn match_weaker(&self) -> bool {
        (self.match_root && self.root_login() != Some("yes"))
            || (self.match_passwords && !self.passwords())
            || (self.match_empty && !self.empty_passwords())
    }

    /// The ports; 22 unless set.
    pub(super) fn ports(&self) -> &[u16] {
        if self.ports.is_empty() { &[22] } else { &self.ports }
    }
}

/// A line's keyword in lower case, and the rest: `Keyword value`, `Keyword=value`.
fn keyword(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let end = line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len());
    let (keyword, rest) = line.split_at_checked(end)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('=').unwrap_or(rest).trim_start();
    Some((keyword.to_ascii_lowercase(), rest))
}

fn words(rest: &str) -> impl Iterator<Item = &str> {
    let rest = rest.split(" #").next().unwrap_or_default();
    rest.split_whitespace().map(|word| word.trim_matches('"'))
}

/// Whether a name fits a pattern of `*` and `?` (sshd reads its includes with glob(7)).
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match (pattern.get(p), name.get(n)) {
            (Some('*'), _) => {
                star = Some((p, n));
                p += 1;
            }
            (Some(a), Some(b)) if *a == '?' || a == b => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    n = from + 1;
                    star = Some((at, n));
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Settings {
        let include = |pattern: &str| {
            assert_eq!(pattern, "/etc/ssh/sshd_config.d/*.conf");
            Ok(vec![
                "PasswordAuthentication no\nMatch user sftp\nPasswordAuthentication yes\n"
                    .to_owned(),
                "PasswordAuthentication yes\nPermitRootLogin yes\n".to_owned(),
            ])
        };
        Settings::read(text, &include).unwrap()
    }

    #[test]
    fn the_first_value_stands_and_a_match_ends_with_its_file() {
        let it = read(
            "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\nKbdInteractiveAuthentication no\n",
        );
        assert_eq!(it.root_login(), Some("yes"));
        assert!(!it.passwords());
        assert!(it.match_weaker());
        assert_eq!((it.max_tries(), it.ports()), (6, &[22][..]));
    }

    #[test]
    fn defaults_are_those_of_openssh() {
        let it = read("# nothing\n");
        assert_eq!(it.root_login(), Some("prohibit-password"));
        assert!(it.passwords() && !it.empty_passwords() && !it.match_weaker());
        let it = read("PasswordAuthentication=no\nUsePAM yes\n");
        assert!(it.passwords(), "PAM asks for the password through keyboard-interactive");
        let it = read("UsePAM yes\nAuthenticationMethods publickey,password publickey\n");
        assert!(!it.passwords());
        let it = read("Match all\nPERMITROOTLOGIN \"no\" # never\nPort 2222\nMaxAuthTries 3\n");
        assert_eq!((it.root_login(), it.ports(), it.max_tries()), (Some("no"), &[2222][..], 3));
        let it = read("Match Address 10.0.0.0/8\nPermitRootLogin yes\n");
        assert!(it.match_weaker());
        let it = read("Match Group sftp\nPermitEmptyPasswords yes\n");
        assert!(it.match_weaker() && !it.empty_passwords());
        assert_eq!(read("PermitRootLogin perhaps").root_login(), None);
    }

    #[test]
    fn a_file_that_includes_itself_comes_to_an_end() {
        let include = |_: &str| Ok(vec!["Include x\nPort 1\n".to_owned()]);
        assert_eq!(Settings::read("Include x", &include).unwrap().ports().len(), 16);
        let many = |_: &str| Ok(vec!["Include x\nInclude x\n".to_owned(); 9]);
        assert!(Settings::read("Include x", &many).is_err());
        let refused = |_: &str| Err("no".to_owned());
        assert!(Settings::read("Include x", &refused).is_err());
        assert!(fits("*.conf", "50-redhat.conf") && fits("a?c*", "abcd") && fits("", ""));
        assert!(!fits("*.conf", "x.conf.bak") && !fits("a", "") && fits("**", ""));
    }
}
