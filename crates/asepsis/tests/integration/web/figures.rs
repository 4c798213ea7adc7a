//! No number of the model without its range and a way to its source: walks the pages that show any.

use std::collections::{BTreeMap, BTreeSet};

use asepsis::ops::{By, limits};
use asepsis_core::decision::LossHistory;
use asepsis_store::accounts::Rights;

use super::markup::{Tag, tags, texts};
use super::support::{Book, Visitor, noon, run};
use crate::support::Session;

/// What may show amounts without a range: `asked` is what somebody typed or is asked to type, `quoted` is
/// what the catalog says in words about a source or in steps, and axes of charts carry round numbers.
const EXEMPT: [&str; 3] = ["asked", "quoted", "chart"];

fn classes(tag: &Tag) -> impl Iterator<Item = &str> {
    tag.attributes.get("class").map_or("", String::as_str).split_whitespace()
}

fn inside(open: &[Tag], class: &str) -> bool {
    open.iter().any(|tag| classes(tag).any(|it| it == class))
}

/// What in a text looks like money, a chance, a share or a rate.
fn looks_like_a_figure(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let money = text.match_indices('$').any(|(at, _)| number(&text[at + 1..]));
    let chance = words.windows(3).any(|it| match it {
        [a, between, b] => number(a) && *between == "in" && number(b),
        _ => false,
    });
    let share = text.contains(" of 100") || words.iter().any(|it| it.starts_with('%'));
    let percent = words.iter().any(|it| number(it) && it.contains('%'));
    let rate = ["once in ", " times a year", " days a year"].iter().any(|it| {
        text.match_indices(it).any(|(at, _)| {
            text[at + it.len()..].starts_with(|c: char| c.is_ascii_digit())
                || text[..at].ends_with(|c: char| c.is_ascii_digit())
        })
    });
    money || chance || share || percent || rate
}

#[test]
fn figures_are_told_from_other_numbers() {
    for it in ["about $3,700", "1 in 50", "13 in 100", "83 of 100 worlds", "5 %", "2 times a year"]
    {
        assert!(looks_like_a_figure(it), "{it}");
    }
    for it in ["3 of 5 parts", "January 10, 2026", "2 h", "month 3", "once in a while", "in $ only"]
    {
        assert!(!looks_like_a_figure(it), "{it}");
    }
}

/// What is wrong with the figures of a page, and where their links lead.
fn wrong(html: &str) -> (usize, Vec<String>, BTreeSet<String>) {
    let mut faults = Vec::new();
    let body = html.split("<main").nth(1).unwrap_or_default();
    let body = format!("<main{}", body.split("</main>").next().unwrap_or_default());
    for (open, text) in texts(&body) {
        let exempt = EXEMPT.iter().any(|it| inside(&open, it));
        let hidden = open.iter().any(|tag| tag.name == "svg" || tag.name == "time");
        if !exempt && !hidden && !inside(&open, "figure") && looks_like_a_figure(&text) {
            faults.push(format!("without a range: {text:?}"));
        }
    }
    let mut links = BTreeSet::new();
    let mut count = 0;
    let all = tags(&body);
    for (at, tag) in all.iter().enumerate() {
        if tag.end || !classes(tag).any(|it| it == "figure") {
            continue;
        }
        count += 1;
        let end = |name: &str| tag.attributes.get(name).and_then(|it| it.parse::<f64>().ok());
        match (end("data-low"), end("data-high")) {
            (Some(low), Some(high)) if low <= high => {}
            other => faults.push(format!("a range of {other:?}")),
        }
        let rest = || all.iter().skip(at + 1);
        let next = rest().position(|it| !it.end && classes(it).any(|it| it == "figure"));
        let own = rest().take(next.unwrap_or(usize::MAX));
        let badge = own.filter(|it| it.name == "a").find(|it| classes(it).any(|it| it == "badge"));
        let Some(badge) = badge else {
            faults.push(format!("no way to its sources: {:?}", tag.text));
            continue;
        };
        links.insert(badge.attributes.get("href").cloned().unwrap_or_default());
    }
    (count, faults, links)
}

/// Whether a link to sources leads to something on its page.
async fn leads_somewhere(visitor: &mut Visitor, link: &str) -> bool {
    let (path, anchor) = link.split_once('#').unwrap_or((link, "sources"));
    if !path.starts_with("/sources") {
        return false;
    }
    let page = visitor.page(path).await;
    let ids = tags(&page).iter().any(|tag| tag.attributes.get("id").is_some_and(|it| it == anchor));
    let asked = path.split_once("of=").map_or(0, |(_, of)| of.split('.').count());
    let rests = page.split("id=\"rests\"").nth(1).and_then(|it| it.split("</section>").next());
    ids && (asked == 0 || rests.is_some_and(|it| it.matches("<li").count() == asked))
}

#[test]
fn every_number_has_its_range_and_leads_to_its_sources() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let owner = book.account(Rights::Owner).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let events = BTreeMap::from([("T1".to_owned(), 2)]);
        let by = By::Person(&owner.person);
        book.home
            .remember(LossHistory { years: 5.0, events, at: noon() }, by, noon())
            .await
            .unwrap();
        visitor.post("/plan/take", &[("dollars", "500"), ("hours", "2")]).await;
        assert!(limits(500.0, 2.0).is_ok());
        let catalog = &book.home.catalog;
        let mut paths: Vec<String> = ["/today", "/threats", "/plan", "/plan?dollars=9000&hours=20"]
            .into_iter()
            .chain(["/plan/left", "/plan/sure", "/threats/analysis", "/threats/analysis?rows=all"])
            .map(str::to_owned)
            .collect();
        paths.extend(catalog.threats.iter().map(|it| format!("/threats/{}", it.id)));
        paths.extend(catalog.actions.iter().map(|it| format!("/actions/{}", it.id)));
        let (mut faults, mut links, mut all) = (Vec::new(), BTreeSet::new(), 0);
        for path in paths {
            let page = visitor.page(&path).await;
            let (count, wrong, leads) = wrong(&page);
            all += count;
            faults.extend(wrong.into_iter().map(|it| format!("{path}: {it}")));
            links.extend(leads);
        }
        assert!(all > 200, "only {all} figures were looked at");
        for link in &links {
            if !leads_somewhere(&mut visitor, link).await {
                faults.push(format!("{link} leads nowhere"));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}
