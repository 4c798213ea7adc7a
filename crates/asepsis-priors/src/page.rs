//! The report as text: paragraphs and tables of plain Markdown.

/// Lines that grow.
#[derive(Debug, Default)]
pub(crate) struct Page {
    text: String,
}

impl Page {
    /// A line as it is.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// A heading with an empty line before and after.
    pub(crate) fn heading(&mut self, words: &str) {
        self.line("");
        self.line(format!("## {words}"));
        self.line("");
    }

    /// A paragraph with an empty line before.
    pub(crate) fn paragraph(&mut self, words: impl AsRef<str>) {
        self.line("");
        self.line(words);
    }

    /// A table: a first row with the names of its columns, then the rest.
    pub(crate) fn table(&mut self, columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.line(format!("| {} |", columns.join(" | ")));
        self.line(format!("|{}", " --- |".repeat(columns.len())));
        for row in rows {
            self.line(format!("| {} |", row.join(" | ")));
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// A whole number with commas: 1,234,567.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0.0 && digits != "0" { format!("-{out}") } else { out }
}

/// A share as a percentage with so many decimals.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    format!("{:.decimals$} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(whole(0.0), "0");
        assert_eq!(whole(999.4), "999");
        assert_eq!(whole(192_700_000.0), "192,700,000");
        assert_eq!(whole(-29_138.4), "-29,138");
        assert_eq!(percent(0.593, 0), "59 %");
    }

    #[test]
    fn a_table_is_markdown() {
        let mut page = Page::default();
        page.table(&["year", "all"], [vec!["2024".to_owned(), "715".to_owned()]]);
        assert_eq!(page.into_text(), "| year | all |\n| --- | --- |\n| 2024 | 715 |\n");
    }
}
