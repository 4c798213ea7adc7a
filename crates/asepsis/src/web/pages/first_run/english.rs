//! The English words of the first run.

pub(super) const NOT_YOURS: &str = "This address was used already";
pub(super) const START_AGAIN: &str = "It works once, for one browser. Stop the program in its \
    terminal and start it again: asepsis serve. It prints a new address.";
pub(super) const OPEN_PRINTED: &str = "Open the address that the program printed";
pub(super) const OPEN_PRINTED_HOW: &str = "Nobody has an account here yet. The terminal that runs \
    asepsis serve shows an address with a code in it; open that one. So nobody else on this \
    computer can make the first account.";

pub(super) const WHO: &str = "Who are you?";
pub(super) const WHO_LEAD: &str = "Three short pages, then we look around. All of it stays on this \
    computer; there is no account anywhere else.";
pub(in crate::web::pages) const ORGANIZATION: &str = "Name of your clinic or organization";
pub(in crate::web::pages) const ORGANIZATION_FAULT: &str = "Give a name of up to 200 characters.";
pub(in crate::web::pages) const SECTOR: &str = "What do you do?";
pub(in crate::web::pages) const HEALTH_CARE: &str =
    "We care for patients, or work for those who do";
pub(in crate::web::pages) const OTHER_SECTOR: &str = "Something else";
pub(super) const NAME: &str = "Your name";
pub(super) const SIGN_IN: &str = "Your sign-in name";
pub(super) const SIGN_IN_HINT: &str = "A short name or your e-mail address. Nothing is sent there.";
pub(super) const PASSPHRASE: &str = "Choose a passphrase";
pub(super) const PASSPHRASE_HINT: &str = "At least 15 characters. Four or five unusual words are easy to remember. Keep it: nobody can look it up.";
pub(super) const ROLES: &str = "Which kinds of questions can you answer?";
pub(super) const GO_ON: &str = "Go on";

pub(super) const SIZE: &str = "How large are you?";
pub(super) const SIZE_LEAD: &str = "Tick what you know, one column in each row; the column with \
    most ticks is your size. It decides which practices apply.";
pub(super) const SIZE_LATER: &str = "Take us for small, I will say more later";

pub(super) const COMPUTERS: &str = "How many computers do you use?";
pub(super) const COMPUTERS_HINT: &str = "Desktops, laptops and servers. A good estimate will do.";
pub(super) const COMPUTERS_FAULT: &str = "Give a number from 1 to 1000000, without other signs.";

pub(super) const MAIL: &str = "Your mail, and the first look";
pub(super) const DOMAINS: &str = "Your mail domains";
pub(in crate::web::pages) const DOMAINS_HINT: &str =
    "What stands after the @ in your e-mail addresses, one in each line. An address will do.";
pub(super) const ASKED: &str = "What is asked outside";
pub(super) const LOOKS: &str = "Where should we look?";
pub(super) const COMPUTER: &str = "Look at this computer";
pub(super) const COMPUTER_HINT: &str = "Reads settings, changes nothing, asks no network.";
pub(super) const AUTOMATIC: &str = "Look again by itself while the program runs";
pub(super) const AUTOMATIC_HINT: &str =
    "Each as often as needed, at most once a day. You can switch it off under Settings.";
pub(super) const MEASURE: &str = "Measure now";
pub(super) const NOT_NOW: &str = "Not now, show me the book";

pub(in crate::web::pages) fn role(role: &str) -> &'static str {
    match role {
        "manager" => "How the organization is run (manager)",
        "front-desk" => "The front desk",
        "clinician" => "Giving care (clinician)",
        "it" => "Computers and network (IT)",
        _ => "As an outside vendor",
    }
}

/// The title of a row of the size table, to begin a line.
pub(in crate::web::pages) fn capital(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

pub(super) fn domain_fault(why: &str) -> String {
    format!("Check the spelling: {why}.")
}

/// What is asked outside; `people` are those who are cared for.
pub(super) fn asked_how(people: &str) -> String {
    format!(
        "For each domain we ask DNS about its mail: MX, SPF, DKIM, DMARC, MTA-STS and TLS reports. If \
         the domain has one, we also read one small public file, \
         https://mta-sts.(your domain)/.well-known/mta-sts.txt. Nothing about you or your {people} is \
         sent. Every question is listed afterward under Settings, Connections."
    )
}

/// What decided the size, after the form about it.
pub(super) fn size(sentence: &str) -> String {
    format!("Your size: {sentence}. You can change it under Settings, Your organization.")
}
