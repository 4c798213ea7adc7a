//! A second opinion: NIST's macOS Security Compliance Project tags its rules with sub-practices of
//! HICP. Makes `docs/mscp-comparison.md`, which shows where they and our checks differ, and why.
//!
//! `cargo test -p asepsis --test integration refresh_mscp_comparison -- --ignored`, then read `git diff`.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use asepsis_collect::import::scan::mscp_rules;
use asepsis_core::catalog::Catalog;
use serde_json::json;

/// Why theirs and ours differ: rules, and a sentence. Each rule that does not agree stands here once.
const WHY: &[(&[&str], &str)] = &[
    (
        &["audit_auditd_enabled"],
        "NIST counts records of use as a source for those who watch; our check asks only that a computer \
         set up well keeps them. Practice 8 has a check of its own, for records that are sent on.",
    ),
    (
        &["audit_flags_aa_configure", "audit_flags_lo_configure"],
        "Both see the watching of sign-ins in practice 3. NIST also counts the records for practice 8, \
         where we ask for records that leave the computer.",
    ),
    (
        &["auth_ssh_password_authentication_disable"],
        "Both see a sign-in that cannot be guessed in practice 3. NIST also tags practice 6 for the \
         network; we hold the setting of one computer for no proof about a network.",
    ),
    (
        &["os_gatekeeper_enable"],
        "Both see the set-up of a computer in practice 2. NIST also tags digital signatures of mail (1) \
         and attack simulation (7); a check of programs is neither of them, we find.",
    ),
    (
        &["os_home_folders_secure"],
        "NIST sees the computer (2) and who may read what (3). Our check holds how new folders are closed \
         for a setting of the baseline (7), for it says nothing of folders that are there.",
    ),
    (
        &["os_setup_assistant_filevault_enforce"],
        "Both see the computer (2) and the data on it (4). NIST also tags access (3); encryption at rest \
         keeps out who holds the disk, not who signs in.",
    ),
    (
        &["os_sshd_per_source_penalties_configure"],
        "NIST sees the network that slows an attacker (6); we see the sign-in that cannot be guessed \
         without end, which practice 3 asks for.",
    ),
    (
        &["os_tftpd_disable"],
        "Both see the computer (2). NIST also tags access and data; we count an old service for the \
         set-up of the computer and its baseline (7), whoever could use it for what.",
    ),
    (
        &[
            "pwpolicy_alpha_numeric_enforce",
            "pwpolicy_custom_regex_enforce",
            "pwpolicy_lower_case_character_enforce",
            "pwpolicy_minimum_length_enforce",
            "pwpolicy_simple_sequence_disable",
            "pwpolicy_special_character_enforce",
            "pwpolicy_upper_case_character_enforce",
        ],
        "Both see rules for passwords in practice 3. NIST also tags the set-up of the computer (2); we \
         count a setting once, where HICP asks for it by name.",
    ),
    (
        &[
            "system_settings_critical_update_install_enforce",
            "system_settings_security_update_install",
        ],
        "Both see updates in practices 2 and 7. NIST also tags the list of equipment (5), and for one rule \
         access (3); a setting of updates is proof of neither, we find.",
    ),
    (
        &["system_settings_filevault_enforce"],
        "Both see the computer (2) and the data on it (4). NIST also tags the list of equipment (5); \
         encryption tells nothing of whether the list is complete.",
    ),
    (
        &["system_settings_guest_account_disable"],
        "Both see the computer (2) and accounts that are one person's (3). NIST also tags leaks of data \
         (4); who is kept from signing in is a question of access, we find.",
    ),
    (
        &["system_settings_remote_management_disable", "system_settings_screen_sharing_disable"],
        "NIST sees a service of the computer (2), the network (6), and for one rule data (4). We see a way \
         in from afar, which practice 3 wants hardened.",
    ),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Agree,
    Partly,
    Differ,
}

struct Row {
    rule: String,
    theirs: Vec<String>,
    ours: BTreeSet<String>,
    checks: Vec<String>,
    verdict: Verdict,
}

/// The number of a practice: `2` of `2.L.B`.
fn practice(id: &str) -> &str {
    id.split('.').next().unwrap_or_default()
}

/// Rules with tags that one of our checks checks too; `None` where the tags are not there.
fn rows() -> Option<(Vec<Row>, usize)> {
    let tags = crate::store::test_data("mscp/hicp-tags.csv")?;
    let tags = std::fs::read_to_string(tags).unwrap();
    let catalog = Catalog::load(&asepsis::ops::embedded()).unwrap();
    let mac = json!({"os": {"family": "macos"}}).as_object().unwrap().clone();
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (rule, path) in mscp_rules() {
        paths.entry(rule).or_default().insert(path);
    }
    let (mut rows, mut all) = (Vec::new(), 0);
    for line in tags.lines().skip(1) {
        all += 1;
        // Titles may hold commas; nothing else does.
        let (rule, rest) = line.split_once(',').unwrap();
        let Some(paths) = paths.get(rule) else { continue };
        let theirs = rest.rsplit(',').next().unwrap().split_whitespace().map(str::to_owned);
        let theirs: Vec<String> = theirs.collect();
        let (mut ours, mut checks) = (BTreeSet::new(), Vec::new());
        for check in catalog.checks.iter().filter(|it| it.reads == "computer/1") {
            if check.pass.paths().iter().any(|it| paths.contains(it.as_str())) {
                ours.extend(check.serves.iter().map(|it| it.sub_practice.clone()));
                let name = check.id.trim_start_matches("computer.");
                let not_here = check.applies.as_ref().is_some_and(|it| it.holds(&mac) == Ok(false));
                checks.push(if not_here { format!("{name}*") } else { name.to_owned() });
            }
        }
        if checks.is_empty() {
            continue;
        }
        let named: BTreeSet<&str> = theirs.iter().map(|it| practice(it)).collect();
        let served: BTreeSet<&str> = ours.iter().map(|it| practice(it)).collect();
        let verdict = match named.intersection(&served).count() {
            0 => Verdict::Differ,
            shared if shared == named.len() => Verdict::Agree,
            _ => Verdict::Partly,
        };
        rows.push(Row { rule: rule.to_owned(), theirs, ours, checks, verdict });
    }
    rows.sort_by(|a, b| a.rule.cmp(&b.rule));
    Some((rows, all))
}

/// The page.
fn page(rows: &[Row], all: usize) -> String {
    let count = |verdict| rows.iter().filter(|it| it.verdict == verdict).count();
    let same = rows.iter().filter(|row| row.theirs.iter().any(|it| row.ours.contains(it))).count();
    let mut out = format!(
        "# Our checks beside NIST's tags for macOS\n\n\
         NIST's macOS Security Compliance Project (`usnistgov/macos_security`) tags {all} rules with \
         sub-practices of HICP. It\nis the only such mapping by others that we know. Of these rules \
         {} are about something that one of our checks looks\nat. A test makes this page from their \
         tags, our reader's table of rules, and the catalog; where we do not agree, it\nasks for a \
         reason.\n\n\
         How they are compared: NIST's tags are items for large organizations only (2.L.B). Those have \
         the items for medium\nones to do as well (2.M.A), and most of our checks serve items for small \
         and medium organizations, where HICP asks for\nthe same protection first. So the practice, \
         the number before the first dot, is what can agree. **Agree**: our checks\nserve every \
         practice that NIST names. **Partly**: some of them. **Differ**: none. In {same} of them NIST \
         and we name the very\nsame sub-practice. A check with a * asks no Mac; it looks at the same \
         thing elsewhere.\n\n\
         {} agree, {} partly, {} differ. Rules are named by their ids only.\n\n\
         | NIST's rule | NIST | ours | our checks | |\n| --- | --- | --- | --- | --- |\n",
        rows.len(),
        count(Verdict::Agree),
        count(Verdict::Partly),
        count(Verdict::Differ),
    );
    for row in rows {
        let ours: Vec<&str> = row.ours.iter().map(String::as_str).collect();
        let verdict = match row.verdict {
            Verdict::Agree => "agree",
            Verdict::Partly => "partly",
            Verdict::Differ => "differ",
        };
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {verdict} |",
            row.rule,
            row.theirs.join(" "),
            ours.join(" "),
            row.checks.join(", "),
        )
        .unwrap();
    }
    out.push_str("\n## Why we do not agree\n\n");
    for (rules, why) in WHY {
        let rules: Vec<String> = rules.iter().map(|it| format!("`{it}`")).collect();
        writeln!(out, "- {}: {why}", rules.join(", ")).unwrap();
    }
    out.push_str(
        "\nThe tags are NIST's (CC BY 4.0); the list of rules lies beside the project as test data \
         and is not part of it.\n",
    );
    out
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/mscp-comparison.md")
}

#[test]
fn the_comparison_with_nists_tags_is_current_and_each_disagreement_has_its_reason() {
    let Some((rows, all)) = rows() else { return };
    assert!(rows.len() >= 25, "only {} rules; have the lists changed their names?", rows.len());
    let mut explained = BTreeSet::new();
    for rule in WHY.iter().flat_map(|(rules, _)| *rules) {
        assert!(explained.insert(*rule), "{rule} is explained twice");
    }
    let apart = rows.iter().filter(|it| it.verdict != Verdict::Agree);
    let apart: BTreeSet<&str> = apart.map(|it| it.rule.as_str()).collect();
    let missing: Vec<_> = apart.difference(&explained).collect();
    assert!(missing.is_empty(), "no reason is given for {missing:?}: write one into WHY");
    let spare: Vec<_> = explained.difference(&apart).collect();
    assert!(spare.is_empty(), "{spare:?} agree, or are not compared: take the reason out of WHY");
    let known = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        known == page(&rows, all),
        "docs/mscp-comparison.md is old: cargo test -p asepsis --test integration \
         refresh_mscp_comparison -- --ignored, and read git diff"
    );
}

#[test]
#[ignore = "writes docs/mscp-comparison.md"]
fn refresh_mscp_comparison() {
    if let Some((rows, all)) = rows() {
        std::fs::write(file(), page(&rows, all)).unwrap();
    }
}
