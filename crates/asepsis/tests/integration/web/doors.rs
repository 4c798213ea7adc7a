//! Signing in and out, both factors, and what slows guessing down.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::ops::{Home, Kept, SignIn, SignInError};
use asepsis_store::accounts::Rights;

use super::support::{Book, PASSPHRASE, Visitor, noon, run};

#[test]
fn a_passphrase_opens_the_book_and_signing_out_closes_it() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let old = visitor.clone();
        assert_eq!(visitor.get("/").await.location(), "/today");
        assert_eq!(visitor.post("/sign-out", &[]).await.location(), "/sign-in?said=signed-out");
        assert_eq!(visitor.get("/settings").await.location(), "/sign-in");
        // The cookie itself is worth nothing any more.
        assert_eq!(old.clone().get("/settings").await.location(), "/sign-in");
    });
}

#[test]
fn a_wrong_passphrase_and_an_unknown_name_look_the_same() {
    run(async || {
        let book = Book::empty().await;
        book.account(Rights::Owner).await;
        let mut visitor = book.visitor();
        let mut said = Vec::new();
        for name in ["owner@clinic.example", "nobody@clinic.example"] {
            let fields = [("sign-in", name), ("passphrase", "not this one at all")];
            let answer = visitor.post("/sign-in", &fields).await;
            assert_eq!(answer.status, 422);
            said.push(answer.body.replace(name, "NAME"));
        }
        assert_eq!(said.first(), said.last());
    });
}

#[test]
fn guessing_is_slowed_down_and_the_right_one_waits_too() {
    run(async || {
        let book = Book::empty().await;
        book.account(Rights::Owner).await;
        let mut visitor = book.visitor();
        let wrong = [("sign-in", "owner@clinic.example"), ("passphrase", "not this one at all")];
        for _ in 0..6 {
            assert_eq!(visitor.post("/sign-in", &wrong).await.status, 422);
        }
        let answer = visitor.post("/sign-in", &wrong).await;
        assert_eq!(answer.status, 429);
        assert!(answer.headers.contains_key("retry-after"));
        let right = [("sign-in", "owner@clinic.example"), ("passphrase", PASSPHRASE)];
        assert_eq!(visitor.post("/sign-in", &right).await.status, 429);
    });
}

#[test]
fn guessing_at_other_names_on_this_machine_shuts_nobody_out() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.visitor();
        for at in 0..30 {
            let name = format!("nobody-{at}");
            let fields = [("sign-in", name.as_str()), ("passphrase", "not this one at all")];
            assert_eq!(visitor.post("/sign-in", &fields).await.status, 422);
        }
        let mut owner = book.signed_in(Rights::Owner).await;
        assert_eq!(owner.get("/").await.location(), "/today");
    });
}

#[test]
fn guessing_from_another_computer_is_slowed_down_whatever_the_name() {
    run(async || {
        let book = Book::empty().await;
        let address = "192.0.2.7".parse().unwrap();
        let guess = async |name: &str| {
            let typed = SignIn { name, passphrase: "no", address, kept: Kept::LEAST };
            book.home.sign_in(typed, noon()).await
        };
        for at in 0..21 {
            let said = guess(&format!("nobody-{at}")).await;
            assert!(matches!(said, Err(SignInError::Wrong)), "{said:?}");
        }
        assert!(matches!(guess("somebody").await, Err(SignInError::Wait(_))));
    });
}

#[test]
fn signing_in_gives_a_new_cookie_and_ends_the_old_session() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let before = visitor.clone();
        let fields = [("sign-in", "owner@clinic.example"), ("passphrase", PASSPHRASE)];
        visitor.post("/sign-in", &fields).await;
        assert_ne!(visitor.cookies.get("asepsis_session"), before.cookies.get("asepsis_session"));
        assert_eq!(before.clone().get("/settings").await.location(), "/sign-in");
        // A cookie that somebody planted is never taken over.
        let mut planted = book.visitor();
        planted.cookies.insert("asepsis_session".to_owned(), "ab".repeat(32));
        planted.post("/sign-in", &fields).await;
        assert_ne!(planted.cookies.get("asepsis_session"), Some(&"ab".repeat(32)));
    });
}

#[test]
fn the_second_factor_is_asked_and_each_code_works_once() {
    run(async || {
        let book = Book::empty().await;
        let account = book.account(Rights::Owner).await;
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert!(Home::enrollment_of(&account, secret).is_some());
        let code = code(secret);
        let recovery = book.home.enroll(&account, secret, &code, noon()).await.unwrap();
        let mut visitor = book.visitor();
        let fields = [("sign-in", "owner@clinic.example"), ("passphrase", PASSPHRASE)];
        assert_eq!(visitor.post("/sign-in", &fields).await.location(), "/second-factor");
        // With the passphrase alone nothing is open.
        assert_eq!(visitor.get("/settings").await.location(), "/sign-in");
        // The code was used to enroll; a recovery code works, once.
        assert_eq!(visitor.post("/second-factor", &[("code", &code)]).await.status, 422);
        let first = recovery.first().unwrap();
        assert_eq!(visitor.post("/second-factor", &[("code", first)]).await.location(), "/");
        assert_eq!(visitor.get("/").await.location(), "/today");
        let mut again = book.visitor();
        again.post("/sign-in", &fields).await;
        assert_eq!(again.post("/second-factor", &[("code", first)]).await.status, 422);
    });
}

/// Sends the same form many times at once; says how many were not told to wait.
async fn at_once(
    visitor: &Visitor,
    path: &'static str,
    fields: &[(&'static str, &'static str)],
) -> usize {
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (mut visitor, fields) = (visitor.clone(), fields.to_vec());
        all.spawn(async move { visitor.post(path, &fields).await.status });
    }
    all.join_all().await.into_iter().filter(|status| *status != 429).count()
}

#[test]
fn many_guesses_at_once_get_no_further_than_one_after_the_other() {
    run(async || {
        let book = Book::empty().await;
        let account = book.account(Rights::Owner).await;
        let mut visitor = book.visitor();
        visitor.token().await;
        let wrong = [("sign-in", "owner@clinic.example"), ("passphrase", "not this one at all")];
        assert_eq!(at_once(&visitor, "/sign-in", &wrong).await, 6);

        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        book.home.enroll(&account, secret, &code(secret), noon()).await.unwrap();
        let token = "ab".repeat(32);
        let kept = asepsis_core::hash::Hash::of(&[b"asepsis-token ", token.as_bytes()]);
        book.home.begin_session(&account, kept, false, "", noon()).await.unwrap();
        visitor.cookies.insert("asepsis_session".to_owned(), token);
        assert_eq!(at_once(&visitor, "/second-factor", &[("code", "000000")]).await, 6);
    });
}

/// The code of noon.
pub(super) fn code(secret: &str) -> String {
    // RFC 6238 with the key of its appendix B; computed here once more, apart from the product.
    use hmac::{KeyInit as _, Mac as _};
    assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let step = noon().as_millis() / 30_000;
    let mut mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(b"12345678901234567890").unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest.last().unwrap() & 15);
    let four: [u8; 4] = digest.get(at..at + 4).unwrap().try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}
