//! `asepsis plan`: what to do with so many dollars and hours; and what people decide about it.

use asepsis_core::decision::Decided;
use asepsis_core::risk::Limits;

use super::args::Global;
use super::args_plan::{LimitsArgs, Off, PlanArgs, PlanVerb, Who};
use super::error::Help;
use super::output::Output;
use super::plan_view::{From, View};
use super::waive::Document as Entries;
use super::{Done, plan_json, plan_text};
use crate::config;
use crate::ops::{Assessed, By, Home, RiskView, assess, limits};

pub(crate) async fn run(
    args: &PlanArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let (action, decided, who) = match &args.verb {
        None => return show(&args.limits, global, home, output).await,
        Some(PlanVerb::Take { limits, who }) => {
            return take(limits, who, global, home, output).await;
        }
        Some(PlanVerb::Choose { action, to, due, who }) => {
            let to = match to {
                Some(name) => Some(person(name, home).await?),
                None => None,
            };
            (action, Decided::Chosen { to, due: due.clone() }, who)
        }
        Some(PlanVerb::Accept(Off { action, until, reason, who })) => {
            (action, Decided::Accepted { reason: reason.clone(), until: until.clone() }, who)
        }
        Some(PlanVerb::Postpone(Off { action, until, reason, who })) => {
            (action, Decided::Postponed { reason: reason.clone(), until: until.clone() }, who)
        }
        Some(PlanVerb::Done { action, note, who }) => {
            (action, Decided::Done { note: note.clone() }, who)
        }
        Some(PlanVerb::Reopen { action, reason, who }) => {
            (action, Decided::Reopened { reason: reason.clone() }, who)
        }
    };
    let said = said(&decided);
    let seq = home.decide(action, decided, by(who), config::now()).await?;
    recorded(seq, &said, output)
}

async fn show(
    args: &LimitsArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let assessed = assess(home, &global.when(), config::now()).await?;
    let risk = risk(&assessed)?;
    let (limits, from) = wanted(args, &risk)?;
    let plan = risk.proposal_for(&assessed.catalog, &assessed.assessment, limits);
    let further = risk.further_for(&assessed.catalog, &assessed.assessment, &plan);
    let view = View { assessed: &assessed, risk: &risk, plan: &plan, further: &further, from };
    if output.json {
        output.document("asepsis-plan/1", plan_json::Document::of(&view))?;
    } else {
        let mut page = output.page();
        plan_text::page(&view, &mut page, output.quiet);
        output.text(&page.finish());
    }
    Ok(Done::Well)
}

async fn take(
    args: &LimitsArgs,
    who: &Who,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if global.as_of.is_some() || global.known_at.is_some() {
        let help = "leave --as-of and --known-at away to take the plan of today";
        return Err(anyhow::anyhow!("a plan of another day cannot be taken"))
            .map_err(|it| it.context(Help(help.to_owned())));
    }
    let now = config::now();
    let assessed = assess(home, &global.when(), now).await?;
    let risk = risk(&assessed)?;
    let (limits, _) = wanted(args, &risk)?;
    let plan = risk.proposal_for(&assessed.catalog, &assessed.assessment, limits);
    let taken = risk.taken(&assessed.catalog, &assessed.assessment, &plan, now);
    let seq = home.take_plan(taken, by(who), now).await?;
    let said = format!(
        "this plan is the one that later plans are held against: {}",
        crate::text::count(plan.picks.len(), "action")
    );
    recorded(seq, &said, output)
}

/// The figures; a catalog without priors has none, and says so with a way out.
pub(crate) fn risk(assessed: &Assessed<'_>) -> anyhow::Result<RiskView> {
    assessed.risk().map_err(|error| {
        let help = "of a past day, `--todays-catalog` judges by what the catalog says now";
        anyhow::Error::new(error).context(Help(help.to_owned()))
    })
}

fn wanted(args: &LimitsArgs, risk: &RiskView) -> anyhow::Result<(Limits, From)> {
    let from = match (args.budget.or(args.hours), &risk.parent) {
        (Some(_), _) => From::Asked,
        (None, Some(_)) => From::PlanTaken,
        (None, None) => From::Assumed,
    };
    let dollars = args.budget.unwrap_or(risk.limits.dollars);
    let hours = args.hours.unwrap_or(risk.limits.hours);
    Ok((limits(dollars, hours)?, from))
}

pub(crate) fn by(who: &Who) -> By<'_> {
    By::Named { name: &who.name, role: &who.role }
}

/// The random id of somebody on record, by name.
async fn person(name: &str, home: &Home) -> anyhow::Result<String> {
    let assessed = assess(home, &crate::ops::AsOf::default(), config::now()).await?;
    let mut people = assessed.assessment.people.iter();
    let found = people.find(|(_, known)| known.eq_ignore_ascii_case(name.trim()));
    found.map(|(id, _)| id.clone()).ok_or_else(|| {
        let help = "names come on record when somebody answers with --name or has an account";
        anyhow::anyhow!("nobody on record is called {name:?}").context(Help(help.to_owned()))
    })
}

fn said(decided: &Decided) -> String {
    match decided {
        Decided::Chosen { .. } => "it is in the plan wherever it ranks".to_owned(),
        Decided::Accepted { until, .. } => {
            format!("accepted until {until}. The gap stays and is shown; no plan holds it before")
        }
        Decided::Postponed { until, .. } => format!("put off until {until}"),
        Decided::Done { .. } => {
            "said to be done. Looks and answers will tell; the standing changes with them"
                .to_owned()
        }
        Decided::Reopened { .. } => "as if nothing had been decided".to_owned(),
    }
}

fn recorded(seq: u64, said: &str, output: &mut Output) -> anyhow::Result<Done> {
    if output.json {
        output.document("asepsis-entries/1", Entries { entries: vec![seq] })?;
    } else {
        output.text(&format!("Recorded as entry {seq}: {said}.\n"));
    }
    Ok(Done::Well)
}
