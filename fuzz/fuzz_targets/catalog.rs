//! A stranger's catalog file: any text in the place of a check, a practice, a schema or a predicate.

#![no_main]

use asepsis_core::catalog::{Catalog, CatalogFiles};
use asepsis_core::predicate::{Predicate, Template};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(predicate) = Predicate::compile(text, "fact") {
        let fact = serde_json::json!({"a": true, "l": [1, {"b": 2}], "s": "x"});
        if let Some(fact) = fact.as_object() {
            let _ = predicate.holds(fact);
        }
    }
    let _ = Template::compile(text, "fact");
    let mut files = CatalogFiles::default();
    for path in [
        "catalog.toml",
        "sizes.toml",
        "glossary.toml",
        "habits.toml",
        "checks/a/b.toml",
        "questions/a.toml",
        "observations/a-1.toml",
        "mappings/a.toml",
        "practices/01-a.md",
        "threats/1-a.md",
    ] {
        files.0.insert(path.to_owned(), text.to_owned());
    }
    let _ = Catalog::load(&files);
});
