//! Text for terminals: marks, color as help only, paragraphs. Knows no verbs.

use std::fmt::Write as _;

use asepsis_core::engine::{Basis, State};
use unicode_width::UnicodeWidthStr;

use crate::config::Display;

/// Builds the text that a command prints.
pub(crate) struct Page {
    out: String,
    display: Display,
}

/// What color helps to see. Every place that has a color also has a word or a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Plain,
    Strong,
    Quiet,
    InPlace,
    Partly,
    Missing,
    Contradicted,
}

impl Paint {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::InPlace => "32",
            Self::Partly => "33",
            Self::Missing => "31",
            Self::Contradicted => "35;1",
        }
    }
}

impl Page {
    pub(crate) fn new(display: Display) -> Self {
        Self { out: String::new(), display }
    }

    pub(crate) fn width(&self) -> usize {
        self.display.width
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// The text with a color, where there is color.
    pub(crate) fn paint(&self, text: &str, paint: Paint) -> String {
        if self.display.color && paint != Paint::Plain {
            format!("\u{1b}[{}m{text}\u{1b}[0m", paint.code())
        } else {
            text.to_owned()
        }
    }

    pub(crate) fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}", text.trim_end());
    }

    pub(crate) fn blank(&mut self) {
        self.out.push('\n');
    }

    pub(crate) fn heading(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.blank();
        }
        let text = self.paint(text, Paint::Strong);
        self.line(&text);
    }

    /// A paragraph, wrapped, indented by `indent` spaces.
    pub(crate) fn paragraph(&mut self, text: &str, indent: usize) {
        self.hanging("", text, indent, Paint::Plain);
    }

    /// A paragraph behind a mark; further lines stand below the text, not below the mark.
    pub(crate) fn hanging(&mut self, mark: &str, text: &str, indent: usize, paint: Paint) {
        let space = " ".repeat(indent);
        let hang = if mark.is_empty() { 0 } else { plain_width(mark) + 1 };
        let width = self.display.width.saturating_sub(indent + hang).max(20);
        let below = " ".repeat(hang);
        // Where a data file breaks its lines means nothing here.
        let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, line) in wrap(&text, width).into_iter().enumerate() {
            let lead = match (at, mark.is_empty()) {
                (_, true) => String::new(),
                (0, false) => format!("{mark} "),
                _ => below.clone(),
            };
            let line = self.paint(&line, paint);
            self.line(&format!("{space}{lead}{line}"));
        }
    }

    /// A standing's mark: a shape that is not used for anything else.
    pub(crate) fn mark(&self, state: State, basis: Basis, contradicted: bool) -> String {
        let (shape, paint) = mark(state, basis, contradicted);
        self.paint(shape, paint)
    }
}

/// One shape per standing; filled = measured, outlined = told.
pub(crate) fn mark(state: State, basis: Basis, contradicted: bool) -> (&'static str, Paint) {
    if contradicted {
        return ("≠", Paint::Contradicted);
    }
    match (state, basis) {
        (State::InPlace, Basis::Measured) => ("●", Paint::InPlace),
        (State::InPlace, _) => ("◎", Paint::InPlace),
        (State::Partly, _) => ("◐", Paint::Partly),
        (State::NotInPlace, _) => ("✗", Paint::Missing),
        (State::Unknown, _) => ("○", Paint::Quiet),
        (State::NotApplicable, _) => ("–", Paint::Quiet),
    }
}

/// What the marks mean, in one line.
pub(crate) const LEGEND: &str = "● in place, seen  ◎ in place, told  ◐ partly  ✗ not in place  ○ unknown  ≠ told and seen differ";

/// The word for a standing with how we know.
pub(crate) fn standing(state: State, basis: Basis) -> String {
    match (state, basis) {
        (State::InPlace, Basis::Told) => "in place, told".to_owned(),
        (State::InPlace, Basis::Measured) => "in place, seen".to_owned(),
        (State::InPlace, Basis::Both) => "in place, seen and told".to_owned(),
        _ => state.word().to_owned(),
    }
}

/// The text in lines of a width. Words are not broken at hyphens: ids are there to be copied.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<std::borrow::Cow<'_, str>> {
    let whole = textwrap::WordSplitter::NoHyphenation;
    textwrap::wrap(text, textwrap::Options::new(width).word_splitter(whole))
}

/// Text from outside with its control characters taken out, so that it cannot drive a terminal.
pub(crate) fn clean(text: &str) -> String {
    let kept = |c: char| {
        let direction = matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c == '\n' || !(c.is_control() || direction)
    };
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| kept(*c)).collect()
}

/// Columns that a text takes, colors left out.
pub(crate) fn plain_width(text: &str) -> usize {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.width()
}

/// The text with spaces up to a width.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(plain_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The text cut to a width, with a sign that it was.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 1 >= width {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// A number with its noun: `1 hour`, `3 hours`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Hours and dollars for people: `½ h, $0`.
pub(crate) fn effort(hours: f64, dollars: f64) -> String {
    let hours = match hours {
        h if h < 0.3 => "¼ h".to_owned(),
        h if h < 0.75 => "½ h".to_owned(),
        h => format!("{} h", h.round()),
    };
    format!("{hours}, ${}", dollars.round())
}

/// A role as the reader says it.
pub(crate) fn role(role: &str) -> &str {
    match role {
        "manager" => "the manager",
        "front-desk" => "the front desk",
        "clinician" => "a clinician",
        "it" => "your IT person",
        "vendor" => "your IT vendor",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_cannot_drive_a_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{7}\u{202e}c"), "a[2Jbc");
    }

    #[test]
    fn an_id_stays_in_one_line() {
        assert_eq!(wrap("see email.dmarc-enforced", 22), ["see", "email.dmarc-enforced"]);
    }

    #[test]
    fn widths_count_columns_and_leave_colors_out() {
        assert_eq!(plain_width("\u{1b}[32m●\u{1b}[0m x"), 3);
        assert_eq!(pad("◐", 4), "◐   ");
        assert_eq!(cut("Vulnerability management", 10), "Vulnerabi…");
        assert_eq!(effort(0.5, 0.0), "½ h, $0");
    }
}
