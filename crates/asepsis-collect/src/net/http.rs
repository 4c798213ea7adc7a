//! Reads one HTTP/1.1 response (RFC 9112). Pure; knows no sockets.

/// A whole response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    /// The media type in lower case, without parameters.
    pub(super) media_type: String,
    pub(super) body: Vec<u8>,
}

/// Why bytes are not a response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum HttpError {
    #[error("the answer is not HTTP/1.1")]
    NotHttp,
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the answer ended too early")]
    CutOff,
}

const MAX_HEAD: usize = 16 * 1024;

/// The response, or `None` if more bytes are needed. `closed` says that the sender properly ended
/// the stream, which is the end of a body without a length.
pub(super) fn read(
    bytes: &[u8],
    limit: usize,
    closed: bool,
) -> Result<Option<Response>, HttpError> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return match bytes.len() {
            0..=MAX_HEAD if !closed => Ok(None),
            0..=MAX_HEAD => Err(HttpError::CutOff),
            _ => Err(HttpError::TooLarge(MAX_HEAD)),
        };
    };
    let (head, rest) = bytes.split_at_checked(end + 4).ok_or(HttpError::NotHttp)?;
    let head = std::str::from_utf8(head).map_err(|_| HttpError::NotHttp)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(status).ok_or(HttpError::NotHttp)?;
    let (mut length, mut chunked, mut media_type) = (None, false, String::new());
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => {
                let digits = value.chars().all(|c| c.is_ascii_digit());
                let value = value.parse::<usize>().ok().filter(|_| digits);
                let value = value.ok_or(HttpError::NotHttp)?;
                if length.replace(value).is_some_and(|other| other != value) {
                    return Err(HttpError::NotHttp);
                }
            }
            "transfer-encoding" if value.eq_ignore_ascii_case("chunked") => chunked = true,
            "transfer-encoding" => return Err(HttpError::NotHttp),
            "content-type" => {
                let kind = value.split(';').next().unwrap_or_default();
                media_type = kind.trim().to_ascii_lowercase();
            }
            _ => {}
        }
    }
    let body = match (chunked, length) {
        (true, _) => chunks(rest, limit)?,
        (false, Some(length)) if length > limit => return Err(HttpError::TooLarge(limit)),
        (false, Some(length)) => rest.get(..length).map(<[u8]>::to_vec),
        (false, None) if rest.len() > limit => return Err(HttpError::TooLarge(limit)),
        (false, None) => closed.then(|| rest.to_vec()),
    };
    match body {
        Some(body) => Ok(Some(Response { status, media_type, body })),
        None if closed => Err(HttpError::CutOff),
        None => Ok(None),
    }
}

fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/1.1 ").or_else(|| line.strip_prefix("HTTP/1.0 "))?;
    let code = rest.get(..3)?;
    code.parse().ok().filter(|code| (100..600).contains(code))
}

/// The body of a chunked response (RFC 9112 section 7.1), or `None` if more bytes are needed.
fn chunks(mut rest: &[u8], limit: usize) -> Result<Option<Vec<u8>>, HttpError> {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else {
            return if rest.len() > 1024 { Err(HttpError::NotHttp) } else { Ok(None) };
        };
        let (line, after) = rest.split_at_checked(end).ok_or(HttpError::NotHttp)?;
        let line = std::str::from_utf8(line).map_err(|_| HttpError::NotHttp)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let hex = (1..=8).contains(&size.len()) && size.chars().all(|c| c.is_ascii_hexdigit());
        let size = usize::from_str_radix(size, 16).ok().filter(|_| hex);
        let size = size.ok_or(HttpError::NotHttp)?;
        if size == 0 {
            return Ok(Some(body));
        }
        if size > limit || body.len() + size > limit {
            return Err(HttpError::TooLarge(limit));
        }
        let Some(chunk) = after.get(2..2 + size) else { return Ok(None) };
        body.extend_from_slice(chunk);
        let Some(after) = after.get(2 + size..) else { return Ok(None) };
        match after.get(..2) {
            Some(b"\r\n") => rest = after.get(2..).unwrap_or_default(),
            Some(_) => return Err(HttpError::NotHttp),
            None => return Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(text: &str) -> Response {
        read(text.as_bytes(), 100, false).unwrap().unwrap()
    }

    #[test]
    fn bodies_of_all_three_kinds_are_read() {
        let plain = "HTTP/1.1 200 OK\r\nContent-Type: Text/Plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(
            whole(plain),
            Response { status: 200, media_type: "text/plain".to_owned(), body: b"hello".to_vec() }
        );
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
        assert_eq!(whole(chunked).body, b"hello");
        let open = b"HTTP/1.1 404 Not Found\r\n\r\nno";
        assert_eq!(read(open, 100, false), Ok(None));
        assert_eq!(read(open, 100, true).unwrap().unwrap().body, b"no");
    }

    #[test]
    fn large_and_cut_off_answers_are_refused() {
        let long = "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n";
        assert_eq!(read(long.as_bytes(), 100, false), Err(HttpError::TooLarge(100)));
        let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n";
        assert_eq!(read(chunk.as_bytes(), 100, false), Err(HttpError::TooLarge(100)));
        let cut = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello";
        assert_eq!(read(cut.as_bytes(), 100, true), Err(HttpError::CutOff));
        assert_eq!(read(b"hello\r\n\r\n", 100, false), Err(HttpError::NotHttp));
        assert_eq!(read(&[b'a'; 20_000], 100, false), Err(HttpError::TooLarge(MAX_HEAD)));
        let two = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab";
        assert_eq!(read(two.as_bytes(), 100, false), Err(HttpError::NotHttp));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in any::<Vec<u8>>(), closed in any::<bool>()) {
            let _ = read(&bytes, 100, closed);
            let mut chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
            chunked.extend(bytes);
            let _ = read(&chunked, 100, closed);
        }
    }
}
