//! A list as a table for other programs. A cell that a spreadsheet would compute is marked as text.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// A table, as text.
pub(super) struct Csv(String);

impl Csv {
    /// With these titles.
    pub(super) fn new(titles: &[&str]) -> Self {
        let mut csv = Self(String::new());
        csv.row(titles);
        csv
    }

    /// One more row.
    pub(super) fn row(&mut self, cells: &[&str]) {
        let cells: Vec<String> = cells.iter().map(|it| cell(it)).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// As a file to save. `name` has no quotes.
    pub(super) fn file(self, name: &str) -> Response {
        let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
        let name = format!("attachment; filename=\"{name}\"");
        ([kind, (header::CONTENT_DISPOSITION, name)], self.0).into_response()
    }
}

fn cell(text: &str) -> String {
    let computed = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if computed { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_computes_nothing_of_it() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("Lovelace, \"Ada\""), "\"Lovelace, \"\"Ada\"\"\"");
        assert_eq!(cell("Ada"), "Ada");
    }
}
