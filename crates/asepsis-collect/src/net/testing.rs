//! A name server on loopback for tests: answers from a list, and misbehaves on demand.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_proto::op::{Message, MessageType, ResponseCode};
use hickory_proto::rr::rdata::{A, CNAME, MX, SOA, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

use super::{Limits, Net, NetConfig};

/// What the server does with questions about a name.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// Answers with this code.
    Code(ResponseCode),
    /// Never answers.
    Silence,
    /// Does not answer the first question, then behaves.
    LoseFirst,
    /// Says over UDP that the answer is too long.
    Truncate,
}

/// The zone of a test.
#[derive(Clone, Default)]
pub(crate) struct Zone {
    records: BTreeMap<String, Vec<RData>>,
    deeds: BTreeMap<String, Deed>,
}

impl Zone {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn add(mut self, name: &str, data: RData) -> Self {
        self.records.entry(name.to_owned()).or_default().push(data);
        self
    }

    /// A text, cut into strings of 255 bytes.
    pub(crate) fn txt(self, name: &str, text: &str) -> Self {
        let strings: Vec<&[u8]> = text.as_bytes().chunks(255).collect();
        self.add(name, RData::TXT(TXT::from_bytes(strings)))
    }

    pub(crate) fn mx(self, name: &str, preference: u16, host: &str) -> Self {
        let host = Name::from_ascii(host).unwrap();
        self.add(name, RData::MX(MX::new(preference, host)))
    }

    pub(crate) fn a(self, name: &str) -> Self {
        self.add(name, RData::A(A::new(192, 0, 2, 1)))
    }

    pub(crate) fn cname(self, name: &str, target: &str) -> Self {
        let target = Name::from_ascii(format!("{target}.")).unwrap();
        self.add(name, RData::CNAME(CNAME(target)))
    }

    pub(crate) fn deed(mut self, name: &str, deed: Deed) -> Self {
        self.deeds.insert(name.to_owned(), deed);
        self
    }

    /// The answer to a question, or `None` for silence.
    fn answer(&mut self, query: &Message, udp: bool) -> Option<Message> {
        let question = query.queries.first()?.clone();
        let name = question.name().to_ascii().trim_end_matches('.').to_ascii_lowercase();
        let mut message = Message::response(query.metadata.id, query.metadata.op_code);
        message.metadata.message_type = MessageType::Response;
        message.metadata.recursion_available = true;
        message.add_query(question.clone());
        match self.deeds.get(&name).cloned() {
            Some(Deed::Silence) => return None,
            Some(Deed::LoseFirst) => {
                self.deeds.remove(&name);
                return None;
            }
            Some(Deed::Code(code)) => {
                message.metadata.response_code = code;
                return Some(message);
            }
            Some(Deed::Truncate) if udp => {
                message.metadata.truncation = true;
                return Some(message);
            }
            Some(Deed::Truncate) | None => {}
        }
        let below = format!(".{name}");
        let mut here = self.records.get(&name);
        let mut exists = here.is_some() || self.records.keys().any(|other| other.ends_with(&below));
        if !exists && let Some((_, parent)) = name.split_once('.') {
            // A wildcard stands in for names that do not exist (RFC 4592).
            here = self.records.get(&format!("*.{parent}"));
            exists = here.is_some();
        }
        let kind = question.query_type();
        for data in here.into_iter().flatten() {
            if data.record_type() == kind || data.record_type() == RecordType::CNAME {
                message.add_answer(Record::from_rdata(question.name().clone(), 60, data.clone()));
            }
        }
        if !exists {
            message.metadata.response_code = ResponseCode::NXDomain;
        }
        if message.answers.is_empty() {
            let root = Name::root();
            let soa = SOA::new(root.clone(), root.clone(), 1, 60, 60, 60, 60);
            message.add_authority(Record::from_rdata(root, 60, RData::SOA(soa)));
        }
        Some(message)
    }

    /// Starts a server for the zone, over UDP and TCP at one port; ends with the test's runtime.
    pub(crate) async fn serve(self) -> SocketAddr {
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
                break (udp, tcp);
            }
        };
        let address = udp.local_addr().unwrap();
        let zone = Arc::new(Mutex::new(self));
        let of_tcp = Arc::clone(&zone);
        tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            loop {
                let (count, peer) = udp.recv_from(&mut buffer).await.unwrap();
                let query = Message::from_vec(&buffer[..count]).unwrap();
                let answer = zone.lock().unwrap().answer(&query, true);
                if let Some(answer) = answer {
                    let mut bytes = answer.to_vec().unwrap();
                    if bytes.len() > 1232 {
                        let mut short = answer.truncate();
                        short.metadata.truncation = true;
                        bytes = short.to_vec().unwrap();
                    }
                    udp.send_to(&bytes, peer).await.unwrap();
                }
            }
        });
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = tcp.accept().await.unwrap();
                let zone = Arc::clone(&of_tcp);
                tokio::spawn(async move {
                    while let Ok(length) = stream.read_u16().await {
                        let mut buffer = vec![0; usize::from(length)];
                        stream.read_exact(&mut buffer).await.unwrap();
                        let query = Message::from_vec(&buffer).unwrap();
                        let answer = zone.lock().unwrap().answer(&query, false);
                        if let Some(answer) = answer {
                            let bytes = answer.to_vec().unwrap();
                            stream.write_u16(u16::try_from(bytes.len()).unwrap()).await.unwrap();
                            stream.write_all(&bytes).await.unwrap();
                        }
                    }
                });
            }
        });
        address
    }

    /// A network that asks a server of this zone, impatiently.
    pub(crate) async fn net(self) -> Net {
        Net::with(self.config().await).unwrap()
    }

    pub(crate) async fn config(self) -> NetConfig {
        NetConfig {
            name_servers: vec![self.serve().await],
            limits: Limits {
                attempt_timeout: Duration::from_millis(300),
                run_timeout: Duration::from_secs(4),
                ..Limits::default()
            },
            ..NetConfig::default()
        }
    }
}
