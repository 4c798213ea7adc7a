//! The command line: what can be typed, what is printed, which exit code comes back.
//!
//! Exit codes are part of the interface: 0 done, 1 error, 2 bad arguments, 3 nothing to look at,
//! 10 findings at or above `--fail-on`.

mod answer;
mod args;
mod args_plan;
mod catalog;
mod check;
mod check_accounts;
mod error;
mod explain;
mod explain_action;
mod explain_check;
mod explain_json;
mod figure;
mod file;
mod import;
mod ledger;
mod named;
mod net_log;
mod organization;
mod output;
mod plan;
mod plan_json;
mod plan_left;
mod plan_text;
mod plan_view;
mod plan_words;
mod progress;
mod report;
mod save;
mod schedule;
mod serve;
mod status;
mod threats;
mod waive;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Verb, WhatArg};
use output::Output;

use crate::config::{Display, SystemRandom};
use crate::ops::Home;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Done.
    Well,
    /// Nothing to look at.
    Nothing,
    /// Findings at or above the threshold.
    Findings,
    /// The command ran and says that something is wrong.
    Wrong,
}

/// Runs the program on these arguments.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let mut output = Output::new(Display::look(), args.global.json, args.global.quiet);
    // Only the practice book has several things to do at once.
    let runtime = match &args.verb {
        Verb::Serve(_) => tokio::runtime::Builder::new_multi_thread().enable_all().build(),
        _ => tokio::runtime::Builder::new_current_thread().enable_all().build(),
    };
    let done = match runtime {
        Ok(runtime) => runtime.block_on(act(&args, &mut output)),
        Err(error) => Err(anyhow::Error::new(error).context("cannot start the runtime")),
    };
    match done.and_then(|done| output.flush().map(|()| done)) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Wrong) => ExitCode::from(1),
        Ok(Done::Nothing) => ExitCode::from(3),
        Ok(Done::Findings) => ExitCode::from(10),
        Err(error) => error::report(&error),
    }
}

async fn act(args: &Args, output: &mut Output) -> anyhow::Result<Done> {
    match &args.verb {
        Verb::Catalog(it) => return catalog::run(it, &args.global, output),
        Verb::Check(it) if let Some(to) = &it.save => return save::run(it, to, output).await,
        Verb::Explain(it) if args.global.as_of.is_none() => {
            if let Some(done) = explain::without_home(it, &args.global, output)? {
                return Ok(done);
            }
        }
        Verb::Completions { shell } => {
            args::completions(*shell, output);
            return Ok(Done::Well);
        }
        Verb::Man => return args::man(output),
        Verb::Schedule(it) => return schedule::run(it, &args.global, output),
        Verb::Serve(it) => return serve::run(it, &args.global, output).await,
        Verb::Restore { from } => return ledger::restore(from, &args.global, output).await,
        _ => {}
    }
    let home = Home::open(&args.global.settings(), Box::new(SystemRandom)).await?;
    let done = with_home(args, &home, output).await;
    home.store.close().await;
    done
}

async fn with_home(args: &Args, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let global = &args.global;
    match &args.verb {
        Verb::Check(it) if it.what == Some(WhatArg::Accounts) => {
            check_accounts::run(it, home, output).await
        }
        Verb::Check(it) => check::run(it, global, home, output).await,
        Verb::Answer(it) => answer::run(it, global, home, output).await,
        Verb::Status => status::run(global, home, output).await,
        Verb::Threats(it) => threats::run(it, global, home, output).await,
        Verb::Plan(it) => plan::run(it, global, home, output).await,
        Verb::Explain(it) => explain::run(it, global, home, output).await,
        Verb::Import(it) => import::run(it, home, output).await,
        Verb::Report(it) => report::run(it, global, home, output).await,
        Verb::Organization(it) => organization::run(it, home, output).await,
        Verb::Waive(it) => waive::run(it, home, output).await,
        Verb::Ledger(it) => ledger::run(it, home, output).await,
        Verb::Backup { to } => ledger::backup(to, home, output).await,
        Verb::NetLog { days } => net_log::run(*days, home, output).await,
        Verb::Catalog(_)
        | Verb::Completions { .. }
        | Verb::Man
        | Verb::Restore { .. }
        | Verb::Schedule(_)
        | Verb::Serve(_) => Ok(Done::Well),
    }
}
