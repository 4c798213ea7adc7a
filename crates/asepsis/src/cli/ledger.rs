//! `asepsis ledger`, `backup`, `restore`: prove, move and repair what is recorded.

use std::path::Path;

use asepsis_store::note::Verifier;
use asepsis_store::{Entry, Store};
use serde::Serialize;

use super::args::{Global, LedgerArgs, LedgerVerb};
use super::error::Help;
use super::output::Output;
use super::{Done, waive};
use crate::config::{self, Places};
use crate::ops::Home;
use crate::text::cut;

pub(crate) async fn run(
    args: &LedgerArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    match &args.verb {
        LedgerVerb::Verify { head } => verify(head.as_deref(), home, output).await,
        LedgerVerb::Export { to } => {
            let head = home.export(to).await?;
            said(output, head.size, &format!("Wrote {} entries to {}", head.size, to.display()))
        }
        LedgerVerb::Import { from, key } => {
            let key = key.as_deref().map(Verifier::parse).transpose()?;
            let head = home.store.import(from, key.as_ref()).await?;
            let proven = if key.is_some() {
                "all sound, signed by that key"
            } else {
                "all sound in themselves; give --key to prove who signed them"
            };
            let text = format!("Read {} entries from {}; {proven}", head.size, from.display());
            said(output, head.size, &text)
        }
        LedgerVerb::NewKey => {
            let now = config::now();
            let (author, person) = home.author("", "manager").await?;
            if let Some(person) = person {
                home.record(vec![(author.clone(), person)], now).await?;
            }
            let key = home.new_key(&author, now).await?;
            let size = home.store.size(&home.organization).await?;
            said(output, size, &format!("The ledger is signed by a new key from here on: {key}"))
        }
        LedgerVerb::Rebuild => {
            home.store.rebuild(&home.organization).await?;
            let size = home.store.size(&home.organization).await?;
            said(output, size, &format!("Made the read tables again from {size} entries"))
        }
        LedgerVerb::List { from, limit } => {
            let entries = home.store.entries(&home.organization, *from, *limit).await?;
            list(&entries, output)
        }
        LedgerVerb::Show { seq } => {
            let entries = home.store.entries(&home.organization, *seq, 1).await?;
            show(entries.first(), *seq, output)
        }
        LedgerVerb::Redact { seq, reason } => {
            let entry = home.redact(*seq, reason, "manager", config::now()).await?;
            if output.json {
                output.document("asepsis-entries/1", waive::Document { entries: vec![entry] })?;
            } else {
                output.text(&format!(
                    "The body of entry {seq} is gone; entry {entry} says so and why.\n"
                ));
            }
            Ok(Done::Well)
        }
    }
}

#[derive(Serialize)]
struct Moved {
    entries: u64,
}

fn said(output: &mut Output, entries: u64, text: &str) -> anyhow::Result<Done> {
    if output.json {
        output.document("asepsis-ledger/1", Moved { entries })?;
    } else {
        output.text(&format!("{text}\n"));
    }
    Ok(Done::Well)
}

#[derive(Serialize)]
struct VerifyDocument {
    organization: String,
    sound: bool,
    entries: u64,
    redacted: u64,
    root: String,
    fault: Option<String>,
    tail: String,
}

async fn verify(head: Option<&Path>, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let verified = home.verify(head).await?;
    if output.json {
        let document = VerifyDocument {
            organization: home.organization.clone(),
            sound: verified.is_sound(),
            entries: verified.size,
            redacted: verified.redacted,
            root: verified.root.to_string(),
            fault: verified.fault.as_ref().map(ToString::to_string),
            tail: verified.tail.to_string(),
        };
        output.document("asepsis-verify/1", document)?;
    } else {
        let word = if verified.is_sound() { "" } else { "NOT SOUND: " };
        output.text(&format!("{word}{verified}\n"));
        output.text(&format!("Root {}, ledger {}\n", verified.root, home.organization));
    }
    Ok(if verified.is_sound() { Done::Well } else { Done::Wrong })
}

#[derive(Serialize)]
struct Line<'a> {
    seq: u64,
    kind: &'a str,
    recorded_at: String,
    author: &'a str,
    leaf_hash: String,
    body: Option<serde_json::Value>,
}

impl<'a> From<&'a Entry> for Line<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            seq: entry.seq,
            kind: &entry.kind,
            recorded_at: entry.recorded_at.to_string(),
            author: &entry.author,
            leaf_hash: entry.leaf_hash.to_string(),
            body: entry.value(),
        }
    }
}

#[derive(Serialize)]
struct ListDocument<'a> {
    entries: Vec<Line<'a>>,
}

fn list(entries: &[Entry], output: &mut Output) -> anyhow::Result<Done> {
    if output.json {
        let entries = entries.iter().map(Line::from).collect();
        output.document("asepsis-ledger-entries/1", ListDocument { entries })?;
        return Ok(Done::Well);
    }
    for entry in entries {
        let what = entry.value().map_or_else(|| "(redacted)".to_owned(), |body| about(&body));
        let room = output.display.width.saturating_sub(52);
        output.text(&format!(
            "{:>6}  {}  {:12} {}\n",
            entry.seq,
            entry.recorded_at,
            entry.kind,
            cut(&crate::text::clean(&what), room.max(12))
        ));
    }
    Ok(Done::Well)
}

/// What an entry is about, in a word.
fn about(body: &serde_json::Value) -> String {
    ["label", "question", "check", "edition", "name", "reason"]
        .iter()
        .find_map(|key| body.get(key).and_then(|it| it.as_str()))
        .unwrap_or_default()
        .to_owned()
}

fn show(entry: Option<&Entry>, seq: u64, output: &mut Output) -> anyhow::Result<Done> {
    let Some(entry) = entry else {
        let help = Help("`asepsis ledger list` shows what there is".to_owned());
        return Err(anyhow::anyhow!("there is no entry {seq}").context(help));
    };
    output.document("asepsis-ledger-entry/1", Line::from(entry))?;
    Ok(Done::Well)
}

pub(crate) async fn backup(to: &Path, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    home.store.backup(to).await?;
    let size = home.store.size(&home.organization).await?;
    let text = format!(
        "Wrote {size} entries to {}. Keep it away from this computer, and the key in {} apart from it.",
        to.display(),
        home.places.keys.display()
    );
    said(output, size, &text)
}

pub(crate) async fn restore(
    from: &Path,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let places = Places::find(global.home.clone())?;
    let file = places.data.join("ledger.db");
    let url = global.store.clone().unwrap_or_else(|| format!("sqlite:{}", file.display()));
    let store = Store::restore(from, &url).await?;
    let mut size = 0;
    for organization in store.organizations().await? {
        size += store.size(&organization).await?;
    }
    store.close().await;
    said(output, size, &format!("Restored {size} entries from {}; all sound", from.display()))
}
