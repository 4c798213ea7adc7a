//! What can be typed about threats and the plan.

use clap::builder::PossibleValuesParser;

use crate::ops::ROLES;

#[derive(Debug, clap::Args)]
pub(crate) struct ThreatsArgs {
    /// So many years you remember; with nothing else said, nothing happened in them
    #[arg(long, value_name = "YEARS")]
    pub(crate) years: Option<f64>,
    /// What happened in them and cost something, as in T1=2,T4=1
    #[arg(long, value_name = "THREAT=TIMES", value_delimiter = ',', value_parser = times, requires = "years")]
    pub(crate) happened: Vec<(String, u32)>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) limits: LimitsArgs,
    #[command(subcommand)]
    pub(crate) verb: Option<PlanVerb>,
}

#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct LimitsArgs {
    /// US dollars to spend in the first year
    #[arg(long, value_name = "DOLLARS")]
    pub(crate) budget: Option<f64>,
    /// Hours of anybody's work in each month
    #[arg(long, value_name = "HOURS")]
    pub(crate) hours: Option<f64>,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum PlanVerb {
    /// Take the plan: later ones are held against it, and what changed is told
    Take {
        #[command(flatten)]
        limits: LimitsArgs,
        #[command(flatten)]
        who: Who,
    },
    /// Do an action wherever it ranks
    Choose {
        /// The action
        action: String,
        /// Who does it: a name on record
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// By which day
        #[arg(long, value_name = "DATE")]
        due: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Leave the gap until a day: the action is in no plan before
    Accept(Off),
    /// Put an action off until a day
    Postpone(Off),
    /// Say that an action is done; looks and answers will tell
    Done {
        /// The action
        action: String,
        /// What was done; no patient data
        #[arg(long, default_value = "")]
        note: String,
        #[command(flatten)]
        who: Who,
    },
    /// As if nothing had been decided
    Reopen {
        /// The action
        action: String,
        /// Why; no patient data
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        who: Who,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Off {
    /// The action
    pub(crate) action: String,
    /// The last day, at most a year from now
    #[arg(long, value_name = "DATE")]
    pub(crate) until: String,
    /// Why; no patient data
    #[arg(long)]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// Who says it.
#[derive(Debug, clap::Args)]
pub(crate) struct Who {
    /// In which role you say it
    #[arg(long, default_value = "manager", value_parser = PossibleValuesParser::new(ROLES))]
    pub(crate) role: String,
    /// Your name, kept once in the ledger and nowhere else
    #[arg(long, default_value = "")]
    pub(crate) name: String,
}

fn times(text: &str) -> Result<(String, u32), String> {
    let wrong = || "write it as in T1=2".to_owned();
    let (threat, number) = text.split_once('=').ok_or_else(wrong)?;
    Ok((threat.trim().to_uppercase(), number.trim().parse().map_err(|_| wrong())?))
}
