//! Two processes that append to one ledger at the same time.

use super::*;
use std::process::{Command, Stdio};

/// Entries that each process appends.
const EACH: usize = 1500;

/// Not a test: what the processes of the test below run.
#[test]
#[ignore = "run by the test below, in processes of its own"]
fn child() {
    let (Some(url), Some(name)) = (variable("STORE_CHILD_URL"), variable("STORE_CHILD_NAME"))
    else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let random = Counted::default();
        for n in 0..EACH {
            let entry = NewEntry { author: name.clone(), ..note(n) };
            let written = store.append(ORG, vec![entry], now(), &random).await.unwrap();
            assert_eq!(written.len(), 1);
        }
        store.close().await;
    });
}

#[test]
fn two_processes_lose_no_entry_and_see_no_error() {
    on_each(async |database: Database| {
        let children: Vec<_> = ["one", "two"]
            .map(|name| {
                Command::new(std::env::current_exe().unwrap())
                    .args(["--ignored", "--exact", "store::writers::child"])
                    .env("STORE_CHILD_URL", &database.url)
                    .env("STORE_CHILD_NAME", name)
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .into();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && said.contains("1 passed"), "{said}");
        }
        let store = database.store().await;
        assert_eq!(store.size(ORG).await.unwrap(), 2 * EACH as u64);
        let entries = store.entries(ORG, 0, u32::MAX).await.unwrap();
        assert!(entries.iter().map(|it| it.seq).eq(0..2 * EACH as u64));
        for name in ["one", "two"] {
            let own: Vec<_> = entries.iter().filter(|it| it.author == name).collect();
            let numbers = own.iter().map(|it| it.value().unwrap()["n"].as_u64().unwrap());
            assert!(numbers.eq(0..EACH as u64), "{name}");
        }
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        store.close().await;
    });
}
