//! Where a command's words go: text or JSON on standard output, gathered and written once.

use std::io::Write as _;

use serde::Serialize;

use crate::config::Display;
use crate::text::Page;

/// What a command prints.
pub(crate) struct Output {
    /// What the terminal can do.
    pub(crate) display: Display,
    /// JSON is wanted.
    pub(crate) json: bool,
    /// No hints.
    pub(crate) quiet: bool,
    text: String,
}

impl Output {
    pub(crate) fn new(display: Display, json: bool, quiet: bool) -> Self {
        Self { display, json, quiet, text: String::new() }
    }

    /// A page to fill.
    pub(crate) fn page(&self) -> Page {
        Page::new(self.display)
    }

    /// Adds text.
    pub(crate) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a JSON document: `schema` names its form in `docs/output.schema.json`.
    pub(crate) fn document(&mut self, schema: &str, body: impl Serialize) -> anyhow::Result<()> {
        #[derive(Serialize)]
        struct Document<'a, T> {
            schema: &'a str,
            #[serde(flatten)]
            body: T,
        }
        let document = Document { schema, body };
        self.text.push_str(&serde_json::to_string_pretty(&document)?);
        self.text.push('\n');
        Ok(())
    }

    /// Takes what was gathered, to be written somewhere else.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Writes what was gathered. A reader that went away (`| head`) is no error.
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        let written = out.write_all(self.text.as_bytes()).and_then(|()| out.flush());
        self.text.clear();
        match written {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}
