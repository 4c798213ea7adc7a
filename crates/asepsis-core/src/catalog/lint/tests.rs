//! The shipped catalog is sound, and breaking any one file of it shows, with file and line.

use super::*;

fn shipped() -> CatalogFiles {
    fn walk(folder: &std::path::Path, root: &std::path::Path, files: &mut CatalogFiles) {
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
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    walk(&root, &root, &mut files);
    files
}

fn problems(files: &CatalogFiles) -> Vec<Problem> {
    match Catalog::load(files) {
        Ok(catalog) => lint(&catalog, files).1,
        Err(problems) => problems,
    }
}

#[test]
fn the_shipped_catalog_is_sound_and_whole() {
    let files = shipped();
    let catalog = Catalog::load(&files).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|it| format!("{it}\n")).collect::<String>())
    });
    let (counts, problems) = lint(&catalog, &files);
    assert!(
        problems.is_empty(),
        "{}",
        problems.iter().map(|it| format!("{it}\n")).collect::<String>()
    );
    assert_eq!(
        (counts.threats, counts.practices, counts.sub_practices, counts.counted),
        (5, 10, 95, 89)
    );
    assert!(counts.checks >= 40, "{counts}");
    assert!(counts.small_questions <= MAX_SMALL_QUESTIONS, "{counts}");
    println!("{counts}");
}
