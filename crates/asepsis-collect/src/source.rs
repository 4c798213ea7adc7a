//! Where facts about a computer are read: the running system, or a folder captured from one.
//!
//! Parsers see only bytes; whoever reads them goes through a [`Source`], so that everything a
//! collector does can be replayed on captured files. Every read has a limit.

mod captured;
mod live;

pub use captured::Captured;
pub use live::Live;

use asepsis_core::time::Timestamp;

/// What a collector may ask of a computer. Paths are absolute, as on the computer itself.
pub trait Source {
    /// The whole file, if it is no longer than `limit` bytes.
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, SourceError>;
    /// The first `length` bytes of a file, or all if it is shorter.
    fn read_start(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError>;
    /// The last `length` bytes of a file, or all if it is shorter.
    fn read_end(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError>;
    /// The names in a folder, sorted, if there are no more than `limit`.
    fn list(&self, path: &str, limit: usize) -> Result<Vec<String>, SourceError>;
    /// Where a symbolic link points.
    fn link(&self, path: &str) -> Result<String, SourceError>;
    /// When a file or folder was last changed.
    fn modified(&self, path: &str) -> Result<Timestamp, SourceError>;
    /// Whether a file or folder is there. Fails when that cannot be seen.
    fn exists(&self, path: &str) -> Result<bool, SourceError>;
    /// What a command prints.
    fn run(&self, command: Command) -> Result<Vec<u8>, SourceError>;
    /// The user the collector runs as; 0 is the administrator. `None` where there is no such number.
    fn effective_uid(&self) -> Option<u32>;
    /// The system's own name.
    fn uname(&self) -> Result<Uname, SourceError>;
}

/// What a system calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uname {
    /// `Linux`, `Darwin`, `Windows`.
    pub system: String,
    /// The host name.
    pub host: String,
    /// The kernel's release, as in `6.1.0-28-amd64`.
    pub release: String,
    /// The processor, as in `x86_64`.
    pub machine: String,
}

/// The commands that a collector may run: no others, and always with these arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Every loaded unit of systemd and its state.
    Units,
    /// Every installed unit of systemd and whether it starts by itself.
    UnitFiles,
    /// When backup jobs of systemd last ended, and how.
    BackupJobs,
    /// Whether the clock is kept right.
    Clock,
    /// The packet filter's rules as JSON.
    NftRules,
    /// The packet filter's rules for incoming packets, through the older interface.
    IptablesInput,
}

/// How long a command may take before it is stopped.
pub const COMMAND_MS: u64 = 800;

/// How much a command may print.
pub const COMMAND_BYTES: usize = 4 << 20;

impl Command {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Units,
        Self::UnitFiles,
        Self::BackupJobs,
        Self::Clock,
        Self::NftRules,
        Self::IptablesInput,
    ];

    /// Its name, under which captures keep what it printed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::UnitFiles => "unit-files",
            Self::BackupJobs => "backup-jobs",
            Self::Clock => "clock",
            Self::NftRules => "nft-rules",
            Self::IptablesInput => "iptables-input",
        }
    }

    /// The program and its arguments.
    pub const fn line(self) -> &'static [&'static str] {
        match self {
            Self::Units => &[
                "systemctl",
                "list-units",
                "--all",
                "--type=service,timer,socket",
                "--no-legend",
                "--plain",
                "--full",
                "--no-pager",
            ],
            Self::UnitFiles => &[
                "systemctl",
                "list-unit-files",
                "--type=service,timer,socket",
                "--no-legend",
                "--plain",
                "--full",
                "--no-pager",
            ],
            Self::BackupJobs => &[
                "systemctl",
                "show",
                "--timestamp=unix",
                "--property=Id,Result,ExecMainStatus,ExecMainExitTimestamp",
                "*backup*.service",
                "*restic*.service",
                "*borg*.service",
                "*rsnapshot*.service",
                "*duplicity*.service",
                "*timeshift*.service",
            ],
            Self::Clock => &["timedatectl", "show", "--property=NTP", "--property=NTPSynchronized"],
            Self::NftRules => &["nft", "-j", "list", "ruleset"],
            Self::IptablesInput => &["iptables", "-S", "INPUT"],
        }
    }

    /// Its first words, for messages: `systemctl list-units`.
    pub fn short(self) -> String {
        let words = self.line().iter().filter(|word| !word.starts_with('-'));
        words.take(2).copied().collect::<Vec<_>>().join(" ")
    }

    /// Whether only an administrator gets an answer.
    pub const fn needs_administrator(self) -> bool {
        matches!(self, Self::NftRules | Self::IptablesInput)
    }
}

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It is not there.
    #[error("{what} does not exist")]
    Missing {
        /// A path or a command.
        what: String,
    },
    /// This user may not read it.
    #[error("{what} can be read by an administrator only")]
    Denied {
        /// A path or a command.
        what: String,
    },
    /// It is longer, or holds more, than the collector reads.
    #[error("{what} is larger than the limit of {limit}")]
    TooLarge {
        /// A path or a command.
        what: String,
        /// Bytes of a file or command, names in a folder.
        limit: usize,
    },
    /// It took too long.
    #[error("{what} gave no answer within {millis} ms")]
    TimedOut {
        /// A command.
        what: String,
        /// How long it had.
        millis: u64,
    },
    /// Anything else.
    #[error("{what} could not be read: {cause}")]
    Failed {
        /// A path or a command.
        what: String,
        /// What the system said.
        cause: String,
    },
}

impl SourceError {
    /// Whether the thing is simply not there.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }

    fn missing(what: &str) -> Self {
        Self::Missing { what: what.to_owned() }
    }

    fn denied(what: &str) -> Self {
        Self::Denied { what: what.to_owned() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "errors and texts are handed over alike")]
    fn failed(what: &str, cause: impl ToString) -> Self {
        Self::Failed { what: what.to_owned(), cause: cause.to_string() }
    }

    fn io(what: &str, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Self::missing(what),
            std::io::ErrorKind::PermissionDenied => Self::denied(what),
            _ => Self::failed(what, error),
        }
    }
}

#[cfg(test)]
mod tests;
