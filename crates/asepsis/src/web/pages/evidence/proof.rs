//! What an auditor checks of an entry: hashes, times, and its place among all.

use asepsis_core::hash::Hash;
use asepsis_store::Entry;
use asepsis_store::ledger::Head;
use maud::{Markup, html};

use super::english as say;

/// The details under the entry, folded away.
pub(super) fn details(entry: &Entry, head: Option<Head>) -> Markup {
    let pair = |name: &str, value: &str| {
        html! { div { dt { (name) } dd { code { (value) } } } }
    };
    let hash = |hash: Hash| hash.to_string();
    html! {
        section.sheet aria-labelledby="proof" {
            h2 #proof { (say::FOR_THE_AUDITOR) }
            details {
                summary { (say::PROOF) }
                div.stack {
                    p { (say::PROOF_LEAD) }
                    dl.pairs.small {
                        (pair(say::KIND, &entry.kind))
                        (pair(say::POSITION, &entry.seq.to_string()))
                        (pair(say::AUTHOR_ID, &entry.author))
                        (pair(say::RECORDED, &entry.recorded_at.to_string()))
                        (pair(say::BODY_HASH, &hash(entry.body_hash)))
                        (pair(say::LEAF_HASH, &hash(entry.leaf_hash)))
                        (pair(say::SALT, if entry.salt.is_some() { say::SALT_KEPT } else { say::SALT_DELETED }))
                        @if let Some(key) = &entry.idempotency { (pair(say::ONCE, key)) }
                        @if let Some(head) = head {
                            (pair(say::SIZE, &head.size.to_string()))
                            (pair(say::ROOT, &hash(head.root)))
                        }
                    }
                    p.quiet { (say::VERIFY) " " code { (say::VERIFY_COMMAND) } }
                }
            }
        }
    }
}
