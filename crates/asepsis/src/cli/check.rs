//! `asepsis check`: look, record, show where you stand.

use asepsis_collect::net::Net;
use asepsis_core::observation::{Body, Seen};
use serde::Serialize;

use super::args::{CheckArgs, Global, WhatArg};
use super::error::Help;
use super::output::Output;
use super::progress::Progress;
use super::status::{self, View};
use super::{Done, explain_check};
use crate::config;
use crate::ops::{Collected, Home, What, assess, check};
use crate::text::{Page, Paint, clean, count, pad};

/// What an organization itself decides where its mail lives at a shared provider.
const AT_A_PROVIDER: [&str; 2] = ["email.provider-agreement", "email.second-step"];

pub(crate) async fn run(
    args: &CheckArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if global.as_of.is_some() || global.known_at.is_some() {
        let help = "`asepsis status --as-of DATE` shows a past day".to_owned();
        return Err(anyhow::anyhow!("check looks at the present").context(Help(help)));
    }
    let what = what(args);
    let net = Net::new(&args.dns, args.offline)?;
    let progress = Progress::new(output.display, output.quiet);
    let say = |what: &str| progress.say(&format!("Looking at {what} …"));
    let looks = check(home, &what, &net, config::now, say, |_| {}).await?;
    progress.end();
    if looks.is_empty() {
        if output.json {
            let assessed = assess(home, &global.when(), config::now()).await?;
            let status = View { assessed: &assessed }.document();
            output.document("asepsis-check/1", Document { looked: Vec::new(), status })?;
        } else {
            let help = "name a domain: asepsis check email clinic.example";
            output.text(&format!("Nothing to look at. {help}\n"));
        }
        return Ok(Done::Nothing);
    }
    let assessed = assess(home, &global.when(), config::now()).await?;
    let view = View { assessed: &assessed };
    if output.json {
        let looked: Vec<Looked<'_>> = looks.iter().map(Looked::from).collect();
        output.document("asepsis-check/1", Document { looked, status: view.document() })?;
    } else {
        let mut page = output.page();
        for look in &looks {
            line(look, &mut page);
        }
        if args.what == Some(WhatArg::Email) && !args.targets.is_empty() {
            for look in &looks {
                match shared_provider(look) {
                    Some(name) => shared(&look.observation.label, name, &view, &mut page),
                    None => {
                        explain_check::subject(
                            look.observation.subject.0.as_str(),
                            &view,
                            &mut page,
                        );
                    }
                }
            }
        } else {
            page.blank();
            status::page(&view, &mut page, output.quiet);
        }
        output.text(&page.finish());
    }
    let worst = assessed.next.iter().map(|step| step.severity).max();
    Ok(match (args.fail_on, worst) {
        (Some(limit), Some(worst)) if worst >= limit => Done::Findings,
        _ => Done::Well,
    })
}

pub(crate) fn what(args: &CheckArgs) -> What {
    let mut domains = args.domains.clone();
    domains.extend(args.targets.iter().cloned());
    What {
        computer: args.what != Some(WhatArg::Email),
        // Without targets: the domains the organization named.
        all: args.what != Some(WhatArg::Computer) && args.targets.is_empty(),
        remember: args.what.is_none() || !args.domains.is_empty() || !args.targets.is_empty(),
        selectors: args.selectors.clone(),
        domains,
    }
}

/// One line per look, `This computer, desk1 ...... 21 facts, 3 not readable   0.4 s`, and below it why
/// nothing was looked at.
fn line(look: &Collected, page: &mut Page) {
    let observation = &look.observation;
    let mail = observation.subject.0.starts_with("dns:");
    let subject = if mail {
        format!("Mail for {} ", clean(&observation.label))
    } else {
        format!("This computer, {} ", clean(&observation.label))
    };
    let seconds = format!("{:.1} s", look.took.as_secs_f64());
    let (text, paint) = match &observation.body {
        Body::Saw { .. } => {
            let (read, missed) = look.counts();
            let missed = match missed {
                0 => String::new(),
                n => format!(", {n} not readable"),
            };
            (format!(" {}{missed}", count(read, "fact")), Paint::Plain)
        }
        Body::Skipped { .. } => (" not looked at".to_owned(), Paint::Partly),
        Body::Failed { operation, cause } => {
            (format!(" could not {}: {}", clean(operation), clean(cause)), Paint::Missing)
        }
    };
    let dots = page.paint(&pad_dots(&subject, 38), Paint::Quiet);
    let text = page.paint(&text, paint);
    page.line(&format!("{}{}  {seconds}", dots, pad(&text, 28)));
    if let Body::Skipped { reason } = &observation.body {
        page.paragraph(&clean(reason), 2);
    }
    if !look.asked.is_empty() {
        let dns = look.asked.iter().filter(|it| it.protocol == "dns").count();
        let https = look.asked.len() - dns;
        let https =
            if https == 0 { String::new() } else { format!(", {}", count(https, "HTTPS request")) };
        let asked =
            format!("  (asked: {}{https}; list: asepsis net-log)", count(dns, "DNS question"));
        let asked = page.paint(&asked, Paint::Quiet);
        page.line(&asked);
    }
}

/// The company whose domain this is, if it is not the organization's own.
fn shared_provider(look: &Collected) -> Option<&str> {
    let Body::Saw { fact, .. } = &look.observation.body else { return None };
    fact.get("shared_provider")?.get("name")?.as_str()
}

/// What can be said of mail at a shared provider: it is never graded as the organization's own.
fn shared(domain: &str, provider: &str, view: &View<'_>, page: &mut Page) {
    page.blank();
    let text = format!(
        "{domain} belongs to {provider}, not to you. {provider} decides how its mail is signed, \
         checked and sent, so none of that is counted for or against you. Two things are yours:"
    );
    page.paragraph(&clean(&text), 0);
    for id in AT_A_PROVIDER {
        if let Some(question) = view.assessed.catalog.question(id) {
            page.hanging("○", &format!("{} [asepsis answer {id}]", question.ask), 1, Paint::Plain);
        }
    }
    page.paragraph("An address at a domain of your own can be protected; this one cannot.", 0);
}

fn pad_dots(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(crate::text::plain_width(text));
    format!("{text}{}", ".".repeat(missing))
}

#[derive(Serialize)]
struct Document<'a, S> {
    looked: Vec<Looked<'a>>,
    #[serde(flatten)]
    status: S,
}

#[derive(Serialize)]
struct Looked<'a> {
    entry: u64,
    schema: &'a str,
    subject: &'a str,
    label: &'a str,
    facts: usize,
    not_readable: Vec<NotReadable<'a>>,
    seconds: f64,
    network_questions: usize,
    body: &'a Body,
}

#[derive(Serialize)]
struct NotReadable<'a> {
    fact: &'a str,
    why: &'a str,
}

impl<'a> From<&'a Collected> for Looked<'a> {
    fn from(look: &'a Collected) -> Self {
        let not_readable = match &look.observation.body {
            Body::Saw { seen, .. } => seen
                .iter()
                .filter_map(|(fact, seen)| match seen {
                    Seen::Not(why) => Some(NotReadable { fact, why }),
                    Seen::From(_) => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            entry: look.seq,
            schema: &look.observation.schema,
            subject: &look.observation.subject.0,
            label: &look.observation.label,
            facts: look.counts().0,
            not_readable,
            seconds: look.took.as_secs_f64(),
            network_questions: look.asked.len(),
            body: &look.observation.body,
        }
    }
}
