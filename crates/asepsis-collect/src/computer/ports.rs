//! Which ports have a listener, and who can reach them.

use serde_json::{Value, json};

use super::look::Look;

const FILES: [(&str, &str); 4] = [
    ("/proc/net/tcp", "tcp"),
    ("/proc/net/tcp6", "tcp"),
    ("/proc/net/udp", "udp"),
    ("/proc/net/udp6", "udp"),
];

/// Longer tables are cut: a busy server has many connections, and listeners come first.
const TABLE_BYTES: usize = 4 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Listener {
    proto: &'static str,
    port: u16,
    scope: &'static str,
}

pub(super) fn look(at: &mut Look<'_>) {
    let mut found = Vec::new();
    for (path, proto) in FILES {
        match at.source.read_start(path, TABLE_BYTES) {
            Ok(bytes) => found.extend(listeners(&String::from_utf8_lossy(&bytes), proto)),
            // Without IPv6 there is no table of it.
            Err(error) if error.is_missing() && path.ends_with('6') => {}
            Err(error) => {
                at.missed("ports.open", &error);
                return at.missed("ports.listening", error);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    let mut open: Vec<u16> = found
        .iter()
        .filter(|it| it.proto == "tcp" && it.scope != "loopback")
        .map(|it| it.port)
        .collect();
    open.dedup();
    at.saw("ports.open", open.len(), "/proc/net/tcp, tcp6");
    at.open_tcp = Some(open);
    let list: Vec<Value> = found
        .iter()
        .take(512)
        .map(|it| json!({"proto": it.proto, "port": it.port, "scope": it.scope}))
        .collect();
    at.saw("ports.listening", list, "/proc/net/tcp, tcp6, udp, udp6");
}

/// The listeners of a table of proc_pid_net(5). A UDP socket without a peer is one.
fn listeners<'a>(table: &'a str, proto: &'static str) -> impl Iterator<Item = Listener> + 'a {
    table.lines().skip(1).filter_map(move |line| {
        let mut words = line.split_whitespace().skip(1);
        let (local, remote, state) = (words.next()?, words.next()?, words.next()?);
        let listens = match proto {
            "tcp" => state == "0A",
            _ => state == "07" && remote.bytes().all(|byte| matches!(byte, b'0' | b':')),
        };
        if !listens {
            return None;
        }
        let (address, port) = local.split_once(':')?;
        Some(Listener { proto, port: u16::from_str_radix(port, 16).ok()?, scope: scope(address)? })
    })
}

/// Addresses are groups of 32 bits, each in the processor's byte order (little-endian here).
fn scope(address: &str) -> Option<&'static str> {
    if !matches!(address.len(), 8 | 32) || !address.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    if address.bytes().all(|byte| byte == b'0') {
        return Some("any");
    }
    let v4 = match address.strip_prefix("0000000000000000FFFF0000") {
        Some(mapped) => Some(mapped),
        None if address.len() == 8 => Some(address),
        None => None,
    };
    let loopback = match v4 {
        Some(v4) => v4.ends_with("7F"),
        None => address == "00000000000000000000000001000000",
    };
    Some(if loopback { "loopback" } else { "address" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_read_with_who_can_reach_them() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue\n\
            0: 00000000:0016 00000000:0000 0A 0:0 00:0 0 0 0 1\n\
            1: 0100007F:0277 00000000:0000 0A 0:0 00:0 0 0 0 1\n\
            2: 0F02000A:0016 0202000A:D3B2 01 0:0 00:0 0 0 0 1\n\
            3: 0F02000A:1F90 00000000:0000 0A 0:0 00:0 0 0 0 1\n\
            junk\n4: zz:0016 00000000:0000 0A\n";
        let found: Vec<_> = listeners(table, "tcp").map(|it| (it.port, it.scope)).collect();
        assert_eq!(found, [(22, "any"), (631, "loopback"), (8080, "address")]);
        assert_eq!(scope("00000000000000000000000001000000"), Some("loopback"));
        assert_eq!(scope("0000000000000000FFFF00000100007F"), Some("loopback"));
        assert_eq!(scope("000080FE00000000FF005450B6AD1DFE"), Some("address"));
        assert_eq!(scope("1"), None);
        let udp = "h\n0: 3600007F:0035 00000000:0000 07\n1: 0F02000A:0044 0102000A:0043 01\n";
        assert_eq!(listeners(udp, "udp").count(), 1);
    }
}
