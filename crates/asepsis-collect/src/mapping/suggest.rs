//! A first draft of a mapping, by the titles of a table and what its cells hold. A person reads it,
//! corrects it and gives it back; nothing is taken by a draft.

use std::fmt::Write as _;

use crate::import::{plain, table_yes};

/// A column of a table: its title and the different texts in its cells, the first few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// As it stands in the table.
    pub title: String,
    /// Different texts that it holds.
    pub texts: Vec<String>,
}

/// Most texts that are shown; longer ones are not words.
const SHOWN: usize = 12;
const WORD: usize = 40;

/// What a column may be, by words that its title has: all of one row's have to be there.
const GUESSES: &[(&[&str], Guess)] = &[
    (&["serial"], Guess::Serial),
    (&["servicetag"], Guess::Serial),
    (&["uuid"], Guess::Uuid),
    (&["bitlocker"], Guess::Fact("disk.root_encrypted", "yes-no")),
    (&["filevault"], Guess::Fact("disk.root_encrypted", "yes-no")),
    (&["encrypt"], Guess::Fact("disk.root_encrypted", "yes-no")),
    (&["firewall"], Guess::Fact("firewall.active", "yes-no")),
    (&["antivirus", "definition"], Guess::Fact("antivirus.signature_age_days", "days-since")),
    (&["signature", "date"], Guess::Fact("antivirus.signature_age_days", "days-since")),
    (&["antivirus", "product"], Guess::Fact("antivirus.products", "list")),
    (&["antivirus", "name"], Guess::Fact("antivirus.products", "list")),
    (&["realtime"], Guess::Fact("antivirus.real_time", "yes-no")),
    (&["tamper"], Guess::Fact("antivirus.tamper_protected", "yes-no")),
    (&["threats"], Guess::Fact("antivirus.active_threats", "number")),
    (&["antivirus"], Guess::Fact("antivirus.active", "yes-no")),
    (&["avstatus"], Guess::Fact("antivirus.active", "yes-no")),
    (&["edr"], Guess::Fact("edr.active", "yes-no")),
    (&["lastbackup"], Guess::Fact("backups.days_since_success", "days-since")),
    (&["lastsuccessfulbackup"], Guess::Fact("backups.days_since_success", "days-since")),
    (&["backup", "last"], Guess::Fact("backups.days_since_success", "days-since")),
    (&["missing", "patch"], Guess::Fact("patches.missing", "number")),
    (&["missing", "update"], Guess::Fact("patches.missing", "number")),
    (&["pending", "patch"], Guess::Fact("patches.missing", "number")),
    (&["pending", "update"], Guess::Fact("patches.missing", "number")),
    (&["last", "patch"], Guess::Fact("patches.days_since_upgrade", "days-since")),
    (&["last", "update", "install"], Guess::Fact("patches.days_since_upgrade", "days-since")),
    (&["reboot"], Guess::Fact("restart.pending", "yes-no")),
    (&["secureboot"], Guess::Fact("boot.secure", "yes-no")),
    (&["tpm", "version"], Guess::Fact("tpm.version", "number")),
    (&["tpm"], Guess::Fact("tpm.present", "yes-no")),
    (&["smb1"], Guess::Fact("services.smb1", "yes-no")),
    (&["localadmin"], Guess::Fact("accounts.administrators", "number")),
    (&["chassis"], Guess::Fact("hardware.kind", "text")),
    (&["lastseen"], Guess::Date),
    (&["lastcontact"], Guess::Date),
    (&["lastcheck"], Guess::Date),
    (&["lastsync"], Guess::Date),
    (&["lastonline"], Guess::Date),
    (&["lastupdate"], Guess::Date),
    (&["lastdiscovered"], Guess::Date),
    (&["operatingsystem", "version"], Guess::Version),
    (&["osversion"], Guess::Version),
    (&["osbuild"], Guess::Version),
    (&["operatingsystem"], Guess::System),
    (&["osname"], Guess::System),
    (&["osplatform"], Guess::System),
    (&["hostname"], Guess::Host),
    (&["computername"], Guess::Host),
    (&["devicename"], Guess::Host),
    (&["systemname"], Guess::Host),
    (&["machinename"], Guess::Host),
    (&["displayname"], Guess::Host),
];
/// Titles that are a guess only when they are nothing else.
const WHOLE: &[(&str, Guess)] = &[
    ("os", Guess::System),
    ("system", Guess::System),
    ("name", Guess::Host),
    ("device", Guess::Host),
    ("computer", Guess::Host),
    ("host", Guess::Host),
    ("version", Guess::Version),
    ("build", Guess::Version),
    ("av", Guess::Fact("antivirus.active", "yes-no")),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Guess {
    Serial,
    Uuid,
    Host,
    System,
    Version,
    Date,
    Fact(&'static str, &'static str),
}

fn guess(title: &str) -> Option<Guess> {
    let title = plain(title);
    let whole = WHOLE.iter().find(|(it, _)| *it == title).map(|(_, guess)| *guess);
    let has = |words: &&[&str]| words.iter().all(|word| title.contains(word));
    whole.or_else(|| GUESSES.iter().find(|(words, _)| has(words)).map(|(_, guess)| *guess))
}

/// A draft for a table of computers with these columns, as the text of a file.
pub fn suggest(id: &str, columns: &[Column]) -> String {
    let guesses: Vec<(&Column, Option<Guess>)> =
        columns.iter().map(|it| (it, guess(&it.title))).collect();
    let titles = |what: Guess| {
        let found = guesses.iter().filter(|(_, it)| *it == Some(what));
        found.map(|(column, _)| text(&column.title)).collect::<Vec<_>>().join(", ")
    };
    let mut out = String::from(
        "# A draft: which column becomes which fact. Read it, put right what is wrong, take out what\n\
         # you do not want, and give it back with `asepsis import TABLE --mapping THIS-FILE`.\n\
         # docs/mapping-format.md says what can stand here.\n",
    );
    let known: Vec<String> = columns.iter().take(6).map(|it| text(&it.title)).collect();
    let _ = write!(
        out,
        "format   = {}\nid       = {}\ntitle    = {}\nsource   = {}\nschema   = \"computer/1\"\n\
         known_by = [{}]\n",
        text(super::FORMAT),
        text(id),
        text("Say here what this table is and who makes it"),
        text("our own export"),
        known.join(", ")
    );
    let date = titles(Guess::Date);
    if date.is_empty() {
        out.push_str("# No column tells when a row was so; the date is asked for.\n");
    } else {
        let _ = writeln!(out, "date     = [{date}]");
    }
    let _ = write!(
        out,
        "\n[key]\nserial = [{}]\nuuid   = [{}]\nhost   = [{}]\n",
        titles(Guess::Serial),
        titles(Guess::Uuid),
        titles(Guess::Host)
    );
    let _ = write!(
        out,
        "\n[system]\nname    = [{}]\nversion = [{}]\n",
        titles(Guess::System),
        titles(Guess::Version)
    );
    let mut done: Vec<&str> = Vec::new();
    for (_, found) in &guesses {
        if let Some(Guess::Fact(path, reads)) = *found
            && !done.contains(&path)
        {
            done.push(path);
            let of: Vec<&Column> =
                guesses.iter().filter(|(_, it)| it == found).map(|(column, _)| *column).collect();
            fact(&mut out, path, reads, &of);
        }
    }
    let unused: Vec<String> =
        guesses.iter().filter(|(_, it)| it.is_none()).map(|(it, _)| text(&it.title)).collect();
    if !unused.is_empty() {
        let _ = writeln!(out, "\n# Columns that are not read: {}", unused.join(", "));
    }
    out
}

fn fact(out: &mut String, path: &str, reads: &str, columns: &[&Column]) {
    let titles: Vec<String> = columns.iter().map(|it| text(&it.title)).collect();
    let _ = write!(
        out,
        "\n[[fact]]\npath    = {}\ncolumns = [{}]\nas      = {}\n",
        text(path),
        titles.join(", "),
        text(reads)
    );
    if reads == "yes-no" {
        let texts = columns.iter().flat_map(|it| &it.texts);
        let strange: Vec<String> = texts
            .filter(|it| table_yes(it).is_none() && it.chars().count() <= WORD)
            .take(SHOWN)
            .map(|it| text(it))
            .collect();
        if !strange.is_empty() {
            let _ = write!(
                out,
                "# The table has these words; those in neither list are left out: {}\nyes     = []\nno      = []\n",
                strange.join(", ")
            );
        }
    }
}

/// A text in quotes, on one line.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.trim().chars().filter(|c| !c.is_control()).take(super::LONGEST) {
        if ['"', '\\'].contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
