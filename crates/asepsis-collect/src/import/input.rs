//! A file that is being brought in: its first bytes, then all of it, whole or line by line. Has limits.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::ReadError;

/// How many first bytes tell a format.
pub const HEAD: usize = 64 << 10;

/// A file, from its first byte; a byte-order mark is left out.
pub struct Input<'a> {
    reader: BufReader<Box<dyn Read + Send + 'a>>,
}

impl<'a> Input<'a> {
    /// A file on disk, or anything that is read once.
    pub fn new(mut reader: impl Read + Send + 'a) -> io::Result<Self> {
        let mut start = Vec::new();
        reader.by_ref().take(3).read_to_end(&mut start)?;
        let start = if start == b"\xef\xbb\xbf" { Vec::new() } else { start };
        let reader: Box<dyn Read + Send + 'a> = Box::new(Cursor::new(start).chain(reader));
        Ok(Self { reader: BufReader::with_capacity(1 << 20, reader) })
    }

    /// Its first bytes, and the whole of it again.
    pub fn peek(mut self) -> io::Result<(Vec<u8>, Self)> {
        let head = self.reader.fill_buf()?;
        let head = head.get(..head.len().min(HEAD)).unwrap_or_default().to_vec();
        Ok((head, self))
    }

    /// All of it, if it is not larger than `most` bytes.
    pub fn whole(mut self, most: usize) -> Result<Vec<u8>, ReadError> {
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        self.reader.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() > most {
            return Err(ReadError::TooLarge {
                what: format!("more than {most} bytes"),
                most: limit,
            });
        }
        Ok(bytes)
    }

    /// The next line into `line`, without its end; `false` when there is none. A line of more than
    /// `most` bytes is an error.
    pub fn line(&mut self, line: &mut Vec<u8>, most: usize) -> Result<bool, ReadError> {
        line.clear();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let read = self.reader.by_ref().take(limit).read_until(b'\n', line)?;
        if read == 0 {
            return Ok(false);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        } else if line.len() > most {
            let what = format!("a line of more than {most} bytes");
            return Err(ReadError::TooLarge { what, most: limit - 1 });
        }
        Ok(true)
    }

    /// As a stream of bytes.
    pub fn bytes(self) -> impl BufRead + use<'a> {
        self.reader
    }
}

impl<'a> From<&'a [u8]> for Input<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { reader: BufReader::new(Box::new(bytes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_or_by_lines_within_its_limits() {
        let text: &[u8] = b"\xef\xbb\xbfone\r\ntwo\n\nlast";
        assert_eq!(Input::new(text).unwrap().whole(15).unwrap(), b"one\r\ntwo\n\nlast");
        assert!(matches!(Input::from(text).whole(13), Err(ReadError::TooLarge { .. })));
        let (mut input, mut line, mut lines) = (Input::from(text), Vec::new(), Vec::new());
        while input.line(&mut line, 5).unwrap() {
            lines.push(String::from_utf8(line.clone()).unwrap());
        }
        assert_eq!(lines, ["one", "two", "", "last"]);
        let mut input = Input::from(&b"12345\n123456\n"[..]);
        assert!(input.line(&mut line, 5).unwrap());
        assert!(matches!(input.line(&mut line, 5), Err(ReadError::TooLarge { .. })));
        assert_eq!(Input::new(&b"ab"[..]).unwrap().whole(9).unwrap(), b"ab");
    }
}
