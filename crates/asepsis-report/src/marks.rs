//! The marks: a shape for each state, filled where it was measured, outlined where it was told,
//! ringed where some was seen and the rest told. Color only helps; every mark has its words.

use asepsis_core::engine::{Basis, State};
use maud::{Markup, PreEscaped, html};

/// What one mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Somebody said one thing, something else was seen.
    Contradicted,
    /// A state and how it is known.
    Stands(State, Basis),
}

impl Mark {
    /// The mark of something that stands so.
    pub const fn of(state: State, basis: Basis, contradicted: bool) -> Self {
        if contradicted { Self::Contradicted } else { Self::Stands(state, basis) }
    }

    /// Its place among the others in a list: good news before bad, bad before none.
    pub const fn rank(self) -> (u8, u8) {
        let Self::Stands(state, basis) = self else { return (0, 0) };
        let state = match state {
            State::InPlace => 1,
            State::Partly => 2,
            State::NotInPlace => 3,
            State::Unknown => 4,
            State::NotApplicable => 5,
        };
        let basis = match basis {
            Basis::Measured => 0,
            Basis::Both => 1,
            Basis::Told => 2,
            Basis::Nothing => 3,
        };
        // What is unknown or has no place looks the same however it is known.
        (state, if state > 3 { 0 } else { basis })
    }

    /// In words: `in place, measured`.
    pub fn words(self) -> String {
        let Self::Stands(state, basis) = self else { return "told and seen differ".to_owned() };
        match (state, basis) {
            (State::Unknown | State::NotApplicable, _) | (_, Basis::Nothing) => {
                state.word().to_owned()
            }
            (_, basis) => format!("{}, {}", state.word(), source(basis)),
        }
    }

    /// The class that gives the color.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Stands(state, _) => class(state),
        }
    }

    const fn symbol(self) -> &'static str {
        let Self::Stands(state, basis) = self else { return "contradicted" };
        match (state, basis) {
            (State::Unknown, _) => "unknown",
            (State::NotApplicable, _) => "not-applicable",
            (State::InPlace, Basis::Told) => "in-place-told",
            (State::InPlace, Basis::Both) => "in-place-both",
            (State::InPlace, _) => "in-place",
            (State::Partly, Basis::Told) => "partly-told",
            (State::Partly, Basis::Both) => "partly-both",
            (State::Partly, _) => "partly",
            (State::NotInPlace, Basis::Told) => "missing-told",
            (State::NotInPlace, Basis::Both) => "missing-both",
            (State::NotInPlace, _) => "missing",
        }
    }

    /// The mark with a name of its own, for places without words beside it.
    pub fn named(self, name: &str) -> Markup {
        html! {
            svg class={ "mark " (self.class()) } role="img" aria-label={ (name) ": " (self.words()) } {
                use href={ "#" (self.symbol()) } {}
            }
        }
    }

    /// The mark alone, where words stand beside it.
    pub fn silent(self) -> Markup {
        html! {
            svg class={ "mark " (self.class()) } aria-hidden="true" { use href={ "#" (self.symbol()) } {} }
        }
    }

    /// The mark and its words.
    pub fn spoken(self) -> Markup {
        html! { span class={ "standing " (self.class()) } { (self.silent()) span { (self.words()) } } }
    }
}

/// The class of a state.
pub const fn class(state: State) -> &'static str {
    match state {
        State::Unknown => "unknown",
        State::NotInPlace => "missing",
        State::Partly => "partly",
        State::InPlace => "in-place",
        State::NotApplicable => "not-applicable",
    }
}

/// How it is known, in a word.
pub const fn source(basis: Basis) -> &'static str {
    match basis {
        Basis::Nothing => "unknown",
        Basis::Told => "told",
        Basis::Both => "seen and told",
        Basis::Measured => "measured",
    }
}

/// The symbols that marks use, once per page.
pub fn symbols() -> Markup {
    PreEscaped(SYMBOLS.replace(['\n', '\r'], ""))
}

const SYMBOLS: &str = r##"<svg class="symbols" aria-hidden="true" focusable="false"><defs>
<symbol id="in-place" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M4.6 8.3l2.4 2.4 4.5-5.1"/></symbol>
<symbol id="in-place-told" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/><path class="line" d="M5 8.3l2.1 2.1 3.9-4.4"/></symbol>
<symbol id="in-place-both" viewBox="0 0 16 16"><circle class="thin" cx="8" cy="8" r="7.4"/><circle cx="8" cy="8" r="5.5" fill="currentColor"/><path class="cut" d="M5.4 8.2l1.9 1.9 3.4-3.9"/></symbol>
<symbol id="partly" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/><path d="M8 1.7a6.3 6.3 0 0 0 0 12.6z" fill="currentColor"/></symbol>
<symbol id="partly-told" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/><path class="line" d="M8 2v12"/></symbol>
<symbol id="partly-both" viewBox="0 0 16 16"><circle class="thin" cx="8" cy="8" r="7.4"/><circle class="thin" cx="8" cy="8" r="4.9"/><path d="M8 2.6a5.4 5.4 0 0 0 0 10.8z" fill="currentColor"/></symbol>
<symbol id="missing" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/></symbol>
<symbol id="missing-told" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/><path class="line" d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"/></symbol>
<symbol id="missing-both" viewBox="0 0 16 16"><circle class="thin" cx="8" cy="8" r="7.4"/><circle cx="8" cy="8" r="5.5" fill="currentColor"/><path class="cut" d="M6 6l4 4M10 6l-4 4"/></symbol>
<symbol id="unknown" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3" stroke-dasharray="2.2 2.2"/></symbol>
<symbol id="not-applicable" viewBox="0 0 16 16"><path class="line" d="M3.5 8h9"/></symbol>
<symbol id="contradicted" viewBox="0 0 16 16"><path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor"/><path class="cut" d="M4.9 6.7h6.2M4.9 9.3h6.2M9.7 4.7 6.3 11.3"/></symbol>
</defs></svg>"##;
