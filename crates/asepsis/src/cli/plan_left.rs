//! What a plan leaves out, and why, as text.

use asepsis_core::risk::{LeftOut, Why};

use super::figure::{Notes, Unit, estimate};
use super::plan_view::View;
use super::plan_words::title;
use crate::text::{Page, Paint, clean, count};

/// Most actions listed of those that are left out for one reason.
const MOST: usize = 8;

/// What is left out, by reason.
pub(crate) fn left(view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let all = &view.plan.left;
    let of = |pick: fn(&Why) -> bool| -> Vec<&LeftOut> {
        all.iter().filter(|it| pick(&it.why)).collect()
    };
    group(
        view,
        "The law asks for these, and they do not fit",
        &of(|it| matches!(it, Why::LawNoRoom(_))),
        page,
        notes,
    );
    if let Some(work) = view.risk.law_work(&view.assessed.catalog, view.plan) {
        let text = format!(
            "All that the law asks for takes {} in the first year: {}.",
            notes.figure(&estimate(work.hours), Unit::Hours),
            notes.figure(&estimate(work.monthly), Unit::HoursAMonth)
        );
        page.paragraph(&text, 1);
    }
    group(view, "Worth it, and no room", &of(|it| matches!(it, Why::NoRoom)), page, notes);
    group(view, "Cost more than they avoid", &of(|it| matches!(it, Why::CostsMore)), page, notes);
    group(
        view,
        "Accepted, put off, or said to be done",
        &of(|it| matches!(it, Why::Accepted { .. } | Why::Postponed { .. } | Why::SaidDone { .. })),
        page,
        notes,
    );
    let silent = of(|it| matches!(it, Why::NoFigure)).len();
    if silent > 0 {
        page.blank();
        let text = format!(
            "{} left that avoids nothing we can put in figures: asepsis plan --json",
            count(silent, "action")
        );
        page.hanging("", &text, 0, Paint::Quiet);
    }
}

fn group(view: &View<'_>, words: &str, all: &[&LeftOut], page: &mut Page, notes: &mut Notes) {
    if all.is_empty() {
        return;
    }
    page.heading(words);
    let worth =
        |it: &&&LeftOut| view.risk.outlook.action(&it.action).map_or(0.0, |it| it.avoided.value);
    let mut sorted: Vec<&&LeftOut> = all.iter().collect();
    sorted.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    for it in sorted.iter().take(MOST) {
        left_out(view, it, page, notes);
    }
    if sorted.len() > MOST {
        page.hanging("", &format!("and {} more", sorted.len() - MOST), 1, Paint::Quiet);
    }
}

fn left_out(view: &View<'_>, it: &LeftOut, page: &mut Page, notes: &mut Notes) {
    let catalog = &view.assessed.catalog;
    let name = format!("{} [{}]", title(catalog, &it.action), it.action);
    let value = view.risk.outlook.action(&it.action).map(|it| &it.avoided);
    let value = value.filter(|it| it.value > 0.0);
    // Only what is shown may name its sources.
    let shows = matches!(it.why, Why::LawNoRoom(_) | Why::CostsMore | Why::NoRoom | Why::NoFigure);
    let avoids = value.filter(|_| shows);
    let avoids = avoids.map(|it| format!("avoids {}", notes.figure(it, Unit::DollarsAYear)));
    let keep = catalog.action(&it.action).and_then(|it| it.keep.as_deref());
    let keep = keep.map(|it| clean(it).trim_end_matches('.').to_owned());
    let control = view.risk.study.model.control(&it.action);
    let control = control.and_then(|at| view.risk.study.model.controls.get(at));
    let more = match &it.why {
        Why::LawNoRoom(laws) => {
            let rules = laws.first().map(|it| match laws.len() - 1 {
                0 => it.rule.clone(),
                more => format!("{} and {more} more", it.rule),
            });
            let hours = control
                .map(|it| format!("takes {}", notes.figure(&estimate(it.work.hours), Unit::Hours)));
            let keep = keep.map(|it| format!("why do it: {it}"));
            let parts = [rules, hours, avoids, keep];
            parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        Why::CostsMore | Why::NoRoom | Why::NoFigure => {
            let costs = control.filter(|_| matches!(it.why, Why::CostsMore)).map(|it| {
                let (first, yearly) = (it.work.first.times(1.0 / it.work.life), it.work.yearly);
                let cost = estimate(first.plus(yearly));
                format!("costs {}", notes.figure(&cost, Unit::DollarsAYear))
            });
            [costs, avoids, keep].into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        Why::Accepted { reason, until } => format!("accepted until {until}: {}", clean(reason)),
        Why::Postponed { reason, until } => format!("put off until {until}: {}", clean(reason)),
        Why::SaidDone { at } => {
            let day = super::status::View { assessed: view.assessed }.day(*at);
            format!("said to be done on {day}; nothing shows it yet")
        }
    };
    page.hanging("·", &format!("{name}: {more}."), 1, Paint::Plain);
}
