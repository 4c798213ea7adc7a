//! The shipped catalog and organizations of each size of which nothing, or something, is known.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use super::super::number::Stream;
use super::super::{Limits, Model, ModelInput, Study, Wanted, Work};
use super::laws::random_model;
use crate::catalog::{Catalog, CatalogFiles, Range};
use crate::decision::Decision;
use crate::engine::{Assessment, Input, evaluate, faded};
use crate::evidence::{Evidence, Record};
use crate::organization::{Organization, Size};
use crate::time::Timestamp;

/// The catalog as shipped.
pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&FILES).unwrap());

/// The catalog as shipped, with more actions: `(id, text)`.
pub(crate) fn catalog_with(actions: &[(&str, &str)]) -> Catalog {
    let mut files = FILES.clone();
    for (id, text) in actions {
        files.0.insert(format!("actions/{id}.toml"), (*text).to_owned());
    }
    Catalog::load(&files).unwrap()
}

static FILES: LazyLock<CatalogFiles> = LazyLock::new(|| {
    fn walk(folder: &Path, root: &Path, files: &mut CatalogFiles) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.0.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    walk(&root, &root, &mut files);
    files
});

/// The day on which all is judged.
pub(crate) fn today() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

/// An organization of a size, with what else is on record.
pub(crate) fn assessed(size: Size, records: &[(i64, Record)]) -> (Vec<Evidence>, Assessment) {
    let organization = Organization { chosen_size: Some(size), ..Organization::default() };
    let first = std::iter::once((-30, Record::Organization(organization)));
    let all = first.chain(records.iter().cloned()).enumerate();
    let evidence: Vec<Evidence> = all
        .map(|(seq, (day, record))| Evidence {
            seq: seq as u64,
            recorded_at: today().plus_days(day),
            author: "person-1".to_owned(),
            record,
        })
        .collect();
    let assessment = evaluate(&Input {
        catalog: &CATALOG,
        evidence: &evidence,
        ledger_size: evidence.len() as u64,
        as_of: today(),
    });
    (evidence, assessment)
}

/// The model of an organization of a size, with what else is on record.
pub(crate) fn model_of(size: Size, records: &[(i64, Record)]) -> Model {
    let (evidence, assessment) = assessed(size, records);
    let input = Input {
        catalog: &CATALOG,
        evidence: &evidence,
        ledger_size: evidence.len() as u64,
        as_of: today(),
    };
    let faded = faded(&input, &assessment, 90.0);
    let input = ModelInput {
        catalog: &CATALOG,
        assessment: &assessment,
        faded: &faded,
        history: None,
        revenue: None,
    };
    Model::of(&input).unwrap()
}

/// The model of an organization of which nothing is known but its size.
pub(crate) fn unknown(size: Size) -> Model {
    model_of(size, &[])
}

/// A model to be planned for, with all that a proposal is made from.
pub(crate) struct Case {
    pub(crate) study: Study,
    pub(crate) assessment: Assessment,
    pub(crate) limits: Limits,
    decisions: BTreeMap<String, (u64, Decision)>,
}

impl Case {
    pub(crate) fn new(model: Model, worlds: usize, limits: Limits) -> Self {
        let assessment = assessed(model.size, &[]).1;
        Self { study: Study::of(model, worlds), assessment, limits, decisions: BTreeMap::new() }
    }

    /// A random model whose actions take random hours and dollars, and room for about a share of them.
    pub(crate) fn random(seed: u64, controls: usize, share: f64, worlds: usize) -> Self {
        let mut model = random_model(seed, controls);
        let mut stream = Stream::new(seed, 10, 0, 0);
        let mut limits = Limits { dollars: 0.0, hours: 0.0 };
        for control in &mut model.controls {
            let mut draw = |most: f64| {
                let likely = most * stream.uniform();
                Range { low: likely / 2.0, likely, high: likely * 2.0 }
            };
            let (hours, first, yearly) = (draw(20.0), draw(600.0), draw(100.0));
            control.work = Work { hours, first, yearly, ..control.work };
            limits.hours += share * hours.likely / 12.0;
            limits.dollars += share * control.work.first_year();
        }
        Self::new(model, worlds, limits)
    }

    pub(crate) fn wanted(&self) -> Wanted<'_> {
        self.wanted_by(&CATALOG)
    }

    pub(crate) fn wanted_by<'a>(&'a self, catalog: &'a Catalog) -> Wanted<'a> {
        Wanted {
            catalog,
            study: &self.study,
            assessment: &self.assessment,
            decisions: &self.decisions,
            limits: self.limits,
            law: false,
            parent: None,
        }
    }
}
