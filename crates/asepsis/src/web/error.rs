//! What goes wrong on a page, as a page: what happened, and what one can do.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};

use super::ui;

/// Something that keeps a page from being shown.
#[derive(Debug)]
pub(super) enum PageError {
    /// Nothing is at this address, or nothing that this person may see.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// Nobody is signed in.
    SignIn,
    /// Nobody has an account yet.
    FirstRun,
    /// The sign-in needs a second factor before it is good for anything here.
    SecondFactor,
    /// The form is not one of ours: its token is missing or old.
    Token,
    /// The form came from a page of somebody else.
    Foreign,
    /// What was sent cannot be read.
    Unreadable(String),
    /// What was sent is too large.
    TooLarge(usize),
    /// Too many tries; how many seconds to wait.
    Wait(i64),
    /// A vendor's link that no longer leads anywhere, and why.
    Gone(&'static str),
    /// The program could not do its part.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl PageError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Token | Self::Foreign => StatusCode::FORBIDDEN,
            Self::SignIn | Self::FirstRun | Self::SecondFactor => StatusCode::SEE_OTHER,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Gone(_) => StatusCode::GONE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> (&'static str, Markup) {
        match self {
            Self::NotFound => (
                "There is nothing here",
                html! {
                    p { "The address leads nowhere, or to something that your sign-in does not show." }
                },
            ),
            Self::Forbidden => (
                "This is for somebody else",
                html! {
                    p { "Your sign-in does not allow this. The owner of the book can change that under Settings, People." }
                },
            ),
            Self::SignIn | Self::FirstRun | Self::SecondFactor => ("One step first", html! {}),
            Self::Token => (
                "This form is too old",
                html! {
                    p { "Nothing was changed. Go back, reload the page, and send it again." }
                },
            ),
            Self::Foreign => (
                "This form came from another site",
                html! {
                    p { "Nothing was changed. If you sent it from a page of this book, open the book at the address that the program printed." }
                },
            ),
            Self::Unreadable(why) => (
                "This cannot be read",
                html! {
                    p { "Nothing was changed: " (why) "." }
                },
            ),
            Self::TooLarge(limit) => (
                "This is too large",
                html! {
                    p { "Nothing was changed. At most " (limit / 1024) " KiB fit here." }
                },
            ),
            Self::Wait(seconds) => (
                "Too many tries",
                html! {
                    p { "Wait " (seconds) " seconds, then try again. This keeps others from guessing." }
                },
            ),
            Self::Gone(why) => (
                "This link has ended",
                html! {
                    p { (why) " Ask the organization that sent it for a new one." }
                },
            ),
            Self::Failed(_) => (
                "Something went wrong on our side",
                html! {
                    p { "Nothing was recorded. The terminal that runs " code { "asepsis serve" } " says what happened." }
                },
            ),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        let elsewhere = match &self {
            Self::SignIn => Some("/sign-in"),
            Self::FirstRun => Some("/first-run"),
            Self::SecondFactor => Some("/settings/second-factor"),
            _ => None,
        };
        if let Some(path) = elsewhere {
            return (status, [("location", path)]).into_response();
        }
        if let Self::Failed(error) = &self {
            super::log::failed(error);
        }
        let (title, body) = self.words();
        let mut response = (status, Html(ui::bare(title, &body).into_string())).into_response();
        if let Self::Wait(seconds) = self {
            response.headers_mut().insert("retry-after", seconds.into());
        }
        response
    }
}
