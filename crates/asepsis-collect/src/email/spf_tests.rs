//! SPF records, good and broken. Cases follow RFC 7208 and its public test suite's groups.

use proptest::prelude::*;

use super::*;

fn ok(text: &str) -> Record {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn a_record_is_known_by_its_beginning() {
    assert!(is_record("v=spf1"));
    assert!(is_record("V=SPF1 -all"));
    assert!(!is_record(" v=spf1 -all"), "a leading space makes it something else (section 4.5)");
    assert!(!is_record("v=spf10 -all"));
    assert!(!is_record("v=spf1; -all"));
    assert!(!is_record("spf2.0/pra -all"));
}

#[test]
fn the_all_and_its_qualifier_are_read() {
    assert_eq!(ok("v=spf1 -all").all(), Some(Qualifier::Fail));
    assert_eq!(ok("v=spf1 ~ALL").all(), Some(Qualifier::SoftFail));
    assert_eq!(ok("v=spf1 ?all").all(), Some(Qualifier::Neutral));
    assert_eq!(ok("v=spf1 all").all(), Some(Qualifier::Pass));
    assert_eq!(ok("v=spf1 mx").all(), None);
    assert!(ok("v=spf1 -all").permits_nobody());
    assert!(!ok("v=spf1 mx -all").permits_nobody());
    assert!(ok("v=spf1 -all mx").permits_nobody(), "what stands behind all is never looked at");
}

#[test]
fn terms_that_need_dns_are_counted_once_each() {
    let record = ok("v=spf1 include:a.example a mx:b.example ptr exists:%{i}.c.example \
                     ip4:192.0.2.0/24 ip6:2001:db8::/32 redirect=d.example");
    assert_eq!(record.lookup_terms(), 6);
    assert_eq!(record.live_redirect(), Some("d.example"));
    assert!(record.uses_ptr());
    assert_eq!(record.includes(), ["a.example"]);
    assert_eq!(ok("v=spf1 -all redirect=d.example").lookup_terms(), 0, "all makes redirect void");
}

#[test]
fn report_modifiers_are_legal_and_noted() {
    assert!(ok("v=spf1 ra=postmaster rp=100 rr=all mx -all").report_modifiers);
    assert!(!ok("v=spf1 unknown=thing mx -all").report_modifiers);
}

#[test]
fn broad_ranges_are_found() {
    let record = ok("v=spf1 ip4:0.0.0.0/0 ip4:192.0.2.0/24 -ip4:10.0.0.0/8 ip6:2000::/3 -all");
    assert_eq!(record.broad_ranges(), ["0.0.0.0/0", "2000::/3"]);
}

#[test]
fn good_terms_pass() {
    for text in [
        "v=spf1 a/24 a//64 a/24//64 a:b.example/24//64 mx/0 mx//0 -all",
        "v=spf1 a:%{d}/24 include:%{ir}.%{v}._spf.%{d2} exp=explain.%{d} -all",
        "v=spf1 exists:%{l1r+-}._spf.%{d} -all",
        "v=spf1  ip4:192.0.2.1   -all ",
        "v=spf1 a:%{h1/}.b.example/24 -all",
    ] {
        ok(text);
    }
}

#[test]
fn broken_terms_are_named() {
    for text in [
        "v=spf1 foo",
        "v=spf1 -all;",
        "v=spf1 all:b.example",
        "v=spf1 all/8",
        "v=spf1 include",
        "v=spf1 include:",
        "v=spf1 include:b",
        "v=spf1 include:b.example/24",
        "v=spf1 a:",
        "v=spf1 a/33",
        "v=spf1 a//129",
        "v=spf1 a/024",
        "v=spf1 a/",
        "v=spf1 a:192.0.2.1",
        "v=spf1 mx:b.example/",
        "v=spf1 ptr:",
        "v=spf1 ptr/0",
        "v=spf1 ip4",
        "v=spf1 ip4:192.0.2",
        "v=spf1 ip4:192.0.2.1/33",
        "v=spf1 ip4:192.0.2.1//32",
        "v=spf1 ip4:192.0.2.0.1",
        "v=spf1 ip6:2001:db8::/129",
        "v=spf1 ip6:192.0.2.1",
        "v=spf1 redirect=",
        "v=spf1 redirect=a.example redirect=b.example",
        "v=spf1 exp=a.example exp=b.example",
        "v=spf1 exists:%{z}.b.example",
        "v=spf1 exists:%{d0}.b.example",
        "v=spf1 exists:%d.b.example",
        "v=spf1 exists:%{d.b.example",
        "v=spf1 unknown=%",
        "v=spf1 =b.example",
        "v=spf1 --all",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
    assert_eq!(parse("v=spf1 a\u{e9} -all"), Err(Error::Character));
    assert_eq!(parse("v=spf1 a\t-all"), Err(Error::Character));
    assert_eq!(parse("v=DMARC1"), Err(Error::Version));
    assert_eq!(parse(&format!("v=spf1{}", " a".repeat(600))), Err(Error::TooMany));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse(&format!("v=spf1 {text}"));
    }

    #[test]
    fn terms_made_of_the_right_letters_never_panic(text in "[a-z46:/.%{}=+?~ -]{0,40}") {
        let _ = parse(&format!("v=spf1 {text}"));
    }

    #[test]
    fn any_network_reads_back(a in any::<[u8; 4]>(), length in 0u8..=32) {
        let network = format!("{}/{length}", Ipv4Addr::from(a));
        let record = parse(&format!("v=spf1 ip4:{network} -all")).unwrap();
        prop_assert_eq!(&record.mechanisms[0].1, &Mechanism::Ip4(network, length));
    }
}
