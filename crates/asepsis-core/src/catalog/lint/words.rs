//! The voice: what the catalog may never say.

use super::Linter;

/// asepsis says demonstrated, partly, not demonstrated, never this.
const NEVER: [&str; 3] = ["compliant", "non-compliant", "hipaa certified"];

impl Linter<'_> {
    pub(super) fn words(&mut self) {
        let mut found = Vec::new();
        for (path, text) in &self.files.0 {
            for (at, line) in text.lines().enumerate() {
                let line = line.to_lowercase();
                if let Some(word) = NEVER.into_iter().find(|word| line.contains(word)) {
                    let message = format!("says {word:?}; say what was seen, and for which dates");
                    found.push(super::Problem { file: path.clone(), line: Some(at + 1), message });
                }
            }
        }
        self.problems.extend(found);
    }
}
