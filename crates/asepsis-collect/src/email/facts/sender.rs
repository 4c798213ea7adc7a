//! Facts of SPF.

use asepsis_core::observation::BodyBuilder;
use serde_json::json;

use super::{Texts, kept};
use crate::email::ask::Answers;
use crate::email::spf::{self, Qualifier};

/// Writes `spf.*`. Says whether the record permits nobody, or why that is not known.
pub(super) fn spf(
    body: &mut BodyBuilder,
    domain: &str,
    answers: &Answers,
) -> Result<bool, String> {
    let from = format!("DNS TXT {domain}");
    let texts = match Texts::of(&answers.txt, spf::is_record) {
        Ok(texts) => texts,
        Err(why) => {
            body.missed("spf", why);
            return Err(why.to_owned());
        }
    };
    if let [only] = texts.0.as_slice() {
        body.saw("spf.record", kept(only), &from);
        body.saw("spf.bytes", only.len(), &from);
    }
    let Some(record) = texts.one(body, "spf", &from, spf::parse) else { return Ok(false) };
    match (record.all(), record.live_redirect()) {
        (Some(qualifier), _) => body.saw("spf.all", word(qualifier), &from),
        (None, None) => body.saw("spf.all", "none", &from),
        (None, Some(target)) => {
            let why = format!("the record of {target} decides (redirect=), which is not followed");
            body.missed("spf.all", why);
        }
    }
    if let Some(target) = record.live_redirect() {
        body.saw("spf.redirect", target, &from);
    }
    body.saw("spf.lookup_terms", record.lookup_terms(), &from);
    body.saw("spf.uses_ptr", record.uses_ptr(), &from);
    body.saw("spf.permits_nobody", record.permits_nobody(), &from);
    body.saw("spf.includes", json!(record.includes()), &from);
    body.saw("spf.broad_ranges", json!(record.broad_ranges()), &from);
    body.saw("spf.report_modifiers", record.report_modifiers, &from);
    Ok(record.permits_nobody())
}

fn word(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Pass => "pass",
        Qualifier::Fail => "fail",
        Qualifier::SoftFail => "softfail",
        Qualifier::Neutral => "neutral",
    }
}
