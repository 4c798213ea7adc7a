//! What can be typed. Help texts are written for somebody who runs a front desk.

use std::net::SocketAddr;
use std::path::PathBuf;

use asepsis_core::catalog::Severity;
use asepsis_core::organization::Size;
use clap::CommandFactory as _;
use clap::builder::PossibleValuesParser;

use super::Done;
use super::args_plan::{PlanArgs, ThreatsArgs};
use super::output::Output;
use crate::ops::{AsOf, ROLES, Settings};

/// Cyber hygiene for health care, measured.
///
/// asepsis looks at your computers and your mail domain, asks what it cannot see, and shows how you
/// stand on the ten practices of HICP, with what to do next. Nothing leaves the building unless
/// you send it.
#[derive(Debug, clap::Parser)]
#[command(name = "asepsis", version, max_term_width = 100)]
#[command(
    after_help = "Begin with:  asepsis check\nThen:        asepsis answer, asepsis status, asepsis report"
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Global {
    /// Print JSON instead of text (schema: docs/output.schema.json)
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print results only, no progress and no hints
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Keep data, keys and signed heads in this folder
    #[arg(long, global = true, value_name = "DIR", env = "ASEPSIS_HOME")]
    pub(crate) home: Option<PathBuf>,
    /// Use this store instead of the file in the home folder
    #[arg(long, global = true, value_name = "URL", env = "ASEPSIS_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
    /// Whose ledger, where the store holds several
    #[arg(long, global = true, value_name = "ID", env = "ASEPSIS_ORGANIZATION")]
    pub(crate) organization_id: Option<String>,
    /// Use the catalog in this folder instead of the one in the program
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) catalog: Option<PathBuf>,
    /// Judge the evidence of this day, as in 2026-11-24, or of a time
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// Know only the first so many ledger entries
    #[arg(long, global = true, value_name = "SEQ")]
    pub(crate) known_at: Option<u64>,
    /// With --as-of: judge by today's catalog, not by the one then in force
    #[arg(long, global = true)]
    pub(crate) todays_catalog: bool,
}

impl Global {
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            home: self.home.clone(),
            store: self.store.clone(),
            organization: self.organization_id.clone(),
            catalog: self.catalog.clone(),
        }
    }

    pub(crate) fn when(&self) -> AsOf {
        AsOf {
            date: self.as_of.clone(),
            known_at: self.known_at,
            catalog_of_today: self.todays_catalog,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Look at this computer and at your mail domains, and show where you stand
    #[command(
        after_help = "Examples:\n  asepsis check\n  asepsis check email clinic.example\n  asepsis check computer --fail-on high\n  asepsis check --save desk-02.json    on another computer; then, at home: asepsis import desk-02.json"
    )]
    Check(CheckArgs),
    /// Answer what cannot be measured, one question at a time
    #[command(
        after_help = "Examples:\n  asepsis answer\n  asepsis answer --role it --name \"Sam\"\n  asepsis answer --list\n  asepsis answer --json < answers.json"
    )]
    Answer(AnswerArgs),
    /// Show where you stand, from what is already known
    Status,
    /// Show the five threats in figures: how often, how much, how bad for patients
    #[command(
        after_help = "Examples:\n  asepsis threats\n  asepsis threats --years 5                        nothing happened here in five years\n  asepsis threats --years 5 --happened T1=2,T4=1   two cases of T1 and one of T4"
    )]
    Threats(ThreatsArgs),
    /// Show what to do with so many dollars and hours; take the plan, put things off, say what is done
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  asepsis plan\n  asepsis plan --budget 2000 --hours 4\n  asepsis plan take --budget 2000 --hours 4\n  asepsis plan postpone segment-network --until 2027-03-31 --reason \"new switches come in March\"\n  asepsis plan done second-sign-in-step"
    )]
    Plan(PlanArgs),
    /// Explain a practice, a check, a question, a threat, an action, a source of figures or a word
    #[command(
        after_help = "Examples:\n  asepsis explain 1\n  asepsis explain 2.S.A\n  asepsis explain email.dmarc-enforced\n  asepsis explain T2\n  asepsis explain second-sign-in-step\n  asepsis explain marsh-2023\n  asepsis explain DMARC"
    )]
    Explain(ExplainArgs),
    /// Open the practice book in your browser; the terminal is not needed after that
    #[command(
        after_help = "Examples:\n  asepsis serve\n  asepsis serve --no-browser --port 7400\n  asepsis serve --address 192.0.2.10 --name book.clinic.example"
    )]
    Serve(ServeArgs),
    /// Write what makes this computer look once a day by itself; installs nothing
    #[command(
        after_help = "Examples:\n  asepsis schedule\n  asepsis schedule --for systemd --to units\n  asepsis schedule --for windows --to C:\\asepsis\n  asepsis schedule --for cron"
    )]
    Schedule(ScheduleArgs),
    /// Write a report: one HTML file for people, or JSON
    #[command(
        after_help = "Examples:\n  asepsis report\n  asepsis report --to standing.html --as-of 2026-06-30\n  asepsis report --json --to standing.json"
    )]
    Report(ReportArgs),
    /// Take what comes in a file: what other programs saw of computers and accounts, a vendor sheet
    #[command(
        after_help = "Examples:\n  asepsis import desk-02.json desk-03.json --name \"Kim\"\n  asepsis import osqueryd.snapshots.log ScubaResults.json --dry-run\n  asepsis import roster.csv --date 2026-11-20\n  asepsis import vendor-sheet.xlsx\n  asepsis import --history\n  asepsis import --undo 412 --reason \"of another clinic\""
    )]
    Import(ImportArgs),
    /// Say who you are: name, what decides your size, mail domains
    #[command(
        after_help = "Examples:\n  asepsis organization --name \"Maple Street Family Practice\" --fits physicians=3 --fits it=small\n  asepsis organization --domain clinic.example\n  asepsis organization --sizes"
    )]
    Organization(OrganizationArgs),
    /// Accept a gap for a time: reason, owner, end
    #[command(
        after_help = "Example:\n  asepsis waive computer.firewall-on --until 2027-03-31 --owner \"A. Manager\" --reason \"old imaging station, replaced in March\""
    )]
    Waive(WaiveArgs),
    /// Prove, move or repair what is recorded
    Ledger(LedgerArgs),
    /// Copy everything, private tables too, into one file
    Backup {
        /// The file to write
        to: PathBuf,
    },
    /// Bring a backup back into an empty home
    Restore {
        /// The file to read
        from: PathBuf,
    },
    /// List every question this program asked over the network
    NetLog {
        /// How many days back
        #[arg(long, default_value_t = 30)]
        days: u32,
    },
    /// Check or list the catalog: threats, practices, checks, questions
    Catalog(CatalogArgs),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Look only at this
    pub(crate) what: Option<WhatArg>,
    /// Mail domains or addresses (with `email`); a directory as `ldaps://dc1.clinic.example` (with
    /// `accounts`)
    pub(crate) targets: Vec<String>,
    #[command(flatten)]
    pub(crate) directory: DirectoryArgs,
    /// Your mail domain; remembered for next time
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub(crate) domains: Vec<String>,
    /// A DKIM selector your mail is signed with, besides the well-known ones
    #[arg(long = "selector", value_name = "NAME")]
    pub(crate) selectors: Vec<String>,
    /// Ask this name server (IP or IP:PORT) instead of the system's
    #[arg(long, value_name = "ADDRESS", value_parser = name_server)]
    pub(crate) dns: Vec<SocketAddr>,
    /// Ask nobody outside this computer
    #[arg(long)]
    pub(crate) offline: bool,
    /// Write what is seen into this file and record nothing here; `asepsis import` takes it elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "fail_on")]
    pub(crate) save: Option<PathBuf>,
    /// End with code 10 if a check of this severity or worse fails (low, medium, high, critical)
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Severity>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum WhatArg {
    /// This computer
    Computer,
    /// Mail domains
    Email,
    /// The accounts of a directory (LDAP)
    Accounts,
}

/// How a directory is asked for its accounts.
#[derive(Debug, clap::Args)]
pub(crate) struct DirectoryArgs {
    /// The account that may read the directory: `reader@clinic.example`, or its distinguished name
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) user: Option<String>,
    /// A file whose first line is its password; `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Trust the certificates of this authority too (PEM)
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Where to begin, as in `DC=clinic,DC=example`; else where the server says
    #[arg(long, value_name = "DN")]
    pub(crate) base: Option<String>,
    /// Begin in the open and turn encryption on (port 389)
    #[arg(long)]
    pub(crate) start_tls: bool,
    /// Send the password in the open: only in a network that is yours alone
    #[arg(long)]
    pub(crate) plain: bool,
}

fn name_server(text: &str) -> Result<SocketAddr, String> {
    let plain = text.parse::<std::net::IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    plain
        .or_else(|_| text.parse())
        .map_err(|_| "give an address as in 192.0.2.53 or 192.0.2.53:53".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct AnswerArgs {
    /// Answer only this question
    pub(crate) question: Option<String>,
    /// In which role you answer
    #[arg(long, default_value = "manager", value_parser = PossibleValuesParser::new(ROLES))]
    pub(crate) role: String,
    /// Your name, kept once in the ledger and nowhere else
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// Only questions that this role can answer best or at all
    #[arg(long)]
    pub(crate) only_my_role: bool,
    /// How many questions at a sitting
    #[arg(long, default_value_t = 10)]
    pub(crate) count: usize,
    /// List the questions instead of asking them: open, answered, skipped and why
    #[arg(long)]
    pub(crate) list: bool,
    /// Give the answer here: an id, several ids with commas, a number, or dont-know
    #[arg(long, value_name = "ANSWER", requires = "question")]
    pub(crate) set: Option<String>,
    /// A remark to the answer; no patient data
    #[arg(long, requires = "set", default_value = "")]
    pub(crate) note: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// An id (1, 2.S.A, email.dmarc-enforced, T2, second-sign-in-step) or a word of the glossary
    #[arg(required = true, num_args = 1..)]
    pub(crate) what: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Only print the address
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// The port, 7391 if it is free
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Another address of this machine, for others in the building; needs a second factor, and TLS
    #[arg(long, value_name = "IP")]
    pub(crate) address: Option<std::net::IpAddr>,
    /// A name under which others reach it; may be given several times
    #[arg(long = "name", value_name = "HOST")]
    pub(crate) names: Vec<String>,
    /// A certificate chain in PEM, instead of one of our own making
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Ask these name servers instead of the system's
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) dns: Vec<SocketAddr>,
    /// Ask nothing over the network
    #[arg(long)]
    pub(crate) offline: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ScheduleArgs {
    /// Who starts the look; what this system has unless you say
    #[arg(long = "for", value_name = "WHO")]
    pub(crate) scheduler: Option<SchedulerArg>,
    /// Write the files into this folder instead of printing them
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum SchedulerArg {
    /// A service and a timer of your user
    Systemd,
    /// A task of the Task Scheduler
    Windows,
    /// A line of your crontab
    Cron,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The files; what each is, is found out by itself
    #[arg(required_unless_present_any = ["history", "undo", "formats", "pack", "mapping", "mappings", "forget_mapping"], value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The day of the facts, for files that do not say it, as in 2026-11-20
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,
    /// The computer a file is about, where it does not say it
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Option<String>,
    /// Only say what the files would add
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// List the files that were brought in before
    #[arg(long, conflicts_with_all = ["files", "undo"])]
    pub(crate) history: bool,
    /// List what is taken, and how to make it
    #[arg(long, conflicts_with_all = ["files", "undo", "history"])]
    pub(crate) formats: bool,
    /// Print the pack of queries for osquery, whose log can be brought in
    #[arg(long, conflicts_with_all = ["files", "undo", "history", "formats"])]
    pub(crate) pack: bool,
    /// Print a draft of what the columns of a table mean, to be corrected and given with --mapping
    #[arg(long, requires = "files", conflicts_with_all = ["undo", "mapping", "dry_run"])]
    pub(crate) map: bool,
    /// What the columns of a table mean; kept for the tables to come
    #[arg(long, value_name = "FILE", conflicts_with = "undo")]
    pub(crate) mapping: Option<PathBuf>,
    /// List what is known of the columns of tables
    #[arg(long, conflicts_with_all = ["files", "undo", "history", "formats", "pack", "mapping"])]
    pub(crate) mappings: bool,
    /// Forget what the columns of a table mean; what came in by it stays
    #[arg(long, value_name = "ID", conflicts_with_all = ["files", "undo", "mapping", "mappings"])]
    pub(crate) forget_mapping: Option<String>,
    /// Take a file back, by the number of its entry: what came with it counts no longer
    #[arg(long, value_name = "ENTRY", requires = "reason", conflicts_with = "files")]
    pub(crate) undo: Option<u64>,
    /// Why it is taken back
    #[arg(long, value_name = "TEXT", requires = "undo")]
    pub(crate) reason: Option<String>,
    /// In which role you bring facts; a vendor sheet is always the vendor's
    #[arg(long, default_value = "manager", value_parser = PossibleValuesParser::new(ROLES))]
    pub(crate) role: String,
    /// Your name, kept once in the ledger and nowhere else
    #[arg(long, default_value = "")]
    pub(crate) name: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct OrganizationArgs {
    /// Its name
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// A row of the size table: physicians=3, beds=120, it=small, … (see --sizes)
    #[arg(long = "fits", value_name = "ROW=COLUMN", value_parser = pair)]
    pub(crate) fits: Vec<(String, String)>,
    /// Choose a size in spite of the table
    #[arg(long, conflicts_with = "size_by_table")]
    pub(crate) size: Option<Size>,
    /// Take back a chosen size
    #[arg(long)]
    pub(crate) size_by_table: bool,
    /// A mail domain of yours
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub(crate) domains: Vec<String>,
    /// A mail domain that is no longer yours
    #[arg(long = "drop-domain", value_name = "DOMAIN")]
    pub(crate) drop_domains: Vec<String>,
    /// Take on a sub-practice of a larger size
    #[arg(long = "adopt", value_name = "ID")]
    pub(crate) adopt: Vec<String>,
    /// A site, with its own size if it differs: "North clinic" or "North clinic=medium"
    #[arg(long = "site", value_name = "NAME[=SIZE]")]
    pub(crate) sites: Vec<String>,
    /// US dollars a year that you take in; what a loss means is held against it (0 forgets it)
    #[arg(long, value_name = "DOLLARS")]
    pub(crate) revenue: Option<u64>,
    /// Time zone in which your days end, as in America/Chicago
    #[arg(long)]
    pub(crate) zone: Option<String>,
    /// Show the size table
    #[arg(long)]
    pub(crate) sizes: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (row, column) = text.split_once('=').ok_or("write it as in physicians=3")?;
    Ok((row.trim().to_owned(), column.trim().to_owned()))
}

#[derive(Debug, clap::Args)]
pub(crate) struct WaiveArgs {
    /// The check whose gap is accepted
    pub(crate) check: String,
    /// Only on this computer or domain (its key, as in `machine-id:…`); on all if absent
    #[arg(long, value_name = "KEY")]
    pub(crate) subject: Option<String>,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
    /// Who answers for it
    #[arg(long)]
    pub(crate) owner: String,
    /// The last day, at most a year from now
    #[arg(long, value_name = "DATE")]
    pub(crate) until: String,
    /// In which role you decide
    #[arg(long, default_value = "manager", value_parser = PossibleValuesParser::new(ROLES))]
    pub(crate) role: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LedgerArgs {
    #[command(subcommand)]
    pub(crate) verb: LedgerVerb,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum LedgerVerb {
    /// Check every entry against the tree and against signed heads kept outside
    Verify {
        /// A signed head to hold the ledger against (default: the newest kept here)
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
    },
    /// Write the whole ledger as tiles, bundles and bodies, for anyone to verify
    Export {
        /// An empty or new folder
        to: PathBuf,
    },
    /// Bring an exported ledger into this store
    Import {
        /// The exported folder
        from: PathBuf,
        /// The public key that must have signed it; without one only wholeness is proven
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Hand the ledger to a new key, signed by the old one
    NewKey,
    /// Make the read tables again from the ledger
    Rebuild,
    /// List entries
    List {
        /// From this number on
        #[arg(long, default_value_t = 0)]
        from: u64,
        /// How many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show one entry, body and all
    Show {
        /// Its number
        seq: u64,
    },
    /// Delete the body of an entry for good; that it existed stays on record
    Redact {
        /// Its number
        seq: u64,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct CatalogArgs {
    #[command(subcommand)]
    pub(crate) verb: CatalogVerb,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum CatalogVerb {
    /// Check every file, follow every reference, run every example
    Lint {
        /// A catalog folder (default: the catalog in the program)
        dir: Option<PathBuf>,
    },
    /// List every statement about HICP that nobody has read in it yet, and where to confirm it
    Review,
    /// Write the program's catalog into a folder, to look at or to change
    Write {
        /// A new folder
        to: PathBuf,
    },
}

/// Prints completions for a shell.
pub(crate) fn completions(shell: clap_complete::Shell, output: &mut Output) {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "asepsis", &mut bytes);
    output.text(&String::from_utf8_lossy(&bytes));
}

/// Prints the manual page, all verbs in one.
pub(crate) fn man(output: &mut Output) -> anyhow::Result<Done> {
    let command = Args::command();
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut bytes)?;
    for verb in command.get_subcommands() {
        let name = format!("asepsis-{}", verb.get_name());
        clap_mangen::Man::new(verb.clone().name(name)).render(&mut bytes)?;
    }
    output.text(&String::from_utf8_lossy(&bytes));
    Ok(Done::Well)
}
