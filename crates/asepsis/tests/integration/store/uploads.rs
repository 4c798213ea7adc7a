//! Files that wait to be brought in.

use super::accounts::OTHER;
use super::*;
use asepsis_store::uploads::{MOST, Upload};

/// A file of Ada's.
pub(super) fn upload(word: &str) -> Upload {
    Upload {
        id: format!("upload-{word}"),
        account: "account-ada".into(),
        name: format!("{word}.json"),
        content: vec![0, 159, 146, 150, b'\'', b'x'],
        created_at: now(),
    }
}

fn later(minutes: i64) -> Timestamp {
    Timestamp::from_millis(now().as_millis() + minutes * 60_000)
}

#[test]
fn a_file_waits_for_an_hour_and_only_for_its_account() {
    on_each(async |database: Database| {
        let store = database.store().await;
        assert!(store.keep_upload(ORG, &upload("a")).await.unwrap());
        let (ada, id) = ("account-ada", "upload-a");
        let found = store.upload(ORG, ada, id, later(60)).await.unwrap();
        assert_eq!(found, Some(upload("a")));
        let waiting = store.uploads(ORG, ada, later(1)).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].name.as_str(), waiting[0].bytes), ("a.json", 6));
        assert!(!format!("{found:?}").contains("159"), "what is in it is not printed");

        assert_eq!(store.upload(ORG, ada, id, later(61)).await.unwrap(), None);
        assert_eq!(store.uploads(ORG, ada, later(61)).await.unwrap(), []);
        for (organization, account) in [(OTHER, ada), (ORG, "account-eve")] {
            assert_eq!(store.upload(organization, account, id, now()).await.unwrap(), None);
            assert_eq!(store.uploads(organization, account, now()).await.unwrap(), []);
            assert!(!store.drop_upload(organization, account, id).await.unwrap());
        }
        // The next file sweeps out what is too old, whoever sent it.
        let next = Upload { account: "account-eve".into(), created_at: later(61), ..upload("b") };
        assert!(store.keep_upload(ORG, &next).await.unwrap());
        assert_eq!(store.uploads(ORG, ada, now()).await.unwrap(), []);
        assert!(store.drop_upload(ORG, "account-eve", "upload-b").await.unwrap());
        assert!(!store.drop_upload(ORG, "account-eve", "upload-b").await.unwrap());
    });
}

#[test]
fn one_account_cannot_fill_the_disk() {
    on_each(async |database: Database| {
        let store = database.store().await;
        for n in 0..MOST {
            assert!(store.keep_upload(ORG, &upload(&n.to_string())).await.unwrap());
        }
        assert!(!store.keep_upload(ORG, &upload("more")).await.unwrap());
        let others = Upload { account: "account-eve".into(), ..upload("eve") };
        assert!(store.keep_upload(ORG, &others).await.unwrap());
        store.drop_upload(ORG, "account-ada", "upload-0").await.unwrap();
        assert!(store.keep_upload(ORG, &upload("more")).await.unwrap());
        let large =
            Upload { account: "account-zoe".into(), content: vec![b'a'; 30 << 20], ..upload("c") };
        assert!(store.keep_upload(ORG, &large).await.unwrap());
        let larger = Upload { id: "upload-d".into(), ..large };
        assert!(!store.keep_upload(ORG, &larger).await.unwrap(), "60 MiB of one account");
    });
}
