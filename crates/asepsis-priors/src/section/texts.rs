//! What the accounts of cases say of the five threats, by key words.

use std::ops::RangeInclusive;

use crate::breach::{Breach, Class, Kind, Place};
use crate::page::{Page, percent, whole};
use crate::words::{self, says, told};

/// Years with enough accounts, and after ransomware had become common.
const RANSOM_YEARS: RangeInclusive<u16> = 2019..=2023;

/// One line of evidence: which reports, what of, in what words.
struct Line {
    what: &'static str,
    counts_as: &'static str,
    speaks_of: &'static str,
    words: &'static [&'static str],
    holds: fn(&Breach) -> bool,
}

const LINES: [Line; 8] = [
    Line {
        what: "hacking, e-mail and no server",
        counts_as: "T1",
        speaks_of: "phishing, a mail account, credentials",
        words: words::MAIL,
        holds: |it| it.is(Kind::Hacking) && it.at(Place::Email) && !it.at(Place::Server),
    },
    Line {
        what: "hacking, server and no e-mail, 2019-23",
        counts_as: "T2",
        speaks_of: "ransom",
        words: words::RANSOM,
        holds: |it| ransom_years(it) && it.class() == Class::HackedServer,
    },
    Line {
        what: "hacking, server and no e-mail, 2019-23",
        counts_as: "T2",
        speaks_of: "the way in: phishing, credentials, a password",
        words: words::WAY_IN,
        holds: |it| ransom_years(it) && it.class() == Class::HackedServer,
    },
    Line {
        what: "hacking, any other place, 2019-23",
        counts_as: "T2",
        speaks_of: "ransom",
        words: words::RANSOM,
        holds: |it| ransom_years(it) && it.class() == Class::HackedOther,
    },
    Line {
        what: "unauthorized, e-mail",
        counts_as: "T4",
        speaks_of: "phishing, a mail account",
        words: words::PHISHING,
        holds: |it| it.class() == Class::Unauthorized && it.at(Place::Email),
    },
    Line {
        what: "unauthorized, paper",
        counts_as: "T4",
        speaks_of: "staff, a mailing, an error",
        words: words::STAFF,
        holds: |it| it.class() == Class::Unauthorized && it.at(Place::Paper),
    },
    Line {
        what: "unauthorized, medical record",
        counts_as: "T4",
        speaks_of: "staff, a mailing, an error",
        words: words::STAFF,
        holds: |it| it.class() == Class::Unauthorized && it.at(Place::Record),
    },
    Line {
        what: "unauthorized, other place",
        counts_as: "T4",
        speaks_of: "staff, a mailing, an error",
        words: words::STAFF,
        holds: |it| it.class() == Class::Unauthorized && it.at(Place::Other),
    },
];

/// Prints the section.
pub(crate) fn write(list: &[Breach], page: &mut Page) {
    let texts: Vec<&Breach> = list.iter().filter(|it| told(it)).collect();
    page.heading("2. What the accounts of cases say");
    page.line(format!(
        "{} of {} accounts are long enough to be searched for key words.",
        whole(texts.len() as f64),
        whole(list.iter().filter(|it| !it.text.is_empty()).count() as f64),
    ));
    page.line("");
    page.table(
        &["reports", "counted as", "accounts", "speak of", "share"],
        LINES.iter().map(|line| {
            let (number, share) = share(&texts, line.holds, line.words);
            vec![
                line.what.to_owned(),
                line.counts_as.to_owned(),
                whole(number as f64),
                line.speaks_of.to_owned(),
                percent(share, 0),
            ]
        }),
    );
    page.paragraph(
        "Theft and loss count as T3, disposal as T4, without a look at the account. A hacking report \
         that names both e-mail and a server counts as T2, and is left out above because it says \
         nothing of either alone.",
    );
    page.paragraph("Accounts of hacked servers (no e-mail) that speak of ransom:");
    page.line("");
    page.table(
        &["year", "accounts", "share"],
        RANSOM_YEARS.map(|year| {
            let holds = |it: &Breach| it.year == year && it.class() == Class::HackedServer;
            let (number, share) = share(&texts, holds, words::RANSOM);
            vec![year.to_string(), whole(number as f64), percent(share, 0)]
        }),
    );
    let (_, devices) = share(&texts, |_| true, words::DEVICE);
    page.paragraph(format!(
        "T5: {} accounts have a word for a medical device in them. Those read were thefts or losses of \
         a machine, or sellers of devices. The list holds no attacks on devices: it counts disclosure, \
         not harm.",
        whole((devices * texts.len() as f64).round()),
    ));
}

fn ransom_years(breach: &Breach) -> bool {
    RANSOM_YEARS.contains(&breach.year)
}

/// How many reports there are with an account, and the share of them that has one of the words in it.
fn share(texts: &[&Breach], holds: impl Fn(&Breach) -> bool, words: &[&str]) -> (usize, f64) {
    let found: Vec<_> = texts.iter().filter(|it| holds(it)).collect();
    let saying = found.iter().filter(|it| says(it, words)).count();
    (found.len(), saying as f64 / found.len().max(1) as f64)
}
