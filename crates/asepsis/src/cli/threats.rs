//! `asepsis threats`: the five threats in three orders, and what happened here.

use std::collections::BTreeMap;

use asepsis_core::catalog::{Catalog, RiskSource};
use asepsis_core::decision::LossHistory;
use asepsis_core::organization::{Sector, Size};
use asepsis_core::risk::simulate::Moment;
use asepsis_core::risk::{Exposure, Figure, Together};
use asepsis_core::time::Timestamp;
use serde::Serialize;

use super::Done;
use super::args::Global;
use super::args_plan::ThreatsArgs;
use super::figure::{Notes, Unit};
use super::output::Output;
use super::plan::{by, risk};
use super::plan_json::sources;
use crate::config;
use crate::ops::{Assessed, Home, RiskView, assess};
use crate::text::{Page, Paint, clean, count};

/// Of these years one exceeds what is told.
const ONE_IN: u32 = 100;

pub(crate) async fn run(
    args: &ThreatsArgs,
    global: &Global,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let now = config::now();
    if let Some(years) = args.years {
        let events: BTreeMap<String, u32> = args.happened.iter().cloned().collect();
        let history = LossHistory { years, events, at: now };
        let seq = home.remember(history, by(&args.who), now).await?;
        if !output.json && !output.quiet {
            output.text(&format!("Recorded as entry {seq}; it moves the figures.\n\n"));
        }
    }
    let assessed = assess(home, &global.when(), config::now()).await?;
    let risk = risk(&assessed)?;
    let view = View { assessed: &assessed, risk: &risk };
    if output.json {
        output.document("asepsis-threats/1", Document::of(&view))?;
    } else {
        let mut page = output.page();
        view.page(&mut page, output.quiet);
        output.text(&page.finish());
    }
    Ok(Done::Well)
}

struct View<'a> {
    assessed: &'a Assessed<'a>,
    risk: &'a RiskView,
}

/// An order of the threats, and by which figure.
#[derive(Clone, Copy)]
struct Order {
    words: &'static str,
    unit: Unit,
    figure: fn(&Exposure) -> &Figure,
}

impl Order {
    fn sorted<'a>(&self, all: &'a [Exposure]) -> Vec<&'a Exposure> {
        let of = self.figure;
        let mut sorted: Vec<&Exposure> =
            all.iter().filter(|it| it.applies && of(it).value > 0.0).collect();
        sorted.sort_by(|a, b| {
            of(b).value.total_cmp(&of(a).value).then_with(|| a.threat.cmp(&b.threat))
        });
        sorted
    }
}

fn orders(sector: Sector) -> [Order; 3] {
    let bad = match sector {
        Sector::HealthCare => "How bad for patients: days of disturbed care",
        Sector::Other => "How bad for clients: days of disturbed work",
    };
    [
        Order { words: "How often", unit: Unit::Often, figure: |it| &it.events },
        Order { words: "How much", unit: Unit::DollarsAYear, figure: |it| &it.loss },
        Order { words: bad, unit: Unit::Days, figure: |it| &it.care_days },
    ]
}

impl View<'_> {
    fn name(&self, id: &str) -> String {
        let threats = &self.assessed.catalog.threats;
        let name = threats.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
        format!("{id} {name}")
    }

    fn one_in(&self) -> Option<&Moment> {
        self.risk.curves().now.one_in.iter().find(|it| it.years == ONE_IN)
    }

    /// The chance of an own breach on the federal list; no list binds others than health care.
    fn listed(&self) -> Option<Figure> {
        if self.assessed.organization.sector != Sector::HealthCare {
            return None;
        }
        let priors = self.assessed.catalog.priors.as_ref()?;
        let it = priors.listed.iter().find(|it| it.size == self.assessed.assessment.size.size)?;
        let [value, low, high] = it.chance;
        let sources = vec![it.basis.source.clone()];
        Some(Figure { value, low, high, badge: it.basis.badge, sources })
    }

    fn page(&self, page: &mut Page, quiet: bool) {
        let mut notes = Notes::default();
        let outlook = &self.risk.outlook;
        let assessment = &self.assessed.assessment;
        let name = match assessment.organization.as_str() {
            "" => "Your organization".to_owned(),
            name => clean(name),
        };
        page.hanging("", &format!("{name}: the five threats in figures"), 0, Paint::Strong);
        let day = super::status::View { assessed: self.assessed }.day(assessment.as_of);
        let line = format!("{} organization · as of {day}", assessment.size.size);
        page.hanging("", &line, 0, Paint::Quiet);
        page.blank();
        let all = &outlook.all;
        let loss = notes.figure(&all.loss, Unit::DollarsAYear);
        page.paragraph(&format!("Expected loss: {loss}."), 0);
        let free = notes.figure(&all.loss_free, Unit::Years);
        page.paragraph(&format!("Without any loss: {free}."), 0);
        if let Some(it) = self.one_in() {
            let loss = notes.figure(&it.loss, Unit::Dollars);
            page.paragraph(&format!("One year in {ONE_IN} costs more than {loss}."), 0);
        }
        if all.care_days.value > 0.0 {
            let days = notes.figure(&all.care_days, Unit::Days);
            page.paragraph(&format!("Disturbed care: {days}. Days are not turned into money."), 0);
        }
        if let Some(it) = self.listed() {
            let chance = notes.figure(&it, Unit::Chance);
            page.paragraph(&format!("A breach of your own on the federal list: {chance}."), 0);
        }
        for order in orders(self.assessed.organization.sector) {
            page.heading(order.words);
            for (at, it) in (1..).zip(order.sorted(&outlook.threats)) {
                let figure = notes.figure((order.figure)(it), order.unit);
                page.hanging(
                    &format!("{at}."),
                    &format!("{}: {figure}", self.name(&it.threat)),
                    1,
                    Paint::Plain,
                );
            }
        }
        page.blank();
        for text in self.sentences(&mut notes) {
            page.paragraph(&text, 0);
        }
        self.unknown(page);
        notes.list(&self.assessed.catalog, page);
        if !quiet {
            page.blank();
            for hint in [
                "What to do about it:  asepsis plan",
                "What happened here moves the figures:  asepsis threats --years 5 --happened T1=2",
            ] {
                page.hanging("", hint, 0, Paint::Quiet);
            }
        }
    }

    /// Where the orders disagree, what is undecided, what has no place here, what was said of the past.
    fn sentences(&self, notes: &mut Notes) -> Vec<String> {
        let outlook = &self.risk.outlook;
        let mut all = Vec::new();
        let firsts = orders(self.assessed.organization.sector)
            .map(|it| it.sorted(&outlook.threats).first().map(|it| it.threat.clone()));
        if let [Some(often), Some(much), bad] = &firsts
            && (often != much || bad.as_ref().is_some_and(|it| it != much))
        {
            let bad = bad.as_ref().map_or(String::new(), |it| format!(", {it} disturbs most"));
            let much = match outlook.leader() {
                Some(_) => format!("{much} costs most"),
                None => "which costs most cannot be said".to_owned(),
            };
            all.push(format!(
                "The orders differ: {often} comes most often, {much}{bad}. No single list holds all three."
            ));
        }
        match outlook.leader() {
            Some(it) => all.push(format!(
                "{} costs most in {}.",
                it.threat,
                notes.figure(&it.costliest, Unit::Worlds)
            )),
            None => {
                let close: Vec<String> = undecided(&outlook.threats)
                    .into_iter()
                    .map(|it| {
                        format!("{} in {}", it.threat, notes.figure(&it.costliest, Unit::Worlds))
                    })
                    .collect();
                all.push(format!("Which costs most is undecided: {}.", close.join(", ")));
            }
        }
        for it in outlook.threats.iter().filter(|it| !it.applies) {
            all.push(format!("{} has no place here, by what you answered.", self.name(&it.threat)));
        }
        if let Some((seq, it)) = &self.risk.history {
            let said: Vec<String> = it
                .events
                .iter()
                .map(|(id, n)| format!("{id} {}", count(*n as usize, "time")))
                .collect();
            let said = if said.is_empty() { "nothing".to_owned() } else { said.join(", ") };
            all.push(format!(
                "You said that in {} years this happened here: {said} (entry {seq}). It moves the figures.",
                it.years
            ));
        }
        all
    }

    fn unknown(&self, page: &mut Page) {
        page.heading("What we do not know");
        for text in unknowns(self.assessed.organization.sector) {
            page.hanging("·", text, 1, Paint::Plain);
        }
    }
}

/// The limits of the figures, in words.
const fn unknowns(sector: Sector) -> [&'static str; 3] {
    [
        match sector {
            Sector::HealthCare => {
                "How often devices that are connected to patients are attacked: no public list counts it."
            }
            Sector::Other => "How often connected devices are attacked: no public list counts it.",
        },
        "How the reported cases fall on small and large organizations: the reports do not say how large who reports is.",
        "How many cases hurt fewer than 500 people: they are counted in one sum a year, if at all.",
    ]
}

/// Those that cost most in so many worlds that it cannot be said which does: those within the ranges of
/// the first.
fn undecided(threats: &[Exposure]) -> Vec<&Exposure> {
    let mut all: Vec<&Exposure> = threats.iter().filter(|it| it.costliest.value >= 0.1).collect();
    all.sort_by(|a, b| b.costliest.value.total_cmp(&a.costliest.value));
    all
}

#[derive(Serialize)]
struct Document<'a> {
    as_of: Timestamp,
    size: Size,
    /// In how many plausible worlds ranges and shares were counted.
    worlds: usize,
    threats: Vec<ThreatText<'a>>,
    all: &'a Together,
    orders: Orders<'a>,
    /// The threat that costs most, where that can be said.
    leader: Option<&'a str>,
    /// Those among which it cannot be said which costs most.
    undecided: Vec<&'a str>,
    one_in: Option<&'a Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listed: Option<Figure>,
    history: Option<HistoryText<'a>>,
    unknown: [&'static str; 3],
    sources: BTreeMap<String, RiskSource>,
}

#[derive(Serialize)]
struct ThreatText<'a> {
    name: &'a str,
    #[serde(flatten)]
    exposure: &'a Exposure,
}

#[derive(Serialize)]
struct Orders<'a> {
    often: Vec<&'a str>,
    much: Vec<&'a str>,
    bad: Vec<&'a str>,
}

#[derive(Serialize)]
struct HistoryText<'a> {
    entry: u64,
    years: f64,
    events: &'a BTreeMap<String, u32>,
}

impl<'a> Document<'a> {
    fn of(view: &'a View<'a>) -> Self {
        let (catalog, outlook) = (&*view.assessed.catalog, &view.risk.outlook);
        let name = |catalog: &'a Catalog, id: &str| {
            catalog.threats.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str())
        };
        let [often, much, bad] = orders(view.assessed.organization.sector).map(|it| {
            it.sorted(&outlook.threats).into_iter().map(|it| it.threat.as_str()).collect()
        });
        let leader = outlook.leader().map(|it| it.threat.as_str());
        let mut document = Self {
            as_of: view.assessed.assessment.as_of,
            size: view.assessed.assessment.size.size,
            worlds: outlook.worlds,
            threats: outlook
                .threats
                .iter()
                .map(|exposure| ThreatText { name: name(catalog, &exposure.threat), exposure })
                .collect(),
            all: &outlook.all,
            orders: Orders { often, much, bad },
            leader,
            undecided: match leader {
                Some(_) => Vec::new(),
                None => {
                    undecided(&outlook.threats).into_iter().map(|it| it.threat.as_str()).collect()
                }
            },
            one_in: view.one_in(),
            listed: view.listed(),
            history: view.risk.history.as_ref().map(|(entry, it)| HistoryText {
                entry: *entry,
                years: it.years,
                events: &it.events,
            }),
            unknown: unknowns(view.assessed.organization.sector),
            sources: BTreeMap::new(),
        };
        document.sources = sources(catalog, &document);
        document
    }
}
