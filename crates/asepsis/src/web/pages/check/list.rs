//! The subjects of one check: the first of each kind on its page, all of them fifty at a time.

use asepsis_core::catalog::Check;
use asepsis_core::engine::Finding;
use asepsis_core::outcome::Outcome;
use maud::{Markup, html};
use serde::Deserialize;

use super::{View, say, seen};
use crate::web::ui;

/// How many of a kind are on the check's own page.
const FIRST: usize = 12;
/// How many are on a page of the list.
pub(super) const PAGE: usize = 50;

/// What part of an address says about a list.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: String,
}

/// The kinds that can be listed: by outcome, and whether they are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    word: &'static str,
    outcome: Outcome,
    accepted: bool,
}

const KINDS: [Shown; 4] = [
    Shown { word: "fail", outcome: Outcome::Fail, accepted: false },
    Shown { word: "unknown", outcome: Outcome::Unknown, accepted: false },
    Shown { word: "accepted", outcome: Outcome::Fail, accepted: true },
    Shown { word: "pass", outcome: Outcome::Pass, accepted: false },
];

impl Asked {
    /// Which list is asked for; of a page alone, those that fail.
    pub(super) fn outcome(&self) -> Option<Shown> {
        let found = KINDS.into_iter().find(|it| it.word == self.show);
        found.or_else(|| KINDS.into_iter().next().filter(|_| !self.page.is_empty()))
    }

    fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }
}

impl Shown {
    fn of<'a>(self, view: &'a View<'_>, check: &str) -> impl Iterator<Item = &'a Finding> {
        let wanted = move |it: &&Finding| {
            it.outcome == self.outcome
                && (self.outcome != Outcome::Fail || it.waived_by.is_some() == self.accepted)
        };
        view.book.assessment.findings_of(check).filter(wanted)
    }
}

/// The first of each kind, with a way to the others.
pub(super) fn first(view: &View<'_>, check: &Check) -> Markup {
    html! {
        @for kind in KINDS {
            @let all = kind.of(view, &check.id).count();
            @if all > 0 {
                @let few = all <= FIRST;
                @let title = say::title(kind.word, view.noun(check));
                @let inner = html! {
                    ul.subjects { @for it in kind.of(view, &check.id).take(FIRST) { li { (seen::subject(view, it)) } } }
                    @if !few { p { a href={ "/checks/" (check.id) "?show=" (kind.word) "&page=1" } { (say::see_all(all)) span.away { ": " (title) } } } }
                };
                @if kind.outcome == Outcome::Fail { div.stack.tight { h3 { (title) } (inner) } }
                @else { details { summary { (title) } (inner) } }
            }
        }
    }
}

/// One page of one kind.
pub(super) fn all(view: &View<'_>, check: &Check, kind: Shown, asked: &Asked) -> Markup {
    let total = kind.of(view, &check.id).count();
    let pages = total.div_ceil(PAGE).max(1);
    let page = asked.page().min(pages);
    let back = format!("/checks/{}", check.id);
    html! {
        section.sheet aria-labelledby="list" {
            h2 #list { (say::title(kind.word, view.noun(check))) }
            @if total == 0 { p { (say::NONE_SUCH) } }
            ul.subjects {
                @for it in kind.of(view, &check.id).skip((page - 1) * PAGE).take(PAGE) { li { (seen::subject(view, it)) } }
            }
            (ui::pager(&format!("{back}?show={}", kind.word), page, pages))
        }
        p { a href=(back) { (say::BACK) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_list_and_a_page() {
        let asked = |show: &str, page: &str| Asked { show: show.to_owned(), page: page.to_owned() };
        assert_eq!(asked("", "").outcome(), None);
        assert_eq!(asked("nonsense", "").outcome(), None);
        assert_eq!(asked("", "2").outcome().map(|it| it.word), Some("fail"));
        assert_eq!(asked("pass", "").outcome().map(|it| it.word), Some("pass"));
        assert_eq!(
            [asked("", "0").page(), asked("", "x").page(), asked("", "7").page()],
            [1, 1, 7]
        );
    }
}
