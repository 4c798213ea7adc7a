//! The daily look as a schedule of the system: texts for systemd, the Task Scheduler of Windows and
//! cron. Installs nothing.

use std::fmt::Write as _;
use std::path::Path;

use super::home::Settings;

/// Who runs the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduler {
    /// A user's service and timer.
    Systemd,
    /// A task of the Task Scheduler.
    Windows,
    /// A line of a crontab.
    Cron,
}

impl Scheduler {
    /// The word as it is typed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Windows => "windows",
            Self::Cron => "cron",
        }
    }
}

/// A file for a scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub text: String,
}

/// A schedule that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// A path that is not Unicode.
    #[error("the path {0:?} cannot be written as text")]
    NotText(String),
    /// Something that the scheduler would read as something else.
    #[error("{text:?} holds {mark:?}, which {} would not take as it is", scheduler.word())]
    Mark {
        /// The path or address.
        text: String,
        /// The character.
        mark: char,
        /// Who would not.
        scheduler: Scheduler,
    },
    /// A password, for everybody to read who sees the schedule or the list of running programs.
    #[error("the address of the store holds a password, and others can read a schedule")]
    Password,
}

/// At a quarter past noon: computers of a clinic are on at that hour, and people are at lunch (our
/// judgment).
const HOUR: &str = "12:15";

/// The files that make a scheduler run `check` once a day with these settings, paths absolute.
pub fn schedule(
    scheduler: Scheduler,
    program: &Path,
    settings: &Settings,
) -> Result<Vec<ScheduleFile>, ScheduleError> {
    let line = line(program, settings)?;
    for text in &line {
        if let Some(mark) = text.chars().find(|mark| refused(scheduler, *mark)) {
            return Err(ScheduleError::Mark { text: text.clone(), mark, scheduler });
        }
    }
    let (program, arguments) = line.split_first().map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
    Ok(match scheduler {
        Scheduler::Systemd => {
            // systemd takes no quotation mark in the path of a program, however it is written.
            if let Some(mark) = program.chars().find(|mark| matches!(mark, '"' | '\'')) {
                return Err(ScheduleError::Mark { text: program.to_owned(), mark, scheduler });
            }
            systemd(program, arguments)
        }
        Scheduler::Windows => vec![windows(program, arguments)],
        Scheduler::Cron => vec![cron(program, arguments)],
    })
}

/// The program and its arguments.
fn line(program: &Path, settings: &Settings) -> Result<Vec<String>, ScheduleError> {
    let text = |path: &Path| {
        let text = path.to_str().map(str::to_owned);
        text.ok_or_else(|| ScheduleError::NotText(path.display().to_string()))
    };
    let mut line = vec![text(program)?, "check".to_owned(), "--quiet".to_owned()];
    let mut add = |name: &str, value: String| line.extend([name.to_owned(), value]);
    if let Some(home) = &settings.home {
        add("--home", text(home)?);
    }
    if let Some(store) = &settings.store {
        if holds_password(store) {
            return Err(ScheduleError::Password);
        }
        add("--store", store.clone());
    }
    if let Some(id) = &settings.organization {
        add("--organization-id", id.clone());
    }
    if let Some(catalog) = &settings.catalog {
        add("--catalog", text(catalog)?);
    }
    Ok(line)
}

/// Whether a store's URL holds a password, before the host or among its parameters.
fn holds_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let user = place.rsplit_once('@').map_or("", |(user, _)| user);
    user.contains(':') || parameters.split('&').any(|it| it.starts_with("password="))
}

/// What cannot be written so that the scheduler takes it as it is.
fn refused(scheduler: Scheduler, mark: char) -> bool {
    mark.is_control()
        || match scheduler {
            Scheduler::Systemd => mark == '\\',
            // The Task Scheduler puts in variables of the environment, and there is no way around it.
            Scheduler::Windows => matches!(mark, '%' | '$' | '"'),
            // Some crons take it away, others do not.
            Scheduler::Cron => mark == '\\',
        }
}

/// Whether a word needs no quotation marks anywhere.
fn plain(text: &str) -> bool {
    let safe = |it: char| it.is_ascii_alphanumeric() || "/._-:=@,+".contains(it);
    !text.is_empty() && text.chars().all(safe)
}

/// `systemd.service(5)`, "command lines"; `systemd.unit(5)`, "specifiers".
fn systemd(program: &str, arguments: &[String]) -> Vec<ScheduleFile> {
    let quoted = |text: &str| match plain(text) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('"', "\\\"").replace('%', "%%")),
    };
    // A dollar sign begins a variable in arguments, not in the program.
    let rest = arguments.iter().map(|it| format!(" {}", quoted(it).replace('$', "$$")));
    let command = format!("{}{}", quoted(program), rest.collect::<String>());
    let service = format!(
        "# Looks at this computer and at your mail domains, once.\n\
         [Unit]\n\
         Description=asepsis looks at this computer and at your mail domains\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart={command}\n\
         # What was seen is in the practice book; only what goes wrong belongs in the journal.\n\
         StandardOutput=null\n"
    );
    let timer = format!(
        "# Starts asepsis-check.service once a day, or as soon as the computer is on again.\n\
         [Unit]\n\
         Description=asepsis looks once a day\n\
         \n\
         [Timer]\n\
         OnCalendar=*-*-* {HOUR}\n\
         RandomizedDelaySec=15min\n\
         Persistent=true\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n"
    );
    vec![
        ScheduleFile { name: "asepsis-check.service", text: service },
        ScheduleFile { name: "asepsis-check.timer", text: timer },
    ]
}

/// The Task Scheduler's schema ([MS-TSCH] 2.5). All of it is ASCII, so that it reads the same in
/// whatever encoding it is taken for.
fn windows(program: &str, arguments: &[String]) -> ScheduleFile {
    let rest: Vec<String> = arguments.iter().map(|it| windows_argument(it)).collect();
    let text = format!(
        "<?xml version=\"1.0\"?>\n\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n\
         \x20 <RegistrationInfo>\n\
         \x20   <Description>asepsis looks once a day: at this computer and at your mail domains</Description>\n\
         \x20 </RegistrationInfo>\n\
         \x20 <Triggers>\n\
         \x20   <CalendarTrigger>\n\
         \x20     <StartBoundary>2026-01-01T{HOUR}:00</StartBoundary>\n\
         \x20     <RandomDelay>PT15M</RandomDelay>\n\
         \x20     <ScheduleByDay>\n\
         \x20       <DaysInterval>1</DaysInterval>\n\
         \x20     </ScheduleByDay>\n\
         \x20   </CalendarTrigger>\n\
         \x20 </Triggers>\n\
         \x20 <Settings>\n\
         \x20   <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n\
         \x20   <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n\
         \x20   <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n\
         \x20   <StartWhenAvailable>true</StartWhenAvailable>\n\
         \x20   <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>\n\
         \x20 </Settings>\n\
         \x20 <Actions>\n\
         \x20   <Exec>\n\
         \x20     <Command>{}</Command>\n\
         \x20     <Arguments>{}</Arguments>\n\
         \x20   </Exec>\n\
         \x20 </Actions>\n\
         </Task>\n",
        xml(program),
        xml(&rest.join(" ")),
    );
    ScheduleFile { name: "asepsis-check.xml", text }
}

/// As `CommandLineToArgvW` takes it apart: backslashes count only before a quotation mark.
fn windows_argument(text: &str) -> String {
    if plain(&text.replace('\\', "/")) {
        return text.to_owned();
    }
    let last = text.len() - text.trim_end_matches('\\').len();
    format!("\"{text}{}\"", "\\".repeat(last))
}

/// Text inside an element, in ASCII (XML 1.0 section 4.1).
fn xml(text: &str) -> String {
    let mut out = String::new();
    for mark in text.chars() {
        match mark {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            mark if mark.is_ascii() => out.push(mark),
            mark => drop(write!(out, "&#{};", u32::from(mark))),
        }
    }
    out
}

/// `crontab(5)`: a percent sign would begin the input; what goes wrong is mailed to the user.
fn cron(program: &str, arguments: &[String]) -> ScheduleFile {
    let quoted = |text: &str| match plain(text) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    };
    let words = std::iter::once(program).chain(arguments.iter().map(String::as_str)).map(quoted);
    let command = words.collect::<Vec<_>>().join(" ").replace('%', "\\%");
    let (hour, minute) = HOUR.split_once(':').unwrap_or_default();
    let text = format!(
        "# asepsis looks once a day: at this computer and at your mail domains\n\
         {minute} {hour} * * * {command} >/dev/null\n"
    );
    ScheduleFile { name: "asepsis-check.crontab", text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(home: &str) -> Settings {
        Settings { home: Some(home.into()), ..Settings::default() }
    }

    fn texts(scheduler: Scheduler, program: &str, home: &str) -> Vec<String> {
        let files = schedule(scheduler, Path::new(program), &settings(home)).unwrap();
        files.into_iter().map(|file| file.text).collect()
    }

    fn refuses(scheduler: Scheduler, program: &str, home: &str) -> String {
        schedule(scheduler, Path::new(program), &settings(home)).unwrap_err().to_string()
    }

    #[test]
    fn systemd_gets_a_service_and_a_timer() {
        let both = texts(Scheduler::Systemd, "/opt/our tools/100%/asepsis", "/home/ana/it's $HOME");
        insta::assert_snapshot!(both.join("--\n"), @r#"
        # Looks at this computer and at your mail domains, once.
        [Unit]
        Description=asepsis looks at this computer and at your mail domains

        [Service]
        Type=oneshot
        ExecStart="/opt/our tools/100%%/asepsis" check --quiet --home "/home/ana/it's $$HOME"
        # What was seen is in the practice book; only what goes wrong belongs in the journal.
        StandardOutput=null
        --
        # Starts asepsis-check.service once a day, or as soon as the computer is on again.
        [Unit]
        Description=asepsis looks once a day

        [Timer]
        OnCalendar=*-*-* 12:15
        RandomizedDelaySec=15min
        Persistent=true

        [Install]
        WantedBy=timers.target
        "#);
        let plain = texts(Scheduler::Systemd, "/usr/bin/asepsis", "/srv/asepsis").remove(0);
        assert!(plain.contains("ExecStart=/usr/bin/asepsis check --quiet --home /srv/asepsis\n"));
    }

    #[test]
    fn windows_gets_a_task() {
        let task =
            texts(Scheduler::Windows, r"C:\Program Files\A & B\asepsis.exe", "D:\\Büro <1>\\");
        insta::assert_snapshot!(task.join(""), @r#"
        <?xml version="1.0"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Description>asepsis looks once a day: at this computer and at your mail domains</Description>
          </RegistrationInfo>
          <Triggers>
            <CalendarTrigger>
              <StartBoundary>2026-01-01T12:15:00</StartBoundary>
              <RandomDelay>PT15M</RandomDelay>
              <ScheduleByDay>
                <DaysInterval>1</DaysInterval>
              </ScheduleByDay>
            </CalendarTrigger>
          </Triggers>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <StartWhenAvailable>true</StartWhenAvailable>
            <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
          </Settings>
          <Actions>
            <Exec>
              <Command>C:\Program Files\A &amp; B\asepsis.exe</Command>
              <Arguments>check --quiet --home "D:\B&#252;ro &lt;1&gt;\\"</Arguments>
            </Exec>
          </Actions>
        </Task>
        "#);
        assert!(task[0].is_ascii());
        let plain = texts(Scheduler::Windows, r"C:\asepsis.exe", r"C:\data").remove(0);
        assert!(plain.contains(r"<Arguments>check --quiet --home C:\data</Arguments>"), "{plain}");
    }

    #[test]
    fn cron_gets_a_line() {
        let line = texts(Scheduler::Cron, "/opt/our tools/asepsis", "/home/ana/it's 100%");
        insta::assert_snapshot!(line.join(""), @r#"
        # asepsis looks once a day: at this computer and at your mail domains
        15 12 * * * '/opt/our tools/asepsis' check --quiet --home '/home/ana/it'\''s 100\%' >/dev/null
        "#);
    }

    #[test]
    fn what_would_be_read_as_something_else_is_refused() {
        for (scheduler, program, home) in [
            (Scheduler::Systemd, "/opt/a\"b/asepsis", "/srv"),
            (Scheduler::Systemd, "/opt/asepsis", "/srv/a\\b"),
            (Scheduler::Systemd, "/opt/asepsis", "/srv/a\n[Service]"),
            (Scheduler::Windows, "C:\\%TEMP%\\asepsis.exe", "C:\\x"),
            (Scheduler::Windows, "C:\\asepsis.exe", "C:\\x\" --store y"),
            (Scheduler::Cron, "/opt/asepsis", "/srv/a\\b"),
            (Scheduler::Cron, "/opt/asepsis", "/srv/a\n* * * * * b"),
        ] {
            let why = refuses(scheduler, program, home);
            assert!(why.contains("would not take as it is"), "{why}");
        }
    }

    #[test]
    fn a_password_is_never_written_into_a_schedule() {
        let with = |store: &str| {
            let settings = Settings { store: Some(store.to_owned()), ..Settings::default() };
            schedule(Scheduler::Cron, Path::new("/bin/asepsis"), &settings)
        };
        for store in
            ["postgres://me:s3cret@db.example/x", "postgres://db.example/x?password=s3cret"]
        {
            let why = with(store).unwrap_err().to_string();
            assert!(why.contains("holds a password") && !why.contains("s3cret"), "{why}");
        }
        let line = with("postgres://me@db.example/x?sslmode=require").unwrap().remove(0).text;
        assert!(line.contains(" --store 'postgres://me@db.example/x?sslmode=require' >"), "{line}");
    }
}
