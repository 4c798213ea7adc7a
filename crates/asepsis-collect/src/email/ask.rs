//! Puts all questions about a domain, side by side. Holds answers; draws no conclusions.

use std::net::IpAddr;

use super::{dkim, dmarc, mta_sts, mx};
use crate::net::{Answer, Fetched, Run};

/// All that was answered about one domain.
pub(super) struct Answers {
    pub(super) exists: Answer<()>,
    pub(super) mx: Answer<(u16, String)>,
    /// The addresses of the domain itself; asked if it has no MX record.
    pub(super) own_address: Option<Answer<IpAddr>>,
    /// For each MX host that is a name: what it is an alias of, and its addresses.
    pub(super) hosts: Vec<(Answer<String>, Answer<IpAddr>)>,
    /// The texts at the domain, among them SPF.
    pub(super) txt: Answer<String>,
    /// The DMARC records found from the domain upward: where, and the texts.
    pub(super) dmarc: Vec<(String, Answer<String>)>,
    pub(super) dkim: Dkim,
    pub(super) mta_sts: Answer<String>,
    pub(super) policy: Option<Fetched>,
    pub(super) tls_rpt: Answer<String>,
}

/// The answers about keys.
pub(super) struct Dkim {
    /// At a selector that nobody has.
    pub(super) wildcard: Answer<String>,
    /// At `_domainkey` itself: NXDOMAIN there means no key at all (RFC 8020).
    pub(super) parent: Answer<String>,
    /// Each selector, whether it was given by name, and its texts.
    pub(super) selectors: Vec<(String, bool, Answer<String>)>,
    /// Whether every selector that was given was asked for.
    pub(super) all_given: bool,
}

/// A selector that exists only if every selector does.
const NOBODYS_SELECTOR: &str = "asepsis-asks-whether-any-name-exists";
/// MX hosts that are looked up. Three questions each; with all others they stay within 120.
pub(super) const MAX_HOSTS: usize = 10;
/// Questions of the DMARC tree walk (RFC 9989 section 4.10).
const MAX_WALK: usize = 8;
/// Selectors that are taken from the caller.
const MAX_GIVEN: usize = 16;

pub(super) async fn all(run: &Run<'_>, domain: &str, selectors: &[String]) -> Answers {
    let (exists, (mx, own_address, hosts), txt, dmarc, dkim, (mta_sts, policy), tls_rpt) = tokio::join!(
        run.soa(domain),
        servers(run, domain),
        async { run.txt(domain).await },
        walk(run, domain),
        keys(run, domain, selectors),
        policy(run, domain),
        async { run.txt(&format!("_smtp._tls.{domain}")).await },
    );
    Answers { exists, mx, own_address, hosts, txt, dmarc, dkim, mta_sts, policy, tls_rpt }
}

impl Answers {
    /// Why the first question that failed did.
    pub(super) fn first_failure(&self) -> Option<String> {
        let ((Answer::Failed(why), ..) | (_, Answer::Failed(why), _) | (.., Answer::Failed(why))) =
            (&self.exists, &self.mx, &self.txt)
        else {
            return None;
        };
        Some(why.clone())
    }
}

type Servers =
    (Answer<(u16, String)>, Option<Answer<IpAddr>>, Vec<(Answer<String>, Answer<IpAddr>)>);

async fn servers(run: &Run<'_>, domain: &str) -> Servers {
    let answer = run.mx(domain).await;
    let Answer::Records(records) = &answer else {
        let own = match &answer {
            Answer::NoData => Some(run.addresses(domain).await),
            _ => None,
        };
        return (answer, own, Vec::new());
    };
    let hosts = records.iter().take(MAX_HOSTS).map(|(_, host)| async move {
        if host.is_empty() || mx::is_literal(host) {
            return (Answer::NoData, Answer::NoData);
        }
        tokio::join!(async { run.cname(host).await }, run.addresses(host))
    });
    let hosts = together(hosts).await;
    (answer, None, hosts)
}

/// From the domain upward to the last label, at most 8 questions: a longer name goes on at seven
/// labels. Ends early at a usable record that says where the organization ends (`psd=`).
async fn walk(run: &Run<'_>, domain: &str) -> Vec<(String, Answer<String>)> {
    let labels: Vec<&str> = domain.split('.').collect();
    let mut seen = Vec::new();
    let mut from = 0;
    while seen.len() < MAX_WALK && from < labels.len() {
        let at = labels.get(from..).unwrap_or_default().join(".");
        let answer = run.txt(&format!("_dmarc.{at}")).await;
        let failed = matches!(answer, Answer::Failed(_));
        // A sole record of the domain's own decides, be it broken, whatever stands above it.
        let done = match from {
            0 => matches!(records_of(&answer).as_slice(), [_]),
            _ => usable(&answer).is_some_and(|record| record.psd != dmarc::Psd::Unknown),
        };
        seen.push((at, answer));
        if failed || done {
            break;
        }
        from = if from == 0 && labels.len() > MAX_WALK {
            labels.len() - (MAX_WALK - 1)
        } else {
            from + 1
        };
    }
    seen
}

/// The texts that claim to be DMARC records.
pub(super) fn records_of(answer: &Answer<String>) -> Vec<&str> {
    let Answer::Records(texts) = answer else { return Vec::new() };
    texts.iter().map(String::as_str).filter(|text| dmarc::is_record(text)).collect()
}

/// The record, if there is exactly one and it is usable.
pub(super) fn usable(answer: &Answer<String>) -> Option<dmarc::Record> {
    match records_of(answer).as_slice() {
        [only] => dmarc::parse(only).ok(),
        _ => None,
    }
}

async fn keys(run: &Run<'_>, domain: &str, given: &[String]) -> Dkim {
    let label = |name: &str| {
        (1..=63).contains(&name.len())
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..")
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let mut names: Vec<(String, bool)> = Vec::new();
    let mut all_given = true;
    for name in given.iter().map(|name| name.trim().to_ascii_lowercase()) {
        if !label(&name) || names.len() == MAX_GIVEN {
            all_given = false;
        } else if !names.iter().any(|(other, _)| *other == name) {
            names.push((name, true));
        }
    }
    for known in dkim::WELL_KNOWN {
        if !names.iter().any(|(name, _)| name == known) {
            names.push((known.to_owned(), false));
        }
    }
    let at = |selector: &str| format!("{selector}._domainkey.{domain}");
    let asked = names.into_iter().map(|(name, given)| async move {
        let answer = run.txt(&at(&name)).await;
        (name, given, answer)
    });
    let (wildcard, parent, selectors) = tokio::join!(
        async { run.txt(&at(NOBODYS_SELECTOR)).await },
        async { run.txt(&format!("_domainkey.{domain}")).await },
        together(asked),
    );
    Dkim { wildcard, parent, selectors, all_given }
}

async fn policy(run: &Run<'_>, domain: &str) -> (Answer<String>, Option<Fetched>) {
    let answer = run.txt(&format!("_mta-sts.{domain}")).await;
    let Answer::Records(texts) = &answer else { return (answer, None) };
    let records: Vec<&String> = texts.iter().filter(|text| mta_sts::is_record(text)).collect();
    let usable = matches!(records.as_slice(), [only] if mta_sts::parse(only).is_ok());
    if !usable {
        return (answer, None);
    }
    let host = format!("mta-sts.{domain}");
    let fetched = run.fetch_text(&host, "/.well-known/mta-sts.txt").await;
    (answer, Some(fetched))
}

/// Awaits all of them side by side, results in their order.
async fn together<F: Future>(work: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    use std::task::Poll;
    let mut waiting: Vec<_> = work.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |cx| {
        let mut pending = false;
        for (slot, result) in waiting.iter_mut().zip(&mut done) {
            let Some(one) = slot else { continue };
            match one.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    *result = Some(output);
                    *slot = None;
                }
                Poll::Pending => pending = true,
            }
        }
        if pending {
            return Poll::Pending;
        }
        Poll::Ready(done.iter_mut().filter_map(Option::take).collect())
    })
    .await
}
