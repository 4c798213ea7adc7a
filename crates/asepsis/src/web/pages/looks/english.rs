//! The English words of looks.

use asepsis_report::words::{count, many};
use asepsis_store::jobs::JobState;

pub(super) const THIS_COMPUTER: &str = "This computer";
pub(super) const HERE: &str = "Here";
pub(super) const MAIL_DOMAINS: &str = "Your mail domains";
pub(super) const WHAT_TO_LOOK_AT: &str = "What to look at";
pub(super) const NOTHING_CHOSEN: &str = "Tick this computer or a mail domain.";
pub(super) const MEASURE: &str = "Measure";
pub(super) const BEGUN: &str = "Begun";
pub(super) const GOES_ON: &str =
    "It goes on by itself, also if you close this page or start the program anew.";
pub(super) const HOW_FAR: &str = "Look how far it is";
pub(super) const TO_TODAY: &str = "See how you stand";
pub(super) const CONNECTIONS: &str = "Every question that was asked over the network";
pub(super) const NOT_LOOKED_AT: &str = "Could not be looked at:";
pub(super) const BRING_FACTS: &str =
    "What can be seen of such a computer can be brought in as a file.";
pub(super) const IMPORT: &str = "Bring in a file";
pub(super) const LOOKING: &str = "Looking now.";
pub(super) const NOT_REACHED: &str = "Not looked at.";
pub(super) const WAITING: &str = "Waiting for its turn.";
pub(super) const KEPT_AS: &str = "Kept as";
pub(super) const WHY_FAILED: &str = "The look ended before it was done:";
pub(super) const NO_REASON: &str = "nobody noted why";
pub(super) const AFTER_FAILED: &str = "What was seen until then is kept. Measure again; if it ends like this once more, the terminal that runs the program says more.";
pub(super) const TRY_AGAIN: &str = "Measure again";

/// How many domains are named in a sentence.
const NAMED: usize = 3;

/// What to do about mail that could not be looked at.
pub(super) const fn mail_not_seen(offline: bool) -> &'static str {
    if offline {
        "Start the program again without --offline, then measure again."
    } else {
        "Check that this computer reaches the Internet and that the domain is spelled right, then measure again."
    }
}

pub(super) fn mail_for(domain: &str) -> String {
    format!("Mail for {domain}")
}

pub(super) fn not_yours(domain: &str) -> String {
    let name: String = domain.chars().take(80).collect();
    format!("{name:?} is not among your mail domains. Add it under Settings, Organization.")
}

pub(super) fn too_many(most: usize) -> String {
    format!("At most {most} mail domains at a time.")
}

/// `clinic.example, lab.example and 3 more`.
fn named(domains: &[String]) -> String {
    let (first, rest) = domains.split_at(domains.len().min(NAMED));
    let more =
        if rest.is_empty() { String::new() } else { format!(" and {} more", count(rest.len())) };
    format!("{}{more}", first.join(", "))
}

/// What a look will ask of whom, said before it is started.
pub(in crate::web::pages) fn announced(domains: &[String], offline: bool) -> String {
    match (domains, offline) {
        ([], _) => "Looks at this computer, which asks nobody over the network.".to_owned(),
        (_, true) => "Looks at this computer. The program was started with the network switched off, so nothing is asked about your mail.".to_owned(),
        (all, false) => format!(
            "Looks at this computer, and asks DNS about {}; if a mail policy is announced there, it is fetched from its site over HTTPS. Nothing about you is sent. The list of connections shows every question afterwards.",
            named(all)
        ),
    }
}

pub(super) fn a_look(computer: bool, domains: &[String]) -> String {
    let mail =
        if domains.is_empty() { String::new() } else { format!("the mail of {}", named(domains)) };
    match (computer, mail.as_str()) {
        (true, "") => "A look at this computer".to_owned(),
        (true, mail) => format!("A look at this computer and {mail}"),
        (false, mail) => format!("A look at {mail}"),
    }
}

pub(super) fn how_far(state: JobState, looked: usize, all: usize) -> String {
    match state {
        JobState::Queued => "Waiting for its turn".to_owned(),
        JobState::Running => format!("Looking: {} of {} done", count(looked), count(all)),
        JobState::Done => "Done".to_owned(),
        JobState::Failed => "Ended before it was done".to_owned(),
    }
}

pub(super) fn facts(read: usize, missed: usize) -> String {
    let missed =
        if missed == 0 { String::new() } else { format!(", {} not readable", count(missed)) };
    format!("{} read{missed}.", many(read, "fact"))
}

pub(super) fn questions(n: usize) -> String {
    match n {
        0 => "Nothing was asked over the network.".to_owned(),
        n => format!("{} asked over the network.", many(n, "question")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_names_what_it_asks_about() {
        let domains: Vec<String> = ["a", "b", "c", "d"].map(|it| format!("{it}.example")).into();
        assert_eq!(a_look(true, &[]), "A look at this computer");
        assert_eq!(a_look(false, &domains[..1]), "A look at the mail of a.example");
        let all = announced(&domains, false);
        assert!(all.contains("asks DNS about a.example, b.example, c.example and 1 more"), "{all}");
        assert!(announced(&domains, true).contains("nothing is asked"));
        assert!(announced(&[], false).contains("asks nobody"));
    }
}
