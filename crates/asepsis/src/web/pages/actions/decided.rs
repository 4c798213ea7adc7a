//! What people decided about an action, and the forms with which they decide.

use asepsis_core::catalog::Action;
use asepsis_core::decision::Decided;
use asepsis_core::risk::{Reason, Why};
use asepsis_store::accounts::Account;
use maud::{Markup, html};

use super::{Typed, say};
use crate::ops::RiskView;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::ui::{self, Choice, Faults, Field, Kind};

/// Where it stands: decided, in the plan, or left out and why.
pub(super) fn now(view: &View<'_>, id: &str) -> Markup {
    let Some(risk) = &view.book.risk else { return html! {} };
    html! {
        p { (place(risk, id)) }
        @if let Some((seq, it)) = risk.decisions.get(id) {
            @let author = risk.log.get(id).and_then(|all| all.iter().find(|entry| entry.seq == *seq));
            p.how { (author.map_or("", |entry| ui::person(&view.book, &entry.author))) " " (say::decided(&it.decided, |id| ui::person(&view.book, id).to_owned(), ui::civil_day)) " " span.source { (ui::day(&view.book, it.at)) ", " (ui::entry(*seq)) } }
        }
    }
}

/// Its month in the plan, or why it is not in it.
fn place(risk: &RiskView, id: &str) -> Markup {
    let pick = risk.proposal.picks.iter().find(|it| it.action == id);
    let left = risk.proposal.left.iter().find(|it| it.action == id);
    html! {
        @match (pick, left) {
            (Some(it), _) => {
                (say::in_plan(it.begins)) " "
                @match &it.reason {
                    Reason::Worth => (say::WORTH),
                    Reason::Law(_) => (say::BY_LAW),
                    Reason::Chosen => (say::BY_CHOICE),
                    Reason::Needed(_) => (say::NEEDED),
                }
            },
            (None, Some(it)) => (left_out(&it.why)),
            (None, None) => (say::NOTHING_LEFT),
        }
    }
}

/// Why it is not in the plan.
pub(in crate::web::pages) const fn left_out(why: &Why) -> &'static str {
    match why {
        Why::LawNoRoom(_) => say::LAW_NO_ROOM,
        Why::CostsMore => say::COSTS_MORE,
        Why::NoRoom => say::NO_ROOM,
        Why::NoFigure => say::NO_FIGURE,
        Why::Accepted { .. } => say::IS_ACCEPTED,
        Why::Postponed { .. } => say::IS_POSTPONED,
        Why::SaidDone { .. } => say::IS_SAID_DONE,
    }
}

/// Everything that was decided, the newest first.
pub(super) fn log(view: &View<'_>, id: &str) -> Markup {
    /// The most that are listed.
    const MOST: usize = 20;
    let all = view.book.risk.as_ref().and_then(|it| it.log.get(id));
    html! {
        @if let Some(all) = all {
            section.stack.tight aria-labelledby="said" {
                h2 #said tabindex="-1" { (say::LOG) }
                div.sheet {
                    ol.lines {
                        @for it in all.iter().rev().take(MOST) {
                            li {
                                p {
                                    strong { (ui::person(&view.book, &it.author)) } " "
                                    (say::decided(&it.decision.decided, |id| ui::person(&view.book, id).to_owned(), ui::civil_day))
                                    " " span.source { (ui::day(&view.book, it.decision.at)) ", " (ui::entry(it.seq)) }
                                }
                                @let text = say::text(&it.decision.decided);
                                @if !text.is_empty() { blockquote { (text) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What one can decide, by rights.
pub(super) fn forms(
    view: &View<'_>,
    action: &Action,
    accounts: &[Account],
    typed: Option<&Typed<'_>>,
) -> Markup {
    let visit = view.visit;
    let none = Faults::default();
    let faults = typed.map_or(&none, |it| it.faults);
    let text = |name: &str| typed.map_or("", |it| it.fields.text(name));
    let hint = say::not_here(ui::data_word(view.book.organization.sector));
    let form =
        |act: &str, body: &Markup| ui::form(visit, &format!("/actions/{}/{act}", action.id), body);
    let area = |label, name| Field::new(label, name, Kind::Area).value(text(name)).hint(&hint);
    let day = |name| Field::new(say::UNTIL, name, Kind::Day).value(text(name)).show(faults);
    let decided =
        view.book.risk.as_ref().and_then(|it| it.decisions.get(&action.id)).map(|(_, it)| it);
    let (to, due) = match decided.map(|it| &it.decided) {
        Some(Decided::Chosen { to, due }) => {
            (to.as_deref().unwrap_or_default(), due.as_deref().unwrap_or_default())
        }
        _ => ("", ""),
    };
    let (to, due) = if typed.is_some() { (text("to"), text("due")) } else { (to, due) };
    html! {
        section.stack.screen-only aria-labelledby="decide" {
            h2 #decide { (say::DECIDE) }
            div.cards.two {
                @if visit.may(Right::Plan) {
                    div.sheet {
                        h3 { (say::DO_IT) } p.small { (say::DO_IT_LEAD) }
                        (form("choose", &html! {
                            (people(accounts, to))
                            (Field::new(say::BY_WHEN, "due", Kind::Day).optional().value(due).show(faults))
                            (ui::button(say::DO_IT_BUTTON, ""))
                        }))
                    }
                }
                @if visit.may(Right::Finish) {
                    div.sheet {
                        h3 { (say::DONE) } p.small { (say::DONE_LEAD) }
                        (form("done", &html! { (area(say::NOTE, "note").optional().show(faults)) (ui::button(say::DONE_BUTTON, "")) }))
                    }
                }
                @if visit.may(Right::Plan) {
                    div.sheet {
                        h3 { (say::LATER) } p.small { (say::LATER_LEAD) }
                        (form("postpone", &html! { (area(say::REASON, "later-reason").show(faults)) (day("later-until")) (ui::button(say::LATER_BUTTON, "plain")) }))
                    }
                }
                @if visit.may(Right::Accept) {
                    div.sheet {
                        h3 { (say::ACCEPT) } p.small { (say::ACCEPT_LEAD) }
                        (form("accept", &html! { (area(say::REASON, "accept-reason").show(faults)) (day("accept-until")) (ui::button(say::ACCEPT_BUTTON, "plain")) }))
                    }
                }
                @if visit.may(Right::Plan) && (decided.is_some() || typed.is_some_and(|it| it.fields.has("again-reason"))) {
                    div.sheet {
                        h3 { (say::REOPEN) } p.small { (say::REOPEN_LEAD) }
                        (form("reopen", &html! { (area(say::REASON, "again-reason").optional().show(faults)) (ui::button(say::REOPEN_BUTTON, "plain")) }))
                    }
                }
            }
        }
    }
}

/// Everybody who can sign in, or nobody yet.
fn people(accounts: &[Account], chosen: &str) -> Markup {
    let able = accounts.iter().filter(|it| it.disabled_at.is_none());
    let mut all =
        vec![Choice { value: "", label: say::NOBODY_YET, hint: "", chosen: chosen.is_empty() }];
    all.extend(able.map(|it| Choice {
        value: &it.person,
        label: &it.name,
        hint: "",
        chosen: it.person == chosen,
    }));
    ui::select(say::TO_WHOM, "to", &all)
}
