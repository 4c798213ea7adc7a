//! Settings: what each page changes, what it asks for, and what it refuses.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::task::Poll;
use std::time::Duration;

use asepsis_store::accounts::{Account, Rights};
use asepsis_store::net_log::NetCall;

use super::markup::faults;
use super::support::{Answer, Book, PASSPHRASE, Visitor, noon, run};
use crate::store::on_each;

const NEW: &str = "another four unusual words";
const WRONG: &str = "not this one at all";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

/// The form shown again, sound, with something to put right.
fn refused(answer: &Answer) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(faults(&answer.body), Vec::<String>::new());
    assert!(answer.body.contains("not right yet"));
}

async fn of(book: &Book, sign_in: &str) -> Account {
    let found = book.home.store.account_by_sign_in(&book.home.organization, sign_in).await;
    found.unwrap().unwrap()
}

#[test]
fn a_new_passphrase_asks_for_the_old_one_and_ends_the_other_sessions() {
    run(async || {
        let book = Book::empty().await;
        let mut other = book.signed_in(Rights::Vendor).await;
        let mut visitor = book.signed_in(Rights::Vendor).await;
        let to = "/settings/sign-in/passphrase";
        refused(&visitor.post(to, &[("passphrase", ""), ("new-passphrase", NEW)]).await);
        refused(&visitor.post(to, &[("passphrase", WRONG), ("new-passphrase", NEW)]).await);
        refused(&visitor.post(to, &[("passphrase", PASSPHRASE), ("new-passphrase", "x")]).await);
        assert_eq!(other.get("/settings").await.status, 200);
        let fields = [("passphrase", PASSPHRASE), ("new-passphrase", NEW)];
        let answer = visitor.post(to, &fields).await;
        assert_eq!(answer.location(), "/settings/sign-in?said=passphrase-changed");
        assert_eq!(other.get("/settings").await.location(), "/sign-in");
        assert_eq!(visitor.get("/settings").await.status, 200);
        let fields = [("sign-in", "vendor@clinic.example"), ("passphrase", NEW)];
        assert_eq!(book.visitor().post("/sign-in", &fields).await.status, 303);
    });
}

#[test]
fn a_passphrase_cannot_be_guessed_behind_the_door_either() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let fields = [("passphrase", WRONG), ("new-passphrase", NEW)];
        for _ in 0..6 {
            refused(&visitor.post("/settings/sign-in/passphrase", &fields).await);
        }
        assert_eq!(visitor.post("/settings/backup", &[("passphrase", WRONG)]).await.status, 429);
    });
}

#[test]
fn sessions_are_listed_and_end_one_by_one_or_all_others() {
    run(async || {
        let book = Book::empty().await;
        let mut others = [book.signed_in(Rights::It).await, book.signed_in(Rights::It).await];
        let mut stranger = book.signed_in(Rights::Owner).await;
        let mut visitor = book.signed_in(Rights::It).await;
        let page = sound(&mut visitor, "/settings/sign-in").await;
        assert_eq!(page.matches("this browser").count(), 1);
        let ids: Vec<&str> = page.split("name=\"session\" value=\"").skip(1).collect();
        assert_eq!(ids.len(), 2);
        let id = ids.first().unwrap().split('"').next().unwrap();
        // Somebody else cannot end it, though the id is known.
        stranger.post("/settings/sign-in/end", &[("session", id)]).await;
        let store = &book.home.store;
        let account = of(&book, "it@clinic.example").await;
        let count = async || {
            store.sessions_of(&book.home.organization, &account.id, noon()).await.unwrap().len()
        };
        assert_eq!(count().await, 3);
        let answer = visitor.post("/settings/sign-in/end", &[("session", id)]).await;
        assert_eq!(answer.location(), "/settings/sign-in?said=session-ended");
        assert_eq!(count().await, 2);
        visitor.post("/settings/sign-in/end-others", &[]).await;
        assert_eq!(count().await, 1);
        for other in &mut others {
            assert_eq!(other.get("/settings").await.location(), "/sign-in");
        }
        assert_eq!(visitor.get("/settings").await.status, 200);
    });
}

fn codes(page: &str) -> Vec<&str> {
    let codes = page.split("<code>").skip(1).map(|it| it.split('<').next().unwrap());
    codes.filter(|it| it.len() == 19 && it.matches('-').count() == 3).collect()
}

#[test]
fn the_second_step_is_switched_on_and_off() {
    run(async || {
        let book = Book::empty().await;
        let mut old = book.signed_in(Rights::Owner).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let (to, code) = ("/settings/second-factor", super::doors::code(SECRET));
        let page = sound(&mut visitor, to).await;
        assert!(
            page.contains("<svg class=\"qr\"") && page.contains("otpauth://totp/asepsis:owner")
        );
        let on = format!("{to}/on");
        refused(&visitor.post(&on, &[("code", &code), ("passphrase", PASSPHRASE)]).await);
        let mut fields = [("secret", SECRET), ("code", &code), ("passphrase", WRONG)];
        let answer = visitor.post(&on, &fields).await;
        refused(&answer);
        // The same secret is shown again, so that the telephone need not read another.
        assert!(answer.body.contains(SECRET));
        fields[2].1 = PASSPHRASE;
        fields[1].1 = "000000";
        refused(&visitor.post(&on, &fields).await);
        assert_eq!(of(&book, "owner@clinic.example").await.totp, None);
        fields[1].1 = &code;
        let answer = visitor.post(&on, &fields).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        let first = codes(&answer.body);
        assert_eq!(first.len(), 8);
        // Who came in by the passphrase alone is out.
        assert_eq!(old.get("/settings").await.location(), "/sign-in");
        let page = sound(&mut visitor, to).await;
        assert!(!page.contains("otpauth") && codes(&page).is_empty());

        // New codes: the old ones work no more.
        let change = format!("{to}/change");
        let fields = |code, what| [("passphrase", PASSPHRASE), ("code", code), ("do", what)];
        let answer = visitor.post(&change, &fields(first[0], "codes")).await;
        let second = codes(&answer.body);
        assert_eq!((answer.status, second.len()), (200, 8));
        refused(&visitor.post(&change, &fields(first[1], "off")).await);
        refused(&visitor.post(&change, &[("passphrase", WRONG), ("code", second[0])]).await);
        // A wrong passphrase has not used the code up.
        let answer = visitor.post(&change, &fields(second[0], "off")).await;
        assert_eq!(answer.location(), "/settings/second-factor?said=factor-off");
        assert_eq!(of(&book, "owner@clinic.example").await.totp, None);
    });
}

/// Where others can reach the book, the second step can still be set up, and opens the rest.
#[test]
fn the_second_step_opens_a_book_that_others_can_reach() {
    run(async || {
        let book = Book::empty().await;
        book.account(Rights::Owner).await;
        let book = book.reachable();
        let mut visitor = book.signed_in(Rights::Owner).await;
        assert_eq!(visitor.get("/settings/people").await.location(), "/settings/second-factor");
        assert!(sound(&mut visitor, "/settings/second-factor").await.contains("everybody"));
        let code = super::doors::code(SECRET);
        let fields = [("secret", SECRET), ("code", &code), ("passphrase", PASSPHRASE)];
        assert_eq!(visitor.post("/settings/second-factor/on", &fields).await.status, 200);
        assert_eq!(visitor.get("/settings/people").await.status, 200);
    });
}

#[test]
fn people_are_added_changed_helped_and_stopped() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        sound(&mut owner, "/settings/people").await;
        let mut fields = [
            ("name", "Kim <b>"),
            ("sign-in", "owner@clinic.example"),
            ("passphrase", PASSPHRASE),
            ("rights", "staff"),
            ("role", "front-desk"),
        ];
        refused(&owner.post("/settings/people", &fields).await);
        fields[1].1 = "Kim@clinic.example";
        fields[3].1 = "everything";
        refused(&owner.post("/settings/people", &fields).await);
        fields[3].1 = "staff";
        let answer = owner.post("/settings/people", &fields).await;
        assert_eq!(answer.location(), "/settings/people?said=added");
        let page = sound(&mut owner, "/settings/people").await;
        assert!(page.contains("Kim &lt;b&gt;") && !page.contains("Kim <b>"));

        let kim = of(&book, "kim@clinic.example").await;
        let to = format!("/settings/people/{}", kim.id);
        sound(&mut owner, &to).await;
        let mut hers = book.visitor();
        let sign_in = [("sign-in", "kim@clinic.example"), ("passphrase", PASSPHRASE)];
        hers.post("/sign-in", &sign_in).await;
        let before = book.entries().await;
        let fields =
            [("name", "Kim Example"), ("rights", "it"), ("role", "it"), ("role", "manager")];
        owner.post(&to, &fields).await;
        // A new name is on record; new rights count at once.
        assert_eq!(book.entries().await, before + 1);
        assert!(hers.page("/settings/sign-in").await.contains("Kim Example"));
        let kim = of(&book, "kim@clinic.example").await;
        assert_eq!((kim.rights, kim.roles.join(" ")), (Rights::It, "it manager".to_owned()));
        refused(&owner.post(&to, &[("name", ""), ("rights", "it")]).await);

        // A new passphrase asks for the owner's own.
        let help = format!("{to}/help");
        let fields = |own| [("new-passphrase", NEW), ("passphrase", own), ("do", "passphrase")];
        refused(&owner.post(&help, &fields(WRONG)).await);
        refused(&owner.post(&help, &[("passphrase", PASSPHRASE), ("do", "passphrase")]).await);
        assert_eq!(hers.get("/settings").await.status, 200);
        let answer = owner.post(&help, &fields(PASSPHRASE)).await;
        assert!(answer.location().ends_with("?said=passphrase-set"));
        assert_eq!(hers.get("/settings").await.location(), "/sign-in");
        let sign_in = [("sign-in", "kim@clinic.example"), ("passphrase", NEW)];
        assert_eq!(hers.post("/sign-in", &sign_in).await.location(), "/");

        // So does taking the second step away.
        let code = super::doors::code(SECRET);
        book.home.enroll(&kim, SECRET, &code, noon()).await.unwrap();
        sound(&mut owner, &to).await;
        refused(&owner.post(&help, &[("passphrase", WRONG), ("do", "factor")]).await);
        assert!(of(&book, "kim@clinic.example").await.totp.is_some());
        owner.post(&help, &[("passphrase", PASSPHRASE), ("do", "factor")]).await;
        assert_eq!(of(&book, "kim@clinic.example").await.totp, None);

        hers.post("/sign-in", &sign_in).await;
        owner.post(&format!("{to}/sign-out"), &[]).await;
        assert_eq!(hers.get("/settings").await.location(), "/sign-in");
        owner.post(&format!("{to}/stop"), &[("stop", "yes")]).await;
        assert_eq!(hers.post("/sign-in", &sign_in).await.status, 422);
        sound(&mut owner, &to).await;
        owner.post(&format!("{to}/stop"), &[("stop", "no")]).await;
        assert_eq!(hers.post("/sign-in", &sign_in).await.status, 303);
    });
}

#[test]
fn the_last_owner_stays_and_goes_the_usual_way_for_the_own_sign_in() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let account = of(&book, "owner@clinic.example").await;
        let to = format!("/settings/people/{}", account.id);
        let page = sound(&mut owner, &to).await;
        assert!(!page.contains("new-passphrase"));
        let fields = [("name", "Pat owner"), ("rights", "staff")];
        let answer = owner.post(&to, &fields).await;
        refused(&answer);
        assert!(answer.body.contains("last owner"));
        refused(&owner.post(&format!("{to}/stop"), &[("stop", "yes")]).await);
        // Nor is the own second step taken away without a code.
        let code = super::doors::code(SECRET);
        book.home.enroll(&account, SECRET, &code, noon()).await.unwrap();
        let fields = [("passphrase", PASSPHRASE), ("do", "factor")];
        let answer = owner.post(&format!("{to}/help"), &fields).await;
        assert_eq!(answer.location(), "/settings/sign-in");
        assert!(of(&book, "owner@clinic.example").await.totp.is_some());
    });
}

#[test]
fn the_organization_is_changed_part_by_part() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let to = "/settings/organization";
        sound(&mut owner, to).await;
        refused(&owner.post(to, &[("name", "")]).await);
        let fields = [("name", "A Clinic"), ("sector", "other"), ("other-zone", "Mars/Olympus")];
        let answer = owner.post(to, &fields).await;
        refused(&answer);
        assert!(answer.body.contains("value=\"Mars/Olympus\""));
        let fields = [("name", "A Clinic"), ("sector", "other"), ("zone", "America/Denver")];
        owner.post(to, &fields).await;
        let fields = [("it", "medium"), ("staff", "medium"), ("chosen", "")];
        owner.post(&format!("{to}/size"), &fields).await;
        owner.post(&format!("{to}/size"), &[("staff", ""), ("chosen", "small")]).await;
        owner.post(&format!("{to}/domains"), &[("domains", "a.example\nb.example")]).await;
        owner.post(&format!("{to}/domains"), &[("domains", "b.example, c.example")]).await;
        refused(&owner.post(&format!("{to}/domains"), &[("domains", "nothing!")]).await);
        refused(&owner.post(&format!("{to}/sites"), &[("site", "")]).await);
        for site in ["Main Street", "North"] {
            owner.post(&format!("{to}/sites"), &[("site", site), ("site-size", "small")]).await;
        }
        owner.post(&format!("{to}/sites"), &[("drop", "North")]).await;
        owner.post(&format!("{to}/adopted"), &[("adopt", "1.M.A")]).await;
        assert_eq!(owner.post(&format!("{to}/adopted"), &[("adopt", "9.X.Z")]).await.status, 400);
        let record = book.home.organization_record().await.unwrap();
        assert_eq!((record.name.as_str(), record.zone.as_str()), ("A Clinic", "America/Denver"));
        let rows: Vec<_> = record.attributes.iter().map(|(id, it)| format!("{id} {it}")).collect();
        assert_eq!(rows, ["it medium"]);
        assert_eq!(record.chosen_size.map(|it| it.to_string()).as_deref(), Some("small"));
        assert_eq!(record.domains, ["b.example", "c.example"]);
        assert_eq!(record.sites.len(), 1);
        assert_eq!(record.adopted, ["1.M.A"]);
        let page = sound(&mut owner, to).await;
        assert!(page.contains("Main Street") && page.contains("No longer"));
        owner.post(&format!("{to}/adopted"), &[("drop", "1.M.A")]).await;
        assert_eq!(book.home.organization_record().await.unwrap().adopted, Vec::<String>::new());
    });
}

#[test]
fn looking_by_itself_is_switched_on_and_off() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let fields = [("domains", "clinic.example")];
        owner.post("/settings/organization/domains", &fields).await;
        let page = sound(&mut owner, "/settings/looks").await;
        assert!(page.contains("clinic.example") && page.contains("never"));
        for (fields, word) in [(vec![("automatic", "on")], "on"), (vec![], "off")] {
            owner.post("/settings/looks", &fields).await;
            let kept = book.home.store.setting(&book.home.organization, "look.automatic").await;
            assert_eq!(kept.unwrap().as_deref(), Some(word));
            let ticked = owner.page("/settings/looks").await.contains(" checked");
            assert_eq!(ticked, word == "on");
        }
    });
}

#[test]
fn a_backup_comes_as_a_file_and_leaves_none_behind() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        owner.post("/settings/organization", &[("name", "A Clinic"), ("zone", "UTC")]).await;
        let page = sound(&mut owner, "/settings/backup").await;
        assert!(page.contains("asepsis/"), "the signed head is shown");
        refused(&owner.post("/settings/backup", &[("passphrase", WRONG)]).await);
        let answer = owner.post("/settings/backup", &[("passphrase", PASSPHRASE)]).await;
        assert_eq!(answer.status, 200);
        let named = answer.headers.get("content-disposition").unwrap().to_str().unwrap();
        assert_eq!(named, "attachment; filename=\"asepsis-2026-01-10.db\"");
        assert_eq!(answer.headers.get("cache-control").unwrap(), "no-store");
        let data = book.session().home().join("home/data");
        let left: Vec<_> = std::fs::read_dir(data).unwrap().map(|it| it.unwrap().path()).collect();
        assert!(left.iter().all(|it| it.extension() != Some("tmp".as_ref())), "{left:?}");
        // It is whole: it can be brought back, and holds the same entries.
        let file = book.session().home().join("taken.db");
        std::fs::write(&file, &answer.bytes).unwrap();
        let url = format!("sqlite:{}", book.session().home().join("again/ledger.db").display());
        let store = asepsis_store::Store::restore(&file, &url).await.unwrap();
        assert_eq!(store.size(&book.home.organization).await.unwrap(), book.entries().await);
        store.close().await;

        let answer = owner.post("/settings/backup/verify", &[]).await;
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        assert!(answer.body.contains("as they were recorded"), "{}", answer.body);
    });
}

#[test]
fn a_backup_that_nobody_waits_for_leaves_nothing_behind() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let data = book.session().home().join("home/data");
        let copies = || {
            let files = std::fs::read_dir(&data).unwrap().map(|it| it.unwrap().path());
            files.filter(|it| it.extension() == Some("tmp".as_ref())).count()
        };
        let fields = [("passphrase", PASSPHRASE)];
        // The browser goes away as soon as there is a copy.
        let begun = std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if copies() > 0 { Poll::Ready(()) } else { Poll::Pending }
        });
        tokio::select! {
            biased;
            () = begun => {}
            answer = owner.post("/settings/backup", &fields) => panic!("{}", answer.status),
        }
        let took = asepsis::config::stopwatch();
        while copies() > 0 {
            assert!(took() < Duration::from_secs(10), "the copy stays");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
}

#[test]
fn a_backup_is_offered_where_the_store_is_a_file() {
    on_each(async |database| {
        let book = Book::in_store(&database.url).await;
        let is_file = database.url.starts_with("sqlite:");
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = sound(&mut owner, "/settings/backup").await;
        assert_eq!(page.contains("pg_dump"), !is_file);
        let answer = owner.post("/settings/backup", &[("passphrase", PASSPHRASE)]).await;
        assert_eq!(answer.status, if is_file { 200 } else { 303 });
        book.home.store.close().await;
    });
}

#[test]
fn every_question_to_the_network_is_shown_newest_first() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        assert!(sound(&mut owner, "/settings/connections").await.contains("Nothing was asked"));
        let call = |day: i64, what: String| NetCall {
            at: noon().plus_days(day),
            protocol: "dns".to_owned(),
            peer: "192.0.2.53".to_owned(),
            what,
        };
        let mut calls: Vec<_> = (0..100).map(|n| call(-1, format!("TXT s{n}.example"))).collect();
        calls.push(call(0, "MX <b>clinic.example".to_owned()));
        book.home.store.note_calls(&book.home.organization, &calls).await.unwrap();
        let first = sound(&mut owner, "/settings/connections").await;
        assert!(first.contains("MX &lt;b&gt;clinic.example") && first.contains("101 questions"));
        assert_eq!(first.matches("TXT s").count(), 99);
        assert!(first.len() < 45_000, "{} bytes", first.len());
        let second = sound(&mut owner, "/settings/connections?page=2").await;
        assert_eq!(second.matches("TXT s").count(), 1);
        assert!(!second.contains("clinic.example"));
        sound(&mut owner, "/settings/connections?page=x").await;
    });
}

#[test]
fn settings_show_each_what_is_theirs() {
    run(async || {
        let book = Book::empty().await;
        let mut vendor = book.signed_in(Rights::Vendor).await;
        let page = sound(&mut vendor, "/settings").await;
        assert!(page.contains("/settings/sign-in") && !page.contains("/settings/people"));
        let mut owner = book.signed_in(Rights::Owner).await;
        assert!(sound(&mut owner, "/settings").await.contains("/settings/people"));
    });
}
