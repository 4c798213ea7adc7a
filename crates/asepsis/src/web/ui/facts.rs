//! What one look read, as a table: each fact, what it means, and how it was read or why it was not.

use std::collections::BTreeMap;

use asepsis_core::catalog::Schema;
use asepsis_core::observation::Seen;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::table::{Column, table};

/// The most characters of a value or of a way of reading that a table shows.
const LONGEST: usize = 160;

/// One fact, or one that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) struct Fact<'a> {
    /// Where it stands in what was seen.
    pub(in crate::web) path: String,
    /// What was read.
    pub(in crate::web) value: Option<&'a Value>,
    /// How it was read, or why not.
    pub(in crate::web) seen: Option<&'a Seen>,
}

/// All facts of a look, by path, and those that could not be read.
pub(in crate::web) fn facts<'a>(
    fact: &'a Map<String, Value>,
    seen: &'a BTreeMap<String, Seen>,
) -> Vec<Fact<'a>> {
    let mut found = BTreeMap::new();
    for (key, value) in fact {
        walk(key.clone(), value, seen, &mut found);
    }
    for (path, how) in seen.iter().filter(|(_, how)| matches!(how, Seen::Not(_))) {
        found.entry(path.clone()).or_insert((None, Some(how)));
    }
    let fact = |(path, (value, seen))| Fact { path, value, seen };
    found.into_iter().map(fact).collect()
}

type Found<'a> = BTreeMap<String, (Option<&'a Value>, Option<&'a Seen>)>;

fn walk<'a>(
    path: String,
    value: &'a Value,
    seen: &'a BTreeMap<String, Seen>,
    found: &mut Found<'a>,
) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                walk(format!("{path}.{key}"), member, seen, found);
            }
        }
        _ => {
            // Several facts may be read together, at a path above them.
            let mut above = Some(path.as_str());
            let mut how = None;
            while let (Some(at), None) = (above, how) {
                how = seen.get(at);
                above = at.rsplit_once('.').map(|(above, _)| above);
            }
            found.insert(path, (Some(value), how));
        }
    }
}

/// A value as people write it.
pub(in crate::web) fn value_text(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(value_text).collect::<Vec<_>>().join(", "),
        Value::Object(members) if members.is_empty() => "none".to_owned(),
        Value::Object(members) => {
            let pair = |(key, value): (&String, &Value)| format!("{key} {}", value_text(value));
            members.iter().map(pair).collect::<Vec<_>>().join(" · ")
        }
        Value::Null => "nothing".to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

/// A text cut to so many characters; says how many are left out.
pub(in crate::web) fn cut(text: &str, most: usize) -> Markup {
    let left = text.chars().count().saturating_sub(most);
    html! {
        @if left == 0 { (text) } @else {
            (text.chars().take(most).collect::<String>())
            "… " span.quiet { "(" (left) " more characters)" }
        }
    }
}

/// The table of facts. `whole` gives the address under which a long value is shown whole.
pub(in crate::web) fn facts_table(
    caption: &Markup,
    facts: &[Fact<'_>],
    schema: Option<&Schema>,
    whole: impl Fn(&str) -> String,
) -> Markup {
    let means = |path: &str| {
        let paths = schema.into_iter().flat_map(|it| &it.paths);
        let mut known = paths.filter(|it| it.path == path);
        known.next().map(|it| it.means.as_str())
    };
    let rows = facts.iter().map(|it| {
        let value = it.value.map(value_text);
        let long = value.as_ref().is_some_and(|it| it.chars().count() > LONGEST);
        vec![
            html! {
                @if let Some(means) = means(&it.path) { span.light { (cut(means, LONGEST)) } " " }
                code.id { (it.path) }
            },
            html! {
                @match value {
                    Some(text) => { b { (cut(&text, LONGEST)) } @if long { " " a href=(whole(&it.path)) { "all of " (it.path) } } },
                    None => span.unknown { "not read" },
                }
            },
            html! {
                @match it.seen {
                    Some(Seen::From(place)) => span.source { (cut(place, LONGEST)) },
                    Some(Seen::Not(why)) => (cut(why, LONGEST)),
                    None => {},
                }
            },
        ]
    });
    let columns = [Column("Fact"), Column("What was seen"), Column("How it was read, or why not")];
    table(caption, &columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn facts_are_listed_with_how_they_were_read_and_what_was_not() {
        let fact =
            json!({"disk": {"encrypted": true, "parts": []}, "os": {"id": "debian"}, "x": {}});
        let from = |it: &str| Seen::From(it.to_owned());
        let seen = BTreeMap::from([
            ("disk".to_owned(), from("/sys/block")),
            ("disk.encrypted".to_owned(), from("dm-crypt")),
            ("firewall.active".to_owned(), Seen::Not("needs an administrator".to_owned())),
        ]);
        let map = fact.as_object().unwrap();
        let found = facts(map, &seen);
        let of = |at: usize| {
            let it: &Fact<'_> = &found[at];
            (it.path.as_str(), it.value.map(value_text).unwrap_or_default(), it.seen.cloned())
        };
        assert_eq!(of(0), ("disk.encrypted", "yes".to_owned(), Some(from("dm-crypt"))));
        assert_eq!(of(1), ("disk.parts", "none".to_owned(), Some(from("/sys/block"))));
        assert_eq!((of(2).0, of(2).1), ("firewall.active", String::new()));
        assert_eq!((of(3).0, of(3).2), ("os.id", None));
        assert_eq!((of(4).0, of(4).1.as_str()), ("x", "none"));
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn values_are_written_for_people_and_cut() {
        assert_eq!(value_text(&json!([1, "a", {"b": false, "c": 2}])), "1, a, b no · c 2");
        assert_eq!(cut("abc", 3).into_string(), "abc");
        let long = cut("<ab>", 2).into_string();
        assert_eq!(long, "&lt;a… <span class=\"quiet\">(2 more characters)</span>");
    }
}
