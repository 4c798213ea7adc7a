//! What an id or a word of `asepsis explain` names.

use asepsis_core::catalog::{
    Action, Catalog, Check, Practice, Question, RiskSource, SubPractice, Term, Threat,
};

/// One thing of the catalog.
pub(crate) enum Named<'a> {
    Term(&'a Term),
    Practice(&'a Practice),
    SubPractice(&'a SubPractice),
    Check(&'a Check),
    Question(&'a Question),
    Threat(&'a Threat),
    Action(&'a Action),
    Source(&'a RiskSource),
}

impl<'a> Named<'a> {
    /// Words first, then ids; upper and lower case are the same.
    pub(crate) fn find(catalog: &'a Catalog, what: &str) -> Option<Self> {
        let is = |id: &str| id.eq_ignore_ascii_case(what);
        let practice = |it: &&Practice| it.number.to_string() == what || is(&it.slug);
        let threat = |it: &&Threat| is(&it.id) || is(&it.slug);
        let sub_practice = || catalog.sub_practices().find(|(_, sub)| is(&sub.id));
        (term(catalog, what).map(Self::Term))
            .or_else(|| catalog.practices.iter().find(practice).map(Self::Practice))
            .or_else(|| sub_practice().map(|(_, sub)| Self::SubPractice(sub)))
            .or_else(|| catalog.checks.iter().find(|it| is(&it.id)).map(Self::Check))
            .or_else(|| catalog.questions.iter().find(|it| is(&it.id)).map(Self::Question))
            .or_else(|| catalog.threats.iter().find(threat).map(Self::Threat))
            .or_else(|| catalog.actions.iter().find(|it| is(&it.id)).map(Self::Action))
            .or_else(|| catalog.risk_sources.iter().find(|it| is(&it.id)).map(Self::Source))
    }
}

/// A word of the glossary.
pub(crate) fn term<'a>(catalog: &'a Catalog, what: &str) -> Option<&'a Term> {
    catalog.glossary.iter().find(|it| it.term.eq_ignore_ascii_case(what))
}
