//! What narrows a list down: a form that is sent by GET, so that its address can be kept, and addresses
//! with queries in them.

use asepsis_report::words;
use maud::{Markup, html};

/// A form that only looks for something.
pub(in crate::web) fn find(action: &str, body: &Markup) -> Markup {
    html! {
        form.inline.filter.screen-only method="get" action=(action) { (body) }
    }
}

/// The field with what is looked for.
pub(in crate::web) fn search(label: &str, name: &str, value: &str) -> Markup {
    let id = words::anchor("f", name);
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) name=(name) type="search" value=(value) autocomplete="off";
        }
    }
}

/// An address with a query; what is empty is left out.
pub(in crate::web) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut written = form_urlencoded::Serializer::new(String::new());
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        written.append_pair(name, value);
    }
    let query = written.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_holds_any_text() {
        assert_eq!(address("/x", &[("a", "")]), "/x");
        assert_eq!(address("/x", &[("a", "b&c=\"ü"), ("d", "1")]), "/x?a=b%26c%3D%22%C3%BC&d=1");
    }
}
