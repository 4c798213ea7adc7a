//! Organizations for benchmarks: the shipped catalog's threats, with random controls of the shape that
//! actions have. Not a benchmark itself.

use std::path::Path;

use asepsis_core::catalog::{Catalog, CatalogFiles, EffectOn, Route};
use asepsis_core::engine::{Assessment, Input, evaluate, faded};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::organization::{Organization, Size};
use asepsis_core::risk::number::{Beta, Stream};
use asepsis_core::risk::plan::{Force, Item};
use asepsis_core::risk::{Control, ControlEffect, Model, ModelInput, Work};
use asepsis_core::time::Timestamp;

/// The catalog folder of this repository.
pub(crate) fn shipped() -> Catalog {
    fn walk(folder: &Path, root: &Path, files: &mut CatalogFiles) {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                walk(&path, root, files);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a readable file");
            files.0.insert(name.replace('\\', "/"), text);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    walk(&root, &root, &mut files);
    match Catalog::load(&files) {
        Ok(catalog) => catalog,
        Err(problems) => panic!("{problems:#?}"),
    }
}

/// An organization of which nothing is known but its size.
pub(crate) fn unknown(catalog: &Catalog, size: Size) -> (Assessment, Model) {
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("a time");
    let organization = Organization { chosen_size: Some(size), ..Organization::default() };
    let evidence = [Evidence {
        seq: 0,
        recorded_at: now.plus_days(-1),
        author: "person-0123456789abcdef".to_owned(),
        record: Record::Organization(organization),
    }];
    let input = Input { catalog, evidence: &evidence, ledger_size: 1, as_of: now };
    let assessment = evaluate(&input);
    let faded = faded(&input, &assessment, 90.0);
    let input = ModelInput {
        catalog,
        assessment: &assessment,
        faded: &faded,
        history: None,
        revenue: None,
    };
    let model = Model::of(&input).expect("the shipped catalog has priors");
    (assessment, model)
}

/// The same organization with so many random controls instead of its own: an effect or two each, some
/// of them acting through others.
pub(crate) fn with_random_controls(model: &Model, seed: u64, controls: usize) -> Model {
    let mut stream = Stream::new(seed, 11, 0, 0);
    let mut draw = move || stream.uniform();
    let threats = model.threats.len();
    let mut all: Vec<Control> = (0..controls)
        .map(|at| {
            let adoption = 0.1 + 0.6 * draw();
            let coverage = Beta::from_mean(adoption, 5.0);
            let when_done = (5.0 * adoption + 30.0) / 35.0;
            let effects = (0..1 + (draw() * 2.4) as usize).map(|_| {
                let on = if draw() < 0.7 { EffectOn::Frequency } else { EffectOn::Loss };
                ControlEffect {
                    threat: ((draw() * threats as f64) as usize).min(threats - 1),
                    on,
                    route: match (on, draw()) {
                        (EffectOn::Loss, _) => Route::Both,
                        (EffectOn::Frequency, it) if it < 0.85 => Route::Own,
                        (EffectOn::Frequency, _) => Route::Vendor,
                    },
                    share: Beta::from_mean(0.02 + 0.4 * draw() * draw(), 6.0 + 6.0 * draw()),
                }
            });
            Control {
                action: format!("action-{at:03}"),
                adoption,
                coverage,
                when_done,
                closes: 1.0 - (1.0 - when_done) / (1.0 - adoption),
                parts: 4,
                open_parts: 4,
                failing: Vec::new(),
                work: Work { life: 3.0, ..Work::default() },
                effects: effects.collect(),
                raises: Vec::new(),
            }
        })
        .collect();
    for (at, control) in all.iter_mut().enumerate() {
        let other = ((draw() * controls as f64) as usize).min(controls - 1);
        if other != at && draw() < 0.3 {
            control.raises = vec![(other, 0.03 + 0.15 * draw())];
        }
    }
    Model { controls: all, ..model.clone() }
}

/// What the controls take: up to so many hours and US dollars each, many of them free; one in seven
/// needs another one first.
pub(crate) fn random_items(seed: u64, items: usize, hours: f64, dollars: f64) -> Vec<Item> {
    let mut stream = Stream::new(seed, 12, 0, 0);
    let mut draw = move || stream.uniform();
    (0..items)
        .map(|at| {
            let first = if draw() < 0.5 { 0.0 } else { dollars * draw() * draw() };
            let yearly = if draw() < 0.7 { 0.0 } else { dollars * draw() * draw() };
            Item {
                hours: 0.5 + hours * draw() * draw(),
                monthly: if draw() < 0.7 { 0.0 } else { draw() * hours / 20.0 },
                dollars: first + yearly,
                yearly_cost: first / 3.0 + yearly,
                requires: if at > 0 && draw() < 0.15 {
                    vec![(draw() * at as f64) as u16]
                } else {
                    Vec::new()
                },
                force: Force::No,
            }
        })
        .collect()
}
