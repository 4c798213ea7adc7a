//! `asepsis explain --json`: one document for each kind of thing.

use asepsis_core::catalog::{Certainty, SubPractice, Term, Threat};
use asepsis_core::engine::{PracticeStanding, SubPracticeStanding};
use asepsis_core::organization::Size;
use serde::Serialize;

use super::answer::QuestionText;
use super::named::Named;
use super::output::Output;
use super::status::View;
use super::{explain_action, explain_check};

#[derive(Serialize)]
struct PracticeDocument<'a> {
    practice: Option<&'a PracticeStanding>,
}

#[derive(Serialize)]
struct SubPracticeDocument<'a> {
    id: &'a str,
    title: &'a str,
    size: Size,
    /// Absent where it does not count for the organization's size.
    sub_practice: Option<&'a SubPracticeStanding>,
}

#[derive(Serialize)]
struct QuestionDocument {
    question: QuestionText,
}

#[derive(Serialize)]
struct ThreatDocument<'a> {
    id: &'a str,
    name: &'a str,
    text: &'a str,
    practices: &'a [u8],
    vulnerabilities: Vec<&'a str>,
    impacts: Vec<&'a str>,
    case: CaseText<'a>,
}

#[derive(Serialize)]
struct CaseText<'a> {
    story: &'a str,
    threat: &'a str,
    vulnerability: &'a str,
    impact: &'a str,
}

impl<'a> From<&'a Threat> for ThreatDocument<'a> {
    fn from(it: &'a Threat) -> Self {
        let case = CaseText {
            story: &it.case.story,
            threat: &it.case.threat,
            vulnerability: &it.case.vulnerability,
            impact: &it.case.impact,
        };
        Self {
            id: &it.id,
            name: &it.name,
            text: &it.text,
            practices: &it.practices,
            vulnerabilities: it.vulnerabilities.iter().map(|it| it.text.as_str()).collect(),
            impacts: it.impacts.iter().map(|it| it.text.as_str()).collect(),
            case,
        }
    }
}

#[derive(Serialize)]
struct TermDocument<'a> {
    term: &'a str,
    means: &'a str,
    see: &'a [String],
    certainty: &'a Certainty,
}

/// A word of the glossary.
pub(crate) fn term(it: &Term, output: &mut Output) -> anyhow::Result<()> {
    let (term, means, see, certainty) = (&it.term, &it.means, &it.see, &it.certainty);
    output.document("asepsis-term/1", TermDocument { term, means, see, certainty })
}

/// Whatever was named, with how it stands.
pub(crate) fn document(
    named: &Named<'_>,
    view: &View<'_>,
    output: &mut Output,
) -> anyhow::Result<()> {
    let assessment = &view.assessed.assessment;
    match named {
        Named::Term(it) => term(it, output),
        Named::Practice(it) => {
            let practice = assessment.practices.iter().find(|known| known.number == it.number);
            output.document("asepsis-practice/1", PracticeDocument { practice })
        }
        Named::SubPractice(it) => {
            let it: &SubPractice = it;
            output.document(
                "asepsis-sub-practice/1",
                SubPracticeDocument {
                    id: &it.id,
                    title: it.current_title(),
                    size: it.size,
                    sub_practice: assessment.sub_practice(&it.id),
                },
            )
        }
        Named::Check(it) => {
            let document = explain_check::Document::new(it, assessment);
            output.document("asepsis-check-explained/1", document)
        }
        Named::Question(it) => {
            let question = QuestionText::from(*it);
            output.document("asepsis-question/1", QuestionDocument { question })
        }
        Named::Threat(it) => output.document("asepsis-threat/1", ThreatDocument::from(*it)),
        Named::Action(it) => {
            let document = explain_action::Document::of(it, view);
            output.document("asepsis-action/1", document)
        }
        Named::Source(it) => output.document("asepsis-source/1", it),
    }
}
