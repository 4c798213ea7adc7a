//! XML as a row of events, with the few things that workbooks need of it.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::WorkbookError;
use super::parts::{damaged, short};

/// What stands in a part, one thing at a time. An empty element begins and ends.
pub(super) struct Events<'a> {
    part: &'a str,
    reader: Reader<&'a [u8]>,
}

/// One thing in a part.
pub(super) enum Piece<'a> {
    Start(BytesStart<'a>),
    End(String),
    Text(String),
}

impl<'a> Events<'a> {
    pub(super) fn of(part: &'a str, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { part, reader }
    }

    /// The next thing; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, WorkbookError> {
        loop {
            let event = self.reader.read_event();
            return Ok(Some(match event.map_err(|it| self.wrong(&it.to_string()))? {
                Event::Start(it) | Event::Empty(it) => Piece::Start(it),
                Event::End(it) => Piece::End(it.local_name().as_ref().to_owned()),
                Event::Text(it) => Piece::Text(it.xml10_content().into_owned()),
                Event::CData(it) => Piece::Text(it.xml10_content().into_owned()),
                Event::GeneralRef(it) => {
                    let number = it.resolve_char_ref().map_err(|it| self.wrong(&it.to_string()))?;
                    let named = || resolve_predefined_entity(&it).map(str::to_owned);
                    let text = number.map(String::from).or_else(named);
                    Piece::Text(text.ok_or_else(|| self.entities())?)
                }
                Event::DocType(_) => return Err(self.entities()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    fn entities(&self) -> WorkbookError {
        WorkbookError::Entities { part: short(self.part) }
    }

    pub(super) fn wrong(&self, why: &str) -> WorkbookError {
        damaged(&format!("{:?}: {}", short(self.part), short(why)))
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    // Attributes are not compared with each other, which would take the square of their number.
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// Text as the office programs write it: a control character stands as `_x000D_`
/// (ECMA-376 part 1, 22.9.2.19).
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let number = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let number = number.filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let c = number.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        match (c, after.get(5..)) {
            (Some(c), Some(tail)) => {
                out.push(c);
                rest = tail;
            }
            _ => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}
