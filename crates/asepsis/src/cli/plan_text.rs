//! The plan as text: this month, this quarter, this year; what is left out and why; what changed.

use asepsis_core::catalog::Action;
use asepsis_core::risk::{Figure, Horizon, Pick, Reason};

use super::figure::{Notes, Unit, estimate, range, thousands};
use super::plan_left;
use super::plan_view::{From, View};
use super::plan_words::{change, doubt, mark, title, unit};
use crate::text::{Page, Paint, clean, role};

/// Most questions listed.
const MOST_ASKS: usize = 3;
/// Most doubts listed.
const MOST_DOUBTS: usize = 3;

/// Writes the whole page.
pub(crate) fn page(view: &View<'_>, page: &mut Page, quiet: bool) {
    let mut notes = Notes::default();
    head(view, page, &mut notes);
    picks(view, page, &mut notes);
    plan_left::left(view, page, &mut notes);
    changes(view, page);
    sure(view, page, &mut notes);
    asks(view, page, &mut notes);
    notes.list(&view.assessed.catalog, page);
    if !quiet {
        hints(view, page);
    }
}

fn head(view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let (plan, assessment) = (view.plan, &view.assessed.assessment);
    let name = match assessment.organization.as_str() {
        "" => "Your organization".to_owned(),
        name => clean(name),
    };
    let limits = format!(
        "${} in the first year and {} hours a month",
        thousands(plan.limits.dollars),
        plan.limits.hours
    );
    page.hanging("", &format!("{name}: a plan for {limits}"), 0, Paint::Strong);
    let from = match view.from {
        From::Asked => "as you asked".to_owned(),
        From::PlanTaken => "as in the plan taken last".to_owned(),
        From::Assumed => "assumed until you say --budget and --hours".to_owned(),
    };
    let day = super::status::View { assessed: view.assessed }.day(assessment.as_of);
    let line = format!("{} organization · limits {from} · as of {day}", assessment.size.size);
    page.hanging("", &line, 0, Paint::Quiet);
    page.blank();
    let loss = notes.figure(&view.risk.outlook.all.loss, Unit::DollarsAYear);
    page.paragraph(&format!("Expected loss as you stand: {loss}."), 0);
    if plan.picks.is_empty() {
        page.paragraph("Nothing that fits these limits is worth doing.", 0);
        return;
    }
    let avoided = notes.figure(&plan.year.avoided, Unit::DollarsAYear);
    let remaining = notes.figure(&plan.year.remaining, Unit::DollarsAYear);
    page.paragraph(&format!("The whole plan avoids {avoided}; {remaining} remain."), 0);
    let proof = if plan.proved {
        "No better plan fits these limits.".to_owned()
    } else {
        let percent = (plan.gap * 100.0).max(0.1);
        format!("This plan is within {percent:.1} % of the best possible.")
    };
    page.paragraph(&proof, 0);
}

fn picks(view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let plan = view.plan;
    let mut number = 0;
    let groups: [(&str, &Horizon, &[String]); 3] = [
        ("This month", &plan.month, &[]),
        ("This quarter", &plan.quarter, &plan.month.actions),
        ("This year", &plan.year, &plan.quarter.actions),
    ];
    for (words, horizon, before) in groups {
        let new = plan
            .picks
            .iter()
            .filter(|it| horizon.actions.contains(&it.action) && !before.contains(&it.action));
        let new: Vec<&Pick> = new.collect();
        if new.is_empty() {
            continue;
        }
        page.heading(words);
        let (hours, dollars) = (estimate(horizon.hours), estimate(horizon.dollars));
        let what =
            if words == "This month" { "Its actions take" } else { "With all before, they take" };
        let mut sum = format!("{what} {}", notes.figure(&hours, Unit::Hours));
        if dollars.high > 0.0 && dollars.value <= 0.0 {
            let most = Unit::Dollars.number(dollars.high);
            sum = format!("{sum} and at most {most} ({})", notes.ground(&dollars));
        } else if dollars.high > 0.0 {
            sum = format!("{sum} and {}", notes.figure(&dollars, Unit::Dollars));
        }
        sum.push('.');
        if horizon.avoided.value > 0.0 {
            let avoided = notes.figure(&horizon.avoided, Unit::DollarsAYear);
            sum = format!("{sum} What is finished by its end avoids {avoided}.");
        } else if horizon.finished.is_empty() {
            sum = format!("{sum} None is finished by its end, so nothing is avoided yet.");
        }
        page.hanging("", &sum, 1, Paint::Quiet);
        for it in new {
            number += 1;
            pick(view, it, number, page, notes);
        }
    }
}

fn pick(view: &View<'_>, it: &Pick, number: usize, page: &mut Page, notes: &mut Notes) {
    let catalog = &view.assessed.catalog;
    let Some(action) = catalog.action(&it.action) else { return };
    let head = format!("{}. [{}]", title(catalog, &it.action), it.action);
    page.hanging(&format!("{number:>2}."), &head, 1, Paint::Plain);
    let against = view.risk.outlook.action(&it.action).map(|it| {
        let threats: Vec<&str> = it.by_threat.iter().map(|(id, _)| id.as_str()).collect();
        threats.join(", ")
    });
    let worth = if it.adds.value > 0.0 {
        let against = against.filter(|it| !it.is_empty());
        let against = against.map_or(String::new(), |it| format!(" of {it}"));
        format!("Avoids {}{against}.", notes.figure(&it.adds, Unit::DollarsAYear))
    } else {
        "Avoids nothing that can be put in figures.".to_owned()
    };
    page.paragraph(&worth, 5);
    page.paragraph(&takes(it, action, notes), 5);
    let when = if it.begins == it.ends {
        format!("Month {}", it.begins)
    } else {
        format!("Months {} to {}", it.begins, it.ends)
    };
    // What is in the plan in any case is in it in every world.
    let forced = matches!(it.reason, Reason::Law(_) | Reason::Chosen);
    let sure = view.further.sureness.iter().find(|known| known.action == it.action && !forced);
    let sure = sure.map_or(String::new(), |it| {
        format!(
            "; in the plan in {}: {}",
            notes.figure(&it.in_plan, Unit::Worlds),
            mark(catalog, it.mark, it.on.as_ref(), &it.action)
        )
    });
    page.paragraph(&format!("{when}{}{sure}.", reason(view, it, action)), 5);
    page.paragraph(&format!("Shown by: {}.", verified_by(catalog, action)), 5);
    if let Some(text) = assigned(view, it) {
        page.paragraph(&text, 5);
    }
    if it.not_seen_done {
        page.paragraph("It was said to be done; a later look says that it is not.", 5);
    }
}

/// Hours and dollars of a pick, and whose work it is.
fn takes(it: &Pick, action: &Action, notes: &mut Notes) -> String {
    let once = estimate(it.hours);
    let said = |figure: &Figure, unit: Unit| {
        format!("{} ({})", unit.number(figure.value), range(figure, unit))
    };
    let mut parts = vec![said(&once, Unit::Hours)];
    for (range, unit, behind) in [
        (it.monthly, Unit::Hours, " each month"),
        (it.first, Unit::Dollars, " once"),
        (it.yearly, Unit::Dollars, " a year"),
    ] {
        if range.high > 0.0 && range.likely <= 0.0 {
            parts.push(format!("at most {}{behind}", unit.number(range.high)));
        } else if range.high > 0.0 {
            parts.push(format!("{}{behind}", said(&estimate(range), unit)));
        }
    }
    if it.first.high <= 0.0 && it.yearly.high <= 0.0 {
        parts.push("no dollars".to_owned());
    }
    format!("Takes {}; {}. For {}.", parts.join(", "), notes.ground(&once), role(&action.who))
}

fn reason(view: &View<'_>, it: &Pick, action: &Action) -> String {
    let catalog = &view.assessed.catalog;
    match &it.reason {
        Reason::Worth => String::new(),
        Reason::Chosen => ", because you chose it".to_owned(),
        Reason::Law(laws) => {
            let rules: Vec<&str> = laws.iter().map(|it| it.rule.as_str()).collect();
            let keep = action.keep.as_deref().map_or(String::new(), |it| {
                format!(". Kept though it stops little: {}", clean(it).trim_end_matches('.'))
            });
            format!(", the law requires it ({}){keep}", rules.join(", "))
        }
        Reason::Needed(by) => {
            let by: Vec<String> = by.iter().map(|it| title(catalog, it)).collect();
            format!(", needed first by: {}", by.join("; "))
        }
    }
}

/// The checks that turn green, else the questions that tell.
pub(crate) fn verified_by(catalog: &asepsis_core::catalog::Catalog, action: &Action) -> String {
    let (checks, questions) = proofs(catalog, action);
    let named = |ids: &[String], word: &str| match ids {
        [] => None,
        [one] => Some(format!("{word} {one}")),
        more => Some(format!(
            "{word}s {}{}",
            more.iter().take(2).cloned().collect::<Vec<_>>().join(", "),
            if more.len() > 2 { format!(" and {} more", more.len() - 2) } else { String::new() }
        )),
    };
    let all = [named(&checks, "check"), named(&questions, "question")];
    let all: Vec<String> = all.into_iter().flatten().collect();
    if all.is_empty() { "nothing that we can see; keep a note".to_owned() } else { all.join("; ") }
}

/// Checks, and questions about parts without one, that tell whether an action is in place.
pub(crate) fn proofs(
    catalog: &asepsis_core::catalog::Catalog,
    action: &Action,
) -> (Vec<String>, Vec<String>) {
    let (mut checks, mut questions) = (Vec::new(), Vec::new());
    for part in &action.serves {
        let of = catalog.index.checks(part).iter();
        let of: Vec<String> =
            of.filter_map(|at| catalog.checks.get(*at)).map(|it| it.id.clone()).collect();
        if of.is_empty() {
            let of = catalog.index.questions(part).iter();
            questions
                .extend(of.filter_map(|at| catalog.questions.get(*at)).map(|it| it.id.clone()));
        }
        checks.extend(of);
    }
    for list in [&mut checks, &mut questions] {
        list.sort();
        list.dedup();
    }
    (checks, questions)
}

fn assigned(view: &View<'_>, it: &Pick) -> Option<String> {
    let people = &view.assessed.assessment.people;
    let who = it.to.as_ref().map(|id| {
        let name = people.get(id).filter(|it| !it.is_empty());
        format!("taken on by {}", name.map_or("somebody", |it| it.as_str()))
    });
    let due = it.due.as_ref().map(|day| format!("due {day}"));
    let all: Vec<String> = who.into_iter().chain(due).collect();
    (!all.is_empty()).then(|| format!("{}.", clean(&all.join(", "))))
}

fn changes(view: &View<'_>, page: &mut Page) {
    let Some((seq, parent)) = &view.risk.parent else { return };
    let day = super::status::View { assessed: view.assessed }.day(parent.at);
    page.heading(&format!("Changed since the plan of {day} (entry {seq})"));
    if view.plan.changes.is_empty() {
        page.paragraph("Nothing.", 1);
    }
    for it in &view.plan.changes {
        page.hanging("·", &change(&view.assessed.catalog, it), 1, Paint::Plain);
    }
}

fn sure(view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let catalog = &view.assessed.catalog;
    page.heading("What the figures hang on most");
    for it in view.further.swings.iter().take(MOST_DOUBTS) {
        let dollars = Unit::DollarsAYear;
        let text = format!(
            "{}: from {} to {}, the expected loss goes from {} to {} a year ({})",
            doubt(catalog, &it.input),
            unit(&it.input).number(it.at.low),
            unit(&it.input).number(it.at.high),
            dollars.number(it.loss.low),
            dollars.number(it.loss.high),
            notes.ground(&it.loss)
        );
        page.hanging("·", &format!("{text}."), 1, Paint::Plain);
    }
    let text = match &view.further.flip {
        Some(it) => format!(
            "\u{201c}{}\u{201d} would come before \u{201c}{}\u{201d} if {} were {}.",
            title(catalog, &it.then),
            title(catalog, &it.first),
            doubt(catalog, &it.input),
            notes.figure(&it.to, unit(&it.input))
        ),
        None => "No single doubt changes which action is worth most for an hour.".to_owned(),
    };
    page.paragraph(&text, 1);
}

fn asks(view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let catalog = &view.assessed.catalog;
    page.heading("What to find out next");
    if !view.further.asks.further {
        page.paragraph(
            "Further answers would not change your plan by more than the minutes they take.",
            1,
        );
        return;
    }
    let minute = catalog.priors.as_ref().map_or(0.0, |it| it.ask.minute);
    let asks = view.further.asks.asks.iter();
    for it in asks.filter(|it| it.worth.value > minute * it.minutes.value).take(MOST_ASKS) {
        let how = match (it.checks.as_slice(), it.questions.as_slice()) {
            ([check, ..], _) => format!("let it be looked at ({check})"),
            (_, [question, ..]) => format!("answer {question}"),
            _ => "ask".to_owned(),
        };
        let text = format!(
            "{}: {how}, {}. Knowing is worth {}.",
            title(catalog, &it.action),
            notes.figure(&it.minutes, Unit::Minutes),
            notes.figure(&it.worth, Unit::DollarsAYear)
        );
        page.hanging("·", &text, 1, Paint::Plain);
    }
}

fn hints(view: &View<'_>, page: &mut Page) {
    page.blank();
    let mut hints = Vec::new();
    if let Some(first) = view.plan.picks.first() {
        hints.push(format!("How to do the first:  asepsis explain {}", first.action));
        hints.push(
            "Take this plan:  asepsis plan take (with the same --budget and --hours)".to_owned(),
        );
        hints.push(format!(
            "Decide:  asepsis plan done {0}, choose, accept, postpone, reopen",
            first.action
        ));
    }
    for hint in hints {
        page.hanging("", &hint, 0, Paint::Quiet);
    }
}
