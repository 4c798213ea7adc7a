//! The little Markdown that catalog texts use: paragraphs, lists, `code`, **strong**, and lines to
//! copy, which stand indented in a list after a line that ends in a colon. All of it is text first:
//! nothing in it becomes markup unless this file makes it so.

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
                Block::Steps(items) => ol.steps { @for it in items { li { (item(&it)) } } },
                Block::Points(items) => ul.points { @for it in items { li { (item(&it)) } } },
            }
        }
    }
}

/// One item of a list: lines of text run together, lines to copy stay as they are written.
fn item(text: &str) -> Markup {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for line in text.lines() {
        let (copied, after_colon) = match pieces.last() {
            Some((copied, piece)) => (*copied, !*copied && piece.ends_with(':')),
            None => (false, false),
        };
        let sentence = line.ends_with(':') || (line.ends_with('.') && !line.ends_with(" ."));
        let copy = (copied || after_colon) && !sentence;
        match pieces.last_mut() {
            Some((last, piece)) if *last == copy => {
                piece.push(if copy { '\n' } else { ' ' });
                piece.push_str(line);
            }
            _ => pieces.push((copy, line.to_owned())),
        }
    }
    html! {
        @for (copy, piece) in pieces {
            @if copy { pre { (piece) } } @else { (spans(&piece)) }
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
                    last.push('\n');
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

    #[test]
    fn lines_after_a_colon_in_a_list_are_kept_for_copying() {
        let text = "1. Publish two records\n   as shown:\n   Name:  a\n   Value: 0 .\n   Take it as it is. Then one more:\n   v=x\n2. Wait";
        assert_eq!(
            prose(text).into_string(),
            "<ol class=\"steps\"><li>Publish two records as shown:<pre>Name:  a\nValue: 0 .</pre>\
             Take it as it is. Then one more:<pre>v=x</pre></li><li>Wait</li></ol>"
        );
    }
}
