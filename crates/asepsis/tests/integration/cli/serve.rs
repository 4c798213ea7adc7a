//! `asepsis serve`, as far as it refuses to; what it serves is tried in `web` and `browser`.

use crate::support::Session;

#[test]
fn others_are_kept_out_until_an_owner_has_a_second_factor() {
    let session = Session::clinic();
    insta::assert_snapshot!(
        session.ends(1, &["serve", "--no-browser", "--address", "0.0.0.0"]).tame(&session),
        @"
    error: 0.0.0.0 can be reached by others, and no owner has set up a second factor yet
    help: serve on this machine first (without --address), sign in, and set up the second step under Settings

    code 1
    "
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let session = Session::clinic();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = session.ends(1, &["serve", "--no-browser", "--port", &port]);
    assert!(ran.err.contains(&format!("cannot serve at 127.0.0.1:{port}")), "{}", ran.err);
    assert!(ran.err.contains("give another one: asepsis serve --port"), "{}", ran.err);
}

#[test]
fn a_certificate_needs_its_key_and_must_be_one() {
    let session = Session::clinic();
    session.ends(2, &["serve", "--no-browser", "--tls-cert", "book.pem"]);
    let path = session.path("book.pem");
    std::fs::write(&path, "nothing").unwrap();
    let pair = ["serve", "--no-browser", "--tls-cert", &path, "--tls-key", &path];
    let ran = session.ends(1, &pair);
    assert!(ran.err.contains("book.pem holds no certificate"), "{}", ran.err);
}
