//! The book of now: the assessment and everything the pages show beside it, computed once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use asepsis_core::catalog::Catalog;
use asepsis_core::engine::access::Accounts;
use asepsis_core::engine::{
    ActionStanding, Assessment, Changes, Expiring, Finding, Input, Interview, Look, Looks,
    NextStep, PartStanding, actions, changes, evaluate, expiring, interview, next_steps,
};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::observation::{Body, Subject};
use asepsis_core::organization::Organization;
use asepsis_core::outcome::Outcome;
use asepsis_core::statement::Attestation;
use asepsis_core::time::Timestamp;

use super::access::AccessView;
use super::assess::AssessError;
use super::home::{Home, HomeError, organization_in};
use super::risk::{RiskView, Standing, by_worth};
use super::seen::{Seen, seen};

/// What changed is told against the standing of so many days ago.
const BEFORE: i64 = 7;
/// What ends within so many days is told.
const AHEAD: i64 = 7;

/// Everything the pages show, as of one moment.
#[derive(Debug)]
pub struct Book {
    /// How many ledger entries it was made from.
    pub ledger_size: u64,
    /// The organization's record.
    pub organization: Organization,
    /// The assessment.
    pub assessment: Assessment,
    /// What to do next.
    pub next: Vec<NextStep>,
    /// What to ask.
    pub interview: Interview,
    /// What there is to do, with what people decided and said about it.
    pub actions: Vec<ActionStanding>,
    /// What counts now and ends within a week.
    pub expiring: Vec<Expiring>,
    /// What is different from a week ago; `None` while the ledger is younger than that.
    pub changes: Option<Changes>,
    /// What is looked at, in the order of subject and schema.
    pub assets: Vec<Asset>,
    /// Accounts and whose they are.
    pub access: AccessView,
    /// By another key of the same thing: the subject it counts as.
    pub names: BTreeMap<String, String>,
    /// When the last look succeeded.
    pub looked_at: Option<Timestamp>,
    /// By check: the oldest and the newest look that says something.
    pub looked: BTreeMap<String, (Timestamp, Timestamp)>,
    /// By check: how many fail, the first of them, and why others are unknown.
    pub seen: BTreeMap<String, Seen>,
    /// What nobody saw lately, by schema.
    pub gaps: Vec<Gap>,
    /// By question: what was said last, "I don't know" included, whether it still counts or not.
    pub told: BTreeMap<String, Told>,
    /// Random ids of the people who speak for a vendor.
    pub vendors: BTreeSet<String>,
    /// The five threats in figures and the plan; `None` where the catalog has no priors.
    pub risk: Option<RiskView>,
}

/// Things of one schema that were not seen lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The schema.
    pub schema: String,
    /// How many.
    pub count: usize,
    /// The one unseen for longest: its name, when it was last seen, and its newest look's entry.
    pub first: (String, Option<Timestamp>, u64),
}

/// The newest answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its ledger entry.
    pub seq: u64,
    /// Random id of the author.
    pub author: String,
    /// What was said.
    pub said: Attestation,
}

/// One thing that is looked at, under one schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// The subject's key, as in `dns:clinic.example`.
    pub subject: String,
    /// The schema of what was seen.
    pub schema: String,
    /// Its name for people.
    pub label: String,
    /// The newest look, in vain or not.
    pub looked_at: Timestamp,
    /// That look's ledger entry.
    pub entry: u64,
    /// The newest look that saw something.
    pub seen_at: Option<Timestamp>,
    /// Checks that pass.
    pub pass: usize,
    /// Checks that fail and are not accepted.
    pub fail: usize,
    /// Checks that cannot be told.
    pub unknown: usize,
}

impl Book {
    /// Reads the ledger and computes the book. The computing runs on a thread of its own, since for a
    /// hospital it takes a second.
    pub async fn compute(home: Arc<Home>, now: Timestamp) -> Result<Self, AssessError> {
        let size = home.store.size(&home.organization).await.map_err(HomeError::from)?;
        let evidence = home.evidence(now.plus_days(-BEFORE), Some(size)).await?;
        let computed = tokio::task::spawn_blocking(move || of(&home, &evidence, size, now)).await;
        computed.map_err(|error| AssessError::Stopped(error.to_string()))
    }

    /// What there is to do about one check.
    pub fn action(&self, check: &str) -> Option<&ActionStanding> {
        self.actions.iter().find(|it| it.check == check)
    }

    /// The first that fail a check and are not accepted: at most twelve.
    pub fn failing(&self, check: &str) -> impl Iterator<Item = &Finding> {
        let places = self.seen.get(check).map_or(&[][..], |it| it.failing.as_slice());
        places.iter().filter_map(|at| self.assessment.findings.get(*at))
    }

    /// What a check says of each subject.
    pub fn findings(&self, check: &str) -> &[Finding] {
        let range = self.seen.get(check).map(|it| it.all.clone()).unwrap_or_default();
        self.assessment.findings.get(range).unwrap_or_default()
    }

    /// One subject under each schema it was looked at by, found without a walk.
    pub fn assets_of(&self, key: &str) -> &[Asset] {
        let subject = self.subject(key);
        let start = self.assets.partition_point(|it| it.subject.as_str() < subject);
        let rest = self.assets.get(start..).unwrap_or_default();
        let end = rest.partition_point(|it| it.subject == subject);
        rest.get(..end).unwrap_or_default()
    }

    /// The subject that a key counts as: one for all keys of the same thing.
    pub fn subject<'a>(&'a self, key: &'a str) -> &'a str {
        self.names.get(key).map_or(key, String::as_str)
    }

    /// All keys under which a subject was seen, its own first.
    pub fn keys_of(&self, key: &str) -> Vec<String> {
        let subject = self.subject(key);
        let others = self.names.iter().filter(|(_, it)| *it == subject).map(|(other, _)| other);
        [subject].into_iter().chain(others.map(String::as_str)).map(str::to_owned).collect()
    }

    /// The oldest and the newest look at some parts, of those that say something.
    pub fn looked_at_parts<'a>(
        &self,
        parts: impl Iterator<Item = &'a PartStanding>,
    ) -> Option<(Timestamp, Timestamp)> {
        let checks = parts.flat_map(|part| &part.checks);
        let spans = checks.filter_map(|it| self.looked.get(&it.check).copied());
        spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The organization's name, or what stands for it.
    pub fn name(&self) -> &str {
        if self.organization.name.is_empty() {
            "Your organization"
        } else {
            &self.organization.name
        }
    }
}

fn of(home: &Home, evidence: &[Evidence], ledger_size: u64, now: Timestamp) -> Book {
    let organization = organization_in(evidence).unwrap_or_default();
    let catalog = home.wording(organization.sector);
    let at = |as_of| evaluate(&Input { catalog, evidence, ledger_size, as_of });
    let assessment = at(now);
    let before = now.plus_days(-BEFORE);
    let old = evidence.first().is_some_and(|first| first.recorded_at <= before);
    let changes = old.then(|| changes(&at(before), &assessment));
    let looks = Looks::at(evidence, now);
    let assets = assets(&looks, &assessment);
    let access = AccessView::of(Accounts::of(&looks, evidence, now));
    let names = looks.names().map(|(key, it)| (key.0.clone(), it.0.clone())).collect();
    let looked = looked(&assessment);
    let gaps = gaps(catalog, &assets, now);
    let standing =
        Standing { catalog, evidence, assessment: &assessment, organization: &organization };
    let risk = RiskView::of(&standing).ok();
    let next = by_worth(&standing, next_steps(catalog, &assessment));
    Book {
        seen: seen(&assessment),
        looked,
        gaps,
        ledger_size,
        organization,
        next,
        risk,
        interview: interview(catalog, evidence, &assessment, now),
        actions: actions(catalog, evidence, &assessment, now),
        expiring: expiring(catalog, &assessment, now.plus_days(AHEAD)),
        changes,
        looked_at: assets.iter().filter_map(|asset| asset.seen_at).max(),
        access,
        assets,
        names,
        told: told(evidence),
        vendors: vendors(evidence),
        assessment,
    }
}

/// When each check was looked at, told by the findings that say something.
fn looked(assessment: &Assessment) -> BTreeMap<String, (Timestamp, Timestamp)> {
    // The findings of a check stand together.
    let checks = assessment.findings.chunk_by(|a, b| a.check == b.check);
    let spans = checks.filter_map(|findings| {
        let known = findings.iter().filter(|it| it.outcome != Outcome::Unknown);
        let at = known.filter_map(|it| it.observed_at);
        let span = at.map(|at| (at, at)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some((findings.first()?.check.to_string(), span))
    });
    spans.collect()
}

/// What was last looked at in vain, or was not seen for longer than twice its cadence.
fn gaps(catalog: &Catalog, assets: &[Asset], now: Timestamp) -> Vec<Gap> {
    let mut gaps: BTreeMap<&str, Gap> = BTreeMap::new();
    for asset in assets {
        let every = catalog.cadence(&asset.schema).map(|it| i64::from(it.0));
        let late = |seen: Timestamp| every.is_some_and(|it| seen.plus_days(2 * it) < now);
        if asset.seen_at.is_some_and(|seen| seen >= asset.looked_at && !late(seen)) {
            continue;
        }
        let it = (asset.label.clone(), asset.seen_at, asset.entry);
        let gap = gaps.entry(&asset.schema).or_insert_with(|| Gap {
            schema: asset.schema.clone(),
            count: 0,
            first: it.clone(),
        });
        gap.count += 1;
        if it.1 < gap.first.1 {
            gap.first = it;
        }
    }
    gaps.into_values().collect()
}

fn told(evidence: &[Evidence]) -> BTreeMap<String, Told> {
    let answers = evidence.iter().filter_map(|entry| match &entry.record {
        Record::Attestation(said) => {
            let told = Told { seq: entry.seq, author: entry.author.clone(), said: said.clone() };
            Some((said.question.clone(), told))
        }
        _ => None,
    });
    // Later entries replace earlier ones.
    answers.collect()
}

/// Whoever is on record as a vendor, by the newest entry of each.
fn vendors(evidence: &[Evidence]) -> BTreeSet<String> {
    let mut roles: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in evidence {
        if let Record::Person(it) = &entry.record {
            roles.insert(&it.id, &it.role);
        }
    }
    let vendors = roles.into_iter().filter(|(_, role)| *role == "vendor");
    vendors.map(|(id, _)| id.to_owned()).collect()
}

fn assets(looks: &Looks<'_>, assessment: &Assessment) -> Vec<Asset> {
    let subjects = looks.iter().flat_map(|(schema, subjects)| {
        subjects.iter().map(move |(it, looks)| (schema, *it, looks))
    });
    let mut assets: Vec<Asset> =
        subjects.filter_map(|(schema, it, looks)| asset(schema, it, looks)).collect();
    assets.sort_unstable_by(|a, b| (&a.subject, &a.schema).cmp(&(&b.subject, &b.schema)));
    let mut by_subject: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for finding in &assessment.findings {
        let count = by_subject.entry(&*finding.subject).or_default();
        match (finding.outcome, finding.waived_by) {
            (Outcome::Pass, _) => count.0 += 1,
            (Outcome::Fail, None) => count.1 += 1,
            (Outcome::Unknown, _) => count.2 += 1,
            _ => {}
        }
    }
    for asset in &mut assets {
        let count = by_subject.get(asset.subject.as_str()).copied().unwrap_or_default();
        (asset.pass, asset.fail, asset.unknown) = count;
    }
    assets
}

/// A subject under one schema, by its looks, newest first.
fn asset(schema: &str, subject: &Subject, looks: &[Look<'_>]) -> Option<Asset> {
    let newest = looks.first()?;
    let saw = |look: &&Look<'_>| matches!(look.observation.body, Body::Saw { .. });
    Some(Asset {
        subject: subject.0.clone(),
        schema: schema.to_owned(),
        label: newest.observation.label.clone(),
        looked_at: newest.at,
        entry: newest.seq,
        seen_at: looks.iter().find(saw).map(|look| look.at),
        pass: 0,
        fail: 0,
        unknown: 0,
    })
}
