//! Threats, practices, sub-practices, parts, mappings, appendices: counts, ids, references.

use std::collections::BTreeSet;

use super::Linter;
use crate::organization::Size;

/// What HICP holds (2018 edition plus our reading of 2023): sub-practices per size.
const EXPECTED: [(Size, usize); 3] = [(Size::Small, 21), (Size::Medium, 38), (Size::Large, 36)];

impl Linter<'_> {
    pub(super) fn structure(&mut self) {
        self.counts();
        self.threats();
        self.practices();
        self.mappings();
        self.appendices();
    }

    fn counts(&mut self) {
        let catalog = self.catalog;
        let count = |size| catalog.sub_practices().filter(|(_, sub)| sub.size == size).count();
        let mut wrong = Vec::new();
        if catalog.threats.len() != 5 {
            wrong
                .push(("threats/", format!("HICP has 5 threats, found {}", catalog.threats.len())));
        }
        if catalog.practices.len() != 10 {
            let found = catalog.practices.len();
            wrong.push(("practices/", format!("HICP has 10 practices, found {found}")));
        }
        for (size, expected) in EXPECTED {
            let found = count(size);
            if found != expected {
                wrong.push((
                    "practices/",
                    format!("expected {expected} {size} sub-practices, found {found}"),
                ));
            }
        }
        for (file, message) in wrong {
            self.problems.push(super::Problem { file: file.to_owned(), line: None, message });
        }
    }

    fn threats(&mut self) {
        let catalog = self.catalog;
        self.unique("threats/", "threat", catalog.threats.iter().map(|threat| threat.id.as_str()));
        for threat in &catalog.threats {
            let number = threat.id.trim_start_matches('T');
            let file = format!("threats/{number}-{}.md", threat.slug);
            self.refer(
                self.files.0.contains_key(&file),
                &self.file_of("threats/", &threat.slug),
                "slug",
                &file,
                "file",
            );
            for practice in &threat.practices {
                let known = catalog.practices.iter().any(|it| it.number == *practice);
                self.refer(known, &file, "practices", &practice.to_string(), "practice");
            }
            let subs = threat.sub_practices.iter().map(|id| ("sub_practices", id));
            let actions = threat.actions.iter().flat_map(|action| {
                action.sub_practices.iter().map(|id| (action.text.as_str(), id))
            });
            for (anchor, id) in subs.chain(actions) {
                self.refer(catalog.sub_practice(id).is_some(), &file, anchor, id, "sub-practice");
            }
            for (field, text) in [
                ("story", &threat.case.story),
                ("threat", &threat.case.threat),
                ("vulnerability", &threat.case.vulnerability),
                ("impact", &threat.case.impact),
                ("text below the front matter", &threat.text),
            ] {
                if text.trim().is_empty() {
                    self.problem(
                        &file,
                        "[case]",
                        field,
                        format!("the {field} of {} is empty", threat.id),
                    );
                }
            }
            for field in ["name", "vulnerabilities", "impacts", "sub_practices", "actions"] {
                if !threat.certainty.contains_key(field) {
                    let message = format!("{} says no certainty of its {field}", threat.id);
                    self.problem(&file, "[certainty]", "[certainty]", message);
                }
            }
            if threat.vulnerabilities.is_empty() || threat.impacts.is_empty() {
                self.problem(
                    &file,
                    "id",
                    "id",
                    format!("{} needs vulnerabilities and impacts", threat.id),
                );
            }
        }
    }

    fn practices(&mut self) {
        let catalog = self.catalog;
        let all = catalog.sub_practices().map(|(_, sub)| sub.id.as_str());
        self.unique("practices/", "sub-practice", all);
        let metrics: BTreeSet<&str> = catalog
            .practices
            .iter()
            .flat_map(|practice| practice.metrics.iter().map(|metric| metric.id.as_str()))
            .collect();
        for practice in &catalog.practices {
            let file = format!("practices/{:02}-{}.md", practice.number, practice.slug);
            self.refer(
                self.files.0.contains_key(&file),
                &self.file_of("practices/", &practice.slug),
                "slug",
                &file,
                "file",
            );
            if practice.text.is_empty() {
                self.problem(
                    &file,
                    "+++",
                    "+++",
                    "the text below the front matter is empty".to_owned(),
                );
            }
            for field in ["name", "threats", "data_at_risk"] {
                if !practice.certainty.contains_key(field) {
                    let message =
                        format!("practice {} says no certainty of its {field}", practice.number);
                    self.problem(&file, "[certainty]", "[certainty]", message);
                }
            }
            for threat in &practice.threats {
                self.refer(
                    catalog.threats.iter().any(|it| it.id == *threat),
                    &file,
                    "threats",
                    threat,
                    "threat",
                );
            }
            for sub in &practice.sub_practices {
                let prefix = format!("{}.", practice.number);
                if !sub.id.starts_with(&prefix) {
                    self.problem(
                        &file,
                        &sub.id,
                        &sub.id,
                        format!("{} is not an id of practice {}", sub.id, practice.number),
                    );
                }
                for threat in &sub.threats {
                    self.refer(
                        catalog.threats.iter().any(|it| it.id == *threat),
                        &file,
                        &sub.id,
                        threat,
                        "threat",
                    );
                }
                for metric in &sub.metrics {
                    self.refer(metrics.contains(metric.as_str()), &file, &sub.id, metric, "metric");
                }
                for field in ["id", "title", "threats"] {
                    if !sub.certainty.contains_key(field) {
                        self.problem(
                            &file,
                            &sub.id,
                            &sub.id,
                            format!("{} says no certainty of its {field}", sub.id),
                        );
                    }
                }
                if sub.parts.is_empty() {
                    self.problem(&file, &sub.id, &sub.id, format!("{} has no parts", sub.id));
                }
                self.unique(
                    &file,
                    &format!("in {}, part", sub.id),
                    sub.parts.iter().map(|part| part.id.as_str()),
                );
                for part in &sub.parts {
                    let reference = super::super::PartRef {
                        sub_practice: sub.id.clone(),
                        part: part.id.clone(),
                    };
                    let served = !catalog.index.checks(&reference).is_empty()
                        || !catalog.index.questions(&reference).is_empty();
                    if !served && part.excused.is_none() {
                        self.problem(
                            &file,
                            &sub.id,
                            &part.id,
                            format!("{reference} has neither a check nor a question"),
                        );
                    }
                    if served && part.excused.is_some() {
                        self.problem(
                            &file,
                            &sub.id,
                            &part.id,
                            format!("{reference} is excused, but something serves it"),
                        );
                    }
                    if let Some(applies) = &part.applies {
                        self.organization_expression(&file, &sub.id, applies);
                    }
                }
            }
        }
    }

    /// Every `org.…` in an expression must be an attribute that a question sets.
    fn organization_expression(
        &mut self,
        file: &str,
        anchor: &str,
        it: &crate::predicate::Predicate,
    ) {
        for path in it.paths() {
            let known = self.catalog.questions.iter().any(|q| q.sets.as_ref() == Some(&path));
            self.refer(known, file, anchor, &path, "question that sets the attribute");
        }
    }

    fn mappings(&mut self) {
        let catalog = self.catalog;
        for mapping in &catalog.mappings {
            let file = format!("mappings/{}.toml", mapping.id);
            self.refer(
                self.files.0.contains_key(&file),
                &self.file_of("mappings/", &mapping.id),
                "id",
                &file,
                "file",
            );
            let targets: BTreeSet<&str> = mapping.targets.iter().map(|it| it.id.as_str()).collect();
            self.unique(&file, "target", mapping.targets.iter().map(|it| it.id.as_str()));
            self.unique(
                &file,
                "sub-practice",
                mapping.entries.iter().map(|it| it.sub_practice.as_str()),
            );
            for target in mapping.targets.iter().filter(|it| it.title.trim().is_empty()) {
                self.problem(
                    &file,
                    "[[target]]",
                    &target.id,
                    format!("{} has no title", target.id),
                );
            }
            for entry in &mapping.entries {
                let sub = &entry.sub_practice;
                self.refer(catalog.sub_practice(sub).is_some(), &file, sub, sub, "sub-practice");
                for target in &entry.targets {
                    self.refer(targets.contains(target.as_str()), &file, sub, target, "target");
                }
            }
            for (_, sub) in catalog.sub_practices() {
                if !mapping.entries.iter().any(|entry| entry.sub_practice == sub.id) {
                    self.problem(
                        &file,
                        "[[entry]]",
                        "[[entry]]",
                        format!("{} is not in this mapping", sub.id),
                    );
                }
            }
        }
    }

    fn appendices(&mut self) {
        let catalog = self.catalog;
        self.unique("glossary.toml", "term", catalog.glossary.iter().map(|it| it.term.as_str()));
        for term in &catalog.glossary {
            if term.means.trim().is_empty() {
                self.problem(
                    "glossary.toml",
                    &term.term,
                    &term.term,
                    format!("{:?} is not explained", term.term),
                );
            }
            for see in &term.see {
                let known = catalog.glossary.iter().any(|it| it.term == *see);
                self.refer(known, "glossary.toml", &term.term, see, "term");
            }
        }
        if catalog.glossary.len() < 60 {
            self.problem(
                "glossary.toml",
                "[[term]]",
                "[[term]]",
                "Appendix A needs at least 60 terms".to_owned(),
            );
        }
        for resource in &catalog.resources {
            if resource.what.trim().is_empty() {
                self.problem(
                    "resources.toml",
                    &resource.name,
                    "what",
                    format!("{:?} is not described", resource.name),
                );
            }
            for practice in &resource.practices {
                let known = catalog.practices.iter().any(|it| it.number == *practice);
                self.refer(
                    known,
                    "resources.toml",
                    &resource.name,
                    &practice.to_string(),
                    "practice",
                );
            }
        }
        self.unique(
            "sizes.toml",
            "attribute",
            catalog.sizes.attributes.iter().map(|it| it.id.as_str()),
        );
        if catalog.editions.steps.is_empty() || catalog.editions.appendices.is_empty() {
            self.problem(
                "catalog.toml",
                "id",
                "id",
                "the appendices or the steps of Appendix E are missing".to_owned(),
            );
        }
    }
}
