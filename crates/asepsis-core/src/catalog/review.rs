//! Every statement about the publication that nobody has yet read in it, with where to confirm it.

use serde::Serialize;

use super::{Catalog, Certainty, Level};

/// One unsourced field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewItem {
    /// What it belongs to, as in `1.S.A` or `glossary: phishing`.
    pub of: String,
    /// Which field.
    pub field: String,
    /// How sure.
    pub certainty: Certainty,
    /// Where to look it up.
    pub confirm_in: String,
}

/// Lists every field that is not sourced. Our own judgments are listed too: they say so.
pub fn review(catalog: &Catalog) -> Vec<ReviewItem> {
    let mut items = Vec::new();
    let mut add = |of: &str, field: &str, certainty: &Certainty, confirm_in: &str| {
        if certainty.level != Level::Sourced {
            items.push(ReviewItem {
                of: of.to_owned(),
                field: field.to_owned(),
                certainty: certainty.clone(),
                confirm_in: confirm_in.to_owned(),
            });
        }
    };
    for threat in &catalog.threats {
        for (field, certainty) in &threat.certainty {
            add(&threat.id, field, certainty, "Main Document, the section of the threat");
        }
    }
    for practice in &catalog.practices {
        let of = format!("practice {}", practice.number);
        for (field, certainty) in &practice.certainty {
            add(&of, field, certainty, "Technical Volumes 1 and 2, heading of the practice");
        }
        for metric in &practice.metrics {
            add(
                &of,
                &metric.id,
                &metric.certainty,
                "Technical Volume 2, suggested metrics of the practice",
            );
        }
        for sub in &practice.sub_practices {
            let volume = match sub.size {
                crate::organization::Size::Small => "Technical Volume 1, 2018 and 2023",
                _ => "Technical Volume 2, 2018 and 2023",
            };
            for (field, certainty) in &sub.certainty {
                add(&sub.id, field, certainty, volume);
            }
            for part in &sub.parts {
                add(&sub.id, &format!("part {}", part.id), &part.certainty, volume);
            }
        }
    }
    for mapping in &catalog.mappings {
        for entry in &mapping.entries {
            add(&entry.sub_practice, &mapping.id, &entry.certainty, &mapping.title);
        }
        for target in &mapping.targets {
            if let Some(certainty) = &target.certainty {
                add(&mapping.id, &target.id, certainty, &mapping.title);
            }
        }
    }
    add("size table", "rows", &catalog.sizes.certainty, "Main Document, where do you fit");
    for step in &catalog.editions.steps {
        let volume = "Resources and Templates, Appendix E";
        add("Appendix E", &format!("step {}", step.number), &step.certainty, volume);
    }
    for term in &catalog.glossary {
        add("glossary", &term.term, &term.certainty, "Resources and Templates, Appendix A");
    }
    for resource in &catalog.resources {
        add(
            "resources",
            &resource.name,
            &resource.certainty,
            "Resources and Templates, Appendix F",
        );
    }
    for check in &catalog.checks {
        add(
            &check.id,
            "effort",
            &check.effort_certainty,
            "our own estimate; compare with your vendor's",
        );
    }
    items
}
