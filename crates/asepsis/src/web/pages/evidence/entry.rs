//! One entry, whole: what was seen, said or decided, by whom and when, and where it counts.

use asepsis_core::account::{Keep, Review};
use asepsis_core::catalog::{Catalog, Question};
use asepsis_core::decision::{LossHistory, PlanTaken};
use asepsis_core::evidence::{CatalogInUse, Record};
use asepsis_core::identity::Identity;
use asepsis_core::import::Import;
use asepsis_core::observation::{Body, Observation};
use asepsis_core::organization::Organization;
use asepsis_core::statement::{Answer, Attestation, Sureness, Waiver};
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use asepsis_store::Entry;
use asepsis_store::lines::Wanted;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;

use super::about::{self, What};
use super::{counts, english as say, proof};
use crate::ops::Book;
use crate::web::error::PageError;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// How many facts one page lists.
const FACTS: usize = 50;
/// The most characters of one value that is shown whole.
const WHOLE: usize = 30_000;
/// The newest deletions among which that of an entry is looked for.
const DELETIONS: u32 = 200;

/// Which page of the facts, or which fact alone.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Part {
    page: String,
    fact: String,
}

pub(super) async fn page(
    visit: Visit,
    Path(seq): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response, PageError> {
    let seq: u64 = seq.parse().map_err(|_| PageError::NotFound)?;
    let book = visit.book().await?;
    let home = visit.home();
    let found = home.store.entries(&home.organization, seq, 1).await?;
    let entry = found.into_iter().find(|it| it.seq == seq).ok_or(PageError::NotFound)?;
    let head = home.store.head(&home.organization).await?;
    let body = entry.value();
    let what = match &body {
        Some(body) => about::of_body(&visit, &book, &entry.kind, body),
        None => about::deleted(&entry.kind),
    };
    let record =
        body.as_ref().and_then(|body| Record::from_body(&entry.kind, body.clone()).ok()).flatten();
    let gone = if body.is_none() { Some(deletion(&visit, &book, seq).await?) } else { None };
    let content = html! {
        section.sheet aria-labelledby="what" {
            h2 #what { (say::WHAT_IT_SAYS) }
            (head_of(&book, &entry, &what))
            (gone.unwrap_or_default())
            @match (&record, &body) {
                (Some(record), _) => (whole(&visit, &book, &entry, record, &part)),
                (None, Some(body)) => pre { (ui::cut(&pretty(body), 4000)) },
                (None, None) => {},
            }
        }
        @if let Some(record) = &record { (counts::section(&visit, &book, seq, record)) }
        (proof::details(&entry, head))
    };
    let above = html! {
        a href="/evidence" { (say::TITLE) } " · " (say::position(seq, book.ledger_size))
    };
    let title = match &record {
        Some(Record::Observation(_)) => heading(&say::look_at(&what.title)),
        _ => heading(&what.title),
    };
    let frame = Frame::new(Place::Evidence, &title).above(above).wide();
    Ok(ui::shown(ui::page(&visit, &frame, &content)))
}

/// A title that is not too long for a heading.
fn heading(title: &str) -> String {
    if title.chars().count() <= 160 {
        return title.to_owned();
    }
    title.chars().take(159).chain(['…']).collect()
}

fn pretty(body: &Value) -> String {
    serde_json::to_string_pretty(body).unwrap_or_default()
}

/// Sort, who, and the two days: of what it speaks, and when it was recorded.
fn head_of(book: &Book, entry: &Entry, what: &What) -> Markup {
    html! {
        dl.pairs {
            div { dt { (say::KIND) } dd { (what.key) " " (say::meaning(&entry.kind)) } }
            @if let Some(link) = &what.link {
                div { dt { (say::ABOUT) } dd { a href=(link) { (what.title) } } }
            }
            div { dt { (say::WHO) } dd { (ui::person(book, &entry.author)) } }
            @if let Some(at) = what.at {
                div { dt { (say::SPEAKS_OF) } dd { (moment(book, at)) } }
            }
            div { dt { (say::RECORDED) } dd { (moment(book, entry.recorded_at)) } }
        }
    }
}

/// A day, and the time of day in the organization's zone.
fn moment(book: &Book, at: Timestamp) -> Markup {
    let zone = crate::ops::zone(&book.organization.zone);
    let time = jiff::Timestamp::from_millisecond(at.as_millis());
    let clock = time.map(|it| it.to_zoned_datetime(zone).strftime("%H:%M").to_string());
    html! { (ui::day(book, at)) " " span.quiet.num { (clock.unwrap_or_default()) } }
}

/// Who deleted the text, when and why.
async fn deletion(visit: &Visit, book: &Book, seq: u64) -> Result<Markup, PageError> {
    let wanted = Wanted { kinds: vec!["redaction".to_owned()], ..Wanted::default() };
    let home = visit.home();
    let lines = home.store.lines(&home.organization, &wanted, DELETIONS).await?;
    let found = lines.into_iter().find_map(|line| {
        let body: Value = serde_json::from_str(line.body.as_deref()?).ok()?;
        let of = body.get("seq").and_then(Value::as_u64) == Some(seq);
        let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
        of.then_some((line, reason))
    });
    Ok(html! {
        p { (say::DELETED) }
        @if let Some((line, reason)) = found {
            p {
                (say::DELETED_BY) " " (ui::person(book, &line.author)) ", " (ui::day(book, line.recorded_at))
                ", " (ui::entry(line.seq)) "."
            }
            @if !reason.is_empty() { blockquote { (reason) } }
        }
    })
}

fn whole(visit: &Visit, book: &Book, entry: &Entry, record: &Record, part: &Part) -> Markup {
    match record {
        Record::Observation(it) => look(visit, entry.seq, it, part),
        Record::Attestation(it) => answer(visit, book, it),
        Record::Waiver(it) => waiver(book, it),
        Record::Action(it) => {
            let text = about::words_of(book, &it.event);
            html! {
                p { strong { (say::change(&it.event)) } }
                @if !text.is_empty() { blockquote { (text) } }
            }
        }
        Record::Decision(it) => {
            let text = about::words_of_decision(book, &it.decided);
            html! {
                p { strong { (say::decided(&it.decided)) } }
                @if !text.is_empty() { blockquote { (text) } }
            }
        }
        Record::Plan(it) => plan(visit, it),
        Record::History(it) => history(visit, it),
        Record::Organization(it) => organization(&visit.home().catalog, it),
        Record::Catalog(it) => catalog(it),
        Record::Person(it) => html! {
            dl.pairs {
                div { dt { (say::NAME) } dd { @if it.name.is_empty() { (say::NO_NAME) } @else { (it.name) } } }
                div { dt { (say::ROLE) } dd { (words::role(&it.role)) } }
                div { dt { (say::AUTHOR_ID) } dd { code { (it.id) } } }
            }
        },
        Record::Identity(it) => identity(it),
        Record::Import(it) => import(book, it),
        Record::Undo(it) => html! { blockquote { (it.reason) } },
        Record::Mark(it) => html! {
            dl.pairs {
                div { dt { (say::IS_FOR) } dd { (it.kind.word()) } }
                @if !it.owner.is_empty() { div { dt { (say::OWNER) } dd { (it.owner) } } }
                div { dt { (say::KNOWN_AS) } dd { code { (it.account.0) } } }
            }
            @if !it.note.is_empty() { blockquote { (it.note) } }
        },
        Record::Belongs(it) => html! {
            p { strong { (if it.same { say::IS_THEIRS } else { say::IS_NOT_THEIRS }) } }
            dl.pairs {
                div { dt { (say::KNOWN_AS) } dd { code { (it.account.0) } } }
                div { dt { (say::PERSON_IS) } dd { code { (it.person.0) } } }
            }
        },
        Record::Review(it) => review(it),
    }
}

fn review(it: &Review) -> Markup {
    let count = |wanted| it.decisions.values().filter(|said| **said == wanted).count();
    html! {
        dl.pairs {
            div { dt { (say::KEPT) } dd { (count(Keep::Keep)) } }
            div { dt { (say::TO_REMOVE) } dd { (count(Keep::Remove)) } }
            div { dt { (say::TO_CHANGE) } dd { (count(Keep::Change)) } }
            div { dt { (say::LIST_DIGEST) } dd { code { (it.list) } } }
        }
    }
}

fn identity(it: &Identity) -> Markup {
    let rows = [
        (say::NAME, Some(&it.name)),
        (say::LOGIN, it.login.as_ref()),
        (say::MAIL, it.mail.as_ref()),
        (say::EMPLOYEE_ID, it.employee_id.as_ref()),
    ];
    html! {
        dl.pairs {
            @for (name, value) in rows.into_iter().filter_map(|(name, value)| Some((name, value?))) {
                div { dt { (name) } dd { (value) } }
            }
            div { dt { (say::KNOWN_AS) } dd { code { (it.subject.0) } } }
        }
    }
}

fn import(book: &Book, it: &Import) -> Markup {
    html! {
        dl.pairs {
            div { dt { (say::FORMAT) } dd { code { (it.format) } } }
            @if !it.made_by.is_empty() { div { dt { (say::MADE_BY) } dd { (it.made_by) } } }
            div { dt { (say::SHOWS) } dd { (ui::day(book, it.effective)) } }
            div { dt { (say::CAME_WITH_IT) } dd { (it.entries) } }
            div { dt { (say::DIGEST) } dd { code { (it.hash) } } }
        }
        @if !it.left.is_empty() {
            ul { @for left in &it.left { li { (left.what) ": " (left.why) " (" (left.count) ")" } } }
        }
    }
}

/// A plan that was taken: its actions by month, then those that it left out.
fn plan(visit: &Visit, it: &PlanTaken) -> Markup {
    let mut items: Vec<_> = it.items.iter().collect();
    items.sort_by_key(|(_, item)| item.month.unwrap_or(u32::MAX));
    html! {
        p { (say::plan_limits(it.budget, it.hours)) }
        div.scroll {
            table {
                caption { (say::PLAN_CAPTION) }
                thead { tr { th scope="col" { (say::ACTION) } th scope="col" { (say::BEGINS) } } }
                tbody {
                    @for (id, item) in items {
                        tr {
                            th scope="row" {
                                @match visit.catalog().action(id) { Some(action) => (action.title), None => (id) }
                            }
                            td { @match item.month { Some(month) => (say::month(month)), None => (say::LEFT_OUT) } }
                        }
                    }
                }
            }
        }
    }
}

fn history(visit: &Visit, it: &LossHistory) -> Markup {
    html! {
        p { (say::history_span(it.years)) }
        dl.pairs {
            @for threat in &visit.catalog().threats {
                div { dt { (threat.name) } dd { (it.events.get(&threat.id).copied().unwrap_or_default()) } }
            }
        }
    }
}

fn look(visit: &Visit, seq: u64, it: &Observation, part: &Part) -> Markup {
    let schema = visit.catalog().schemas.get(&it.schema);
    let noun = schema.map_or("", |schema| words::subject(&schema.subject));
    html! {
        dl.pairs {
            div { dt { (say::KNOWN_AS) } dd { (noun) " " code { (it.subject.0) } } }
            div { dt { (say::LOOKED_BY) } dd { (it.collector) " " (it.version) } }
        }
        @match &it.body {
            Body::Skipped { reason } => {
                p { strong { (say::NOT_LOOKED) } " " (reason) }
                p.quiet { (say::GAP) }
            },
            Body::Failed { operation, cause } => {
                p { strong { (say::TRIED) } " " (say::could_not(operation, cause)) }
                p.quiet { (say::GAP) }
            },
            Body::Saw { fact, seen } => {
                @let facts = ui::facts(fact, seen);
                @match facts.iter().find(|it| it.path == part.fact) {
                    Some(one) => (one_fact(seq, one)),
                    None => {
                        @let pages = facts.len().div_ceil(FACTS).max(1);
                        @let page = part.page.parse().unwrap_or(1).clamp(1, pages);
                        @let shown: Vec<_> = facts.into_iter().skip((page - 1) * FACTS).take(FACTS).collect();
                        (ui::facts_table(&html! { (say::FACTS_CAPTION) }, &shown, schema, |path| {
                            ui::address(&format!("/evidence/{seq}"), &[("fact", path)])
                        }))
                        (ui::pager(&format!("/evidence/{seq}"), page, pages))
                    },
                }
            },
        }
    }
}

/// A long value alone.
fn one_fact(seq: u64, fact: &ui::Fact<'_>) -> Markup {
    html! {
        p { a href={ "/evidence/" (seq) } { (say::ALL_FACTS) } }
        h3 { code { (fact.path) } }
        @if let Some(value) = fact.value { pre { (ui::cut(&pretty(value), WHOLE)) } }
    }
}

fn answer(visit: &Visit, book: &Book, it: &Attestation) -> Markup {
    let question = visit.catalog().question(&it.question);
    html! {
        @if let Some(help) = question.and_then(|it| it.help.as_deref()) { p.quiet { (asepsis_report::prose::spans(help)) } }
        (choices(question, &it.answer))
        dl.pairs {
            div { dt { (say::AS) } dd { (words::the_role(&it.role)) } }
            @if it.answer != Answer::DontKnow { div { dt { (say::HOW_SURE) } dd { (match it.sure { Sureness::Sure => say::SURE, Sureness::FairlySure => say::FAIRLY_SURE }) } } }
            @if let Some(via) = it.via { div { dt { (say::WAY) } dd { (say::via(via)) } } }
            @if let Some(by) = &it.entered_by { div { dt { (say::ENTERED_BY) } dd { (ui::person(book, by)) } } }
        }
        @if !it.note.is_empty() {
            h3 { (say::REMARK) }
            blockquote { (it.note) }
        }
    }
}

/// All that could be answered, and what was.
fn choices(question: Option<&Question>, answer: &Answer) -> Markup {
    let chosen = |id: &str| match answer {
        Answer::One(one) => one == id,
        Answer::Several(several) => several.iter().any(|it| it == id),
        Answer::Number(_) | Answer::DontKnow => false,
    };
    let offered = question.map_or(&[][..], |it| &it.answers);
    let known = |id: &String| offered.iter().any(|it| it.id == *id);
    let strange: Vec<&String> = match answer {
        Answer::One(id) => Some(id).into_iter().filter(|id| !known(id)).collect(),
        Answer::Several(ids) => ids.iter().filter(|id| !known(id)).collect(),
        Answer::Number(_) | Answer::DontKnow => Vec::new(),
    };
    html! {
        @match answer {
            Answer::Number(number) => p { (say::SAID) " " strong.num { (number) } },
            Answer::DontKnow => p { (say::SAID) " " strong { (say::DONT_KNOW) } },
            Answer::One(_) | Answer::Several(_) => {
                ul.points {
                    @for it in offered {
                        li { @if chosen(&it.id) { strong { (it.text) } " " span.chip { (say::CHOSEN) } } @else { span.quiet { (it.text) } } }
                    }
                    @for id in strange { li { strong { (id) } " " span.chip { (say::CHOSEN) } " " span.quiet { (say::NOT_OFFERED) } } }
                }
            },
        }
    }
}

fn waiver(book: &Book, it: &Waiver) -> Markup {
    html! {
        dl.pairs {
            div {
                dt { (say::WHERE) }
                dd { @match &it.subject { Some(subject) => (about::label(book, &subject.0)), None => (say::EVERYWHERE) } }
            }
            div { dt { (say::OWNER) } dd { (ui::person(book, &it.owner)) } }
            div { dt { (say::UNTIL) } dd { (ui::day(book, it.expires)) } }
        }
        h3 { (say::REASON) }
        blockquote { (it.reason) }
    }
}

fn organization(catalog: &Catalog, it: &Organization) -> Markup {
    let list = |all: &[String]| if all.is_empty() { say::NONE.to_owned() } else { all.join(", ") };
    let row = |id: &str| catalog.sizes.attributes.iter().find(|row| row.id == id);
    let sites: Vec<String> = it.sites.iter().map(|site| site.name.clone()).collect();
    html! {
        dl.pairs {
            div { dt { (say::NAME) } dd { (it.name) } }
            @if let Some(size) = it.chosen_size { div { dt { (say::CHOSEN_SIZE) } dd { (size) } } }
            @for (name, size) in &it.attributes { div { dt { (row(name).map_or(name.as_str(), |row| &row.title)) } dd { (size) } } }
            div { dt { (say::DOMAINS) } dd { (list(&it.domains)) } }
            div { dt { (say::SITES) } dd { (list(&sites)) } }
            div { dt { (say::ADOPTED) } dd { (list(&it.adopted)) } }
            div { dt { (say::ZONE) } dd { (it.zone) } }
        }
    }
}

/// What identifies a catalog; never its files.
fn catalog(it: &CatalogInUse) -> Markup {
    html! {
        dl.pairs {
            div { dt { (say::EDITION) } dd { (it.edition) } }
            div { dt { (say::ENGINE) } dd { (it.engine) } }
            div { dt { (say::FILES) } dd.num { (it.files.len()) } }
            div { dt { (say::HASH) } dd { code { (it.hash) } } }
        }
    }
}
