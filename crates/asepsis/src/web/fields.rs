//! What a form sent: its fields and files, read once with limits. Knows no page.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

/// Most fields of one form.
const MOST: usize = 400;
/// Longest text of one field, in bytes.
const LONGEST: usize = 64 << 10;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    /// The name it had on the sender's computer; never used as a path.
    pub(super) name: String,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
}

/// The fields of one form, in the order sent. Cannot be printed for debugging: one may be a passphrase.
#[derive(Clone, Default)]
pub(super) struct Fields {
    texts: Vec<(String, String)>,
    files: Vec<(String, Upload)>,
}

/// A form that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum FieldsError {
    /// More than the route takes.
    #[error("what was sent is larger than {0} bytes")]
    TooLarge(usize),
    /// It did not arrive in time.
    #[error("it took longer than {} seconds to arrive", .0.as_secs())]
    Late(Duration),
    /// Neither of the two ways in which browsers send forms.
    #[error("this is not a form")]
    NotAForm,
}

impl Fields {
    /// Reads the body of a request: at most `limit` bytes of it, and for no longer than `patience`.
    pub(super) async fn read(
        request: Request,
        limit: usize,
        patience: Duration,
    ) -> Result<Self, FieldsError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        let (parts, body) = request.into_parts();
        let bytes = tokio::time::timeout(patience, axum::body::to_bytes(body, limit)).await;
        let bytes = bytes.map_err(|_| FieldsError::Late(patience))?;
        let bytes = bytes.map_err(|_| FieldsError::TooLarge(limit))?;
        if kind.starts_with("application/x-www-form-urlencoded") {
            return Self::from_urlencoded(&bytes);
        }
        if !kind.starts_with("multipart/form-data") {
            return Err(FieldsError::NotAForm);
        }
        let mut again = Request::from_parts(parts, Body::from(bytes));
        // It was weighed above; the framework's own limit is smaller than some routes'.
        DefaultBodyLimit::disable().apply(&mut again);
        let form = Multipart::from_request(again, &()).await;
        Self::from_multipart(form.map_err(|_| FieldsError::NotAForm)?, limit).await
    }

    fn from_urlencoded(bytes: &[u8]) -> Result<Self, FieldsError> {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            fields.add(name.into_owned(), &value)?;
        }
        Ok(fields)
    }

    async fn from_multipart(mut form: Multipart, limit: usize) -> Result<Self, FieldsError> {
        let mut fields = Self::default();
        while let Some(field) = form.next_field().await.map_err(|_| FieldsError::NotAForm)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|_| FieldsError::NotAForm)?;
            match file {
                // An empty choice of files is sent as one file without a name.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(file) if fields.files.len() < 20 => {
                    let upload = Upload { name: shown_name(&file), bytes: bytes.to_vec() };
                    fields.files.push((name, upload));
                }
                Some(_) => return Err(FieldsError::TooLarge(limit)),
                None => fields.add(name, &String::from_utf8_lossy(&bytes))?,
            }
        }
        Ok(fields)
    }

    fn add(&mut self, name: String, value: &str) -> Result<(), FieldsError> {
        if self.texts.len() >= MOST || value.len() > LONGEST {
            return Err(FieldsError::TooLarge(LONGEST));
        }
        // Browsers send line ends as CR LF.
        self.texts.push((name, value.replace("\r\n", "\n")));
        Ok(())
    }

    /// The first value of a field, trimmed; empty if it is absent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it was typed: a passphrase may begin with a space.
    pub(super) fn raw(&self, name: &str) -> &str {
        let found = self.texts.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether a field was sent at all, as a ticked box is.
    pub(super) fn has(&self, name: &str) -> bool {
        self.texts.iter().any(|(known, _)| known == name)
    }

    /// All values of a field: the boxes that were ticked.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Fields whose names begin so, with the rest of the name.
    pub(super) fn beginning<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let rest = move |(name, value): &'a (String, String)| {
            Some((name.strip_prefix(prefix)?, value.as_str()))
        };
        self.texts.iter().filter_map(rest)
    }

    /// The files of a field.
    pub(super) fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |(known, _)| known == name).map(|(_, file)| file)
    }
}

/// A file name as it may be shown: the last part of a path, without control characters.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use hyper::body::{Bytes, Frame};

    use super::*;

    /// A body of which nothing ever comes.
    struct Never;

    impl hyper::body::Body for Never {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    #[test]
    fn a_form_that_does_not_come_is_not_waited_for() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let request = Request::new(Body::new(Never));
        let read = Fields::read(request, 1024, Duration::from_millis(10));
        let read = runtime.block_on(read);
        assert!(matches!(read, Err(FieldsError::Late(_))));
    }
}
