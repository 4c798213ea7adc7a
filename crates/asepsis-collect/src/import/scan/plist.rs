//! Property lists of macOS, as text and binary: as much of them as results need, with limits on depth,
//! number, and work. Writes none.

use quick_xml::Reader as Xml;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// Deeper things are left out: results are dictionaries in a dictionary.
const DEEPEST: usize = 4;
/// Deeper than this no program writes.
const HOSTILE: usize = 64;
/// Most things that are looked at; a small binary file can name one thing many times.
const MOST: usize = 200_000;
/// Longest text.
const LONGEST: usize = 2_000;

/// A thing in a property list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Bool(bool),
    Number(i64),
    Text(String),
    /// Milliseconds since 1970.
    Date(i64),
    Dict(Vec<(String, Self)>),
    /// Anything else.
    Other,
}

impl Item {
    /// The first entry of that name.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Dict(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, it)| it)
    }

    /// Yes or no, which some programs write as a number.
    pub(super) fn yes(&self) -> Option<bool> {
        match self {
            Self::Bool(it) => Some(*it),
            Self::Number(it @ (0 | 1)) => Some(*it == 1),
            _ => None,
        }
    }
}

/// The outermost thing, or why there is none.
pub(super) fn read(bytes: &[u8]) -> Result<Item, String> {
    if bytes.starts_with(b"bplist") {
        Binary::of(bytes)?.top()
    } else {
        let text = std::str::from_utf8(bytes).map_err(|it| it.to_string())?;
        Text::of(text).top()
    }
}

/// Counts what is looked at.
fn work(left: &mut usize) -> Result<(), String> {
    *left = left.checked_sub(1).ok_or("it names more things than any results do")?;
    Ok(())
}

struct Text<'a> {
    xml: Xml<&'a [u8]>,
    left: usize,
}

impl<'a> Text<'a> {
    fn of(text: &'a str) -> Self {
        let mut xml = Xml::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        Self { xml, left: MOST }
    }

    fn next(&mut self) -> Result<Event<'a>, String> {
        let event = self.xml.read_event().map_err(|it| it.to_string())?;
        match &event {
            // Apple's own stands in every file; entities in it would be somebody's trap.
            Event::DocType(it) if it.contains('[') => Err("it declares entities".to_owned()),
            Event::Eof => Err("it ends too early".to_owned()),
            Event::Start(_) => work(&mut self.left).map(|()| event),
            _ => Ok(event),
        }
    }

    fn top(&mut self) -> Result<Item, String> {
        loop {
            if let Event::Start(it) = self.next()? {
                if it.local_name().as_ref() == "plist" {
                    continue;
                }
                let name = it.local_name().as_ref().to_owned();
                return self.item(&name, 0);
            }
        }
    }

    /// The thing whose beginning was just read.
    fn item(&mut self, name: &str, depth: usize) -> Result<Item, String> {
        match name {
            "dict" if depth < DEEPEST => self.dict(depth),
            "true" | "false" => {
                self.text()?;
                Ok(Item::Bool(name == "true"))
            }
            "string" => self.text().map(Item::Text),
            "integer" => Ok(self.text()?.trim().parse().map_or(Item::Other, Item::Number)),
            "date" => {
                let at = self.text()?.trim().parse::<jiff::Timestamp>();
                Ok(at.map_or(Item::Other, |it| Item::Date(it.as_millisecond())))
            }
            _ => {
                self.text()?;
                Ok(Item::Other)
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Item, String> {
        let (mut entries, mut key) = (Vec::new(), None);
        loop {
            match self.next()? {
                Event::Start(it) if it.local_name().as_ref() == "key" => key = Some(self.text()?),
                Event::Start(it) => {
                    let name = it.local_name().as_ref().to_owned();
                    let item = self.item(&name, depth + 1)?;
                    let key = key.take().ok_or("a value stands without its key")?;
                    entries.push((key, item));
                }
                Event::End(_) => return Ok(Item::Dict(entries)),
                _ => {}
            }
        }
    }

    /// All text up to the end of the element that was just begun.
    fn text(&mut self) -> Result<String, String> {
        let (mut text, mut depth) = (String::new(), 0_usize);
        loop {
            let more = match self.next()? {
                Event::Start(_) => {
                    depth += 1;
                    if depth > HOSTILE {
                        return Err("things lie too deep in each other".to_owned());
                    }
                    continue;
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                Event::Text(it) => it.xml10_content().into_owned(),
                Event::CData(it) => it.xml10_content().into_owned(),
                Event::GeneralRef(it) => {
                    let number = it.resolve_char_ref().map_err(|it| it.to_string())?;
                    let named = || resolve_predefined_entity(&it).map(str::to_owned);
                    let known = number.map(String::from).or_else(named);
                    known.ok_or("it uses an entity that XML does not have")?
                }
                _ => continue,
            };
            if text.len() < LONGEST {
                text.extend(more.chars().take(LONGEST));
            }
        }
    }
}

/// Apple's binary format: a table of offsets, to which things refer by number.
struct Binary<'a> {
    bytes: &'a [u8],
    offsets: &'a [u8],
    offset_size: usize,
    number_size: usize,
    top: usize,
    left: usize,
}

impl<'a> Binary<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, String> {
        const SHORT: &str = "its table of contents is damaged";
        let trailer = bytes.len().checked_sub(32).and_then(|at| bytes.get(at..)).ok_or(SHORT)?;
        let size = |at: usize| trailer.get(at).map(|it| usize::from(*it));
        let number = |at: usize| trailer.get(at..at + 8).and_then(whole);
        let (offset_size, number_size) = (size(6).ok_or(SHORT)?, size(7).ok_or(SHORT)?);
        let (count, top) = (number(8).ok_or(SHORT)?, number(16).ok_or(SHORT)?);
        let start = number(24).ok_or(SHORT)?;
        if !(1..=8).contains(&offset_size) || !(1..=8).contains(&number_size) || top >= count {
            return Err(SHORT.to_owned());
        }
        let end = count.checked_mul(offset_size).and_then(|it| it.checked_add(start));
        let end = end.filter(|it| *it <= bytes.len() - 32).ok_or(SHORT)?;
        let offsets = bytes.get(start..end).ok_or(SHORT)?;
        let bytes = bytes.get(..start).ok_or(SHORT)?;
        Ok(Self { bytes, offsets, offset_size, number_size, top, left: MOST })
    }

    fn top(&mut self) -> Result<Item, String> {
        self.item(self.top, 0)
    }

    /// The byte that says what a thing is, and where the rest of it is.
    fn start(&self, number: usize) -> Option<(u8, usize)> {
        let at = number.checked_mul(self.offset_size)?;
        let at = whole(self.offsets.get(at..at.checked_add(self.offset_size)?)?)?;
        Some((*self.bytes.get(at)?, at + 1))
    }

    /// How long a thing is, and where it begins: long ones have a number for it.
    fn length(&self, marker: u8, at: usize) -> Option<(usize, usize)> {
        let low = usize::from(marker & 0x0f);
        if low < 0x0f {
            return Some((low, at));
        }
        let kind = *self.bytes.get(at)?;
        if kind >> 4 != 1 || kind & 0x0f > 3 {
            return None;
        }
        let (start, size) = (at + 1, 1_usize << (kind & 0x0f));
        Some((whole(self.bytes.get(start..start.checked_add(size)?)?)?, start + size))
    }

    fn item(&mut self, number: usize, depth: usize) -> Result<Item, String> {
        work(&mut self.left)?;
        let wrong = || format!("thing {number} is damaged");
        let (marker, at) = self.start(number).ok_or_else(wrong)?;
        Ok(match marker >> 4 {
            0 if marker == 0x08 => Item::Bool(false),
            0 if marker == 0x09 => Item::Bool(true),
            1 if marker <= 0x13 => {
                let size = 1_usize << (marker & 0x0f);
                let bytes = self.bytes.get(at..at.saturating_add(size)).ok_or_else(wrong)?;
                match (size, whole(bytes)) {
                    (_, Some(it)) => i64::try_from(it).map_or(Item::Other, Item::Number),
                    _ => Item::Other,
                }
            }
            3 if marker == 0x33 => {
                let bytes = self.bytes.get(at..at.saturating_add(8)).ok_or_else(wrong)?;
                let bytes: [u8; 8] = bytes.try_into().map_err(|_| wrong())?;
                date(f64::from_be_bytes(bytes))
            }
            5 => {
                let (length, at) = self.length(marker, at).ok_or_else(wrong)?;
                let end = at.checked_add(length).ok_or_else(wrong)?;
                let text = self.bytes.get(at..end).ok_or_else(wrong)?;
                let text = text.get(..text.len().min(LONGEST)).unwrap_or_default();
                Item::Text(String::from_utf8_lossy(text).into_owned())
            }
            6 => {
                let (length, at) = self.length(marker, at).ok_or_else(wrong)?;
                let end = length.checked_mul(2).and_then(|it| it.checked_add(at));
                let text = end.and_then(|end| self.bytes.get(at..end)).ok_or_else(wrong)?;
                let units = text
                    .chunks_exact(2)
                    .take(LONGEST)
                    .filter_map(|it| Some(u16::from_be_bytes(it.try_into().ok()?)));
                let chars = char::decode_utf16(units);
                Item::Text(chars.map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
            }
            0x0d if depth < DEEPEST => {
                let (length, at) = self.length(marker, at).ok_or_else(wrong)?;
                self.dict(length, at, depth).map_err(|it| it.unwrap_or_else(wrong))?
            }
            _ => Item::Other,
        })
    }

    /// An error of `None` means that the dictionary itself is damaged.
    fn dict(&mut self, length: usize, at: usize, depth: usize) -> Result<Item, Option<String>> {
        let size = length.checked_mul(self.number_size).ok_or(None)?;
        let middle = at.checked_add(size).ok_or(None)?;
        let end = middle.checked_add(size).ok_or(None)?;
        let bytes = self.bytes;
        let (keys, values) = (bytes.get(at..middle), bytes.get(middle..end));
        let (keys, values) = (keys.ok_or(None)?, values.ok_or(None)?);
        let pairs = keys.chunks_exact(self.number_size).zip(values.chunks_exact(self.number_size));
        let mut entries = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (whole(key).ok_or(None)?, whole(value).ok_or(None)?);
            // A key is text: nothing that could lead deeper.
            let Item::Text(key) = self.item(key, DEEPEST).map_err(Some)? else {
                return Err(None);
            };
            let value = self.item(value, depth + 1).map_err(Some)?;
            entries.push((key, value));
        }
        Ok(Item::Dict(entries))
    }
}

/// A big-endian number of up to eight bytes.
fn whole(bytes: &[u8]) -> Option<usize> {
    if bytes.len() > 8 {
        return None;
    }
    let value = bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    usize::try_from(value).ok()
}

/// Seconds since 2001, as the format has them.
fn date(seconds: f64) -> Item {
    const START: i64 = 978_307_200;
    // The years 1990 to 2100.
    if !(-347_155_200.0..3_124_137_600.0).contains(&seconds) {
        return Item::Other;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole seconds below 2100")]
    let seconds = seconds as i64;
    Item::Date((seconds + START) * 1000)
}
