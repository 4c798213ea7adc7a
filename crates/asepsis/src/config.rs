//! The only reader of the environment, the clock, the time zone and the system's randomness.

use std::ffi::OsString;
use std::path::PathBuf;

use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;

use crate::platform;

/// Where the program keeps things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The database file.
    pub data: PathBuf,
    /// Signing keys, apart from the data.
    pub keys: PathBuf,
    /// Signed ledger heads, apart from the data.
    pub heads: PathBuf,
}

impl Places {
    /// One folder for all, `--home`; or the user's own, as the system has them.
    pub fn find(home: Option<PathBuf>) -> Result<Self, PlacesError> {
        match home {
            Some(home) => Ok(Self {
                data: home.join("data"),
                keys: home.join("keys"),
                heads: home.join("heads"),
            }),
            None if cfg!(windows) => Self::windows(variable),
            None => Self::xdg(variable),
        }
    }

    /// As the XDG base directory specification has it.
    fn xdg(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, PlacesError> {
        let base = |name, below| base(&variable, name, "HOME", below);
        Ok(Self {
            data: base("XDG_DATA_HOME", ".local/share")?,
            keys: base("XDG_CONFIG_HOME", ".config")?.join("keys"),
            heads: base("XDG_STATE_HOME", ".local/state")?.join("heads"),
        })
    }

    /// As Windows has it: what is large stays on this computer, keys and heads go where the user goes.
    fn windows(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, PlacesError> {
        let base = |name, below| base(&variable, name, "USERPROFILE", below);
        Ok(Self {
            data: base("LOCALAPPDATA", "AppData/Local")?,
            keys: base("APPDATA", "AppData/Roaming")?.join("keys"),
            heads: base("APPDATA", "AppData/Roaming")?.join("heads"),
        })
    }
}

/// Our folder in the one that `name` says, or `below` the one that `user` says.
fn base(
    variable: impl Fn(&str) -> Option<OsString>,
    name: &'static str,
    user: &'static str,
    below: &str,
) -> Result<PathBuf, PlacesError> {
    let set = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let path = set.or_else(|| variable(user).map(|user| PathBuf::from(user).join(below)));
    Ok(path.ok_or(PlacesError { user, name })?.join("asepsis"))
}

/// No home folder is known.
#[derive(Debug, thiserror::Error)]
#[error("no folder to keep data in: neither {user} nor {name} is set")]
pub struct PlacesError {
    user: &'static str,
    name: &'static str,
}

/// What the environment says about output.
#[derive(Clone, Copy, Debug)]
pub struct Display {
    /// Color may be used (a terminal, and `NO_COLOR` is not set).
    pub color: bool,
    /// Standard output is a terminal.
    pub terminal: bool,
    /// Progress may be drawn on standard error.
    pub progress: bool,
    /// Columns to fill, 40 to 100.
    pub width: usize,
}

impl Display {
    /// Looks at the terminal.
    pub fn look() -> Self {
        use std::io::IsTerminal;
        let terminal = std::io::stdout().is_terminal();
        let plain = variable("NO_COLOR").is_some_and(|it| !it.is_empty())
            || variable("TERM").is_some_and(|it| it == "dumb");
        let columns = if terminal { platform::columns().unwrap_or(80) } else { 80 };
        Self {
            color: terminal && !plain && platform::shows_color(),
            terminal,
            progress: std::io::stderr().is_terminal() && !plain,
            width: columns.clamp(40, 100),
        }
    }
}

/// The time.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

/// A stopwatch for what is shown to people.
#[expect(clippy::disallowed_methods, reason = "the one stopwatch; it decides nothing")]
pub fn stopwatch() -> impl Fn() -> std::time::Duration {
    let start = std::time::Instant::now();
    move || start.elapsed()
}

/// The system's IANA time zone, `UTC` if it has none.
pub fn zone() -> String {
    jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// The name of this computer, for people.
pub fn host() -> String {
    let named = || variable("COMPUTERNAME").map(|it| it.to_string_lossy().into_owned());
    platform::host().or_else(named).unwrap_or_else(|| "this computer".to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Where this program is.
pub fn program() -> std::io::Result<PathBuf> {
    std::env::current_exe()
}

/// Random bytes from the operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks for randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        |name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.into())
    }

    #[test]
    fn folders_are_those_of_the_xdg_specification() {
        let at = Places::xdg(set(&[("HOME", "/home/ada"), ("XDG_STATE_HOME", "/state")])).unwrap();
        assert_eq!(at.data, PathBuf::from("/home/ada/.local/share/asepsis"));
        assert_eq!(at.keys, PathBuf::from("/home/ada/.config/asepsis/keys"));
        assert_eq!(at.heads, PathBuf::from("/state/asepsis/heads"));
        // The specification: a path that is not absolute is to be ignored.
        let at = Places::xdg(set(&[("HOME", "/home/ada"), ("XDG_STATE_HOME", "state")])).unwrap();
        assert_eq!(at.heads, PathBuf::from("/home/ada/.local/state/asepsis/heads"));
    }

    #[test]
    fn on_windows_keys_and_heads_lie_apart_from_the_data() {
        let at =
            Places::windows(set(&[("LOCALAPPDATA", "/local"), ("APPDATA", "/roaming")])).unwrap();
        assert_eq!(at.data, PathBuf::from("/local/asepsis"));
        assert_eq!(at.keys, PathBuf::from("/roaming/asepsis/keys"));
        assert_eq!(at.heads, PathBuf::from("/roaming/asepsis/heads"));
        let at = Places::windows(set(&[("USERPROFILE", "/users/ada")])).unwrap();
        assert_eq!(at.data, PathBuf::from("/users/ada/AppData/Local/asepsis"));
        let none = Places::windows(set(&[])).unwrap_err().to_string();
        assert_eq!(none, "no folder to keep data in: neither USERPROFILE nor LOCALAPPDATA is set");
    }
}
