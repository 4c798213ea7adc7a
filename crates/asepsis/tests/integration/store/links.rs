//! Links of vendors, and settings.

use super::accounts::{OTHER, hash, two};
use super::*;
use asepsis_store::vendor_links::{VendorLink, VendorScope};

/// A link that lasts a week.
pub(super) fn link(word: &str) -> VendorLink {
    VendorLink {
        id: format!("link-{word}"),
        token_hash: hash(word),
        vendor: "the vendor of the network".into(),
        scope: VendorScope {
            questions: vec!["email.agreement".into()],
            checks: vec!["computer.disk-encryption".into()],
        },
        created_by: "account-ada".into(),
        created_at: now(),
        expires_at: now().plus_days(7),
        revoked_at: None,
        last_used_at: None,
    }
}

#[test]
fn a_link_is_good_until_it_expires_or_is_revoked_and_is_found_even_then() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let newer = VendorLink { created_at: now().plus_days(1), ..link("b") };
        store.create_vendor_link(ORG, &link("a")).await.unwrap();
        store.create_vendor_link(ORG, &newer).await.unwrap();
        let same_token = VendorLink { id: "link-c".into(), ..link("a") };
        assert!(store.create_vendor_link(ORG, &same_token).await.is_err());
        assert_eq!(store.vendor_links(ORG).await.unwrap(), [newer.clone(), link("a")]);
        assert_eq!(store.vendor_link(ORG, "link-b").await.unwrap(), Some(newer));
        assert_eq!(store.vendor_link_by_token(ORG, hash("c")).await.unwrap(), None);

        let a = "link-a";
        assert!(store.use_vendor_link(ORG, a, now()).await.unwrap());
        assert!(!store.use_vendor_link(ORG, a, link("a").expires_at).await.unwrap(), "expired");
        assert!(store.revoke_vendor_link(ORG, a, now().plus_days(2)).await.unwrap());
        assert!(!store.revoke_vendor_link(ORG, a, now().plus_days(3)).await.unwrap(), "before");
        assert!(!store.use_vendor_link(ORG, a, now().plus_days(2)).await.unwrap(), "revoked");
        let found = store.vendor_link_by_token(ORG, hash("a")).await.unwrap();
        let used = VendorLink {
            revoked_at: Some(now().plus_days(2)),
            last_used_at: Some(now()),
            ..link("a")
        };
        assert_eq!(found, Some(used));
        store.close().await;
    });
}

#[test]
fn a_scope_that_was_tampered_with_is_an_error_and_not_a_wider_one() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.create_vendor_link(ORG, &link("a")).await.unwrap();
        for scope in ["", "{}", "{\"checks\":[],\"questions\":[],\"all\":true}"] {
            run(store.db().writer(), &format!("UPDATE vendor_link SET scope = '{scope}'")).await;
            assert!(store.vendor_link(ORG, "link-a").await.is_err(), "{scope}");
        }
        store.close().await;
    });
}

#[test]
fn another_organization_does_not_see_or_revoke_a_link() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.create_vendor_link(ORG, &link("a")).await.unwrap();
        assert_eq!(store.vendor_links(OTHER).await.unwrap(), []);
        assert_eq!(store.vendor_link(OTHER, "link-a").await.unwrap(), None);
        assert_eq!(store.vendor_link_by_token(OTHER, hash("a")).await.unwrap(), None);
        assert!(!store.revoke_vendor_link(OTHER, "link-a", now()).await.unwrap());
        assert!(!store.use_vendor_link(OTHER, "link-a", now()).await.unwrap());
        assert_eq!(store.vendor_link(ORG, "link-a").await.unwrap(), Some(link("a")));
        store.close().await;
    });
}

#[test]
fn a_setting_is_changed_by_whoever_knew_its_value() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        let store = &stores[0];
        assert_eq!(store.setting(ORG, "cadence").await.unwrap(), None);
        assert!(!store.set_setting_if(ORG, "cadence", Some("daily"), "weekly").await.unwrap());
        for old in [None, Some("0")] {
            let tasks: Vec<_> = (0..6)
                .map(|n| {
                    let store = stores[n % 2].clone();
                    let new = if old.is_none() { "0" } else { "1" };
                    tokio::spawn(async move {
                        store.set_setting_if(ORG, "cadence", old, new).await.unwrap()
                    })
                })
                .collect();
            let mut set = 0;
            for task in tasks {
                set += usize::from(task.await.unwrap());
            }
            assert_eq!(set, 1, "{old:?}");
        }
        store.set_setting(ORG, "cadence", "daily").await.unwrap();
        store.set_setting(ORG, "zone", "").await.unwrap();
        store.set_setting(OTHER, "cadence", "weekly").await.unwrap();
        assert_eq!(store.setting(ORG, "cadence").await.unwrap().as_deref(), Some("daily"));
        let all = store.settings(ORG).await.unwrap();
        let all: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(all, [("cadence", "daily"), ("zone", "")]);
        assert!(!store.set_setting_if(OTHER, "cadence", Some("daily"), "x").await.unwrap());
        assert_eq!(store.setting(OTHER, "zone").await.unwrap(), None);
        for store in stores {
            store.close().await;
        }
    });
}
