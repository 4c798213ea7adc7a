//! The glossary, and what others give for free.

mod english;
mod resources;

use std::collections::BTreeMap;

use asepsis_core::catalog::{Level, Term};
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Faults, Field, Frame, Kind, Place};
use crate::web::visit::Visit;
use english as say;

/// Longest word looked for, in characters.
const LONGEST: usize = 80;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/glossary", Right::Sheet, glossary), get("/resources", Right::Sheet, resources::show)]
}

/// What to look for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn glossary(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let terms = &visit.catalog().glossary;
    let asked: String = asked.q.trim().chars().take(LONGEST).collect();
    let found: Vec<&Term> = terms.iter().filter(|it| fits(it, &asked)).collect();
    let usual = usual(terms);
    let body = html! {
        div.stack {
            p.lead { (say::LEAD) " " a href="/resources" { (say::FREE_HELP) } }
            form.filter method="get" action="/glossary" {
                (Field::new(say::FIND, "q", Kind::Text).hint(say::FIND_HINT).value(&asked).show(&Faults::default()))
                (ui::button(say::DO_FIND, ""))
            }
            @if asked.is_empty() {
                @if let Some(level) = usual { p.quiet.small { (say::USUAL) " " (ui::sure(level)) } }
            } @else { p { a href="/glossary" { (say::ALL_WORDS) } } }
        }
        @if asked.is_empty() { (by_letter(&found, usual)) }
        @else {
            section.stack aria-labelledby="found" {
                h2 #found { (say::FOUND) }
                p { (say::found(found.len(), &asked)) }
                @if found.is_empty() { p { (say::NOTHING) } }
                dl.pairs { @for it in &found { (term(it, &found, usual)) } }
            }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Glossary, say::GLOSSARY), &body)))
}

/// Whether a term, or what it means, has what is looked for.
fn fits(term: &Term, asked: &str) -> bool {
    let asked = asked.to_lowercase();
    term.term.to_lowercase().contains(&asked) || term.means.to_lowercase().contains(&asked)
}

/// The level that most terms have: said once for all of them.
fn usual(terms: &[Term]) -> Option<Level> {
    let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
    for term in terms {
        *levels.entry(term.certainty.level).or_default() += 1;
    }
    levels.into_iter().max_by_key(|(_, n)| *n).map(|(level, _)| level)
}

/// The letter under which a term stands; `#` for a number.
fn letter(term: &str) -> char {
    let first = term.chars().next().unwrap_or('#').to_ascii_uppercase();
    if first.is_ascii_alphabetic() { first } else { '#' }
}

fn by_letter(terms: &[&Term], usual: Option<Level>) -> Markup {
    let mut letters: BTreeMap<char, Vec<&Term>> = BTreeMap::new();
    for term in terms {
        letters.entry(letter(&term.term)).or_default().push(term);
    }
    letters.values_mut().for_each(|it| it.sort_by_key(|term| term.term.to_lowercase()));
    let id = |letter: char| if letter == '#' { "l-0".to_owned() } else { format!("l-{letter}") };
    html! {
        nav.row aria-label=(say::LETTERS) {
            @for it in letters.keys() { a href={ "#" (id(*it)) } { (it) } }
        }
        @for (it, own) in &letters {
            section.stack.tight aria-labelledby=(id(*it)) {
                h2 id=(id(*it)) { span.away { (say::LETTER) " " } (it) }
                dl.pairs { @for one in own { (term(one, terms, usual)) } }
            }
        }
    }
}

/// A term, what it means, and related ones as far as they are on this page.
fn term(it: &Term, shown: &[&Term], usual: Option<Level>) -> Markup {
    let here = |name: &String| shown.iter().any(|it| it.term == *name);
    html! {
        div #(words::anchor("t", &it.term)) {
            dt { (it.term) }
            dd {
                (it.means)
                @if Some(it.certainty.level) != usual { " " (ui::sure(it.certainty.level)) }
                @if !it.see.is_empty() {
                    " " (say::SEE) " "
                    @for (at, name) in it.see.iter().enumerate() {
                        @if at > 0 { ", " }
                        @if here(name) { a href={ "#" (words::anchor("t", name)) } { (name) } }
                        @else { a href={ "/glossary#" (words::anchor("t", name)) } { (name) } }
                    }
                    "."
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_under_their_letter() {
        assert_eq!([letter("account"), letter("USB storage"), letter("405(d)")], ['A', 'U', '#']);
    }

    #[test]
    fn a_part_of_a_word_or_of_its_meaning_finds_it() {
        let files = crate::ops::embedded();
        let catalog = asepsis_core::catalog::Catalog::load(&files).unwrap();
        let found = |asked| catalog.glossary.iter().filter(|it| fits(it, asked)).count();
        assert!(found("phish") >= 1 && found("PHISH") == found("phish"));
        assert_eq!(found("no such word at all"), 0);
        assert_eq!(found(""), catalog.glossary.len());
    }
}
