//! `asepsis check --save FILE`: look, write the facts into a file, record nothing.

use std::path::Path;

use anyhow::bail;
use asepsis_collect::net::Net;
use asepsis_core::observation::{Body, Observation, Seen};
use serde::Serialize;

use super::args::{CheckArgs, WhatArg};
use super::output::Output;
use super::progress::Progress;
use super::{Done, check, file};
use crate::config;
use crate::ops::{as_file, can_be_taken, look_only};
use crate::text::{clean, count};

pub(crate) async fn run(args: &CheckArgs, to: &Path, output: &mut Output) -> anyhow::Result<Done> {
    if args.what == Some(WhatArg::Accounts) {
        bail!("accounts cannot be saved into a file of facts: their names would go with them");
    }
    let net = Net::new(&args.dns, args.offline)?;
    let progress = Progress::new(output.display, output.quiet);
    let say = |what: &str| progress.say(&format!("Looking at {what} …"));
    let looks = look_only(&check::what(args), &net, config::now, say).await;
    progress.end();
    if looks.is_empty() {
        if output.json {
            output.document("asepsis-saved/1", Document { file: None, looked: Vec::new() })?;
        } else {
            output.text("Nothing to look at. Name a domain: asepsis check email clinic.example --save FILE\n");
        }
        return Ok(Done::Nothing);
    }
    let text = as_file(&looks, config::now());
    // What could not be taken at home is said here, where it can be looked at again.
    can_be_taken(&text)?;
    file::write(to, text.as_bytes())?;
    let name = to.display().to_string();
    if output.json {
        let looked = looks.iter().map(Looked::from).collect();
        output.document("asepsis-saved/1", Document { file: Some(name), looked })?;
        return Ok(Done::Well);
    }
    for look in &looks {
        let seen = match &look.body {
            Body::Saw { .. } => count(facts(look), "fact"),
            Body::Skipped { reason } => format!("not looked at: {}", clean(reason)),
            Body::Failed { operation, cause } => {
                format!("could not {}: {}", clean(operation), clean(cause))
            }
        };
        output.text(&format!("{}: {seen}\n", clean(&look.label)));
    }
    if !output.quiet {
        output.text(&format!(
            "Wrote {0}. Nothing is recorded on this computer. Bring the file home: asepsis import {0}\n",
            clean(&name)
        ));
    }
    Ok(Done::Well)
}

fn facts(look: &Observation) -> usize {
    let Body::Saw { seen, .. } = &look.body else { return 0 };
    seen.values().filter(|it| matches!(it, Seen::From(_))).count()
}

#[derive(Serialize)]
struct Document<'a> {
    file: Option<String>,
    looked: Vec<Looked<'a>>,
}

#[derive(Serialize)]
struct Looked<'a> {
    schema: &'a str,
    subject: &'a str,
    label: &'a str,
    facts: usize,
}

impl<'a> From<&'a Observation> for Looked<'a> {
    fn from(look: &'a Observation) -> Self {
        Self {
            schema: &look.schema,
            subject: &look.subject.0,
            label: &look.label,
            facts: facts(look),
        }
    }
}
