//! Everything that was seen and said: a list that can be narrowed down, and each entry whole.

mod about;
mod counts;
mod english;
mod entry;
mod proof;

use asepsis_report::words::day_text;
use asepsis_store::lines::{Line, Topic, Wanted};
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{Book, zone};
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Choice, Column, Frame, Place};
use crate::web::visit::Visit;
use about::{What, of_line};
use english as say;

/// How many entries one page lists.
const PAGE: u32 = 50;
/// How many things one word is looked up as.
const MATCHES: usize = 40;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/evidence", Right::See, list), get("/evidence/{seq}", Right::See, entry::page)]
}

/// What a list is narrowed down to.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    subject: String,
    q: String,
    /// Older than this entry.
    before: String,
}

impl Asked {
    fn address(&self, before: &str) -> String {
        let query = [
            ("kind", &*self.kind),
            ("subject", &*self.subject),
            ("q", &*self.q),
            ("before", before),
        ];
        ui::address("/evidence", &query)
    }
}

/// The sorts that people know, and the kinds of entries that they are kept as.
const SORTS: [(&str, &str, &[&str]); 6] = [
    ("measured", say::MEASURED, &["observation"]),
    ("told", say::TOLD, &["attestation"]),
    ("decided", say::DECIDED, &["waiver", "action", "decision", "plan"]),
    ("organization", say::WHO_WE_ARE, &["organization", "history"]),
    ("people", say::PEOPLE, &["person"]),
    ("records", say::RECORDS, &["catalog", "key-change", "redaction"]),
];

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let (topic, full) = topic(&visit, &book, &asked);
    let sort = SORTS.into_iter().find(|(word, ..)| *word == asked.kind);
    let kinds = sort.map_or(&[][..], |(_, _, kinds)| kinds);
    let wanted = Wanted {
        kinds: kinds.iter().map(|it| (*it).to_owned()).collect(),
        topic,
        before: asked.before.parse().ok(),
    };
    let home = visit.home();
    let mut lines = home.store.lines(&home.organization, &wanted, PAGE + 1).await?;
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let body = html! {
        p { (say::LEAD) }
        (filter(&asked))
        @if !asked.subject.is_empty() {
            p {
                (say::ABOUT_ONLY) " "
                a href=(ui::address("/assets/one", &[("subject", &asked.subject)])) { (about::label(&book, &asked.subject)) }
                ". " a href="/evidence" { (say::SHOW_ALL) }
            }
        }
        @if full { p.quiet { (say::too_many(MATCHES)) } }
        @if lines.is_empty() { p { (say::NOTHING) } } @else { (table(&visit, &book, &asked, &lines)) }
        (older(&asked, &lines, more))
    };
    let frame = Frame::new(Place::Evidence, say::TITLE)
        .above(html! { (say::in_all(book.ledger_size)) })
        .wide();
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn filter(asked: &Asked) -> Markup {
    let choice = |value, label| Choice { value, label, hint: "", chosen: asked.kind == value };
    let every = [choice("", say::EVERYTHING)].into_iter();
    let all: Vec<Choice<'_>> =
        every.chain(SORTS.iter().map(|(word, label, _)| choice(word, label))).collect();
    ui::find(
        "/evidence",
        &html! {
            (ui::select(say::KIND, "kind", &all))
            (ui::search(say::SEARCH, "q", &asked.q))
            (ui::button(say::SHOW, "plain"))
        },
    )
}

fn table(visit: &Visit, book: &Book, asked: &Asked, lines: &[Line]) -> Markup {
    let columns = [Column(say::ENTRY), Column(say::WHAT), Column(say::WHO), Column(say::DAY)];
    let caption =
        html! { (if asked.before.is_empty() { say::NEWEST_FIRST } else { say::OLDER_ONES }) };
    ui::table(&caption, &columns, lines.iter().map(|line| row(visit, book, line)))
}

fn row(visit: &Visit, book: &Book, line: &Line) -> Vec<Markup> {
    let What { key, title, link, detail, at } = of_line(visit, book, line);
    let zone = zone(&book.organization.zone);
    vec![
        html! { a.num href={ "/evidence/" (line.seq) } { (line.seq) } },
        html! {
            (key) " "
            @match link {
                Some(link) => a href=(link) { (ui::short(&title, 110)) },
                None => (ui::short(&title, 110)),
            }
            @if !detail.is_empty() { span.aside { (ui::short(&detail, 110)) } }
        },
        html! { (ui::person(book, &line.author)) },
        html! {
            @match at {
                Some(at) => {
                    (ui::day(book, at))
                    @if day_text(&zone, at) != day_text(&zone, line.recorded_at) {
                        span.aside { (say::RECORDED_ON) " " (ui::day(book, line.recorded_at)) }
                    }
                },
                None => (ui::day(book, line.recorded_at)),
            }
        },
    ]
}

fn older(asked: &Asked, lines: &[Line], more: bool) -> Markup {
    let last = lines.last().map(|line| line.seq.to_string());
    html! {
        @if more || !asked.before.is_empty() {
            nav.pager aria-label=(say::PAGES) {
                @if !asked.before.is_empty() { a href=(asked.address("")) { (say::NEWEST) } }
                @if let Some(last) = last.filter(|_| more) {
                    a rel="next" href=(asked.address(&last)) { (say::OLDER) }
                }
            }
        }
    }
}

/// What the words looked for may mean, and whether they mean more than is searched.
fn topic(visit: &Visit, book: &Book, asked: &Asked) -> (Option<Topic>, bool) {
    let word = asked.q.trim().to_lowercase();
    if word.is_empty() {
        let only = || Topic { subjects: vec![asked.subject.clone()], ..Topic::default() };
        return ((!asked.subject.is_empty()).then(only), false);
    }
    let has = |text: &str| text.to_lowercase().contains(&word);
    let catalog = visit.catalog();
    let mut subjects: Vec<String> = Vec::new();
    for asset in book.assets.iter().filter(|it| has(&it.label) || has(&it.subject)) {
        if subjects.last() != Some(&asset.subject) {
            subjects.push(asset.subject.clone());
        }
        if subjects.len() > MATCHES {
            break;
        }
    }
    let questions = catalog.questions.iter().filter(|it| has(&it.id) || has(&it.ask));
    let questions: Vec<String> = questions.map(|it| it.id.clone()).take(MATCHES + 1).collect();
    let people = book.assessment.people.iter().filter(|(_, name)| has(name));
    let authors: Vec<String> = people.map(|(id, _)| id.clone()).take(MATCHES + 1).collect();
    let check = |id: &str| has(id) || catalog.check(id).is_some_and(|it| has(&it.title));
    let waivers = book.assessment.waivers.iter().filter(|it| check(&it.waiver.check));
    let actions = book.actions.iter().filter(|it| check(&it.check));
    let number = word.trim_start_matches(say::ENTRY_WORD).trim_start_matches('#').trim();
    let mut numbers: Vec<u64> = waivers.map(|it| it.seq).collect();
    numbers.extend(actions.flat_map(|it| it.events.iter().map(|event| event.seq)));
    numbers.extend(number.parse::<u64>().ok());
    // Of the many words about a thing the newest are searched.
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    let lists = [subjects.len(), questions.len(), authors.len(), numbers.len()];
    let full = lists.into_iter().any(|length| length > MATCHES);
    (Some(Topic { subjects, questions, authors, numbers }), full)
}
