//! HICP as data: threats, practices, sub-practices, parts, questions, checks, mappings.
//!
//! A catalog is loaded from the text of its files (the binary embeds them, `--catalog` replaces
//! them) and never changes afterwards. `docs/catalog-format.md` describes the files.

mod action;
mod badge;
mod certainty;
mod check;
mod edition;
mod files;
mod habit;
mod index;
mod lint;
mod load;
mod mapping;
mod practice;
mod priors;
mod question;
mod reference;
mod review;
mod schema;
mod size_table;
mod threat;

pub use action::{
    Action, Basis as ActionBasis, Cost, Costs, Effect, EffectOn, Law, Raise, Range, Route,
};
pub use badge::{Badge, RiskSource};
pub use certainty::{Certainty, Level};
pub use check::{Check, Effort, Example, Severity, Share};
pub use edition::{Appendix, Edition, Editions, Step};
pub use files::{CatalogFiles, Problem};
pub use habit::{Every, Habit};
pub use index::Index;
pub use lint::{Counts, MAX_SMALL_QUESTIONS, lint};
pub use mapping::{Mapping, MappingEntry, MappingTarget, Resource, Term};
pub use practice::{Metric, Part, Practice, SubPractice};
pub use priors::{
    Asking, Bands, BreachList, Care, Covariate, EvidenceWeights, Frequency, Listed, Loss, Priors,
    Revenue, Structure,
};
pub use question::{AnswerChoice, AskIf, ContradictedBy, Kind, Means, Question};
pub use reference::PartRef;
pub use review::{ReviewItem, review};
pub use schema::{Ages, Schema, SchemaPath};
pub use size_table::{Bounds, SizeAttribute, SizeTable};
pub use threat::{Case, Consideration, Threat};

use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::time::Days;

/// A whole catalog, compiled and ready to evaluate with.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Hash of the canonical catalog: of its files' paths and texts.
    pub hash: Hash,
    /// Editions, words of certainty, sources, appendices.
    pub editions: Editions,
    /// The five threats, by id.
    pub threats: Vec<Threat>,
    /// The ten practices, by number.
    pub practices: Vec<Practice>,
    /// All questions, by id.
    pub questions: Vec<Question>,
    /// All observation schemas, by id.
    pub schemas: BTreeMap<String, Schema>,
    /// All checks, by id.
    pub checks: Vec<Check>,
    /// Crosswalks to other frameworks.
    pub mappings: Vec<Mapping>,
    /// Glossary, by term.
    pub glossary: Vec<Term>,
    /// Free help from others.
    pub resources: Vec<Resource>,
    /// What people do by habit, in the file's order.
    pub habits: Vec<Habit>,
    /// The size table.
    pub sizes: SizeTable,
    /// What an organization can do, by id. A catalog from before there were any has none.
    pub actions: Vec<Action>,
    /// How often and how much, before anybody looks. A catalog from before there were any has none.
    pub priors: Option<Priors>,
    /// Where the numbers of actions and priors come from, by id.
    pub risk_sources: Vec<RiskSource>,
    /// Who serves which part.
    pub index: Index,
}

impl Catalog {
    /// Loads and compiles a catalog. All problems are found at once, each with its file and line.
    pub fn load(files: &CatalogFiles) -> Result<Self, Vec<Problem>> {
        load::load(files)
    }

    /// A sub-practice by its id, as printed: `1.S.A`.
    pub fn sub_practice(&self, id: &str) -> Option<(&Practice, &SubPractice)> {
        self.practices.iter().find_map(|practice| {
            let found = practice.sub_practices.iter().find(|sub| sub.id == id)?;
            Some((practice, found))
        })
    }

    /// All sub-practices with their practice, in order.
    pub fn sub_practices(&self) -> impl Iterator<Item = (&Practice, &SubPractice)> {
        self.practices
            .iter()
            .flat_map(|practice| practice.sub_practices.iter().map(move |sub| (practice, sub)))
    }

    /// A part by its reference.
    pub fn part(&self, reference: &PartRef) -> Option<&Part> {
        let (_, sub) = self.sub_practice(&reference.sub_practice)?;
        sub.parts.iter().find(|part| part.id == reference.part)
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// A check by its id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// An action by its id.
    pub fn action(&self, id: &str) -> Option<&Action> {
        let at = self.actions.binary_search_by(|it| it.id.as_str().cmp(id)).ok()?;
        self.actions.get(at)
    }

    /// The action that brings a part in place.
    pub fn action_for(&self, part: &PartRef) -> Option<&Action> {
        self.actions.iter().find(|it| it.serves.contains(part))
    }

    /// A source of risk numbers by its id.
    pub fn risk_source(&self, id: &str) -> Option<&RiskSource> {
        self.risk_sources.iter().find(|it| it.id == id)
    }

    /// How often the subjects of a schema are looked at again: after a quarter of the time for which
    /// the most demanding check over it takes its evidence, so that two looks that fail still leave
    /// fresh evidence. At least a day, at most a week; `None` if no check reads the schema.
    pub fn cadence(&self, schema: &str) -> Option<Days> {
        let readers = self.index.readers(schema).iter().filter_map(|at| self.checks.get(*at));
        let shortest = readers.map(|check| check.fresh).min()?;
        Some(Days((shortest.0 / 4).clamp(1, 7)))
    }
}
