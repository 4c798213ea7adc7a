//! The configuration of APT: `Scope::Name "value";` with nested braces (apt.conf(5)).

use std::collections::BTreeMap;

/// Adds a file's settings to those known: keys in lower case, the last value stands.
pub(super) fn read(text: &str, into: &mut BTreeMap<String, String>) {
    let mut scopes: Vec<String> = Vec::new();
    let mut name: Option<String> = None;
    for token in tokens(text) {
        match token {
            Token::Open if scopes.len() < 32 => scopes.push(name.take().unwrap_or_default()),
            Token::Open => {}
            Token::Close => {
                scopes.pop();
                name = None;
            }
            Token::End => name = None,
            Token::Word(word) => match name.take() {
                None => name = Some(word.to_ascii_lowercase()),
                Some(key) => {
                    let mut full: Vec<&str> = scopes.iter().map(String::as_str).collect();
                    full.push(&key);
                    into.insert(full.join("::"), word.to_owned());
                }
            },
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Open,
    Close,
    End,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = rest.trim_start();
        } else if rest.starts_with("//") || first == '#' {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix('"') {
            let (word, after) = after.split_once('"').unwrap_or((after, ""));
            out.push(Token::Word(word));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(['{', '}', ';']) {
            out.push(match first {
                '{' => Token::Open,
                '}' => Token::Close,
                _ => Token::End,
            });
            rest = after;
        } else {
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ';' | '"'))
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            out.push(Token::Word(word));
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_and_nested_settings_are_the_same() {
        let mut known = BTreeMap::new();
        read("APT::Periodic::Update-Package-Lists \"1\"; // daily\n", &mut known);
        read(
            "APT {\n  Periodic { Unattended-Upgrade \"1\"; };\n};\n# APT::Periodic::X \"9\";\n",
            &mut known,
        );
        assert_eq!(known["apt::periodic::update-package-lists"], "1");
        assert_eq!(known["apt::periodic::unattended-upgrade"], "1");
        read("apt::periodic::unattended-upgrade \"0\";", &mut known);
        assert_eq!(known["apt::periodic::unattended-upgrade"], "0");
        assert_eq!(known.len(), 2);
        read("}}}} \"", &mut known);
        read(&"{".repeat(100_000), &mut known);
        assert_eq!(known.len(), 2);
    }
}
