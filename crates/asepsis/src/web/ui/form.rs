//! Forms: a field cannot be written without a label, nor a form without its token.

use maud::{Markup, html};

use crate::web::visit::Visit;

/// The name of the token's field.
pub(in crate::web) const TOKEN: &str = "form-token";

/// A form that is posted.
pub(in crate::web) fn form(visit: &Visit, action: &str, body: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name=(TOKEN) value=(visit.form_token);
            (body)
        }
    }
}

/// A form that carries a file. Browsers let one drop a file on the field, without any script.
pub(in crate::web) fn upload(visit: &Visit, action: &str, field: &Markup, body: &Markup) -> Markup {
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name=(TOKEN) value=(visit.form_token);
            (field)
            (body)
        }
    }
}

/// A value that goes along unseen.
pub(in crate::web) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A button that sends its form. `class`: empty, `plain` or `danger`.
pub(in crate::web) fn button(label: &str, class: &str) -> Markup {
    html! { button class={ "button " (class) } type="submit" { (label) } }
}

/// What is wrong with a form: the field, and what to do about it.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Faults(Vec<(String, String)>);

impl Faults {
    pub(in crate::web) fn add(&mut self, field: &str, what: impl Into<String>) {
        self.0.push((field.to_owned(), what.into()));
    }

    pub(in crate::web) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, what)| what.as_str())
    }

    /// All of them, at the head of the form, each leading to its field.
    pub(in crate::web) fn summary(&self) -> Markup {
        html! {
            @if !self.0.is_empty() {
                div.faults role="alert" {
                    p { strong { @if self.0.len() == 1 { "One thing is not right yet" } @else { (self.0.len()) " things are not right yet" } } }
                    ul { @for (field, what) in &self.0 { li { a href={ "#" (id(field)) } { (what) } } } }
                }
            }
        }
    }
}

/// What kind of thing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    Text,
    /// Several lines.
    Area,
    /// A page of lines, each as it is.
    Lines,
    Passphrase,
    Number,
    Day,
    /// A file.
    File,
    /// One or more files.
    Files,
}

/// A field with its label.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Field<'a> {
    /// What to type, in words.
    pub(in crate::web) label: &'a str,
    /// Its name in the form.
    pub(in crate::web) name: &'a str,
    pub(in crate::web) kind: Kind,
    /// What is in it already.
    pub(in crate::web) value: &'a str,
    /// A line of help under the label; empty for none.
    pub(in crate::web) hint: &'a str,
    pub(in crate::web) required: bool,
    /// What browsers may fill in by themselves (HTML, autofill detail tokens); empty for nothing.
    pub(in crate::web) autofill: &'a str,
}

impl<'a> Field<'a> {
    /// A field that must be filled in.
    pub(in crate::web) const fn new(label: &'a str, name: &'a str, kind: Kind) -> Self {
        Self { label, name, kind, value: "", hint: "", required: true, autofill: "" }
    }

    pub(in crate::web) const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    pub(in crate::web) const fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    pub(in crate::web) const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    pub(in crate::web) const fn autofill(mut self, autofill: &'a str) -> Self {
        self.autofill = autofill;
        self
    }

    pub(in crate::web) fn show(&self, faults: &Faults) -> Markup {
        let id = id(self.name);
        let fault = faults.of(self.name);
        let described = described(&id, !self.hint.is_empty(), fault.is_some());
        let autofill = if self.autofill.is_empty() { "off" } else { self.autofill };
        html! {
            div.field {
                label for=(id) { (self.label) @if !self.required { span.quiet { " (may be left out)" } } }
                @if !self.hint.is_empty() { p.hint id={ (id) "-hint" } { (self.hint) } }
                @if let Some(fault) = fault { p.fault id={ (id) "-fault" } { (fault) } }
                @match self.kind {
                    Kind::Area => textarea id=(id) name=(self.name) rows="3" required[self.required]
                        aria-describedby=[described] aria-invalid=[fault.map(|_| "true")] { (self.value) },
                    Kind::Lines => textarea.lines id=(id) name=(self.name) rows="24" required[self.required]
                        spellcheck="false" autocomplete="off" wrap="off"
                        aria-describedby=[described] aria-invalid=[fault.map(|_| "true")] { "\n" (self.value) },
                    Kind::File | Kind::Files => input id=(id) name=(self.name) type="file" required[self.required]
                        multiple[self.kind == Kind::Files]
                        aria-describedby=[described] aria-invalid=[fault.map(|_| "true")];,
                    kind => input id=(id) name=(self.name) type=(kind.text()) value=(self.value)
                        required[self.required] autocomplete=(autofill) inputmode=[(kind == Kind::Number).then_some("numeric")]
                        aria-describedby=[described] aria-invalid=[fault.map(|_| "true")];,
                }
            }
        }
    }
}

impl Kind {
    const fn text(self) -> &'static str {
        match self {
            Self::Text | Self::Area | Self::Lines | Self::Number => "text",
            Self::Passphrase => "password",
            Self::Day => "date",
            Self::File | Self::Files => "file",
        }
    }
}

/// One of several to choose from.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Choice<'a> {
    pub(in crate::web) value: &'a str,
    pub(in crate::web) label: &'a str,
    /// A line of help; empty for none.
    pub(in crate::web) hint: &'a str,
    pub(in crate::web) chosen: bool,
}

/// Buttons of which one can be pressed, or boxes of which several can be ticked.
pub(in crate::web) fn choices(
    legend: &Markup,
    name: &str,
    several: bool,
    all: &[Choice<'_>],
    faults: &Faults,
) -> Markup {
    let group = id(name);
    let fault = faults.of(name);
    html! {
        fieldset id=(group) aria-describedby=[fault.map(|_| format!("{group}-fault"))] {
            legend { (legend) }
            @if let Some(fault) = fault { p.fault id={ (group) "-fault" } { (fault) } }
            @for (at, choice) in all.iter().enumerate() {
                @let each = format!("{group}-{at}");
                div.choice {
                    input id=(each) name=(name) value=(choice.value) checked[choice.chosen]
                        type=(if several { "checkbox" } else { "radio" })
                        aria-describedby=[(!choice.hint.is_empty()).then(|| format!("{each}-hint"))];
                    label for=(each) { (choice.label) }
                    @if !choice.hint.is_empty() { p.hint id={ (each) "-hint" } { (choice.hint) } }
                }
            }
        }
    }
}

/// A list that unfolds.
pub(in crate::web) fn select(label: &str, name: &str, all: &[Choice<'_>]) -> Markup {
    let id = id(name);
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for choice in all { option value=(choice.value) selected[choice.chosen] { (choice.label) } }
            }
        }
    }
}

/// The id of a field, from its name.
fn id(name: &str) -> String {
    asepsis_report::words::anchor("f", name)
}

fn described(id: &str, hint: bool, fault: bool) -> Option<String> {
    match (hint, fault) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-fault")),
        (true, true) => Some(format!("{id}-hint {id}-fault")),
    }
}
