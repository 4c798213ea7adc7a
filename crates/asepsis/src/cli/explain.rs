//! `asepsis explain`: a practice, a check, a question, a threat, an action, a source or a word.

use asepsis_core::catalog::{
    Catalog, Certainty, Level, Practice, Question, SubPractice, Term, Threat,
};
use asepsis_core::engine::SubPracticeStanding;

use super::args::{ExplainArgs, Global};
use super::error::Help;
use super::named::{self, Named};
use super::output::Output;
use super::status::View;
use super::{Done, explain_action, explain_check, explain_json};
use crate::config;
use crate::ops::{Home, assess, embedded, folder};
use crate::text::{Page, Paint, clean, pad, role, standing};

/// Words of the glossary need no home: they are the same for everybody.
pub(crate) fn without_home(
    args: &ExplainArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Option<Done>> {
    let what = args.what.join(" ");
    // Ids have digits or dots; whoever asks for one has a home, so the catalog is loaded there.
    if what.contains(|c: char| c.is_ascii_digit() || c == '.') {
        return Ok(None);
    }
    let files = match &global.catalog {
        Some(dir) => folder(dir)?,
        None => embedded(),
    };
    let Ok(catalog) = Catalog::load(&files) else { return Ok(None) };
    let Some(it) = named::term(&catalog, &what) else { return Ok(None) };
    if output.json {
        explain_json::term(it, output)?;
    } else {
        let mut page = output.page();
        term(it, &mut page);
        output.text(&page.finish());
    }
    Ok(Some(Done::Well))
}

fn term(term: &Term, page: &mut Page) {
    page.hanging("", &term.term, 0, Paint::Strong);
    page.paragraph(&term.means, 2);
    if !term.see.is_empty() {
        page.paragraph(&format!("See also: {}", term.see.join(", ")), 2);
    }
}

pub(crate) async fn run(
    args: &ExplainArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let what = args.what.join(" ");
    let assessed = assess(home, &global.when(), config::now()).await?;
    let view = View { assessed: &assessed };
    let catalog = &*assessed.catalog;
    let named = Named::find(catalog, &what).ok_or_else(|| unknown(catalog, &what))?;
    if output.json {
        explain_json::document(&named, &view, output)?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    match named {
        Named::Term(it) => term(it, &mut page),
        Named::Practice(it) => practice(it, &view, &mut page),
        Named::SubPractice(it) => sub_practice(it, &view, &mut page),
        Named::Check(it) => explain_check::check(it, &view, &mut page),
        Named::Question(it) => question(it, &mut page),
        Named::Threat(it) => threat(it, &mut page),
        Named::Action(it) => explain_action::action(it, &view, &mut page),
        Named::Source(it) => explain_action::source(it, &mut page),
    }
    output.text(&page.finish());
    Ok(Done::Well)
}

fn unknown(catalog: &Catalog, what: &str) -> anyhow::Error {
    let lower = what.to_lowercase();
    let terms = catalog.glossary.iter().map(|it| it.term.as_str());
    let checks = catalog.checks.iter().map(|it| it.id.as_str());
    let actions = catalog.actions.iter().map(|it| it.id.as_str());
    let near: Vec<&str> = terms
        .chain(checks)
        .chain(actions)
        .filter(|it| it.to_lowercase().contains(&lower))
        .take(6)
        .collect();
    let help = match near.is_empty() {
        true => {
            "give a practice (1 to 10), a sub-practice (2.S.A), a check, a threat (T1), an action or a word"
                .to_owned()
        }
        false => format!("did you mean: {}", near.join(", ")),
    };
    anyhow::anyhow!("nothing here is called {what:?}").context(Help(help))
}

fn practice(it: &Practice, view: &View<'_>, page: &mut Page) {
    let assessment = &view.assessed.assessment;
    let title =
        format!("Practice {}: {}{}", it.number, it.name, footnote(it.certainty.get("name")));
    page.hanging("", &title, 0, Paint::Strong);
    page.paragraph(&format!("2018: {}", it.name_2018_medium_large), 2);
    for part in it.text.split("\n\n") {
        page.blank();
        page.paragraph(&part.replace('\n', " "), 0);
    }
    page.blank();
    page.paragraph(&format!("Works against: {}", threats(&it.threats, &view.assessed.catalog)), 0);
    for sub in &it.sub_practices {
        if let Some(standing) = assessment.sub_practice(&sub.id) {
            page.blank();
            sub_head(sub, standing, page);
            parts(sub, standing, view, page);
        }
    }
    page.blank();
    let resources: Vec<&str> = view
        .assessed
        .catalog
        .resources
        .iter()
        .filter(|resource| resource.practices.contains(&it.number))
        .map(|resource| resource.name.as_str())
        .collect();
    if !resources.is_empty() {
        page.hanging("", &format!("Free help: {}", resources.join("; ")), 0, Paint::Quiet);
    }
}

/// The names of threats.
fn threats(ids: &[String], catalog: &Catalog) -> String {
    let names = ids.iter().filter_map(|id| {
        catalog.threats.iter().find(|it| it.id == *id).map(|it| it.name.to_lowercase())
    });
    names.collect::<Vec<_>>().join("; ")
}

/// A word on certainty, where a reader could rely on the statement.
fn footnote(certainty: Option<&Certainty>) -> String {
    match certainty {
        Some(it) if it.level != Level::Sourced => format!(" ({}; unconfirmed)", it.level),
        _ => String::new(),
    }
}

fn sub_head(sub: &SubPractice, it: &SubPracticeStanding, page: &mut Page) {
    let mark = page.mark(it.state, it.basis, it.contradicted);
    let title =
        format!("{} {}{}", sub.id, sub.current_title(), footnote(sub.certainty.get("title")));
    let title = page.paint(&title, Paint::Strong);
    page.line(&format!("{mark} {title}"));
    let known = format!(
        "{} of {} parts known, {} seen",
        it.parts_known, it.parts_applicable, it.parts_measured
    );
    page.hanging("", &format!("{}; {known}", standing(it.state, it.basis)), 2, Paint::Quiet);
    page.paragraph(&sub.summary, 2);
}

fn parts(sub: &SubPractice, it: &SubPracticeStanding, view: &View<'_>, page: &mut Page) {
    for part in &it.parts {
        let mark = page.mark(part.state, part.basis, part.contradicted);
        page.hanging(&mark, &part.text, 4, Paint::Plain);
        let certainty =
            sub.parts.iter().find(|known| known.id == part.part.part).map(|it| &it.certainty);
        if certainty.is_some_and(|it| it.level == Level::Judged || it.level == Level::Low) {
            page.hanging("", "this part is our judgment", 6, Paint::Quiet);
        }
        if let Some(reason) = &part.reason {
            page.hanging("", &clean(reason), 6, Paint::Quiet);
        }
        for check in &part.checks {
            let Some(tally) = view.assessed.assessment.tallies.get(&check.check) else { continue };
            let text = format!(
                "{}: {} of {} pass, {} fail",
                check.check,
                tally.pass,
                tally.applicable(),
                tally.fail
            );
            page.hanging("", &text, 6, Paint::Quiet);
        }
        for seq in &part.answers {
            let Some(told) = view.assessed.assessment.answers.get(seq) else { continue };
            let text = format!(
                "told by {} on {}, entry {seq}",
                role(&told.role),
                view.day(told.stated_at)
            );
            page.hanging("", &text, 6, Paint::Quiet);
        }
    }
}

fn sub_practice(sub: &SubPractice, view: &View<'_>, page: &mut Page) {
    let catalog = &view.assessed.catalog;
    match view.assessed.assessment.sub_practice(&sub.id) {
        Some(standing) => {
            sub_head(sub, standing, page);
            parts(sub, standing, view, page);
        }
        None => {
            page.hanging("", &format!("{} {}", sub.id, sub.current_title()), 0, Paint::Strong);
            page.paragraph(
                &format!(
                    "For {} organizations; take it on with: asepsis organization --adopt {}",
                    sub.size, sub.id
                ),
                2,
            );
            page.paragraph(&sub.summary, 2);
            for part in &sub.parts {
                page.hanging("·", &part.text, 4, Paint::Plain);
            }
        }
    }
    page.blank();
    page.paragraph(&format!("Works against: {}", threats(&sub.threats, catalog)), 2);
    for mapping in &catalog.mappings {
        let Some(entry) = mapping.entries.iter().find(|it| it.sub_practice == sub.id) else {
            continue;
        };
        if !entry.targets.is_empty() {
            let text = format!(
                "{}: {} ({})",
                mapping.title,
                entry.targets.join(", "),
                entry.certainty.level
            );
            page.hanging("", &text, 2, Paint::Quiet);
        }
    }
}

fn question(it: &Question, page: &mut Page) {
    page.hanging("", &it.ask, 0, Paint::Strong);
    if let Some(help) = &it.help {
        page.paragraph(help, 2);
    }
    page.paragraph(&it.why, 2);
    let who: Vec<&str> = it.roles.iter().map(|it| role(it)).collect();
    page.paragraph(&format!("Who may know: {}", who.join(", ")), 2);
    for answer in &it.answers {
        let means = answer.means.map_or(String::new(), |means| {
            format!(" → {}", asepsis_core::engine::State::from(means).word())
        });
        page.hanging(&pad(&answer.id, 14), &format!("{}{means}", answer.text), 2, Paint::Plain);
    }
    page.paragraph(&format!("Better than an answer: {}", it.evidence), 2);
    page.paragraph(&format!("An answer counts for {} days.", it.fresh.0), 2);
    page.hanging("", &format!("Answer it: asepsis answer {}", it.id), 2, Paint::Quiet);
}

fn threat(it: &Threat, page: &mut Page) {
    page.hanging("", &format!("{} {}", it.id, it.name), 0, Paint::Strong);
    for part in it.text.split("\n\n") {
        page.paragraph(&part.replace('\n', " "), 0);
        page.blank();
    }
    page.hanging(
        "",
        &format!("What makes it possible{}", footnote(it.certainty.get("vulnerabilities"))),
        0,
        Paint::Strong,
    );
    for item in &it.vulnerabilities {
        page.hanging("·", &item.text, 2, Paint::Plain);
    }
    page.hanging("", "What it does", 0, Paint::Strong);
    for item in &it.impacts {
        page.hanging("·", &item.text, 2, Paint::Plain);
    }
    page.hanging("", "An invented case", 0, Paint::Strong);
    page.paragraph(&it.case.story, 2);
    page.hanging("threat:       ", &it.case.threat, 2, Paint::Plain);
    page.hanging("vulnerability:", &it.case.vulnerability, 2, Paint::Plain);
    page.hanging("impact:       ", &it.case.impact, 2, Paint::Plain);
}
