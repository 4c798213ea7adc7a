//! Looking again: starts a look, and shows how far it is until it is done.

mod english;

use asepsis_core::hash::Hash;
use asepsis_store::jobs::{Job, JobState};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::ops::{Home, Look, ProgressLine};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Faults, Frame, Place};
use crate::web::visit::Visit;
use asepsis_report::words;
use english as say;

pub(super) use english::announced;

/// The field that asks for this computer.
pub(super) const COMPUTER: &str = "computer";
/// The field that asks for a mail domain; it may come several times.
pub(super) const DOMAIN: &str = "domain";
/// The field, and the part of an address, that says where to go when the look is done.
pub(super) const THEN: &str = "then";
/// Its one value.
pub(super) const TODAY: &str = "today";
/// The most mail domains of one look.
pub(super) const MOST: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![post("/looks", Right::Measure, start), get("/looks/{id}", Right::See, look)]
}

async fn start(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let own = &book.organization.domains;
    let mut asked = Look { computer: fields.has(COMPUTER), domains: Vec::new() };
    let mut faults = Faults::default();
    for domain in fields.all(DOMAIN) {
        let domain = domain.trim().to_ascii_lowercase();
        // Only what is the organization's own: nobody makes this server ask about others.
        if !own.contains(&domain) {
            faults.add(DOMAIN, say::not_yours(&domain));
        } else if !asked.domains.contains(&domain) {
            asked.domains.push(domain);
        }
    }
    if asked.domains.len() > MOST {
        faults.add(DOMAIN, say::too_many(MOST));
    } else if faults.is_empty() && !asked.computer && asked.domains.is_empty() {
        faults.add(COMPUTER, say::NOTHING_CHOSEN);
    }
    if !faults.is_empty() {
        let frame = Frame::new(Place::Today, say::WHAT_TO_LOOK_AT);
        return Ok(ui::again(ui::page(&visit, &frame, &choose(&visit, own, &asked, &faults))));
    }
    let by = visit.account()?.id.clone();
    let id = visit.home().start_look(&asked, &by, Some(&key(&asked)), visit.now).await?;
    let then = if fields.text(THEN) == TODAY { "?then=today" } else { "" };
    Ok(ui::go(&format!("/looks/{id}{then}"), None))
}

/// The same look twice at a time is one look: somebody pressed the button again.
fn key(look: &Look) -> String {
    let computer = if look.computer { COMPUTER } else { "" };
    let parts = std::iter::once(computer).chain(look.domains.iter().map(String::as_str));
    let text: Vec<&str> = parts.collect();
    format!("page-{}", Hash::of(&[text.join("\n").as_bytes()]))
}

/// What to look at, asked again where it was not clear.
fn choose(visit: &Visit, own: &[String], asked: &Look, faults: &Faults) -> Markup {
    let computer =
        [Choice { value: "on", label: say::THIS_COMPUTER, hint: "", chosen: asked.computer }];
    let domains: Vec<Choice<'_>> = own
        .iter()
        .take(MOST)
        .map(|it| Choice { value: it, label: it, hint: "", chosen: asked.domains.contains(it) })
        .collect();
    let body = html! {
        (faults.summary())
        (ui::choices(&html! { (say::HERE) }, COMPUTER, true, &computer, faults))
        @if !domains.is_empty() { (ui::choices(&html! { (say::MAIL_DOMAINS) }, DOMAIN, true, &domains, faults)) }
        p.quiet { (announced(own, visit.app.options.offline)) }
        (ui::button(say::MEASURE, ""))
    };
    ui::form(visit, "/looks", &body)
}

/// Where to go when it is done.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    then: String,
}

async fn look(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let home = visit.home();
    let job = home.store.job(&home.organization, &id).await?.ok_or(PageError::NotFound)?;
    let (look, progress) = Home::look_of(&job).ok_or(PageError::NotFound)?;
    let title = say::a_look(look.computer, &look.domains);
    let book = visit.book().await?;
    let zone = crate::ops::zone(&book.organization.zone);
    let frame = Frame::new(Place::Today, &title)
        .above(html! { (say::BEGUN) " " (words::moment(&zone, job.created_at)) });
    let body = html! {
        (state(&visit, &job, &progress.lines, asked.then == TODAY))
        @if job.state == JobState::Failed && visit.may(Right::Measure) { (once_more(&visit, &look)) }
    };
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

/// How far it is; the script fetches this part again while it is busy.
fn state(visit: &Visit, job: &Job, lines: &[ProgressLine], today: bool) -> Markup {
    let looked = lines.iter().filter(|line| line.entry.is_some()).count();
    let busy = !job.state.is_finished();
    let then = if today { "?then=today" } else { "" };
    let path = format!("/looks/{}{then}", job.id);
    let says = say::how_far(job.state, looked, lines.len());
    // The first that was not looked at yet is the one being looked at.
    let at = (job.state == JobState::Running).then_some(looked);
    html! {
        section.sheet data-live=(path) data-busy=[busy.then_some("1")] data-say=(says)
            data-then=[(today && job.state == JobState::Done).then_some("/today")] aria-labelledby="far" {
            h2 #far { (says) }
            @if job.state == JobState::Failed { (failed(job)) }
            ul.lines {
                @for (n, it) in lines.iter().enumerate() { li { (line(it, job.state, at == Some(n), visit.app.options.offline)) } }
            }
            @if busy {
                p { (say::GOES_ON) }
                p { a href=(path) { (say::HOW_FAR) } }
            } @else {
                div.row {
                    a.button href="/today" { (say::TO_TODAY) }
                    @if visit.may(Right::Manage) { a.button.plain href="/settings/connections" { (say::CONNECTIONS) } }
                }
            }
        }
    }
}

fn line(line: &ProgressLine, state: JobState, now: bool, offline: bool) -> Markup {
    html! {
        h3 { (line.domain.as_deref().map_or_else(|| say::THIS_COMPUTER.to_owned(), say::mail_for)) }
        @match (&line.why, line.entry) {
            (Some(why), entry) => {
                p { (say::NOT_LOOKED_AT) " " (why) "." }
                @if line.domain.is_none() { p.quiet { (say::BRING_FACTS) " " a href="/import" { (say::IMPORT) } } }
                @else { p.quiet { (say::mail_not_seen(offline)) } }
                (seen(line, entry))
            },
            (None, Some(seq)) => {
                p { (say::facts(line.read, line.missed)) }
                (seen(line, Some(seq)))
            },
            (None, None) if now => p.quiet { (say::LOOKING) },
            (None, None) if state.is_finished() => p.quiet { (say::NOT_REACHED) },
            (None, None) => p.quiet { (say::WAITING) },
        }
    }
}

/// The entry that holds it, and how many questions it took.
fn seen(line: &ProgressLine, entry: Option<u64>) -> Markup {
    html! {
        p.source {
            (say::questions(line.asked))
            @if let Some(seq) = entry { " " (say::KEPT_AS) " " (ui::entry(seq)) "." }
        }
    }
}

fn failed(job: &Job) -> Markup {
    html! {
        p { (say::WHY_FAILED) " " (job.outcome.as_deref().unwrap_or(say::NO_REASON)) "." }
        p { (say::AFTER_FAILED) }
    }
}

/// The same look again.
fn once_more(visit: &Visit, look: &Look) -> Markup {
    let body = html! {
        @if look.computer { (ui::hidden(COMPUTER, "on")) }
        @for domain in look.domains.iter().take(MOST) { (ui::hidden(DOMAIN, domain)) }
        p.quiet { (announced(&look.domains, visit.app.options.offline)) }
        (ui::button(say::TRY_AGAIN, ""))
    };
    ui::form(visit, "/looks", &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_look_has_the_same_key() {
        let look = |computer, domains: &[&str]| {
            let domains = domains.iter().map(|it| (*it).to_owned()).collect();
            key(&Look { computer, domains })
        };
        assert_eq!(look(true, &["clinic.example"]), look(true, &["clinic.example"]));
        let all = [look(true, &[]), look(false, &["computer"]), look(true, &["a.example"])];
        assert_ne!(all[0], all[1]);
        assert_ne!(all[0], all[2]);
        // However many domains, it fits an index.
        assert!(look(true, &["a.example"; 50]).len() < 100);
    }

    #[test]
    fn each_thing_says_how_far_it_is() {
        let it = |entry, why: Option<&str>| ProgressLine {
            domain: None,
            entry,
            read: 3,
            missed: 1,
            asked: 0,
            why: why.map(str::to_owned),
        };
        let shown = |it: &ProgressLine, state, now| line(it, state, now, false).into_string();
        assert!(shown(&it(None, None), JobState::Running, true).contains(say::LOOKING));
        assert!(shown(&it(None, None), JobState::Running, false).contains(say::WAITING));
        assert!(shown(&it(None, None), JobState::Failed, false).contains(say::NOT_REACHED));
        let seen = shown(&it(Some(7), None), JobState::Done, false);
        assert!(seen.contains("3 facts read, 1 not readable") && seen.contains("/evidence/7"));
        let why = shown(&it(Some(7), Some("a <b> reason")), JobState::Done, false);
        assert!(why.contains("a &lt;b&gt; reason") && why.contains("/import"), "{why}");
    }
}
