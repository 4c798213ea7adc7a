//! Questions to DNS. "There is none" and "no answer came" are different things.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use hickory_proto::rr::{Name, RData, Record, RecordType};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError as DnsFailure};

use super::{NetConfig, NetError, Run};

/// What DNS said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// There are records.
    Records(Vec<T>),
    /// The name does not exist (NXDOMAIN).
    NoName,
    /// The name exists, but has no record of this type.
    NoData,
    /// No answer came, or one that says nothing (SERVFAIL): not the same as "there is none".
    Failed(String),
}

impl<T> Answer<T> {
    /// Why no answer came, if none did.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(why) => Some(why),
            _ => None,
        }
    }

    fn map<U>(self, to: impl FnMut(T) -> Option<U>) -> Answer<U> {
        match self {
            Self::Records(records) => {
                match records.into_iter().filter_map(to).collect::<Vec<_>>() {
                    kept if kept.is_empty() => Answer::NoData,
                    kept => Answer::Records(kept),
                }
            }
            Self::NoName => Answer::NoName,
            Self::NoData => Answer::NoData,
            Self::Failed(why) => Answer::Failed(why),
        }
    }
}

/// Names that a name may lead to, one after another.
const CNAME_DEPTH: usize = 8;

/// The resolver, or in a sentence why this system names no name server.
pub(super) fn resolver(config: &NetConfig) -> Result<Result<TokioResolver, String>, NetError> {
    let provider = TokioRuntimeProvider::default();
    let mut builder = if config.name_servers.is_empty() {
        match TokioResolver::builder(provider) {
            Ok(builder) => builder,
            Err(error) => {
                return Ok(Err(format!("this system's name servers cannot be read: {error}")));
            }
        }
    } else {
        let servers = config.name_servers.iter().copied().map(name_server).collect();
        TokioResolver::builder_with_config(
            ResolverConfig::from_parts(None, Vec::new(), servers),
            provider,
        )
    };
    limit(builder.options_mut(), config);
    builder.build().map(Ok).map_err(NetError::Resolver)
}

fn limit(options: &mut ResolverOpts, config: &NetConfig) {
    options.attempts = config.limits.attempts;
    options.timeout = config.limits.attempt_timeout;
    options.use_hosts_file = ResolveHosts::Never;
    options.edns0 = true;
    // An observation says what is so now, not what was so at the last look.
    options.cache_size = 0;
    // Over TCP more questions than this at once would be turned away.
    options.max_active_requests = config.limits.questions.max(32);
    // Of a question that UDP could not bring through: a fire wall may let TCP pass.
    options.try_tcp_on_error = true;
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    let at = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    server.connections = server.connections.into_iter().map(at).collect();
    server
}

impl Run<'_> {
    /// The texts at a name; the strings of one record are joined without a space
    /// (RFC 7208 section 3.3).
    pub async fn txt(&self, name: &str) -> Answer<String> {
        self.lookup(name, RecordType::TXT).await.map(|data| match data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        })
    }

    /// The mail servers of a name, best first: preference and host, in lower case without the
    /// trailing dot.
    pub async fn mx(&self, name: &str) -> Answer<(u16, String)> {
        let answer = self.lookup(name, RecordType::MX).await.map(|data| match data {
            RData::MX(mx) => Some((mx.preference, plain(&mx.exchange))),
            _ => None,
        });
        match answer {
            Answer::Records(mut records) => {
                records.sort();
                Answer::Records(records)
            }
            other => other,
        }
    }

    /// The name that a name is an alias of.
    pub async fn cname(&self, name: &str) -> Answer<String> {
        match self.lookup_once(name, RecordType::CNAME).await {
            Looked::Answer(answer) => answer.map(|data| match data {
                RData::CNAME(target) => Some(plain(&target)),
                _ => None,
            }),
            Looked::PerhapsNoData => Answer::NoData,
        }
    }

    /// The addresses of a name.
    pub async fn addresses(&self, name: &str) -> Answer<IpAddr> {
        let (four, six) =
            tokio::join!(self.lookup(name, RecordType::A), self.lookup(name, RecordType::AAAA));
        let address = |data: RData| data.ip_addr();
        match (four.map(address), six.map(address)) {
            (Answer::Records(mut all), Answer::Records(six)) => {
                all.extend(six);
                Answer::Records(all)
            }
            (Answer::Records(all), _) | (_, Answer::Records(all)) => Answer::Records(all),
            (Answer::Failed(why), _) | (_, Answer::Failed(why)) => Answer::Failed(why),
            (Answer::NoName, _) | (_, Answer::NoName) => Answer::NoName,
            (Answer::NoData, Answer::NoData) => Answer::NoData,
        }
    }

    /// Whether the name exists: `Records` or `NoData` if so.
    pub async fn soa(&self, name: &str) -> Answer<()> {
        self.lookup(name, RecordType::SOA).await.map(|_| Some(()))
    }

    async fn lookup(&self, name: &str, kind: RecordType) -> Answer<RData> {
        match self.lookup_once(name, kind).await {
            Looked::Answer(answer) => answer,
            // The resolver says "no data" of a circle of aliases too.
            Looked::PerhapsNoData => match self.follow(name).await {
                Ok(()) => Answer::NoData,
                Err(why) => Answer::Failed(why),
            },
        }
    }

    async fn lookup_once(&self, name: &str, kind: RecordType) -> Looked {
        let failed = |why| Looked::Answer(Answer::Failed(why));
        let what = format!("{kind} {name}");
        let resolver = match &self.net.resolver {
            Ok(resolver) => resolver,
            Err(why) => return failed(why.clone()),
        };
        let Ok(full) = Name::from_ascii(format!("{}.", name.trim_end_matches('.'))) else {
            return failed(format!("{name} is too long for a name in DNS"));
        };
        if let Err(why) = self.ask("dns", &self.net.peer, &what) {
            return failed(why);
        }
        let looked = match self.within(resolver.lookup(full.clone(), kind)).await {
            Err(why) => return failed(format!("{why} to {what}")),
            Ok(Ok(lookup)) => match self.select(lookup.answers(), &full, kind) {
                records if records.is_empty() => Looked::PerhapsNoData,
                records => Looked::Answer(Answer::Records(records)),
            },
            Ok(Err(failure)) => read_failure(&failure, &full, &what),
        };
        if !matches!(looked, Looked::Answer(Answer::Failed(_))) {
            self.note_answer();
        }
        looked
    }

    /// The records of a type whose owner is the name, or the name that its aliases lead to.
    fn select(&self, answers: &[Record], name: &Name, kind: RecordType) -> Vec<RData> {
        let mut owner = name;
        for _ in 0..CNAME_DEPTH {
            let alias = answers.iter().find_map(|record| match &record.data {
                RData::CNAME(target) if kind != RecordType::CNAME && record.name == *owner => {
                    Some(&target.0)
                }
                _ => None,
            });
            let Some(target) = alias else { break };
            owner = target;
        }
        answers
            .iter()
            .filter(|record| record.record_type() == kind && record.name == *owner)
            .take(self.net.config.limits.answers)
            .map(|record| record.data.clone())
            .collect()
    }

    /// Follows aliases to their end.
    async fn follow(&self, name: &str) -> Result<(), String> {
        let mut passed = BTreeSet::from([name.trim_end_matches('.').to_ascii_lowercase()]);
        let mut at = name.to_owned();
        for _ in 0..CNAME_DEPTH {
            match self.cname(&at).await {
                Answer::NoName | Answer::NoData => return Ok(()),
                Answer::Failed(why) => return Err(why),
                Answer::Records(targets) => match targets.into_iter().next() {
                    Some(target) if !passed.insert(target.clone()) => {
                        return Err(format!("the aliases (CNAME) of {name} lead in a circle"));
                    }
                    Some(target) => at = target,
                    None => return Ok(()),
                },
            }
        }
        Err(format!("{name} leads through more than {CNAME_DEPTH} aliases (CNAME)"))
    }
}

/// What one question brought.
enum Looked {
    Answer(Answer<RData>),
    /// No data, or a circle of aliases: the answer does not say which.
    PerhapsNoData,
}

fn read_failure(failure: &DnsFailure, asked: &Name, what: &str) -> Looked {
    use hickory_proto::op::ResponseCode;
    Looked::Answer(match failure {
        DnsFailure::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => Answer::NoName,
            // RFC 2308 section 2.2: the SOA record makes it sure.
            ResponseCode::NoError if none.soa.is_some() && none.query.name() == asked => {
                Answer::NoData
            }
            ResponseCode::NoError => return Looked::PerhapsNoData,
            code => Answer::Failed(format!("DNS answered \"{code}\" to {what}")),
        },
        DnsFailure::Dns(DnsError::ResponseCode(code)) => {
            Answer::Failed(format!("DNS answered \"{code}\" to {what}"))
        }
        DnsFailure::Timeout => Answer::Failed(format!("DNS did not answer {what} in time")),
        other => Answer::Failed(format!("asking DNS for {what} failed: {other}")),
    })
}

fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
