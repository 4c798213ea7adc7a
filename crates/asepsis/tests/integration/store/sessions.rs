//! Sessions: who is signed in, and until when.

use super::accounts::{OTHER, account, hash};
use super::*;
use asepsis_store::accounts::Account;
use asepsis_store::sessions::{AGENT_LIMIT, Session};

/// A session of Ada's that lasts a day.
pub(super) fn session() -> Session {
    Session {
        account: "account-ada".into(),
        created_at: now(),
        seen_at: now(),
        expires_at: now().plus_days(1),
        second_factor: true,
        agent: "a browser".into(),
    }
}

async fn with_ada(database: &Database) -> Store {
    let store = database.store().await;
    store.create_account(ORG, &account("ada")).await.unwrap();
    // So that there is another owner, and one of them can be shut.
    store.create_account(ORG, &account("ben")).await.unwrap();
    store
}

#[test]
fn a_session_is_found_with_its_account_until_it_ends() {
    on_each(async |database: Database| {
        let store = with_ada(&database).await;
        let found = async |word: &str, at| store.session(ORG, hash(word), at).await.unwrap();
        store.create_session(ORG, hash("t"), &session()).await.unwrap();
        assert_eq!(found("t", now()).await, Some((session(), account("ada"))));
        assert_eq!(found("other", now()).await, None);
        let last = Timestamp::from_millis(session().expires_at.as_millis() - 1);
        assert!(found("t", last).await.is_some());
        assert_eq!(found("t", session().expires_at).await, None);

        store.touch_session(ORG, hash("t"), last).await.unwrap();
        assert_eq!(found("t", last).await.unwrap().0.seen_at, last);
        assert!(store.end_session(ORG, hash("t")).await.unwrap());
        assert!(!store.end_session(ORG, hash("t")).await.unwrap());
        assert_eq!(found("t", now()).await, None);

        let plain = Session { second_factor: false, agent: "ä".repeat(5000), ..session() };
        store.create_session(ORG, hash("u"), &plain).await.unwrap();
        assert!(store.create_session(ORG, hash("u"), &plain).await.is_err(), "twice");
        let kept = found("u", now()).await.unwrap().0;
        assert!(!kept.second_factor);
        assert_eq!(kept.agent, "ä".repeat(AGENT_LIMIT));
        store.close().await;
    });
}

#[test]
fn an_account_that_is_shut_has_no_session_and_gets_none_back() {
    on_each(async |database: Database| {
        let store = with_ada(&database).await;
        store.create_session(ORG, hash("t"), &session()).await.unwrap();
        let id = "account-ada";
        store.set_disabled(ORG, id, Some(now())).await.unwrap();
        assert_eq!(store.session(ORG, hash("t"), now()).await.unwrap(), None);
        // Not one that was begun at the same moment either.
        store.create_session(ORG, hash("u"), &session()).await.unwrap();
        assert_eq!(store.session(ORG, hash("u"), now()).await.unwrap(), None);
        store.set_disabled(ORG, id, None).await.unwrap();
        assert_eq!(store.session(ORG, hash("t"), now()).await.unwrap(), None);
        store.close().await;
    });
}

#[test]
fn sessions_of_an_account_are_listed_and_ended_together() {
    on_each(async |database: Database| {
        let store = with_ada(&database).await;
        let (ada, ben) = ("account-ada", "account-ben");
        let seen = |minute: i64| Session {
            seen_at: Timestamp::from_millis(now().as_millis() + minute * 60_000),
            ..session()
        };
        let over = Session { expires_at: now(), ..session() };
        let of_ben = Session { account: ben.into(), ..session() };
        for (word, session) in
            [("1", &seen(1)), ("3", &seen(3)), ("2", &seen(2)), ("over", &over), ("ben", &of_ben)]
        {
            store.create_session(ORG, hash(word), session).await.unwrap();
        }
        let listed = store.sessions_of(ORG, ada, now()).await.unwrap();
        assert_eq!(listed, [(hash("3"), seen(3)), (hash("2"), seen(2)), (hash("1"), seen(1))]);
        assert_eq!(store.drop_expired_sessions(ORG, now()).await.unwrap(), 1);
        assert_eq!(store.end_sessions_of(ORG, ada, Some(hash("2"))).await.unwrap(), 2);
        assert_eq!(store.sessions_of(ORG, ada, now()).await.unwrap(), [(hash("2"), seen(2))]);
        assert_eq!(store.end_sessions_of(ORG, ada, None).await.unwrap(), 1);
        assert_eq!(store.sessions_of(ORG, ben, now()).await.unwrap(), [(hash("ben"), of_ben)]);
        store.close().await;
    });
}

#[test]
fn another_organization_does_not_see_or_end_a_session() {
    on_each(async |database: Database| {
        let store = with_ada(&database).await;
        // The same ids in both.
        store.create_account(OTHER, &Account { name: "x".into(), ..account("ada") }).await.unwrap();
        store.create_session(ORG, hash("t"), &session()).await.unwrap();
        let later = now().plus_days(9);
        assert_eq!(store.session(OTHER, hash("t"), now()).await.unwrap(), None);
        assert_eq!(store.sessions_of(OTHER, "account-ada", now()).await.unwrap(), []);
        store.touch_session(OTHER, hash("t"), later).await.unwrap();
        assert!(!store.end_session(OTHER, hash("t")).await.unwrap());
        assert_eq!(store.end_sessions_of(OTHER, "account-ada", None).await.unwrap(), 0);
        assert_eq!(store.drop_expired_sessions(OTHER, later).await.unwrap(), 0);
        let of_ben = Session { account: "account-ben".into(), ..session() };
        assert!(store.create_session(OTHER, hash("u"), &of_ben).await.is_err(), "not theirs");
        let found = store.session(ORG, hash("t"), now()).await.unwrap();
        assert_eq!(found, Some((session(), account("ada"))));
        store.close().await;
    });
}
