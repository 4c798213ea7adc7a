//! Told ≠ measured: what was said, what was seen, and the entries of both. Shown first.

use std::collections::BTreeSet;

use super::assessment::Contradiction;
use super::findings::Finding;
use super::known::Said;
use super::looks::Look;
use super::measure::Tally;
use super::standing::State;
use crate::catalog::{AnswerChoice, Check, Kind, PartRef, Question, Severity};
use crate::outcome::Outcome;
use crate::statement::Answer;

/// What one answer says of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    pub(super) question: &'a Question,
    pub(super) said: Said<'a>,
    pub(super) state: State,
}

/// What one check measures for a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured<'a> {
    pub(super) check: &'a Check,
    pub(super) tally: &'a Tally,
    pub(super) findings: &'a [Finding],
}

/// The contradictions found so far: one per answer, for all the parts it speaks of.
#[derive(Debug, Default)]
pub(super) struct Contradictions(Vec<Contradiction>);

impl Contradictions {
    /// An answer that sightings contradict, as in "no medical devices" when one was seen.
    pub(super) fn sighted(
        &mut self,
        question: &Question,
        said: Said<'_>,
        choice: &AnswerChoice,
        seen: &[Look<'_>],
    ) {
        let labels: BTreeSet<&str> =
            seen.iter().map(|look| look.observation.label.as_str()).collect();
        let labels: Vec<&str> = labels.into_iter().take(5).collect();
        self.0.push(Contradiction {
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

    /// A part of which checks and answers say opposite things.
    pub(super) fn measured(&mut self, part: &PartRef, told: &[Told<'_>], checks: &[Measured<'_>]) {
        let told_in_place = told.iter().any(|it| it.state == State::InPlace);
        let (verb, outcome) =
            if told_in_place { ("fails", Outcome::Fail) } else { ("holds", Outcome::Pass) };
        let mut seen = Vec::new();
        let mut evidence = BTreeSet::new();
        let mut severity = Severity::Low;
        for it in checks {
            let count = if told_in_place { it.tally.fail } else { it.tally.pass };
            if told_in_place && count == 0 {
                continue;
            }
            severity = severity.max(it.check.severity);
            let (title, total) = (&it.check.title, it.tally.applicable());
            seen.push(format!("\u{201c}{title}\u{201d} {verb} on {count} of {total}"));
            let against = it.findings.iter().filter(|it| it.outcome == outcome);
            evidence.extend(against.filter_map(|it| it.evidence));
        }
        for it in told.iter().filter(|it| (it.state == State::InPlace) == told_in_place) {
            self.add(part, it, &seen, &evidence, severity);
        }
    }

    fn add(
        &mut self,
        part: &PartRef,
        told: &Told<'_>,
        seen: &[String],
        evidence: &BTreeSet<u64>,
        severity: Severity,
    ) {
        let Told { question, said, .. } = told;
        let same = |it: &&mut Contradiction| it.question == question.id && it.answer == said.seq;
        if let Some(existing) = self.0.iter_mut().find(same) {
            existing.parts.push(part.clone());
            existing.severity = existing.severity.max(severity);
            for sentence in seen {
                if !existing.seen.contains(sentence.as_str()) {
                    existing.seen = format!("{}; {sentence}", existing.seen);
                }
            }
            let mut all: BTreeSet<u64> = existing.evidence.iter().copied().collect();
            all.extend(evidence);
            existing.evidence = all.into_iter().collect();
            return;
        }
        self.0.push(Contradiction {
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

    /// Worst first.
    pub(super) fn sorted(mut self) -> Vec<Contradiction> {
        self.0.sort_by(|a, b| (b.severity, &a.question).cmp(&(a.severity, &b.question)));
        self.0
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
            Some(super::standing::together(boxes.map(|it| {
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
