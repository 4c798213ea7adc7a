//! The catalog in the words of an organization outside health care: clients for patients, no HIPAA.
//! Only words change: ids, predicates and the hash stay, so what is recorded means the same.

use asepsis_core::catalog::{Catalog, CatalogFiles};
use asepsis_core::organization::Sector;

use super::catalog::CatalogError;
use super::home::{Home, load};

/// Words that stand for others outside health care, whole words only.
const WORDS: [(&str, &str); 4] = [
    ("patients", "clients"),
    ("patient", "client"),
    ("Patients", "Clients"),
    ("Patient", "Client"),
];
/// Phrases about a law that binds only health care.
const LAW: [(&str, &str); 2] =
    [("; HIPAA asks for one", ""), ("the HIPAA risk analysis", "the risk analysis")];
/// What is about health care itself keeps its words: where each comes from, and what they mean.
const AS_THEY_ARE: [&str; 4] = ["mappings/", "glossary.toml", "resources.toml", "catalog.toml"];

impl Home {
    /// The catalog in the words of a sector.
    pub fn wording(&self, sector: Sector) -> &Catalog {
        match sector {
            Sector::HealthCare => &self.catalog,
            // Words alone were changed; if they do not load, the usual ones still say what is meant.
            Sector::Other => self
                .for_clients
                .get_or_init(|| reworded(&self.files).ok())
                .as_ref()
                .unwrap_or(&self.catalog),
        }
    }
}

fn reworded(files: &CatalogFiles) -> Result<Catalog, CatalogError> {
    let texts = files.0.iter().map(|(path, text)| {
        let kept = AS_THEY_ARE.iter().any(|start| path.starts_with(start));
        (path.clone(), if kept { text.clone() } else { for_clients(text) })
    });
    let mut catalog = load(&CatalogFiles(texts.collect()))?;
    catalog.hash = files.hash();
    for action in &mut catalog.actions {
        action.law.clear();
        action.keep = action.keep.as_deref().and_then(without_law);
    }
    Ok(catalog)
}

/// A text without what it says about HIPAA; `None` if it says nothing else.
fn without_law(text: &str) -> Option<String> {
    let said = text.split(". ").flat_map(|it| it.split("; ")).map(|it| it.trim_end_matches('.'));
    let kept: Vec<&str> =
        said.filter(|it| !it.contains("HIPAA") && !it.contains("164.3")).collect();
    (!kept.is_empty()).then(|| format!("{}.", kept.join(". ")))
}

fn for_clients(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in LAW {
        out = out.replace(from, to);
    }
    for (from, to) in WORDS {
        out = whole_words(&out, from, to);
    }
    out
}

/// Replaces a word where it stands alone in a sentence. A word in an id has a dash, a dot or a quotation
/// mark on each side, and stays.
fn whole_words(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(from) {
        let end = at + from.len();
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(end..).and_then(|it| it.chars().next());
        let apart =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "(),.;:?!'’".contains(c));
        let quoted = |c: Option<char>| c == Some('"');
        let in_a_sentence = (apart(before) || quoted(before)) && (apart(after) || quoted(after));
        if in_a_sentence && !(quoted(before) && quoted(after)) {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(to);
            done = end;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::embedded;

    #[test]
    fn what_an_action_is_kept_for_does_not_name_the_law() {
        let said = without_law("Rules work; HIPAA asks for them (164.316).").unwrap();
        assert_eq!(said, "Rules work.");
        assert_eq!(without_law("HIPAA requires it (164.308(a))."), None);
        assert_eq!(without_law("It helps. It lasts.").unwrap(), "It helps. It lasts.");
    }

    #[test]
    fn only_words_change() {
        let text = "id = \"keeps-patient-data\"\nroles = [\"patients\"]\nask = \"Patients, or patient data?\"";
        let words = "id = \"keeps-patient-data\"\nroles = [\"patients\"]\nask = \"Clients, or client data?\"";
        assert_eq!(for_clients(text), words);
    }

    #[test]
    fn the_whole_catalog_speaks_of_clients_and_keeps_its_ids() {
        let files = embedded();
        let (usual, other) = (load(&files).unwrap(), reworded(&files).unwrap());
        assert_eq!(usual.hash, other.hash);
        let ids = |catalog: &Catalog| -> Vec<String> {
            let questions = catalog.questions.iter().flat_map(|it| {
                let answers = it.answers.iter().map(|answer| format!("{}={}", it.id, answer.id));
                std::iter::once(it.id.clone()).chain(answers).collect::<Vec<_>>()
            });
            questions.chain(catalog.checks.iter().map(|it| it.id.clone())).collect()
        };
        assert_eq!(ids(&usual), ids(&other));
        let mut said = String::new();
        for question in &other.questions {
            said += &format!("{} {:?} {}\n", question.ask, question.help, question.why);
            said.extend(question.answers.iter().map(|it| format!("{}\n", it.text)));
        }
        for check in &other.checks {
            said += &format!("{} {} {}\n", check.title, check.why, check.fix);
        }
        for practice in &other.practices {
            said += &practice.text;
            for sub in &practice.sub_practices {
                said += &format!("{}\n", sub.summary);
                said.extend(sub.parts.iter().map(|it| format!("{}\n", it.text)));
            }
        }
        said.extend(other.habits.iter().map(|it| format!("{}\n", it.text)));
        for word in ["patient", "Patient", "HIPAA"] {
            let line = said.lines().find(|line| line.contains(word));
            assert_eq!(line, None, "{word}");
        }
    }
}
