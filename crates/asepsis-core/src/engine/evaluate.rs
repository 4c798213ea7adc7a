//! Evidence in, assessment out. Puts the steps of the engine together; rules live in the steps.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::assessment::{
    AnswerInForce, Assessment, CheckStanding, PartStanding, PracticeStanding, SubPracticeStanding,
};
use super::contradict::{Contradictions, Measured, Told, meaning};
use super::findings::{Findings, find};
use super::known::{Derived, Known, Said};
use super::size::classify;
use super::standing::{Basis, PartEvidence, State, settle, together};
use crate::catalog::{Catalog, Part, PartRef, Practice, SubPractice};
use crate::evidence::{Evidence, Record};
use crate::predicate::NoValue;
use crate::statement::Answer;
use crate::time::Timestamp;

/// What an assessment is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The catalog in force.
    pub catalog: &'a Catalog,
    /// The ledger's records, in any order.
    pub evidence: &'a [Evidence],
    /// How many ledger entries were known.
    pub ledger_size: u64,
    /// Which evidence time is judged.
    pub as_of: Timestamp,
}

/// Computes the assessment.
pub fn evaluate(input: &Input<'_>) -> Assessment {
    let derived = Derived::at(input.catalog, input.evidence, input.as_of);
    let known = Known::at(input.catalog, input.evidence, &derived, input.as_of);
    let findings = find(input.catalog, &known, input.as_of);
    let size = classify(input.catalog, &known.organization);
    let mut judge = Judge {
        catalog: input.catalog,
        known: &known,
        findings: &findings,
        contradictions: Contradictions::default(),
        denied: BTreeSet::new(),
        attributes: known.attributes.clone(),
    };
    judge.sightings(input.as_of);
    let mut practices = Vec::new();
    let mut apart = Vec::new();
    for practice in &input.catalog.practices {
        let mut subs = Vec::new();
        for sub in &practice.sub_practices {
            let Some(adopted) = in_scope(sub, size.size, &known) else { continue };
            let standing = judge.sub_practice(sub, adopted);
            if sub.counts() { subs.push(standing) } else { apart.push(standing) }
        }
        practices.push(practice_standing(practice, subs));
    }
    let Judge { contradictions, attributes, .. } = judge;
    let contradictions = contradictions.sorted();
    let checks = input.catalog.checks.iter();
    Assessment {
        catalog: input.catalog.hash,
        edition: input.catalog.editions.id.clone(),
        ledger_size: input.ledger_size,
        as_of: input.as_of,
        organization: known.organization.name.clone(),
        size,
        contradictions,
        practices,
        apart,
        tallies: checks.map(|it| it.id.clone()).zip(findings.tallies.iter().copied()).collect(),
        answers: known.answers.values().map(|said| (said.seq, in_force(said))).collect(),
        people: people(input),
        waivers: findings.waivers,
        findings: findings.all,
        attributes,
    }
}

/// The names of all people: of each the newest entry, in whatever order they come.
fn people(input: &Input<'_>) -> BTreeMap<String, String> {
    let mut newest: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for entry in input.evidence.iter().filter(|entry| entry.recorded_at <= input.as_of) {
        let Record::Person(it) = &entry.record else { continue };
        let known = newest.entry(&it.id).or_insert((entry.seq, &it.name));
        *known = (*known).max((entry.seq, &it.name));
    }
    newest.into_iter().map(|(id, (_, name))| (id.to_owned(), name.to_owned())).collect()
}

fn in_force(said: &Said<'_>) -> AnswerInForce {
    AnswerInForce {
        question: said.attestation.question.clone(),
        role: said.attestation.role.clone(),
        stated_at: said.at,
        author: said.author.to_owned(),
        answer: said.attestation.answer.clone(),
        note: said.attestation.note.clone(),
        via: said.attestation.via,
    }
}

/// Whether a sub-practice is asked of this organization: by its size, by that of one of its sites
/// (`Some(false)`), or taken on by choice (`Some(true)`).
pub(super) fn in_scope(
    sub: &SubPractice,
    size: crate::organization::Size,
    known: &Known<'_>,
) -> Option<bool> {
    let sites = known.organization.sites.iter().filter_map(|site| site.size);
    if sub.is_for(size) || sites.into_iter().any(|size| sub.is_for(size)) {
        return Some(false);
    }
    known.organization.adopted.contains(&sub.id).then_some(true)
}

fn practice_standing(practice: &Practice, subs: Vec<SubPracticeStanding>) -> PracticeStanding {
    let known = subs.iter().filter(|sub| sub.state != State::NotApplicable);
    PracticeStanding {
        number: practice.number,
        name: practice.name.clone(),
        state: together(subs.iter().map(|sub| sub.state)),
        basis: known.fold(Basis::Nothing, |basis, sub| basis.and(sub.basis)),
        contradicted: subs.iter().any(|sub| sub.contradicted),
        sub_practices: subs,
    }
}

struct Judge<'a> {
    catalog: &'a Catalog,
    known: &'a Known<'a>,
    findings: &'a Findings,
    contradictions: Contradictions,
    /// Organization attributes whose answer a sighting contradicts.
    denied: BTreeSet<String>,
    /// Organization attributes without the denied ones: these decide nothing.
    attributes: Map<String, Value>,
}

impl<'a> Judge<'a> {
    /// Answers that a sighting contradicts, as in "no medical devices" when one was observed.
    fn sightings(&mut self, as_of: Timestamp) {
        for (id, said) in &self.known.answers {
            let Some(question) = self.catalog.question(id) else { continue };
            let Answer::One(answer) = &said.attestation.answer else { continue };
            let Some(choice) = question.answer(answer) else { continue };
            let Some(sighting) = &choice.contradicted_by else { continue };
            let seen = self.known.sightings(self.catalog, sighting, question.fresh, as_of);
            if seen.is_empty() {
                continue;
            }
            self.contradictions.sighted(question, *said, choice, &seen);
            if let Some(name) = &question.sets {
                self.attributes.remove(name);
                self.denied.insert(name.clone());
            }
        }
    }

    fn sub_practice(&mut self, sub: &SubPractice, adopted: bool) -> SubPracticeStanding {
        let parts: Vec<PartStanding> = sub
            .parts
            .iter()
            .map(|part| {
                let reference = PartRef { sub_practice: sub.id.clone(), part: part.id.clone() };
                self.part(part, reference)
            })
            .collect();
        let applicable: Vec<&PartStanding> =
            parts.iter().filter(|part| part.state != State::NotApplicable).collect();
        let measured = |part: &&&PartStanding| matches!(part.basis, Basis::Measured | Basis::Both);
        SubPracticeStanding {
            id: sub.id.clone(),
            title: sub.current_title().to_owned(),
            adopted,
            state: together(parts.iter().map(|part| part.state)),
            basis: applicable.iter().fold(Basis::Nothing, |basis, part| basis.and(part.basis)),
            contradicted: parts.iter().any(|part| part.contradicted),
            parts_known: applicable.iter().filter(|part| part.state.is_known()).count(),
            parts_measured: applicable.iter().filter(measured).count(),
            parts_applicable: applicable.len(),
            parts,
        }
    }

    fn part(&mut self, part: &Part, reference: PartRef) -> PartStanding {
        let (applies, reason) = self.applies(part);
        if applies == Some(false) {
            return PartStanding {
                part: reference,
                text: part.text.clone(),
                state: State::NotApplicable,
                basis: Basis::Told,
                contradicted: false,
                reason,
                checks: Vec::new(),
                answers: Vec::new(),
            };
        }
        let measured = self.measured(&reference);
        let told = self.told(&reference);
        let checks: Vec<CheckStanding> = measured
            .iter()
            .map(|it| CheckStanding { check: it.check.id.clone(), state: it.tally.state(it.check) })
            .collect();
        let evidence = PartEvidence {
            measured: together(checks.iter().map(|check| check.state)),
            any_fail: measured.iter().any(|it| it.tally.fail > 0),
            told: together(told.iter().map(|it| it.state)),
        };
        let (state, basis, contradicted) = settle(evidence);
        if contradicted {
            self.contradictions.measured(&reference, &told, &measured);
        }
        let reason = match state {
            State::Unknown => reason.or_else(|| self.unknown_reason(&reference, &measured)),
            _ => None,
        };
        PartStanding {
            part: reference,
            text: part.text.clone(),
            state,
            basis,
            contradicted,
            reason,
            checks,
            answers: told.iter().map(|it| it.said.seq).collect(),
        }
    }

    /// Whether a part has a place here: by organization attributes. Unanswered = nobody knows.
    /// What a sighting denies speaks for the part, unless another attribute speaks against it.
    fn applies(&self, part: &Part) -> (Option<bool>, Option<String>) {
        let Some(applies) = &part.applies else { return (Some(true), None) };
        match applies.holds(&self.attributes) {
            Ok(true) => (Some(true), None),
            Ok(false) => (Some(false), Some(self.attribute_reason(&applies.paths()))),
            Err(NoValue::Missing(path)) => {
                let name = path.strip_prefix("org.").unwrap_or(&path);
                if self.denied.contains(name) {
                    return (Some(true), None);
                }
                let question =
                    self.catalog.questions.iter().find(|it| it.sets.as_deref() == Some(name));
                let ask = question.map_or_else(|| path.clone(), |it| it.ask.clone());
                (None, Some(format!("not answered yet: {ask}")))
            }
            Err(NoValue::Broken(why)) => (None, Some(format!("catalog broken: {why}"))),
        }
    }

    fn attribute_reason(&self, paths: &[String]) -> String {
        let answers = self.known.answers.values().filter_map(|said| {
            let question = self.catalog.question(&said.attestation.question)?;
            let name = question.sets.as_ref().filter(|name| paths.contains(name))?;
            let Answer::One(id) = &said.attestation.answer else { return None };
            let text = &question.answer(id)?.text;
            (!self.denied.contains(name)).then(|| format!("{} {text}", question.ask))
        });
        answers.collect::<Vec<_>>().join("; ")
    }

    /// What checks say of a part.
    fn measured(&self, part: &PartRef) -> Vec<Measured<'a>> {
        let (catalog, findings) = (self.catalog, self.findings);
        let checks = catalog.index.checks(part).iter();
        checks
            .filter_map(|at| {
                Some(Measured {
                    check: catalog.checks.get(*at)?,
                    tally: findings.tallies.get(*at)?,
                    findings: findings.of(*at),
                })
            })
            .collect()
    }

    /// What answers say of a part.
    fn told(&self, part: &PartRef) -> Vec<Told<'a>> {
        let (catalog, known) = (self.catalog, self.known);
        let questions = catalog.index.questions(part).iter();
        questions
            .filter_map(|at| {
                let question = catalog.questions.get(*at)?;
                let said = *known.answers.get(question.id.as_str())?;
                let state = meaning(question, &said.attestation.answer, part)?;
                Some(Told { question, said, state })
            })
            .collect()
    }

    /// Why nobody knows: what the checks lack, or which question is open.
    fn unknown_reason(&self, part: &PartRef, measured: &[Measured<'_>]) -> Option<String> {
        let mut findings = measured.iter().flat_map(|it| it.findings);
        findings.find_map(|finding| finding.reason.clone()).or_else(|| {
            let asked = self.catalog.index.questions(part).first()?;
            let question = self.catalog.questions.get(*asked)?;
            match self.known.unknowing.get(question.id.as_str()) {
                Some(said) => {
                    Some(format!("{} did not know on {}", said.attestation.role, said.at.date()))
                }
                None => Some("nobody has looked or answered yet".to_owned()),
            }
        })
    }
}
