//! The little Markdown that catalog texts use: paragraphs, lists, `code`, **strong**. All of it is
//! text first: nothing in it becomes markup unless this file makes it so.

use maud::{Markup, html};

enum Block {
    Paragraph(Vec<String>),
    Steps(Vec<String>),
    Points(Vec<String>),
}

/// A text of several paragraphs and lists.
pub fn prose(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(lines) => p { (spans(&lines.join(" "))) },
                Block::Steps(items) => ol.steps { @for item in items { li { (spans(&item)) } } },
                Block::Points(items) => ul.points { @for item in items { li { (spans(&item)) } } },
            }
        }
    }
}

/// One line: `code` and **strong** inside it.
pub fn spans(text: &str) -> Markup {
    html! {
        @for (at, piece) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (piece) } } @else {
                @for (at, piece) in piece.split("**").enumerate() {
                    @if at % 2 == 1 { strong { (piece) } } @else { (piece) }
                }
            }
        }
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut fresh = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            fresh = true;
            continue;
        }
        let (step, point) = (step(line), line.strip_prefix("- ").or(line.strip_prefix("* ")));
        match (out.last_mut(), step, point) {
            (Some(Block::Steps(items)), Some(item), _)
            | (Some(Block::Points(items)), None, Some(item)) => items.push(item.to_owned()),
            (_, Some(item), _) => out.push(Block::Steps(vec![item.to_owned()])),
            (_, None, Some(item)) => out.push(Block::Points(vec![item.to_owned()])),
            (Some(Block::Steps(items) | Block::Points(items)), ..) if !fresh => {
                if let Some(last) = items.last_mut() {
                    last.push(' ');
                    last.push_str(line);
                }
            }
            (Some(Block::Paragraph(lines)), ..) if !fresh => lines.push(line.to_owned()),
            _ => out.push(Block::Paragraph(vec![line.trim_start_matches('#').trim().to_owned()])),
        }
        fresh = false;
    }
    out
}

/// The text of `1. text` or `1) text`.
fn step(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == line.len() {
        return None;
    }
    rest.strip_prefix(". ").or(rest.strip_prefix(") "))
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn prose_knows_paragraphs_lists_and_code_and_nothing_else() {
        let text = "Open\nthe page.\n\n1. Run `a < b`\n   twice\n2. Look\n\n- **One**\n\nEnd <b>.";
        assert_eq!(
            prose(text).into_string(),
            "<p>Open the page.</p><ol class=\"steps\"><li>Run <code>a &lt; b</code> twice</li>\
             <li>Look</li></ol><ul class=\"points\"><li><strong>One</strong></li></ul>\
             <p>End &lt;b&gt;.</p>"
        );
    }
}
