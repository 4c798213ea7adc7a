//! Backup programs, whether they run by themselves, and when a job last ended well.

use asepsis_core::time::Timestamp;

use super::look::{Look, Read};
use super::products::BACKUP;
use crate::source::Command;

const CRON: [&str; 4] = ["/etc/cron.d", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.hourly"];
/// Words that name a backup program in a timer or a cron file.
const WORDS: [&str; 7] =
    ["restic", "borg", "rsnapshot", "duplicity", "timeshift", "duplicati", "backup"];
/// Programs that come with their own clock.
const SERVICES: [&str; 9] = [
    "veeamservice",
    "bacula-fd",
    "bareos-fd",
    "bareos-filedaemon",
    "backuppc",
    "urbackupclientbackend",
    "acronis_mms",
    "duplicati",
    "restic",
];
/// Timers and cron files of the system that save its own lists and are no backup of anybody's data.
const NOT_OURS: [&str; 3] = ["dpkg-db-backup", "e2scrub", "apt-compat"];

pub(super) fn look(at: &mut Look<'_>) {
    let tools = at.installed(BACKUP);
    at.record_units("backups.tools", |_| tools);
    let cron = cron_file(at);
    let units = at.units.as_ref().map_err(ToString::to_string);
    let scheduled = units.map(|units| {
        let timer = WORDS.iter().find(|word| {
            units.timer_waits(word) && !(**word == "backup" && only_own_timers(units))
        });
        let service = SERVICES.iter().find(|name| units.active(name));
        match (timer, service, cron) {
            (Some(word), _, _) => (true, format!("a timer named {word}")),
            (_, Some(name), _) => (true, format!("{name}.service")),
            (_, _, Some(path)) => (true, path),
            _ => (false, "systemctl list-units, /etc/cron.*".to_owned()),
        }
    });
    at.record("backups.scheduled", scheduled);
    let success = last_success(at);
    at.record("backups.days_since_success", success);
}

/// The word `backup` alone also names Debian's timer for the list of packages.
fn only_own_timers(units: &super::units::Units) -> bool {
    units.active("dpkg-db-backup.timer") && units.waiting_timers("backup") == 1
}

fn cron_file(at: &Look<'_>) -> Option<String> {
    for folder in CRON {
        for (path, text) in at.texts(folder, "").unwrap_or_default() {
            let name = path.rsplit('/').next().unwrap_or_default();
            if !NOT_OURS.contains(&name) && name != "dpkg" && names_backup(&text) {
                return Some(path);
            }
        }
    }
    let path = "/etc/crontab";
    at.text(path).ok().filter(|text| names_backup(text)).map(|_| path.to_owned())
}

/// Whether a line that is no comment calls a backup program.
fn names_backup(text: &str) -> bool {
    text.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
        line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
            let word = word.to_ascii_lowercase();
            word == "borgmatic" || WORDS.contains(&word.as_str())
        })
    })
}

fn last_success(at: &Look<'_>) -> Read<i64> {
    let printed = at.source.run(Command::BackupJobs).map_err(|error| error.to_string())?;
    successes(&String::from_utf8_lossy(&printed))
        .max()
        .map(|time| (at.now.days_since(time).max(0), "systemctl show".to_owned()))
        .ok_or_else(|| "no known backup job ended well since the computer started".to_owned())
}

/// When jobs ended without error, in blocks of `Key=value` lines.
fn successes(text: &str) -> impl Iterator<Item = Timestamp> + '_ {
    text.split("\n\n").filter_map(|block| {
        let value =
            |key: &str| block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        let own = value("Id").is_some_and(|id| NOT_OURS.iter().any(|name| id.starts_with(name)));
        if own || value("Result") != Some("success") || value("ExecMainStatus") != Some("0") {
            return None;
        }
        let seconds: i64 = value("ExecMainExitTimestamp")?.strip_prefix('@')?.parse().ok()?;
        Some(Timestamp::from_millis(seconds.checked_mul(1000).filter(|millis| *millis > 0)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_jobs_that_ended_well_count() {
        let text = "Id=borgmatic.service\nResult=success\nExecMainStatus=0\n\
            ExecMainExitTimestamp=@1795502400\n\nId=restic.service\nResult=exit-code\n\
            ExecMainStatus=1\nExecMainExitTimestamp=@1795588800\n\nId=dpkg-db-backup.service\n\
            Result=success\nExecMainStatus=0\nExecMainExitTimestamp=@1795588800\n\n\
            Id=x-backup.service\nResult=success\nExecMainStatus=0\nExecMainExitTimestamp=\n";
        let found: Vec<_> = successes(text).map(Timestamp::as_millis).collect();
        assert_eq!(found, [1_795_502_400_000]);
        assert_eq!(successes("").count(), 0);
        assert_eq!(
            successes(
                "Result=success\nExecMainStatus=0\nExecMainExitTimestamp=@9999999999999999999"
            )
            .count(),
            0
        );
    }

    #[test]
    fn cron_lines_name_programs_and_comments_do_not() {
        assert!(names_backup("0 2 * * * root /usr/bin/restic backup /srv\n"));
        assert!(names_backup("@daily root borgmatic --verbosity -1"));
        assert!(!names_backup("# restic backup\n0 2 * * * root cyborgs\n"));
    }
}
