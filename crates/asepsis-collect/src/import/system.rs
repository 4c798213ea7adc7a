//! Which system a computer runs, from what sources call it, and until when it gets security updates.

use asepsis_core::observation::BodyBuilder;
use asepsis_core::time::Timestamp;
use asepsis_vuln::end_of_life::{EndOfLife, end_of_life};
use jiff::civil::Date;

/// A system, as the table of end-of-life dates knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct System {
    /// `linux`, `windows`, `macos`.
    pub family: &'static str,
    /// As in `os.id`.
    pub id: String,
    /// As in `os.version`.
    pub version: String,
    /// The release under which the table has it, where that is another text.
    row: Option<String>,
}

/// Until when a system gets security updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// It still does.
    pub supported: bool,
    /// The last day, where one is announced.
    pub end: Option<Date>,
    /// Days to that day; negative once it is past.
    pub days_left: Option<i64>,
}

/// Builds of Windows from this one on are Windows 11, whatever they call themselves.
const WINDOWS_11: u32 = 22_000;
/// Releases of Windows with longer terms for some editions: build, and the release's name.
const RELEASES: &[(u32, &str)] = &[
    (28_000, "11-26h1"),
    (26_200, "11-25h2"),
    (26_100, "11-24h2"),
    (22_631, "11-23h2"),
    (22_621, "11-22h2"),
    (22_000, "11-21h2"),
    (19_044, "10-21h2"),
];

/// Words in the names of Linux distributions, and their ids in /etc/os-release.
const DISTRIBUTIONS: &[(&str, &str)] = &[
    ("ubuntu", "ubuntu"),
    ("debian", "debian"),
    ("red hat", "rhel"),
    ("rhel", "rhel"),
    ("rocky", "rocky"),
    ("alma", "almalinux"),
    ("centos", "centos"),
    ("fedora", "fedora"),
    ("suse linux enterprise", "sles"),
    ("opensuse", "opensuse-leap"),
    ("amazon linux", "amzn"),
];

impl System {
    /// Windows, by the name of its edition (`Windows 11 Pro`, as the source has it) and its build
    /// (`22631` or `10.0.22631.3447`). The build decides: newer ones still call themselves Windows 10.
    pub fn windows(edition: &str, build: &str) -> Option<Self> {
        let mut numbers = build.trim().split('.').filter_map(|it| it.parse::<u32>().ok());
        let build = match (numbers.next()?, numbers.next(), numbers.next()) {
            (10 | 6, Some(_), Some(build)) => build,
            (build, ..) => build,
        };
        let version = match build {
            9_600 => "6.3.9600".to_owned(),
            9_200 => "6.2.9200".to_owned(),
            build => format!("10.0.{build}"),
        };
        let edition = edition.to_lowercase();
        let server = edition.contains("server");
        let id = if server { "windows-server" } else { "windows" };
        let longer = ["enterprise", "education"].iter().any(|it| edition.contains(it));
        let release = RELEASES.iter().find(|(it, _)| *it == build).map(|(_, name)| *name);
        let row = release.filter(|_| longer && !server).map(|release| {
            if edition.contains("ltsc") {
                format!("{release}-e-lts")
            } else {
                format!("{release}-e")
            }
        });
        Some(Self { family: "windows", id: id.to_owned(), version, row })
    }

    /// macOS, by its version, as `15.7.1`.
    pub fn macos(version: &str) -> Self {
        let (id, version) = ("macos".to_owned(), version.trim().to_owned());
        Self { family: "macos", id, version, row: None }
    }

    /// Linux, by what /etc/os-release calls it: `ubuntu`, `24.04`.
    pub fn linux(id: &str, version: &str) -> Self {
        let version = version.split_whitespace().next().unwrap_or_default();
        Self {
            family: "linux",
            id: id.trim().to_lowercase(),
            version: version.to_owned(),
            row: None,
        }
    }

    /// By its name and its version as people write them: `Microsoft Windows 11 Pro`, `10.0.22631`;
    /// `macOS Sonoma`, `14.5`; `Ubuntu 24.04.1 LTS`. `None` for what is not known.
    pub fn named(name: &str, version: &str) -> Option<Self> {
        let plain = name.to_lowercase();
        let number = |text: &str| {
            let number =
                text.split_whitespace().find(|it| it.starts_with(|c: char| c.is_ascii_digit()));
            number.map(str::to_owned)
        };
        if plain.contains("windows") {
            return Self::windows(name, version);
        }
        if ["macos", "mac os", "os x"].iter().any(|it| plain.contains(it)) {
            return number(version).or_else(|| number(name)).map(|it| Self::macos(&it));
        }
        let (_, id) = DISTRIBUTIONS.iter().find(|(word, _)| plain.contains(word))?;
        number(version).or_else(|| number(name)).map(|it| Self::linux(id, &it))
    }

    /// What it is and until when it is looked after, as facts.
    pub fn tell(&self, body: &mut BodyBuilder, from: &str, at: Timestamp) {
        body.saw("os.family", self.family, from);
        body.saw("os.id", self.id.clone(), from);
        body.saw("os.version", self.version.clone(), from);
        match self.support(at) {
            Some(support) => {
                body.saw("os.supported", support.supported, from);
                if let (Some(end), Some(left)) = (support.end, support.days_left) {
                    body.saw("os.end_of_life", end.to_string(), from);
                    body.saw("os.days_left", left, from);
                }
            }
            None => body.missed("os.supported", "the table does not have this release"),
        }
    }

    /// Whether a build of Windows belongs to Windows 11.
    pub fn is_windows_11(&self) -> bool {
        let build = self.version.rsplit('.').next().and_then(|it| it.parse::<u32>().ok());
        self.id == "windows" && build.is_some_and(|it| it >= WINDOWS_11)
    }

    /// What the table says of it at a moment; `None` if the table does not have it.
    pub fn support(&self, at: Timestamp) -> Option<Support> {
        let by_row = self.row.as_ref().and_then(|row| end_of_life(&self.id, row));
        let end = match by_row.or_else(|| end_of_life(&self.id, &self.version))? {
            EndOfLife::NotAnnounced => {
                return Some(Support { supported: true, end: None, days_left: None });
            }
            EndOfLife::On(end) => end,
        };
        let start = jiff::tz::TimeZone::UTC.to_timestamp(end.at(0, 0, 0, 0)).ok()?;
        let left = Timestamp::from_millis(start.as_millisecond()).plus_days(1).days_since(at);
        Some(Support { supported: left >= 0, end: Some(end), days_left: Some(left) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_decides_what_windows_is() {
        let pro = System::windows("Windows 10 Pro", "22631").unwrap();
        assert_eq!((pro.version.as_str(), pro.is_windows_11()), ("10.0.22631", true));
        let ten = System::windows("Windows 10 Pro", "10.0.19045.5131").unwrap();
        assert_eq!((ten.version.as_str(), ten.is_windows_11()), ("10.0.19045", false));
        let day: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        let until = |edition, build| {
            let support = System::windows(edition, build).unwrap().support(day).unwrap();
            (support.supported, support.end.unwrap().to_string())
        };
        assert_eq!(until("Windows 11 Pro", "22631"), (false, "2025-11-11".to_owned()));
        assert_eq!(until("Windows 11 Enterprise", "22631"), (true, "2026-11-10".to_owned()));
        assert_eq!(until("Windows Server 2019 Standard", "17763"), (true, "2029-01-09".to_owned()));
        assert!(System::windows("Windows", "soon").is_none());
        assert!(System::macos("15.7.1").support(day).unwrap().supported);
        assert!(System::linux("templeos", "5").support(day).is_none());
    }
}
