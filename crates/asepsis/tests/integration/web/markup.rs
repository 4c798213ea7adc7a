//! What the markup of every page must be: a small reader of our own well-formed HTML, and the rules of
//! WCAG that can be held without a browser. axe holds the rest in `browser`.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::{BTreeMap, BTreeSet};

/// An element, or its end.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) end: bool,
    /// Closed at once, as `<path …/>`.
    closed: bool,
    pub(crate) attributes: BTreeMap<String, String>,
    /// The text that follows it, up to the next tag.
    pub(crate) text: String,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];

/// The tags of a page that our own templates made.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    for piece in html.split('<').skip(1) {
        // A `>` inside a quoted value does not end the tag.
        let mut quoted = false;
        let end = piece.char_indices().find_map(|(at, c)| {
            if c == '"' {
                quoted = !quoted;
            }
            (c == '>' && !quoted).then_some(at)
        });
        let (inside, text) =
            piece.split_at(end.unwrap_or_else(|| panic!("unclosed tag: <{piece}")));
        let (end, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let closed = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (name, rest) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
        let attributes = attributes(rest);
        let text = text.get(1..).unwrap_or_default().to_owned();
        tags.push(Tag { name: name.to_lowercase(), end, closed, attributes, text });
    }
    tags
}

fn attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return out;
        }
        let end = rest.find([' ', '=', '\n']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let value = match after.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').unwrap();
                rest = after;
                value
            }
            None => {
                rest = after;
                ""
            }
        };
        assert!(out.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
    }
}

/// What is wrong with the page, in words; empty if nothing is.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut faults = Vec::new();
    let mut wrong = |ok: bool, what: String| {
        if !ok {
            faults.push(what);
        }
    };
    let open = || tags.iter().filter(|tag| !tag.end);
    let count = |name: &str| open().filter(|tag| tag.name == name).count();
    wrong(html.starts_with("<!DOCTYPE html>"), "no doctype".to_owned());
    let html_tag = open().find(|tag| tag.name == "html");
    wrong(html_tag.and_then(|it| it.attribute("lang")) == Some("en"), "no language".to_owned());
    for name in ["h1", "main"] {
        wrong(count(name) == 1, format!("{} {name}", count(name)));
    }
    // A picture may have a title too.
    let titles = html.split("</head>").next().unwrap_or_default().matches("<title>").count();
    wrong(titles == 1, format!("{titles} title"));
    wrong(html.contains("name=\"viewport\""), "no viewport".to_owned());

    // Every opened element is closed, in order.
    let mut stack: Vec<&str> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.name != "!doctype") {
        if tag.end {
            let last = stack.pop();
            wrong(last == Some(tag.name.as_str()), format!("</{}> closes {last:?}", tag.name));
        } else if !VOID.contains(&tag.name.as_str()) && !tag.closed {
            stack.push(&tag.name);
        }
    }
    wrong(stack.is_empty(), format!("never closed: {stack:?}"));

    let mut ids = BTreeSet::new();
    for id in open().filter_map(|tag| tag.attribute("id")) {
        wrong(ids.insert(id), format!("id {id} twice"));
    }
    let mut level = 0;
    for tag in open() {
        let describe = || format!("<{} {:?}>", tag.name, tag.attributes);
        for name in ["for", "aria-labelledby", "aria-describedby"] {
            for id in tag.attribute(name).unwrap_or_default().split_whitespace() {
                wrong(ids.contains(id), format!("{name}={id} leads nowhere"));
            }
        }
        if let Some(index) = tag.attribute("tabindex") {
            wrong(index == "-1" || index == "0", format!("tabindex {index}"));
        }
        wrong(!tag.attributes.contains_key("style"), format!("inline style: {}", describe()));
        let handler = tag.attributes.keys().find(|name| name.starts_with("on"));
        wrong(handler.is_none(), format!("inline script: {}", describe()));
        if let Some(number) = tag.name.strip_prefix('h').and_then(|it| it.parse::<u8>().ok()) {
            wrong(number <= level + 1, format!("h{number} after h{level}"));
            level = number;
        }
        match tag.name.as_str() {
            "script" => {
                wrong(
                    tag.attributes.contains_key("src") && tag.text.is_empty(),
                    "inline script".to_owned(),
                );
            }
            "th" => wrong(tag.attributes.contains_key("scope"), "th without scope".to_owned()),
            "nav" => {
                let named = tag.attributes.contains_key("aria-label")
                    || tag.attributes.contains_key("aria-labelledby");
                wrong(named, "nav without a name".to_owned());
            }
            "img" => wrong(tag.attributes.contains_key("alt"), "img without alt".to_owned()),
            "input" | "select" | "textarea" if tag.attribute("type") != Some("hidden") => {
                let id = tag.attribute("id").unwrap_or_default();
                let labels =
                    open().filter(|it| it.name == "label" && it.attribute("for") == Some(id));
                wrong(labels.count() == 1, format!("not one label: {}", describe()));
            }
            "a" => {
                let target = tag.attribute("href").unwrap_or_default();
                // A person may follow a link elsewhere; where from is not told there.
                let rel = tag.attribute("rel");
                let foreign = target.starts_with("https://") && rel == Some("noreferrer");
                let own = target.starts_with(['/', '#']) || target.is_empty();
                wrong(own || foreign, format!("foreign: {}", describe()));
                if let Some(id) = target.strip_prefix('#') {
                    wrong(ids.contains(id), format!("#{id} leads nowhere"));
                }
            }
            _ => {}
        }
    }
    let forms = open().filter(|tag| tag.name == "form" && tag.attribute("method") == Some("post"));
    let tokens = open().filter(|tag| tag.attribute("name") == Some("form-token"));
    wrong(forms.count() == tokens.count(), "a form without its token".to_owned());
    faults
}

/// Every text of a page with the elements around it, the outermost first.
pub(crate) fn texts(html: &str) -> Vec<(Vec<Tag>, String)> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    for tag in tags(html).into_iter().filter(|tag| tag.name != "!doctype") {
        let text = tag.text.clone();
        if tag.end {
            open.pop();
        } else if !VOID.contains(&tag.name.as_str()) && !tag.closed {
            open.push(tag);
        }
        if !text.trim().is_empty() {
            all.push((open.clone(), text));
        }
    }
    all
}

/// Where the links of a page lead inside the book, without queries and anchors.
pub(crate) fn links(html: &str) -> BTreeSet<String> {
    let to = |tag: &Tag| {
        let href = tag.attribute("href")?;
        href.starts_with('/').then(|| href.split(['?', '#']).next().unwrap().to_owned())
    };
    tags(html).iter().filter(|tag| tag.name == "a").filter_map(to).collect()
}

#[test]
fn the_reader_sees_what_is_wrong() {
    let page = |body: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta name=\"viewport\"><title>t</title></head><body><main><h1>x</h1>{body}</main></body></html>"
        )
    };
    assert_eq!(faults(&page("<p id=\"a\">fine</p>")), Vec::<String>::new());
    for bad in [
        "<h1>again</h1>",
        "<h3>too deep</h3>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<input name=\"x\">",
        "<p style=\"color: red\">x</p>",
        "<p onclick=\"x()\">x</p>",
        "<script>x()</script>",
        "<table><tr><th>x</th></tr></table>",
        "<div><p></div>",
        "<a href=\"https://elsewhere.example/\">x</a>",
        "<a href=\"#nowhere\">x</a>",
        "<p tabindex=\"3\">x</p>",
        "<form method=\"post\" action=\"/x\"></form>",
        "<p aria-describedby=\"nothing\">x</p>",
    ] {
        assert!(!faults(&page(bad)).is_empty(), "{bad}");
    }
}
