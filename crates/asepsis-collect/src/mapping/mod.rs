//! How the columns of somebody's table become facts: a mapping, kept and handed on as a file
//! (docs/mapping-format.md). It reads no table itself; `import::table::mapped` does, by it.

mod shipped;
mod suggest;
mod value;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use asepsis_core::catalog::Schema;
use asepsis_core::hash::Hash;
use asepsis_core::predicate::{PathType, Types as _};
use serde::Deserialize;

pub use shipped::shipped;
pub use suggest::{Column, suggest};
pub(crate) use value::{Cell, value};

/// The format's name.
pub const FORMAT: &str = "asepsis-mapping/1";
/// Most bytes of a file.
pub const LARGEST: usize = 256 << 10;
/// Most facts; most titles of one; most words of one.
const MOST_FACTS: usize = 200;
const MOST_TITLES: usize = 20;
const MOST_WORDS: usize = 200;
/// Longest text in it, in characters.
const LONGEST: usize = 200;
/// The schemas that a table can fill.
pub const SCHEMAS: [&str; 3] = ["computer/1", "mobile-device/1", "employee/1"];

/// Which column becomes what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Always [`FORMAT`].
    format: String,
    /// Its name among others: small letters, digits and hyphens.
    pub id: String,
    /// What the table is, for people.
    pub title: String,
    /// From where its columns are known.
    #[serde(default)]
    pub source: String,
    /// The schema that it fills.
    pub schema: String,
    /// The titles by which such a table is known: all of them have to be there.
    pub known_by: Vec<String>,
    /// The table lists all there are: who is not in it is gone. For people only.
    #[serde(default)]
    pub complete: bool,
    /// When the world was as a row says; without it the date is asked for.
    #[serde(default)]
    pub date: Vec<String>,
    /// Whose row it is.
    pub key: Key,
    /// The system of a computer or phone.
    #[serde(default)]
    pub system: SystemColumns,
    /// The facts.
    #[serde(default, rename = "fact")]
    pub facts: Vec<FactColumn>,
    /// The digest of the file.
    #[serde(skip)]
    pub hash: Option<Hash>,
}

/// Whose row it is, from the strongest key to the weakest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Key {
    /// The serial number of a device.
    pub serial: Vec<String>,
    /// The id of its hardware.
    pub uuid: Vec<String>,
    /// Its host name.
    pub host: Vec<String>,
    /// The number of a person among the staff.
    pub employee_id: Vec<String>,
    /// The person's work mail address.
    pub mail: Vec<String>,
    /// The person's name; never a key.
    pub name: Vec<String>,
}

/// What tells the system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SystemColumns {
    /// Its name: `Microsoft Windows 11 Pro`, `macOS`.
    pub name: Vec<String>,
    /// Its version or build.
    pub version: Vec<String>,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactColumn {
    /// Its path in the schema.
    pub path: String,
    /// The titles of its column; the first that is there counts.
    pub columns: Vec<String>,
    /// How a cell is read.
    #[serde(rename = "as")]
    pub reads: Reads,
    /// Words that mean yes, beyond those that are understood anyway.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Words that mean no.
    #[serde(default)]
    pub no: Vec<String>,
    /// Words of the table, and what they are in the fact.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// What the schema allows; filled by [`Mapping::fit`].
    #[serde(skip)]
    pub(crate) allowed: Vec<String>,
}

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Number,
    /// A day or a moment; the fact is how many days it lies back from the day of the row.
    DaysSince,
    /// One text.
    Text,
    /// Texts with commas or semicolons between them.
    List,
    /// A day, kept as one.
    Day,
}

impl Reads {
    /// As it stands in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::YesNo => "yes-no",
            Self::Number => "number",
            Self::DaysSince => "days-since",
            Self::Text => "text",
            Self::List => "list",
            Self::Day => "day",
        }
    }

    const fn gives(self) -> PathType {
        match self {
            Self::YesNo => PathType::Bool,
            Self::Number | Self::DaysSince => PathType::Int,
            Self::Text | Self::Day => PathType::String,
            Self::List => PathType::List,
        }
    }
}

/// A file that is no mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Larger than any mapping.
    #[error("it is larger than {LARGEST} bytes; a mapping is a page of text")]
    TooLarge,
    /// No text, or not in the format's form.
    #[error("it is no mapping: {0}")]
    Form(String),
    /// Another format, or a newer one.
    #[error("its format is {0:?}, and {FORMAT:?} is read")]
    Format(String),
    /// Something in it cannot be.
    #[error("{place}: {why}")]
    Wrong {
        /// The field.
        place: String,
        /// What is wrong and what would be right.
        why: String,
    },
}

fn wrong(place: impl Into<String>, why: impl Into<String>) -> MappingError {
    MappingError::Wrong { place: place.into(), why: why.into() }
}

impl Mapping {
    /// Reads a mapping; whether its facts are in the schema is for [`Self::fit`].
    pub fn parse(bytes: &[u8]) -> Result<Self, MappingError> {
        if bytes.len() > LARGEST {
            return Err(MappingError::TooLarge);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes)
            .map_err(|_| MappingError::Form("it is not text in UTF-8".to_owned()))?;
        // The format first: what a newer one has is no mistake of the writer.
        #[derive(Deserialize)]
        struct Named {
            format: String,
        }
        let form = |error: toml::de::Error| MappingError::Form(error.to_string().trim().to_owned());
        let named: Named = toml::from_str(text).map_err(form)?;
        if named.format != FORMAT {
            return Err(MappingError::Format(named.format));
        }
        let mut mapping: Self = toml::from_str(text).map_err(form)?;
        mapping.hash = Some(Hash::of(&[bytes]));
        mapping.sound()?;
        Ok(mapping)
    }

    /// What can be told without the schema.
    fn sound(&self) -> Result<(), MappingError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || self.id.len() > 60 || !self.id.chars().all(plain) {
            return Err(wrong("id", "give small letters, digits and hyphens, at most 60"));
        }
        if self.title.trim().is_empty() {
            return Err(wrong("title", "say what the table is"));
        }
        if !SCHEMAS.contains(&self.schema.as_str()) {
            return Err(wrong("schema", format!("give one of {}", SCHEMAS.join(", "))));
        }
        if self.known_by.is_empty() {
            return Err(wrong("known_by", "give titles that only this table has"));
        }
        for text in [&self.title, &self.source] {
            short("title", text)?;
        }
        for (place, titles) in self.columns() {
            if titles.len() > MOST_TITLES {
                return Err(wrong(place, format!("at most {MOST_TITLES} titles are read")));
            }
            for title in titles {
                short(&place, title)?;
                if crate::import::plain(title).is_empty() {
                    return Err(wrong(place, "a title has letters or digits"));
                }
            }
        }
        let person = self.schema == "employee/1";
        let key = &self.key;
        let keys = if person { [&key.employee_id, &key.mail] } else { [&key.serial, &key.uuid] };
        let host = self.schema == "computer/1" && !key.host.is_empty();
        if keys.iter().all(|it| it.is_empty()) && !host {
            let which = match self.schema.as_str() {
                "computer/1" => "serial, uuid or host",
                "employee/1" => "employee_id or mail",
                _ => "serial or uuid",
            };
            return Err(wrong("key", format!("say whose a row is: give {which}")));
        }
        let others = [&key.employee_id, &key.mail, &key.name];
        let devices = [&key.serial, &key.uuid, &key.host];
        if (person && devices.iter().any(|it| !it.is_empty()))
            || (!person && others.iter().any(|it| !it.is_empty()))
        {
            return Err(wrong("key", "it names columns of another kind of table"));
        }
        if self.complete && !person {
            return Err(wrong("complete", "only a list of people can be told to be complete"));
        }
        if self.facts.len() > MOST_FACTS {
            return Err(wrong("fact", format!("at most {MOST_FACTS} are read")));
        }
        let mut seen = BTreeSet::new();
        for fact in &self.facts {
            if !seen.insert(&fact.path) {
                return Err(wrong(
                    &fact.path,
                    "it stands there twice; give one the columns of both",
                ));
            }
            fact.sound()?;
        }
        Ok(())
    }

    /// All titles, with the field in which they stand.
    fn columns(&self) -> Vec<(String, &[String])> {
        let key = &self.key;
        let mut all: Vec<(String, &[String])> = vec![
            ("known_by".to_owned(), &self.known_by),
            ("date".to_owned(), &self.date),
            ("key.serial".to_owned(), &key.serial),
            ("key.uuid".to_owned(), &key.uuid),
            ("key.host".to_owned(), &key.host),
            ("key.employee_id".to_owned(), &key.employee_id),
            ("key.mail".to_owned(), &key.mail),
            ("key.name".to_owned(), &key.name),
            ("system.name".to_owned(), &self.system.name),
            ("system.version".to_owned(), &self.system.version),
        ];
        all.extend(self.facts.iter().map(|it| (it.path.clone(), it.columns.as_slice())));
        all
    }

    /// Every title that it speaks of.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        let all = self.columns();
        all.into_iter().flat_map(|(_, titles)| titles.iter().map(String::as_str))
    }

    /// Holds the facts against the schema, and remembers which words it allows.
    pub fn fit(mut self, schema: &Schema) -> Result<Self, MappingError> {
        for fact in &mut self.facts {
            fact.fit(schema)?;
        }
        Ok(self)
    }

    /// The beginning of its digest, which tells one state of it from another.
    pub fn version(&self) -> String {
        self.hash.map(|it| it.short()).unwrap_or_default()
    }
}

impl FactColumn {
    fn sound(&self) -> Result<(), MappingError> {
        short("path", &self.path)?;
        if self.columns.is_empty() {
            return Err(wrong(&self.path, "give the title of its column"));
        }
        let words = self.yes.len() + self.no.len() + self.words.len();
        if words > MOST_WORDS {
            return Err(wrong(&self.path, format!("at most {MOST_WORDS} words are read")));
        }
        let yes_no = self.yes.iter().chain(&self.no);
        for word in yes_no.chain(self.words.keys()).chain(self.words.values()) {
            short(&self.path, word)?;
        }
        let answers = !self.yes.is_empty() || !self.no.is_empty();
        match self.reads {
            Reads::YesNo if !self.words.is_empty() => {
                Err(wrong(&self.path, "`words` are for text; put them into `yes` or `no`"))
            }
            Reads::Text | Reads::List | Reads::Number | Reads::DaysSince | Reads::Day
                if answers =>
            {
                Err(wrong(&self.path, "`yes` and `no` are for `as = \"yes-no\"`"))
            }
            Reads::Number | Reads::DaysSince | Reads::Day if !self.words.is_empty() => {
                Err(wrong(&self.path, "`words` are for text"))
            }
            _ => Ok(()),
        }
    }

    fn fit(&mut self, schema: &Schema) -> Result<(), MappingError> {
        let none = || wrong(&self.path, format!("{} has no such fact", schema.schema));
        let (kind, values) = match schema.type_of(&self.path).ok_or_else(none)? {
            PathType::List => {
                let path = format!("{}[]", self.path);
                if schema.type_of(&path) != Some(PathType::String) {
                    return Err(wrong(&self.path, "a table cannot tell such a list"));
                }
                (PathType::List, schema.values_of(&path))
            }
            kind => (kind, schema.values_of(&self.path)),
        };
        if kind != self.reads.gives() {
            let right = match kind {
                PathType::Bool => "yes-no",
                PathType::Int => "number or days-since",
                PathType::List => "list",
                PathType::String => "text or day",
                PathType::Map => return Err(wrong(&self.path, "it is no single fact")),
            };
            let why = format!("as = {:?} does not fit; give {right}", self.reads.name());
            return Err(wrong(&self.path, why));
        }
        self.allowed = values.to_vec();
        for word in self.words.values() {
            if !values.is_empty() && !values.contains(word) {
                let why = format!("{word:?} is not one of {}", values.join(", "));
                return Err(wrong(&self.path, why));
            }
        }
        Ok(())
    }
}

fn short(place: &str, text: &str) -> Result<(), MappingError> {
    if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(wrong(place, format!("a text is one line of at most {LONGEST} characters")));
    }
    Ok(())
}
