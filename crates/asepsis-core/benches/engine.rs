//! How fast the engine is on a hospital system: 20,000 computers against the shipped catalog.
//!
//! `cargo bench -p asepsis-core --bench engine` prints the time to decode and to evaluate about a
//! million findings on one core, the peak memory, and how both grow. No two bodies are the same.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at a stopwatch")]

use std::path::Path;
use std::time::{Duration, Instant};

use asepsis_core::catalog::{Catalog, CatalogFiles};
use asepsis_core::engine::{Input, evaluate, expiring, next_steps};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::observation::{Body, BodyBuilder, Observation, Subject};
use asepsis_core::organization::{Organization, Size};
use asepsis_core::outcome::Outcome;
use asepsis_core::statement::{Answer, Attestation, Sureness};
use asepsis_core::time::Timestamp;
use serde_json::{Value, json};

/// The schema of the computers.
const SCHEMA: &str = "computer/1";
/// The limits: a million findings on one core.
const FINDINGS: usize = 1_000_000;
const SECONDS: f64 = 2.0;
const GIB: f64 = 1.0;

fn main() {
    let catalog = shipped();
    let checks = catalog.index.readers(SCHEMA).len();
    println!("{} checks in the catalog, {checks} of them over {SCHEMA}", catalog.checks.len());
    assert!(checks > 0, "the catalog has no check over {SCHEMA}");
    for findings in [FINDINGS / 100, FINDINGS / 10, FINDINGS] {
        run(&catalog, findings.div_ceil(checks), findings == FINDINGS);
    }
}

fn run(catalog: &Catalog, computers: usize, in_full: bool) {
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().expect("a time");
    let (evidence, decode, bytes) = evidence(computers, now);
    let held = peak_memory();
    let before = Instant::now();
    let input =
        Input { catalog, evidence: &evidence, ledger_size: evidence.len() as u64, as_of: now };
    let assessment = evaluate(&input);
    let spent = before.elapsed();
    let found = assessment.findings.len();
    let each = spent.as_nanos() as f64 / found as f64;
    println!(
        "{found:>9} findings of {computers:>6} computers: evaluate {:.3} s, {each:.0} ns per finding",
        spent.as_secs_f64()
    );
    if !in_full {
        return;
    }
    let count = |outcome| assessment.findings.iter().filter(|it| it.outcome == outcome).count();
    println!(
        "          outcomes: {} pass, {} fail, {} unknown, {} not applicable",
        count(Outcome::Pass),
        count(Outcome::Fail),
        count(Outcome::Unknown),
        count(Outcome::NotApplicable)
    );
    println!(
        "          decode {:.3} s for {:.0} MB of JSON ({:.0} bytes, {:.1} µs a computer)",
        decode.as_secs_f64(),
        bytes as f64 / 1e6,
        bytes as f64 / computers as f64,
        decode.as_secs_f64() * 1e6 / computers as f64
    );
    let before = Instant::now();
    let steps = next_steps(catalog, &assessment).len();
    println!("          next steps {:.3} s for {steps}", before.elapsed().as_secs_f64());
    let before = Instant::now();
    let ending = expiring(catalog, &assessment, now.plus_days(400)).len();
    println!("          expiring {:.3} s for {ending} lines", before.elapsed().as_secs_f64());
    let peak = peak_memory() / 1_073_741_824.0;
    println!(
        "          peak memory {peak:.2} GiB, of which the decoded evidence {:.2} GiB",
        held / 1_073_741_824.0
    );
    let (time, memory) = (spent.as_secs_f64() / SECONDS, peak / GIB);
    println!(
        "          of the limits: time {time:.2} of {SECONDS} s, memory {memory:.2} of {GIB} GiB"
    );
}

/// The catalog folder of this repository.
fn shipped() -> Catalog {
    fn walk(folder: &Path, root: &Path, files: &mut CatalogFiles) {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                walk(&path, root, files);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a readable file");
            files.0.insert(name.replace('\\', "/"), text);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    walk(&root, &root, &mut files);
    match Catalog::load(&files) {
        Ok(catalog) => catalog,
        Err(problems) => panic!("{problems:#?}"),
    }
}

/// Computers as the ledger hands them out: each body decoded from its text, which is then dropped.
fn evidence(computers: usize, now: Timestamp) -> (Vec<Evidence>, Duration, usize) {
    let entry = |seq, record| Evidence {
        seq,
        recorded_at: now,
        author: "person-0123456789abcdef".to_owned(),
        record,
    };
    let organization = Organization { chosen_size: Some(Size::Large), ..Organization::default() };
    let number = Attestation {
        question: "org.computers".to_owned(),
        answer: Answer::Number(computers as i64),
        stated_at: now,
        role: "it".to_owned(),
        sure: Sureness::Sure,
        note: String::new(),
        via: None,
        entered_by: None,
    };
    let mut all =
        vec![entry(0, Record::Organization(organization)), entry(1, Record::Attestation(number))];
    let (mut decode, mut bytes) = (Duration::ZERO, 0);
    for computer in 0..computers {
        let text = serde_json::to_string(&observation(computer as u64, now)).expect("JSON");
        bytes += text.len();
        let before = Instant::now();
        let seen: Observation = serde_json::from_str(&text).expect("an observation");
        decode += before.elapsed();
        all.push(entry(all.len() as u64, Record::Observation(seen)));
    }
    (all, decode, bytes)
}

fn observation(computer: u64, now: Timestamp) -> Observation {
    Observation {
        schema: SCHEMA.to_owned(),
        also: Vec::new(),
        subject: Subject(format!(
            "machine-id:{:016x}",
            computer.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        )),
        label: format!("ward-{computer:05}"),
        observed_at: now.plus_days(-1),
        collector: "asepsis/computer".to_owned(),
        version: "0.1.0".to_owned(),
        body: body(computer),
    }
}

/// A body as the collector makes it: most computers are well, some were looked at without
/// privilege, and the numbers differ everywhere.
fn body(computer: u64) -> Body {
    let mut dice = Dice(computer + 1);
    let mut body = BodyBuilder::new();
    let privileged = dice.chance(80);
    let os = if dice.chance(70) { ("ubuntu", "24.04") } else { ("debian", "12") };
    body.saw("os.id", os.0, "/etc/os-release");
    body.saw("os.version", os.1, "/etc/os-release");
    body.saw("os.name", format!("{} {}", os.0, os.1), "/etc/os-release");
    body.saw("os.supported", dice.chance(95), "the table of end-of-life dates");
    body.saw("os.days_left", 10 * computer as i64 % 1800 - 30, "the table of end-of-life dates");
    body.saw("kernel.running", format!("6.8.0-{computer}-generic"), "uname");
    body.saw("kernel.newest", format!("6.8.0-{computer}-generic"), "/boot");
    body.saw("restart.pending", dice.chance(10), "/run/reboot-required");
    body.saw(
        "hardware.kind",
        dice.of(&["laptop", "desktop", "server"]),
        "/sys/class/dmi/id/chassis_type",
    );
    body.saw("virtualization.guest", dice.chance(5), "/proc/cpuinfo");
    body.saw("virtualization.container", false, "/proc/1/cgroup");
    for path in ["disk.root_encrypted", "disk.home_encrypted", "disk.swap_encrypted"] {
        body.saw(path, dice.chance(85), "/sys/block and /proc/mounts");
    }
    let open: Vec<String> = (0..dice.below(2)).map(|it| format!("/data/{it}")).collect();
    body.saw("disk.unencrypted", open, "/proc/mounts");
    body.saw("firewall.manager", dice.of(&["ufw", "nftables", "firewalld"]), "/etc");
    if privileged {
        body.saw("firewall.active", dice.chance(92), "nft list ruleset");
        body.saw("firewall.default_deny", dice.chance(90), "nft list ruleset");
        body.saw("accounts.empty_passwords", dice.below(100) as i64 / 99, "/etc/shadow");
        body.saw("passwords.hash", dice.of(&["yescrypt", "sha512"]), "/etc/shadow");
        body.saw("accounts.sudo_without_password", dice.below(50) as i64 / 49, "/etc/sudoers");
    } else {
        for path in [
            "firewall.active",
            "firewall.default_deny",
            "accounts.empty_passwords",
            "passwords.hash",
            "accounts.sudo_without_password",
        ] {
            body.missed(path, "reading it needs an administrator");
        }
    }
    body.saw("antivirus.products", vec!["ClamAV"], "/usr/sbin/clamd");
    body.saw("antivirus.active", dice.chance(80), "systemd");
    body.saw("antivirus.on_access", dice.chance(50), "/etc/clamav/clamd.conf");
    body.saw("antivirus.signature_age_days", dice.below(20) as i64, "/var/lib/clamav");
    body.saw("edr.products", Vec::<String>::new(), "/opt");
    body.saw("edr.active", dice.chance(40), "systemd");
    body.saw("patches.days_since_upgrade", dice.below(60) as i64, "/var/log/dpkg.log");
    body.saw("patches.days_since_refresh", dice.below(10) as i64, "/var/lib/apt/lists");
    body.saw("updates.automatic", dice.chance(85), "/etc/apt/apt.conf.d");
    body.saw("updates.by", "unattended-upgrades", "/etc/apt/apt.conf.d");
    body.saw("accounts.administrators", 1 + dice.below(4) as i64, "/etc/group");
    body.saw("accounts.people", 1 + dice.below(9) as i64, "/etc/passwd");
    body.saw("accounts.directory", dice.chance(60), "/etc/nsswitch.conf");
    body.saw("accounts.uid_zero", 1, "/etc/passwd");
    body.saw("passwords.min_length", 8 + dice.below(8) as i64, "/etc/security/pwquality.conf");
    body.saw("passwords.checked", dice.chance(90), "/etc/pam.d");
    body.saw("passwords.lockout", dice.chance(70), "/etc/pam.d");
    body.saw("passwords.lockout_after", 3 + dice.below(10) as i64, "/etc/security/faillock.conf");
    body.saw("desktop.installed", dice.chance(80), "/usr/share/xsessions");
    body.saw("desktop.lock_enabled", dice.chance(90), "dconf");
    body.saw("desktop.lock_after_seconds", 60 * dice.below(30) as i64, "dconf");
    body.saw("desktop.lock_enforced", dice.chance(60), "dconf");
    body.saw("desktop.automatic_logon", dice.chance(5), "/etc/gdm3/custom.conf");
    body.saw("usb.storage_blocked", dice.chance(40), "/etc/modprobe.d");
    body.saw("usb.guard", dice.chance(20), "systemd");
    body.saw("boot.efi", true, "/sys/firmware/efi");
    body.saw("boot.secure", dice.chance(75), "/sys/firmware/efi/efivars");
    body.saw("tpm.present", dice.chance(90), "/sys/class/tpm");
    body.saw("tpm.version", 2, "/sys/class/tpm/tpm0/tpm_version_major");
    body.saw("backups.tools", vec!["restic"], "/usr/bin");
    body.saw("backups.scheduled", dice.chance(70), "systemd");
    body.saw("backups.days_since_success", dice.below(14) as i64, "/var/log/restic");
    body.saw("logs.forwarded", dice.chance(65), "/etc/rsyslog.d");
    body.saw("logs.forwarders", vec!["rsyslog"], "/etc/rsyslog.d");
    body.saw("logs.persistent", dice.chance(95), "/var/log/journal");
    body.saw("audit.active", dice.chance(55), "systemd");
    body.saw("remote_access.ssh_installed", true, "/usr/sbin/sshd");
    body.saw("remote_access.ssh_listening", dice.chance(30), "/proc/net/tcp");
    body.saw(
        "remote_access.ssh_root_login",
        dice.of(&["no", "prohibit-password", "yes"]),
        "sshd_config",
    );
    body.saw("remote_access.ssh_passwords", dice.chance(50), "/etc/ssh/sshd_config");
    body.saw("remote_access.ssh_empty_passwords", false, "/etc/ssh/sshd_config");
    body.saw("remote_access.ssh_max_tries", 3 + dice.below(4) as i64, "/etc/ssh/sshd_config");
    body.saw("remote_access.ssh_match_weaker", false, "/etc/ssh/sshd_config");
    body.saw("remote_access.ban", dice.chance(30), "systemd");
    body.saw("remote_access.screen_sharing", Vec::<String>::new(), "/proc");
    body.saw("remote_access.control_tools", Vec::<String>::new(), "/opt");
    body.saw(
        "integrity.mandatory_access",
        dice.of(&["enforcing", "permissive"]),
        "/sys/kernel/security",
    );
    body.saw("integrity.watchers", vec!["aide"], "/usr/bin/aide");
    body.saw("integrity.allow_listing", dice.chance(15), "fapolicyd");
    body.saw("clock.synchronized", dice.chance(97), "timedatectl");
    body.saw("clock.service", "systemd-timesyncd", "systemd");
    body.saw("hardening.aslr", 2, "/proc/sys/kernel/randomize_va_space");
    body.saw("hardening.setuid_core_dumps", dice.below(3) as i64, "/proc/sys/fs/suid_dumpable");
    body.saw("hardening.umask", dice.of(&["027", "022", "077"]), "/etc/login.defs");
    body.saw("hardening.private_homes", dice.chance(80), "/home");
    body.saw("services.legacy", Vec::<String>::new(), "systemd");
    let ports: Vec<Value> = (0..1 + dice.below(5))
        .map(|_| {
            let port = 1024 + dice.below(60_000);
            json!({"proto": dice.of(&["tcp", "udp"]), "port": port, "scope": dice.of(&["any", "loopback"])})
        })
        .collect();
    body.saw("ports.open", ports.len() as i64, "/proc/net");
    body.saw("ports.listening", ports, "/proc/net");
    body.build()
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.below(words.len() as u64) as usize;
        words.get(at).copied().unwrap_or_default()
    }
}

/// `VmHWM` of this process, in bytes; 0 where the system does not say.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or_default() * 1024.0
}
