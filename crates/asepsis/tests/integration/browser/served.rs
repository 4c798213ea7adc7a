//! The built program as a person starts it: `asepsis serve` on a free port, over a home of its own,
//! with a name server on this machine that knows no records.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests, which clippy does not take for tests; the name server is their own"
)]

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running practice book.
pub(crate) struct Served {
    child: Child,
    home: PathBuf,
    dns: SocketAddr,
    /// The address that the program printed: with a code while nobody has an account.
    pub(crate) printed: String,
}

impl Served {
    /// Starts the program and waits until it says where the book is.
    pub(crate) fn start(home: &Path) -> Self {
        Self::at(home, 0, name_server())
    }

    fn at(home: &Path, port: u16, dns: SocketAddr) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_asepsis"))
            .env_clear()
            .env("HOME", home)
            .env("TZ", "America/Chicago")
            .args(["--home".as_ref(), home.as_os_str()])
            .args(["serve", "--no-browser", "--port", &port.to_string()])
            .args(["--dns", &dns.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let printed = line.split_whitespace().find(|it| it.starts_with("http")).unwrap().to_owned();
        Self { child, home: home.to_owned(), dns, printed }
    }

    /// The book's address without a path.
    pub(crate) fn origin(&self) -> String {
        self.printed.split('/').take(3).collect::<Vec<_>>().join("/")
    }

    /// Kills the program with no chance to tidy up, and starts it again at the same port.
    pub(crate) fn kill_and_restart(&mut self) {
        let port = self.origin().rsplit(':').next().unwrap().parse().unwrap();
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let again = Self::at(&self.home, port, self.dns);
        // The old one is gone already; dropping it does nothing more.
        drop(std::mem::replace(self, again));
    }

    /// Resident memory of the program, in MiB.
    pub(crate) fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|it| it.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A name server that answers every question with "there is no such record" (RFC 1035, section
/// 4.1.1: the question comes back with QR and RA set). Ends with the test binary.
fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0_u8; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            let Some(message) = buffer.get_mut(..length).filter(|it| it.len() > 12) else {
                continue;
            };
            // QR, RD and RA; no error; one question, and no record of any kind.
            for (at, byte) in
                [(2, 0x81), (3, 0x80), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0)]
            {
                if let Some(it) = message.get_mut(at) {
                    *it = byte;
                }
            }
            // What follows the question (EDNS) goes: its name ends with a zero, then type and class.
            let rest = message.get(12..).unwrap_or_default();
            let end = rest.iter().position(|byte| *byte == 0).map_or(length, |at| 12 + at + 5);
            let _ = socket.send_to(message.get(..end.min(length)).unwrap_or_default(), from);
        }
    });
    address
}
