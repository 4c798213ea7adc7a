//! Evidence in, assessment out. Puts the steps of the engine together; rules live in the steps.

use std::collections::{BTreeMap, BTreeSet};

use super::assessment::{
    Assessment, CheckStanding, Contradiction, PartStanding, PracticeStanding, SubPracticeStanding,
};
use super::findings::{Findings, find};
use super::known::{Known, Said};
use super::size::classify;
use super::standing::{Basis, PartEvidence, State, settle, together};
use crate::catalog::{Catalog, Kind, Part, PartRef, Practice, Question, Severity, SubPractice};
use crate::evidence::Evidence;
use crate::outcome::Outcome;
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
    let known = Known::at(input.catalog, input.evidence, input.as_of);
    let findings = find(input.catalog, &known, input.as_of);
    let size = classify(input.catalog, &known.organization);
    let mut judge = Judge {
        catalog: input.catalog,
        known: &known,
        findings: &findings,
        as_of: input.as_of,
        contradictions: Vec::new(),
        denied: BTreeSet::new(),
    };
    judge.attributes();
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
    let mut contradictions = judge.contradictions;
    contradictions.sort_by(|a, b| (b.severity, &a.question).cmp(&(a.severity, &b.question)));
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
        waivers: findings.waivers,
        findings: findings.all,
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
    as_of: Timestamp,
    contradictions: Vec<Contradiction>,
    /// Organization attributes whose answer a sighting contradicts: they decide nothing.
    denied: BTreeSet<String>,
}

impl<'a> Judge<'a> {
    /// Answers that a sighting contradicts, as in "no medical devices" when one was observed.
    fn attributes(&mut self) {
        for (id, said) in &self.known.answers {
            let Some(question) = self.catalog.question(id) else { continue };
            let Answer::One(answer) = &said.attestation.answer else { continue };
            let Some(choice) = question.answer(answer) else { continue };
            let Some(sighting) = &choice.contradicted_by else { continue };
            let looks = self.known.fresh_looks(&sighting.reads, question.fresh, self.as_of);
            let seen: Vec<_> = looks
                .filter(|look| match &look.observation.body {
                    crate::observation::Body::Saw { fact, .. } => {
                        sighting.when.holds(fact) == Ok(true)
                    }
                    _ => false,
                })
                .collect();
            if seen.is_empty() {
                continue;
            }
            let labels: BTreeSet<&str> =
                seen.iter().map(|look| look.observation.label.as_str()).collect();
            let labels: Vec<&str> = labels.into_iter().take(5).collect();
            self.denied.extend(question.sets.clone());
            self.contradictions.push(Contradiction {
                parts: question.serves.clone(),
                question: question.id.clone(),
                said: choice.text.clone(),
                stated_at: said.at,
                role: said.attestation.role.clone(),
                answer: said.seq,
                seen: format!("seen otherwise on {}", labels.join(", ")),
                evidence: seen.iter().map(|look| look.seq).collect(),
                severity: Severity::High,
            });
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
        let checks: Vec<CheckStanding> = self
            .catalog
            .index
            .checks(&reference)
            .iter()
            .filter_map(|at| {
                let (check, tally) =
                    (self.catalog.checks.get(*at)?, self.findings.tallies.get(*at)?);
                Some(CheckStanding { check: check.id.clone(), state: tally.state(check) })
            })
            .collect();
        let any_fail = self
            .catalog
            .index
            .checks(&reference)
            .iter()
            .any(|at| self.findings.tallies.get(*at).is_some_and(|tally| tally.fail > 0));
        let told = self.told(&reference);
        let evidence = PartEvidence {
            measured: together(checks.iter().map(|check| check.state)),
            any_fail,
            told: together(told.iter().map(|(_, _, state)| *state)),
        };
        let (state, basis, contradicted) = settle(evidence);
        if contradicted {
            self.contradict(&reference, &told, &checks);
        }
        let reason = match state {
            State::Unknown => reason.or_else(|| self.unknown_reason(&reference)),
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
            answers: told.iter().map(|(_, said, _)| said.seq).collect(),
        }
    }

    /// Whether a part has a place here: by organization attributes. Unanswered = nobody knows.
    fn applies(&self, part: &Part) -> (Option<bool>, Option<String>) {
        let Some(applies) = &part.applies else { return (Some(true), None) };
        let denied = |path: &String| self.denied.contains(path);
        if applies.paths().iter().any(denied) {
            return (Some(true), None);
        }
        match applies.holds(&self.known.attributes) {
            Ok(true) => (Some(true), None),
            Ok(false) => (Some(false), Some(self.attribute_reason(&applies.paths()))),
            Err(NoValue::Missing(path)) => {
                let name = path.strip_prefix("org.").unwrap_or(&path);
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
            question.sets.as_ref().filter(|name| paths.contains(name))?;
            let Answer::One(id) = &said.attestation.answer else { return None };
            Some(format!("{} {}", question.ask, question.answer(id)?.text))
        });
        answers.collect::<Vec<_>>().join("; ")
    }

    /// What answers say of a part: question, answer, meaning.
    fn told(&self, part: &PartRef) -> Vec<(&'a Question, Said<'a>, State)> {
        let catalog = self.catalog;
        let known = self.known;
        let questions = catalog.index.questions(part).iter();
        questions
            .filter_map(|at| {
                let question = catalog.questions.get(*at)?;
                let said = known.answers.get(question.id.as_str())?;
                Some((question, *said, meaning(question, &said.attestation.answer, part)?))
            })
            .collect()
    }

    fn contradict(
        &mut self,
        part: &PartRef,
        told: &[(&Question, Said<'_>, State)],
        checks: &[CheckStanding],
    ) {
        let failing = |check: &&CheckStanding| {
            let tally = self.tally(&check.check);
            tally.is_some_and(|tally| tally.fail > 0)
        };
        let told_in_place = told.iter().any(|(_, _, state)| *state == State::InPlace);
        let concerned: Vec<&CheckStanding> = checks
            .iter()
            .filter(|check| if told_in_place { failing(check) } else { true })
            .collect();
        let outcome = if told_in_place { Outcome::Fail } else { Outcome::Pass };
        let mut seen = Vec::new();
        let mut evidence = BTreeSet::new();
        let mut severity = Severity::Low;
        for check in &concerned {
            let (Some(full), Some(tally)) =
                (self.catalog.check(&check.check), self.tally(&check.check))
            else {
                continue;
            };
            severity = severity.max(full.severity);
            let total = tally.applicable();
            let count = if told_in_place { tally.fail } else { tally.pass };
            let verb = if told_in_place { "fails" } else { "holds" };
            seen.push(format!("\u{201c}{}\u{201d} {verb} on {count} of {total}", full.title));
            let findings = self.findings.all.iter();
            evidence.extend(
                findings
                    .filter(|it| *it.check == *check.check && it.outcome == outcome)
                    .filter_map(|it| it.evidence),
            );
        }
        for (question, said, state) in told {
            if (*state == State::InPlace) != told_in_place {
                continue;
            }
            let existing = self
                .contradictions
                .iter_mut()
                .find(|it| it.question == question.id && it.answer == said.seq);
            if let Some(existing) = existing {
                existing.parts.push(part.clone());
                existing.severity = existing.severity.max(severity);
                for sentence in &seen {
                    if !existing.seen.contains(sentence.as_str()) {
                        existing.seen = format!("{}; {sentence}", existing.seen);
                    }
                }
                let mut all: BTreeSet<u64> = existing.evidence.iter().copied().collect();
                all.extend(&evidence);
                existing.evidence = all.into_iter().collect();
                continue;
            }
            self.contradictions.push(Contradiction {
                parts: vec![part.clone()],
                question: question.id.clone(),
                said: spoken(question, &said.attestation.answer, part),
                stated_at: said.at,
                role: said.attestation.role.clone(),
                answer: said.seq,
                seen: seen.join("; "),
                evidence: evidence.iter().copied().collect(),
                severity,
            });
        }
    }

    fn tally(&self, check: &str) -> Option<&super::measure::Tally> {
        let at = self.catalog.checks.iter().position(|it| it.id == check)?;
        self.findings.tallies.get(at)
    }

    /// Why nobody knows: what the checks lack, or which question is open.
    fn unknown_reason(&self, part: &PartRef) -> Option<String> {
        let checks = self.catalog.index.checks(part);
        let ids: BTreeMap<&str, ()> = checks
            .iter()
            .filter_map(|at| Some((self.catalog.checks.get(*at)?.id.as_str(), ())))
            .collect();
        let unseen = self.findings.all.iter().find_map(|finding| {
            ids.get(&*finding.check)?;
            finding.reason.clone()
        });
        unseen.or_else(|| {
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

/// What an answer means for a part; `None` if it says nothing of it.
pub(super) fn meaning(question: &Question, answer: &Answer, part: &PartRef) -> Option<State> {
    match (question.kind, answer) {
        (Kind::One, Answer::One(id)) => question.answer(id)?.means.map(State::from),
        (Kind::Several, Answer::Several(ticked)) => {
            let mut boxes =
                question.answers.iter().filter(|it| it.serves.contains(part)).peekable();
            boxes.peek()?;
            Some(together(boxes.map(|it| {
                if ticked.contains(&it.id) { State::InPlace } else { State::NotInPlace }
            })))
        }
        _ => None,
    }
}

/// What was said of a part, in the question's own words.
fn spoken(question: &Question, answer: &Answer, part: &PartRef) -> String {
    match answer {
        Answer::One(id) => question.answer(id).map_or_else(String::new, |it| it.text.clone()),
        Answer::Several(ticked) => {
            let boxes = question.answers.iter().filter(|it| it.serves.contains(part));
            let said = boxes.map(|it| match ticked.contains(&it.id) {
                true => it.text.clone(),
                false => format!("not ticked: {}", it.text),
            });
            said.collect::<Vec<_>>().join("; ")
        }
        Answer::Number(n) => n.to_string(),
        Answer::DontKnow => "I don't know".to_owned(),
    }
}
