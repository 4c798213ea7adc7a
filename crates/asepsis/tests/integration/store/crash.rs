//! A process killed in the middle of appending loses nothing that it was told is recorded.

use super::*;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

/// How often a process is killed.
const ROUNDS: usize = 12;

/// Not a test: what the processes of the test below run, until they are killed.
#[test]
#[ignore = "run by the test below, in processes of its own"]
fn child() {
    let Some(url) = variable("STORE_CHILD_URL") else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let random = Counted::default();
        for n in 0..1000 {
            // Batches too, so that half of one would show.
            let batch = if n % 7 == 0 { 5 } else { 1 };
            for entry in store.append(ORG, notes(batch), now(), &random).await.unwrap() {
                let mut out = std::io::stdout().lock();
                writeln!(out, "\nrecorded {} {}", entry.seq, entry.leaf_hash).unwrap();
                out.flush().unwrap();
            }
        }
    });
}

#[test]
fn a_killed_process_loses_no_acknowledged_entry() {
    on_each(async |database: Database| {
        let seed = Hash::of(&[&std::process::id().to_be_bytes()]);
        let mut recorded: Vec<(u64, String)> = Vec::new();
        for round in 0..ROUNDS {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--ignored", "--exact", "--nocapture", "store::crash::child"])
                .env("STORE_CHILD_URL", &database.url)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let patience = usize::from(seed.0[round]) + 1;
            let mut seen = 0;
            for line in BufReader::new(child.stdout.take().unwrap()).lines() {
                let line = line.unwrap();
                // The last line may have been cut by the kill; it was then not acknowledged.
                let mut words = line.split(' ');
                if words.next() == Some("recorded")
                    && let (Some(seq), Some(leaf)) = (words.next(), words.next())
                    && leaf.len() == 64
                {
                    recorded.push((seq.parse().unwrap(), leaf.to_owned()));
                    seen += 1;
                    if seen == patience {
                        child.kill().unwrap();
                    }
                }
            }
            child.wait().unwrap();
            assert!(seen >= patience, "the process ended by itself after {seen} entries");
            let store = database.store().await;
            let verified = store.verify(ORG, None).await.unwrap();
            assert!(verified.is_sound(), "{verified}");
            let entries = store.entries(ORG, 0, u32::MAX).await.unwrap();
            for (seq, leaf) in &recorded {
                let entry = entries.get(*seq as usize).expect("an acknowledged entry is lost");
                assert_eq!(&entry.leaf_hash.to_string(), leaf);
            }
            store.close().await;
        }
    });
}
