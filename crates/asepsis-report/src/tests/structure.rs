//! The structure that every page must have: a small scan of its tags.

/// Checks a page; panics with what is wrong.
pub(super) fn check(html: &str) {
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert_eq!(html.matches("<h1").count(), 1, "one h1");
    assert_eq!(html.matches("<main").count(), 1, "one main");
    assert!(html.contains("<nav aria-label="), "the navigation has a name");
    assert!(html.contains("class=\"skip\" href=\"#main\""), "a skip link");
    assert!(html.contains("default-src 'none'"), "a policy");
    assert!(!html.to_lowercase().contains("compliant"), "the word that is never said");
    let mut ids = std::collections::BTreeSet::new();
    let mut links = Vec::new();
    let mut level = 1;
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        assert!(!matches!(name, "script" | "link" | "iframe" | "img" | "object" | "form"), "{tag}");
        if name == "th" {
            assert!(tag.contains("scope="), "{tag}");
        }
        if let Some(heading) = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
            assert!(heading <= level + 1, "no level is skipped: {tag}");
            level = heading;
        }
        if name == "svg" && !tag.contains("aria-hidden") {
            assert!(tag.contains("role=\"img\"") && tag.contains("aria-label=\""), "{tag}");
        }
        if let Some(id) = attribute(tag, " id") {
            assert!(ids.insert(id.to_owned()), "the id {id} stands twice");
        }
        assert!(attribute(tag, " src").is_none() && attribute(tag, " style").is_none(), "{tag}");
        assert!(!tag.contains(" on"), "no handlers: {tag}");
        if let Some(href) = attribute(tag, " href") {
            match href.strip_prefix('#') {
                Some(id) => links.push(id.to_owned()),
                None => {
                    assert!(name == "a" && href.starts_with("https://"), "{tag}");
                    assert!(tag.contains("rel=\"noreferrer\""), "{tag}");
                }
            }
        }
    }
    for id in links {
        assert!(ids.contains(&id), "nothing has the id {id}");
    }
    let style = html.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert!(!style.contains("url(") && !style.contains("@import"), "the style loads nothing");
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()
}
