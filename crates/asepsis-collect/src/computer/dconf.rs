//! Defaults and locks that an administrator sets for GNOME (dconf(7), key files).

use super::key_file;

/// What the key files of a database say, in order; the last word stands.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) idle_delay: Option<i64>,
    pub(super) lock_delay: Option<i64>,
    pub(super) lock_enabled: Option<bool>,
    pub(super) lock_disabled: Option<bool>,
    pub(super) locks: Vec<String>,
}

const SESSION: &str = "org/gnome/desktop/session";
const SAVER: &str = "org/gnome/desktop/screensaver";
const LOCKDOWN: &str = "org/gnome/desktop/lockdown";

impl Settings {
    /// Adds a key file's values.
    pub(super) fn read(&mut self, text: &str) {
        for (section, key, value) in key_file::sections(text) {
            match (section, key) {
                (SESSION, "idle-delay") => self.idle_delay = number(value).or(self.idle_delay),
                (SAVER, "lock-delay") => self.lock_delay = number(value).or(self.lock_delay),
                (SAVER, "lock-enabled") => self.lock_enabled = truth(value).or(self.lock_enabled),
                (LOCKDOWN, "disable-lock-screen") => {
                    self.lock_disabled = truth(value).or(self.lock_disabled);
                }
                _ => {}
            }
        }
    }

    /// Adds a file of locks: a path a line.
    pub(super) fn read_locks(&mut self, text: &str) {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with('/'));
        self.locks.extend(lines.take(4096).map(str::to_owned));
    }

    /// Whether the screen asks for the password. GNOME's default is yes.
    pub(super) fn locks_screen(&self) -> bool {
        self.lock_enabled.unwrap_or(true) && !self.lock_disabled.unwrap_or(false)
    }

    /// Idle seconds until it does; 0 is never. GNOME's defaults are 300 and 0.
    pub(super) fn lock_after(&self) -> i64 {
        let idle = self.idle_delay.unwrap_or(300);
        if idle > 0 && self.locks_screen() {
            idle.saturating_add(self.lock_delay.unwrap_or(0))
        } else {
            0
        }
    }

    /// Whether users cannot change when the screen locks and that it does.
    pub(super) fn enforced(&self) -> bool {
        let locked = |section: &str, key: &str| {
            self.locks.iter().any(|lock| {
                lock.strip_prefix('/').is_some_and(|lock| {
                    lock.strip_prefix(section).is_some_and(|rest| {
                        rest.is_empty() || rest == "/" || rest.strip_prefix('/') == Some(key)
                    })
                })
            })
        };
        locked(SESSION, "idle-delay") && locked(SAVER, "lock-enabled")
    }

    /// Whether an administrator set anything.
    pub(super) fn any(&self) -> bool {
        self.idle_delay.is_some() || self.lock_enabled.is_some() || self.lock_disabled.is_some()
    }
}

/// The system databases of a profile, the strongest first: `system-db:local`.
pub(super) fn databases(profile: &str) -> Vec<String> {
    profile
        .lines()
        .filter_map(|line| line.trim().strip_prefix("system-db:"))
        .filter(|name| !name.is_empty() && !name.contains(['/', '.']))
        .take(8)
        .map(str::to_owned)
        .collect()
}

/// A number in the text form of GVariant: `uint32 300`.
fn number(value: &str) -> Option<i64> {
    value.rsplit(' ').next()?.parse().ok().filter(|number| *number >= 0)
}

fn truth(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrators_defaults_stand_above_gnomes() {
        let mut settings = Settings::default();
        assert_eq!((settings.lock_after(), settings.any()), (300, false));
        settings.read(
            "[org/gnome/desktop/session]\nidle-delay=uint32 600\n\
             [org/gnome/desktop/screensaver]\nlock-delay=uint32 30\nlock-enabled=true\n",
        );
        assert_eq!((settings.lock_after(), settings.enforced()), (630, false));
        settings.read_locks("/org/gnome/desktop/session/idle-delay\n");
        settings.read_locks("# c\n/org/gnome/desktop/screensaver/lock-enabled\n");
        assert!(settings.enforced());
        settings.read("[org/gnome/desktop/session]\nidle-delay=uint32 0\n");
        assert_eq!(settings.lock_after(), 0);
        settings.read("[org/gnome/desktop/session]\nidle-delay=uint32 -5x\n");
        assert_eq!(settings.lock_after(), 0);
        assert_eq!(databases("user-db:user\nsystem-db:local\nsystem-db:../x\n"), ["local"]);
    }
}
