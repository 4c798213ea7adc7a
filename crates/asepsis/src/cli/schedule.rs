//! `asepsis schedule`: writes what makes the system look once a day, and says what to type next.

use std::path::Path;

use serde::Serialize;

use super::args::{Global, ScheduleArgs, SchedulerArg};
use super::error::Help;
use super::output::Output;
use super::{Done, file};
use crate::config;
use crate::ops::{ScheduleError, ScheduleFile, Scheduler, Settings, schedule};
use crate::text::clean;

pub(crate) fn run(
    args: &ScheduleArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let scheduler = match args.scheduler {
        Some(SchedulerArg::Systemd) => Scheduler::Systemd,
        Some(SchedulerArg::Windows) => Scheduler::Windows,
        Some(SchedulerArg::Cron) => Scheduler::Cron,
        None if cfg!(windows) => Scheduler::Windows,
        None => Scheduler::Systemd,
    };
    let settings = absolute(global.settings())?;
    let files = schedule(scheduler, &config::program()?, &settings).map_err(explained)?;
    if let Some(to) = &args.to {
        std::fs::create_dir_all(to)?;
        for it in &files {
            file::write(&to.join(it.name), it.text.as_bytes())?;
        }
    }
    let to = args.to.as_deref();
    let next = next(scheduler, to);
    if output.json {
        let files = files.iter().map(|it| File { name: it.name, text: &it.text }).collect();
        let document = Document { scheduler: scheduler.word(), files, next: &next };
        output.document("asepsis-schedule/1", document)?;
        return Ok(Done::Well);
    }
    if to.is_none() {
        print(&files, output);
    }
    if !output.quiet {
        output.text(&match to {
            Some(to) => format!(
                "Wrote {} to {}. Nothing is installed yet. Type next:\n",
                files.iter().map(|it| it.name).collect::<Vec<_>>().join(" and "),
                clean(&to.display().to_string())
            ),
            None => "\nNothing is written or installed yet. Type next:\n".to_owned(),
        });
        for line in &next {
            output.text(&format!("  {}\n", clean(line)));
        }
    }
    Ok(Done::Well)
}

/// All files, with their names where they are several.
fn print(files: &[ScheduleFile], output: &mut Output) {
    for (at, it) in files.iter().enumerate() {
        if files.len() > 1 {
            output.text(&format!("{}# {}\n", if at > 0 { "\n" } else { "" }, it.name));
        }
        output.text(&it.text);
    }
}

/// What to type after it.
fn next(scheduler: Scheduler, to: Option<&Path>) -> Vec<String> {
    let Some(to) = to else {
        return vec![format!("asepsis schedule --for {} --to DIR", scheduler.word())];
    };
    let path = |name: &str| to.join(name).display().to_string();
    let quoted = |name: &str| format!("'{}'", path(name).replace('\'', "'\\''"));
    match scheduler {
        Scheduler::Systemd => vec![
            "mkdir -p ~/.config/systemd/user".to_owned(),
            format!(
                "cp {} {} ~/.config/systemd/user/",
                quoted("asepsis-check.service"),
                quoted("asepsis-check.timer")
            ),
            "systemctl --user daemon-reload".to_owned(),
            "systemctl --user enable --now asepsis-check.timer".to_owned(),
            "loginctl enable-linger    # it then looks also while you are signed out".to_owned(),
        ],
        Scheduler::Windows => vec![format!(
            "schtasks /create /tn asepsis-check /xml \"{}\"",
            path("asepsis-check.xml")
        )],
        Scheduler::Cron => vec![
            format!("cat {}", quoted("asepsis-check.crontab")),
            "crontab -e    # and add what the file says".to_owned(),
        ],
    }
}

/// The settings with paths that hold wherever the look is started.
fn absolute(mut settings: Settings) -> anyhow::Result<Settings> {
    for path in [&mut settings.home, &mut settings.catalog].into_iter().flatten() {
        *path = std::path::absolute(&path)?;
    }
    if let Some(path) = settings.store.as_deref().and_then(|it| it.strip_prefix("sqlite:")) {
        let path = std::path::absolute(path.strip_prefix("//").unwrap_or(path))?;
        let path = path.to_str().map(str::to_owned);
        let path = path.ok_or_else(|| anyhow::anyhow!("the path of the store is not text"))?;
        settings.store = Some(format!("sqlite:{path}"));
    }
    Ok(settings)
}

fn explained(error: ScheduleError) -> anyhow::Error {
    let help = match &error {
        ScheduleError::Password => {
            "leave it out of the address and put it into ~/.pgpass, which PostgreSQL's clients read"
        }
        ScheduleError::NotText(_) | ScheduleError::Mark { .. } => {
            "move it to a path of plain letters, or name another folder with --home"
        }
    };
    anyhow::Error::new(error).context(Help(help.to_owned()))
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "for")]
    scheduler: &'a str,
    files: Vec<File<'a>>,
    next: &'a [String],
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    text: &'a str,
}
