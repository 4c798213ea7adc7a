//! The shipped catalog and organizations of each size of which nothing, or something, is known.

use std::path::Path;
use std::sync::LazyLock;

use super::super::{Model, ModelInput};
use crate::catalog::{Catalog, CatalogFiles};
use crate::engine::{Assessment, Input, evaluate, faded};
use crate::evidence::{Evidence, Record};
use crate::organization::{Organization, Size};
use crate::time::Timestamp;

/// The catalog as shipped.
pub(crate) static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
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
    Catalog::load(&files).unwrap()
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
