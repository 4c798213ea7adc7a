//! Accounts, the last owner, the second factor, recovery codes, failures to sign in.

use super::*;
use asepsis_store::accounts::{Account, AccountError, Rights};
use std::sync::Arc;

/// The other organization of tests that need two.
pub(super) const OTHER: &str = "other";

/// An owner, made up from a word.
pub(super) fn account(word: &str) -> Account {
    Account {
        id: format!("account-{word}"),
        person: format!("person-{word}"),
        sign_in: word.to_owned(),
        name: format!("{word} of the clinic"),
        rights: Rights::Owner,
        roles: vec!["manager".into(), "front-desk".into()],
        passphrase: format!("$argon2id$v=19$m=19456,t=2,p=1${word}"),
        totp: None,
        totp_step: 0,
        created_at: now(),
        disabled_at: None,
    }
}

pub(super) fn hash(word: &str) -> Hash {
    Hash::of(&[word.as_bytes()])
}

/// Two handles on one database, each with connections of its own, as two processes have them.
pub(super) async fn two(database: &Database) -> [Arc<Store>; 2] {
    [Arc::new(database.store().await), Arc::new(database.store().await)]
}

#[test]
fn an_account_reads_back_as_it_was_made_and_its_secrets_are_not_shown() {
    on_each(async |database: Database| {
        let store = database.store().await;
        assert_eq!(store.accounts(ORG).await.unwrap(), []);
        let first = Account { sign_in: "Ada".into(), ..account("ada") };
        let later = at("2026-11-24T10:00:00Z");
        let second = Account {
            rights: Rights::Auditor,
            roles: Vec::new(),
            totp: Some("JBSWY3DPEHPK3PXP".into()),
            totp_step: 7,
            created_at: later,
            disabled_at: Some(later),
            ..account("ben")
        };
        store.create_account(ORG, &second).await.unwrap();
        store.create_account(ORG, &first).await.unwrap();
        let first = account("ada");
        assert_eq!(store.accounts(ORG).await.unwrap(), [first.clone(), second.clone()]);
        assert_eq!(store.account(ORG, "account-ben").await.unwrap(), Some(second.clone()));
        assert_eq!(store.account_by_sign_in(ORG, "ADA").await.unwrap(), Some(first));
        assert_eq!(store.account_by_sign_in(ORG, "ada%").await.unwrap(), None);
        let shown = format!("{second:?}");
        assert!(shown.contains("account-ben"), "{shown}");
        assert!(!shown.contains("argon2id") && !shown.contains("JBSWY3DP"), "{shown}");

        assert!(store.set_passphrase(ORG, "account-ben", "$argon2id$new").await.unwrap());
        let roles = ["it".to_owned()];
        let (id, name) = ("account-ben", "Ben, who left");
        assert!(store.set_rights(ORG, id, Rights::It, &roles, name).await.unwrap());
        assert!(store.set_disabled(ORG, id, None).await.unwrap());
        let changed = Account {
            passphrase: "$argon2id$new".into(),
            rights: Rights::It,
            roles: roles.into(),
            name: name.into(),
            disabled_at: None,
            ..second
        };
        assert_eq!(store.account(ORG, id).await.unwrap(), Some(changed));
        for wrong in ["a,b", "", "Manager"] {
            let refused = store.set_rights(ORG, id, Rights::It, &[wrong.to_owned()], name).await;
            assert!(matches!(refused, Err(AccountError::Role { .. })), "{wrong}: {refused:?}");
        }
        store.close().await;
    });
}

#[test]
fn every_word_of_rights_reads_back_and_no_other() {
    for rights in Rights::ALL {
        assert_eq!(rights.to_string().parse(), Ok(rights));
    }
    assert!("Owner".parse::<Rights>().is_err());
}

#[test]
fn a_sign_in_name_is_taken_once_in_an_organization() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.create_account(ORG, &account("ada")).await.unwrap();
        let again = Account { id: "account-2".into(), sign_in: "ADA".into(), ..account("ada") };
        let refused = store.create_account(ORG, &again).await.unwrap_err();
        assert_eq!(refused.to_string(), "the sign-in name \"ada\" is taken");
        assert_eq!(store.accounts(ORG).await.unwrap(), [account("ada")]);
        store.create_account(OTHER, &account("ada")).await.unwrap();
        store.close().await;
    });
}

#[test]
fn another_organization_finds_and_changes_nothing() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.create_account(ORG, &account("ada")).await.unwrap();
        store.create_account(ORG, &account("ben")).await.unwrap();
        store.replace_recovery_codes(ORG, "account-ada", &[hash("code")]).await.unwrap();
        store.note_failure(ORG, "name:ada", now()).await.unwrap();
        let id = "account-ada";
        assert_eq!(store.accounts(OTHER).await.unwrap(), []);
        assert_eq!(store.account(OTHER, id).await.unwrap(), None);
        assert_eq!(store.account_by_sign_in(OTHER, "ada").await.unwrap(), None);
        assert!(!store.set_passphrase(OTHER, id, "x").await.unwrap());
        assert!(!store.set_totp(OTHER, id, Some("x")).await.unwrap());
        assert!(!store.take_totp_step(OTHER, id, 9).await.unwrap());
        assert!(!store.set_rights(OTHER, id, Rights::Staff, &[], "x").await.unwrap());
        assert!(!store.set_disabled(OTHER, id, Some(now())).await.unwrap());
        assert!(!store.use_recovery_code(OTHER, id, hash("code"), now()).await.unwrap());
        assert_eq!(store.unused_recovery_codes(OTHER, id).await.unwrap(), 0);
        assert!(store.replace_recovery_codes(OTHER, id, &[hash("theirs")]).await.is_err());
        assert_eq!(store.failures(OTHER, "name:ada").await.unwrap(), None);
        store.clear_failures(OTHER, "name:ada").await.unwrap();

        assert_eq!(store.accounts(ORG).await.unwrap(), [account("ada"), account("ben")]);
        assert_eq!(store.unused_recovery_codes(ORG, id).await.unwrap(), 1);
        assert!(store.failures(ORG, "name:ada").await.unwrap().is_some());
        store.close().await;
    });
}

#[test]
fn of_many_that_claim_the_first_account_one_gets_it() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        for round in 0..10 {
            let organization = format!("clinic-{round}");
            let tasks: Vec<_> = (0..6)
                .map(|n| {
                    let (store, organization) = (stores[n % 2].clone(), organization.clone());
                    tokio::spawn(async move {
                        let account = account(&format!("n{n}"));
                        store.claim_first_account(&organization, &account).await.unwrap()
                    })
                })
                .collect();
            let mut won = 0;
            for task in tasks {
                won += usize::from(task.await.unwrap());
            }
            assert_eq!(won, 1);
            assert_eq!(stores[0].accounts(&organization).await.unwrap().len(), 1);
        }
        let [store, other] = stores;
        store.create_account(ORG, &account("ada")).await.unwrap();
        assert!(!other.claim_first_account(ORG, &account("ben")).await.unwrap());
        assert_eq!(store.accounts(ORG).await.unwrap(), [account("ada")]);
        // A claim in vain, or one that failed, is not counted as an account.
        let wrong = Account { roles: vec!["a,b".into()], ..account("eve") };
        assert!(store.claim_first_account(OTHER, &wrong).await.is_err());
        assert!(store.claim_first_account(OTHER, &account("ada")).await.unwrap());
        store.close().await;
        other.close().await;
    });
}

#[test]
fn the_last_owner_that_can_sign_in_stays() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let id = "account-ada";
        let shut = Account { disabled_at: Some(now()), ..account("ben") };
        let staff = Account { rights: Rights::Staff, ..account("eve") };
        for account in [&account("ada"), &shut, &staff] {
            store.create_account(ORG, account).await.unwrap();
        }
        store.create_account(OTHER, &account("ada")).await.unwrap();
        let refused = store.set_rights(ORG, id, Rights::Staff, &[], "Ada").await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "account account-ada is the last owner that can sign in; make another owner first"
        );
        assert!(store.set_disabled(ORG, id, Some(now())).await.is_err());
        assert_eq!(store.account(ORG, id).await.unwrap(), Some(account("ada")));
        // Anything but that is allowed: another name, an owner who cannot sign in, one of two.
        let roles = account("ada").roles;
        assert!(store.set_rights(ORG, id, Rights::Owner, &roles, "Ada").await.unwrap());
        assert!(store.set_rights(ORG, "account-ben", Rights::Staff, &[], "Ben").await.unwrap());
        assert!(store.set_rights(ORG, "account-eve", Rights::Owner, &[], "Eve").await.unwrap());
        assert!(store.set_disabled(ORG, id, Some(now())).await.unwrap());
        assert!(store.set_disabled(ORG, "account-eve", Some(now())).await.is_err());
        store.close().await;
    });
}

#[test]
fn two_owners_who_step_down_at_once_do_not_both() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        for round in 0..10 {
            let organization = format!("clinic-{round}");
            for word in ["ada", "ben"] {
                stores[0].create_account(&organization, &account(word)).await.unwrap();
            }
            let step_down = |n: usize, id: &'static str| {
                let (store, organization) = (stores[n].clone(), organization.clone());
                tokio::spawn(async move {
                    if round % 2 == 0 {
                        store.set_rights(&organization, id, Rights::Staff, &[], "").await
                    } else {
                        store.set_disabled(&organization, id, Some(now())).await
                    }
                })
            };
            let (one, other) = (step_down(0, "account-ada"), step_down(1, "account-ben"));
            let both = [one.await.unwrap(), other.await.unwrap()];
            let refused =
                |it: &Result<bool, AccountError>| matches!(it, Err(AccountError::LastOwner { .. }));
            assert_eq!(both.iter().filter(|it| refused(it)).count(), 1, "{both:?}");
            assert_eq!(both.iter().filter(|it| matches!(it, Ok(true))).count(), 1, "{both:?}");
        }
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn a_code_of_the_second_factor_works_once() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        let store = &stores[0];
        let id = "account-ada";
        store.create_account(ORG, &account("ada")).await.unwrap();
        assert!(store.set_totp(ORG, id, Some("SECRET")).await.unwrap());
        for step in [41, 42] {
            let tasks: Vec<_> = (0..8)
                .map(|n| {
                    let store = stores[n % 2].clone();
                    tokio::spawn(async move { store.take_totp_step(ORG, id, step).await.unwrap() })
                })
                .collect();
            let mut taken = 0;
            for task in tasks {
                taken += usize::from(task.await.unwrap());
            }
            assert_eq!(taken, 1, "{step}");
        }
        assert!(!store.take_totp_step(ORG, id, 41).await.unwrap(), "older");
        assert_eq!(store.account(ORG, id).await.unwrap().unwrap().totp_step, 42);
        // A new secret has codes of its own.
        assert!(store.set_totp(ORG, id, Some("OTHER")).await.unwrap());
        assert!(store.take_totp_step(ORG, id, 42).await.unwrap());
        assert!(store.set_totp(ORG, id, None).await.unwrap());
        assert_eq!(store.account(ORG, id).await.unwrap().unwrap().totp, None);
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn a_recovery_code_works_once_and_new_ones_replace_all() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.create_account(ORG, &account("ada")).await.unwrap();
        store.create_account(ORG, &account("ben")).await.unwrap();
        let (ada, ben) = ("account-ada", "account-ben");
        let codes = [hash("1"), hash("2"), hash("3")];
        store.replace_recovery_codes(ORG, ada, &codes).await.unwrap();
        store.replace_recovery_codes(ORG, ben, &codes[..1]).await.unwrap();
        assert_eq!(store.unused_recovery_codes(ORG, ada).await.unwrap(), 3);
        assert!(store.use_recovery_code(ORG, ada, codes[0], now()).await.unwrap());
        assert!(!store.use_recovery_code(ORG, ada, codes[0], now()).await.unwrap());
        assert!(!store.use_recovery_code(ORG, ada, hash("4"), now()).await.unwrap());
        assert!(!store.use_recovery_code(ORG, ben, codes[1], now()).await.unwrap(), "not Ben's");
        assert_eq!(store.unused_recovery_codes(ORG, ada).await.unwrap(), 2);
        assert_eq!(store.unused_recovery_codes(ORG, ben).await.unwrap(), 1);
        store.replace_recovery_codes(ORG, ada, &[hash("5")]).await.unwrap();
        assert!(!store.use_recovery_code(ORG, ada, codes[1], now()).await.unwrap());
        assert_eq!(store.unused_recovery_codes(ORG, ada).await.unwrap(), 1);
        store.close().await;
    });
}

#[test]
fn failures_to_sign_in_are_counted_for_a_day() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        let store = &stores[0];
        assert_eq!(store.failures(ORG, "ada").await.unwrap(), None);
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let store = stores[n % 2].clone();
                tokio::spawn(async move { store.note_failure(ORG, "ada", now()).await.unwrap() })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap().last_at, now());
        }
        let failures = store.failures(ORG, "ada").await.unwrap().unwrap();
        assert_eq!((failures.count, failures.last_at), (20, now()));
        store.note_failure(ORG, "ben", now().plus_days(1)).await.unwrap();
        let still = store.note_failure(ORG, "ada", now().plus_days(1)).await.unwrap();
        assert_eq!(still.count, 21);
        store.clear_failures(ORG, "ada").await.unwrap();
        assert_eq!(store.failures(ORG, "ada").await.unwrap(), None);
        let anew = Timestamp::from_millis(now().plus_days(2).as_millis() + 1);
        assert_eq!(store.note_failure(ORG, "ben", anew).await.unwrap().count, 1);
        // What is older than a day goes, whoever fails next.
        store.note_failure(ORG, "eve", anew.plus_days(2)).await.unwrap();
        assert_eq!(store.failures(ORG, "ben").await.unwrap(), None);
        for store in stores {
            store.close().await;
        }
    });
}
