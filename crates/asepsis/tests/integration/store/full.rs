//! A full disk: a clear error, and a ledger that goes on once there is room.

use super::*;
use asepsis_store::LedgerError;
use asepsis_store::db::DbError;

#[test]
fn a_full_disk_is_a_clear_error_and_harms_nothing() {
    on_each(async |database: Database| {
        if !database.is_sqlite() {
            println!("skipped: a full disk of PostgreSQL, which cannot be had without a mount");
            return;
        }
        let store = database.store().await;
        let random = Counted::default();
        store.append(ORG, notes(100), now(), &random).await.unwrap();
        run(store.db().writer(), "PRAGMA max_page_count = 120").await;
        let mut recorded = 100;
        let error = loop {
            match store.append(ORG, notes(50), now(), &random).await {
                Ok(_) => recorded += 50,
                Err(error) => break error,
            }
        };
        assert!(matches!(error, LedgerError::Db(DbError::Full { .. })), "{error:?}");
        assert!(error.to_string().ends_with("is full; nothing was recorded"), "{error}");
        let verified = store.verify(ORG, None).await.unwrap();
        assert!(verified.is_sound(), "{verified}");
        assert_eq!(verified.size, recorded);
        run(store.db().writer(), "PRAGMA max_page_count = 100000").await;
        store.append(ORG, notes(50), now(), &random).await.unwrap();
        assert_eq!(store.verify(ORG, None).await.unwrap().size, recorded + 50);
        store.close().await;
    });
}
