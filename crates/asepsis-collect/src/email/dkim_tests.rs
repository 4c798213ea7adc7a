//! DKIM key records, good and broken.

use proptest::prelude::*;

use super::*;

/// The key of RFC 6376 appendix C (1024 bits), and that of RFC 8463 appendix A.2.
const RSA_1024: &str = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM\
    oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb\
    to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
const ED25519: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

#[test]
fn the_keys_of_the_rfcs_are_measured() {
    let record = parse(RSA_1024).unwrap();
    assert_eq!((record.kind, record.bits), (Kind::Rsa, Some(1024)));
    let record = parse(ED25519).unwrap();
    assert_eq!((record.kind, record.bits), (Kind::Ed25519, Some(256)));
    assert!(!record.testing && !record.is_revoked());
}

#[test]
fn flags_and_revocation_are_read() {
    assert!(parse("v=DKIM1; p=").unwrap().is_revoked());
    assert!(parse(&format!("{RSA_1024}; t=y:s")).unwrap().testing);
    assert!(parse(&format!("{RSA_1024}; t = s")).unwrap().strict);
    assert_eq!(parse(&format!("{RSA_1024}; h=sha1:sha256; s=email")).unwrap().hashes.len(), 2);
}

#[test]
fn broken_records_are_named() {
    assert_eq!(parse("v=DKIM1"), Err(Error::NoKey));
    assert_eq!(parse("v=DKIM2; p="), Err(Error::Version));
    assert_eq!(parse("p=; v=DKIM1"), Err(Error::Version));
    assert_eq!(parse("k=dsa; p="), Err(Error::Kind("dsa".to_owned())));
    assert_eq!(parse("p=!!!"), Err(Error::Key));
    assert_eq!(parse("p=Zm9v"), Err(Error::Key));
    assert_eq!(parse("k=ed25519; p=Zm9v"), Err(Error::Key));
    assert_eq!(parse("s=other; p="), Err(Error::Service));
    assert_eq!(parse("h=sha1; p="), Err(Error::Hash));
    assert!(matches!(parse("v=DKIM1; p=; p="), Err(Error::Tags(_))));
}

#[test]
fn selectors_are_labels_and_not_doubled() {
    let mut all = WELL_KNOWN.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), WELL_KNOWN.len());
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse(&format!("v=DKIM1; p={text}"));
    }
}
