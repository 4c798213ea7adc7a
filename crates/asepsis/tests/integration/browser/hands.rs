//! What a person does with hands: clicks, fields, keys. Clicks and fields are counted.

use std::path::Path;

use serde_json::{Value, json};

use super::{Browser, ELEMENT, said};

/// A key that moves through a page or uses what has the focus.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    /// To the next.
    Tab,
    /// To the one before: shift and tab.
    BackTab,
    /// Follows a link, presses a button, sends a form.
    Enter,
    /// Presses a button, ticks a box.
    Space,
    /// Closes what is open.
    Escape,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// One character, as it is.
    Char(char),
}

impl Key {
    /// The characters that WebDriver takes for keys, in the order they go down (W3C WebDriver
    /// section 17.4.2).
    fn codes(self) -> Vec<char> {
        match self {
            Key::Tab => vec!['\u{E004}'],
            Key::BackTab => vec!['\u{E008}', '\u{E004}'],
            Key::Enter => vec!['\u{E007}'],
            Key::Space => vec![' '],
            Key::Escape => vec!['\u{E00C}'],
            Key::Up => vec!['\u{E013}'],
            Key::Down => vec!['\u{E015}'],
            Key::Left => vec!['\u{E012}'],
            Key::Right => vec!['\u{E014}'],
            Key::Char(it) => vec![it],
        }
    }
}

/// What the keys go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Focused {
    /// Name of the element, `body` if nothing has the focus.
    pub(crate) tag: String,
    /// What a screen reader calls it.
    pub(crate) name: String,
    /// Where it leads, as written in the page.
    pub(crate) href: Option<String>,
}

impl Browser {
    /// Clicks in the middle of an element, as a person would: what lies over it takes the click.
    /// If that opens a page, the next call waits for it.
    pub(crate) async fn click(&mut self, css: &str) {
        let element = self.find(css).await;
        let clicked = self.driver.post(&format!("/element/{element}/click"), &json!({})).await;
        clicked.unwrap_or_else(|error| panic!("{css} cannot be clicked: {error}"));
        self.clicks += 1;
    }

    /// Writes a text into a field, in place of what was there; in a `select`, chooses the option
    /// that begins like it.
    pub(crate) async fn type_into(&mut self, css: &str, text: &str) {
        let element = self.find(css).await;
        match self.driver.post(&format!("/element/{element}/clear"), &json!({})).await {
            // A `select` has no text to clear.
            Err(error) if !error.starts_with("invalid element state") => panic!("{css}: {error}"),
            _ => {}
        }
        self.fill(&element, css, text).await;
    }

    /// Chooses a file in a file field.
    pub(crate) async fn choose_file(&mut self, css: &str, path: &Path) {
        let element = self.find(css).await;
        let whole =
            path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.fill(&element, css, whole.to_str().unwrap()).await;
    }

    async fn fill(&mut self, element: &str, css: &str, text: &str) {
        let typed = json!({ "text": text });
        let filled = self.driver.post(&format!("/element/{element}/value"), &typed).await;
        filled.unwrap_or_else(|error| panic!("{css} cannot be filled: {error}"));
        self.fields += 1;
    }

    /// Presses keys, one after the other.
    pub(crate) async fn press(&self, keys: &[Key]) {
        let mut actions = Vec::new();
        for codes in keys.iter().map(|key| key.codes()) {
            let step = |kind: &str, code: &char| json!({ "type": kind, "value": code });
            actions.extend(codes.iter().map(|code| step("keyDown", code)));
            actions.extend(codes.iter().rev().map(|code| step("keyUp", code)));
        }
        let keyboard =
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        let pressed = self.driver.post("/actions", &keyboard).await;
        pressed.unwrap_or_else(|error| panic!("{keys:?}: {error}"));
    }

    /// What has the focus.
    pub(crate) async fn focused(&self) -> Focused {
        let active = self.driver.get("/element/active").await;
        let active = active.unwrap_or_else(|error| panic!("nothing has the focus: {error}"));
        let at = format!("/element/{}", said(Ok(active[ELEMENT].clone())));
        let href = self.driver.get(&format!("{at}/attribute/href")).await;
        Focused {
            tag: said(self.driver.get(&format!("{at}/name")).await).to_lowercase(),
            name: said(self.driver.get(&format!("{at}/computedlabel")).await),
            href: href.ok().as_ref().and_then(Value::as_str).map(str::to_owned),
        }
    }

    /// How many clicks there were since the start.
    pub(crate) fn clicks(&self) -> usize {
        self.clicks
    }

    /// How many fields were filled since the start.
    pub(crate) fn fields(&self) -> usize {
        self.fields
    }
}
