//! DNS texts and the MTA-STS policy of a stranger's mail domain.

#![no_main]

use asepsis_collect::email::{dkim, dmarc, mta_sts, mx, spf, tls_rpt};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = spf::parse(text);
    let _ = dmarc::parse(text);
    let _ = dkim::parse(text);
    let _ = mta_sts::parse(text);
    let _ = mta_sts::parse_policy(text);
    let _ = tls_rpt::parse(text);
    let _ = mx::is_literal(text);
    let _ = asepsis_collect::email::domain_name(text);
});
