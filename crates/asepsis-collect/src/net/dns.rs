//! Questions to DNS. "There is none" and "no answer came" are different things.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use hickory_proto::rr::{Name, RData, RecordType};
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
    /// The records; none is an empty list, a failure its reason.
    pub fn records(self) -> Result<Vec<T>, String> {
        match self {
            Self::Records(records) => Ok(records),
            Self::NoName | Self::NoData => Ok(Vec::new()),
            Self::Failed(why) => Err(why),
        }
    }

    fn map<U>(self, to: impl FnMut(T) -> Option<U>) -> Answer<U> {
        match self {
            Self::Records(records) => match records.into_iter().filter_map(to).collect::<Vec<_>>() {
                kept if kept.is_empty() => Answer::NoData,
                kept => Answer::Records(kept),
            },
            Self::NoName => Answer::NoName,
            Self::NoData => Answer::NoData,
            Self::Failed(why) => Answer::Failed(why),
        }
    }
}

/// Names that a name may lead to, one after another.
const CNAME_DEPTH: usize = 8;

pub(super) fn resolver(config: &NetConfig) -> Result<TokioResolver, NetError> {
    let provider = TokioRuntimeProvider::default();
    let mut builder = if config.name_servers.is_empty() {
        TokioResolver::builder(provider).map_err(NetError::SystemDns)?
    } else {
        let servers = config.name_servers.iter().copied().map(name_server).collect();
        TokioResolver::builder_with_config(
            ResolverConfig::from_parts(None, Vec::new(), servers),
            provider,
        )
    };
    limit(builder.options_mut(), config);
    builder.build().map_err(NetError::Resolver)
}

fn limit(options: &mut ResolverOpts, config: &NetConfig) {
    options.attempts = config.limits.attempts;
    options.timeout = config.limits.attempt_timeout;
    options.use_hosts_file = ResolveHosts::Never;
    options.edns0 = true;
    // An observation says what is so now, not what was so at the last look.
    options.cache_size = 0;
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
            RData::TXT(txt) => {
                Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned())
            }
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
        self.lookup_once(name, RecordType::CNAME).await.map(|data| match data {
            RData::CNAME(target) => Some(plain(&target)),
            _ => None,
        })
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

    /// Asks; if the answer is "no data", makes sure that this is not a loop of aliases.
    async fn lookup(&self, name: &str, kind: RecordType) -> Answer<RData> {
        match self.lookup_once(name, kind).await {
            Answer::NoData => match self.follow(name).await {
                Ok(()) => Answer::NoData,
                Err(why) => Answer::Failed(why),
            },
            other => other,
        }
    }

    async fn lookup_once(&self, name: &str, kind: RecordType) -> Answer<RData> {
        let what = format!("{kind} {name}");
        if let Err(why) = self.ask("dns", &self.net.peer, &what) {
            return Answer::Failed(why);
        }
        let Some(resolver) = &self.net.resolver else {
            return Answer::Failed("the network is switched off".to_owned());
        };
        let Ok(full) = Name::from_ascii(format!("{}.", name.trim_end_matches('.'))) else {
            return Answer::Failed(format!("{name} is too long for a name in DNS"));
        };
        let answer = match self.within(resolver.lookup(full, kind)).await {
            Err(why) => return Answer::Failed(why),
            Ok(Ok(lookup)) => {
                // Select by type: an answer carries aliases and signatures too.
                let records = lookup.answers().iter().filter(|record| record.record_type() == kind);
                let records: Vec<RData> =
                    records.take(self.net.config.limits.answers).map(|r| r.data.clone()).collect();
                if records.is_empty() { Answer::NoData } else { Answer::Records(records) }
            }
            Ok(Err(failure)) => failed(&failure, &what),
        };
        if !matches!(answer, Answer::Failed(_)) {
            self.note_answer();
        }
        answer
    }

    /// Follows aliases to their end, since the resolver says "no data" of a loop too.
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

fn failed(failure: &DnsFailure, what: &str) -> Answer<RData> {
    use hickory_proto::op::ResponseCode;
    match failure {
        DnsFailure::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => Answer::NoName,
            ResponseCode::NoError => Answer::NoData,
            code => Answer::Failed(format!("DNS answered {code} to {what}")),
        },
        DnsFailure::Dns(DnsError::ResponseCode(code)) => {
            Answer::Failed(format!("DNS answered {code} to {what}"))
        }
        DnsFailure::Timeout => Answer::Failed(format!("DNS did not answer {what} in time")),
        other => Answer::Failed(format!("asking DNS for {what} failed: {other}")),
    }
}

fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
