//! Random tokens, what the store keeps of them, and the token of forms. Knows no cookie and no route.

use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use subtle::ConstantTimeEq as _;

/// 32 random bytes as hexadecimal digits.
pub(super) fn new(random: &dyn Random) -> String {
    let mut bytes = [0_u8; 32];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is kept of a token: who reads the database cannot sign in with it.
pub(super) fn kept(token: &str) -> Hash {
    Hash::of(&[b"asepsis-token ", token.as_bytes()])
}

/// The token that every form of this session or visit carries. It is made from the cookie, which a
/// foreign page cannot read, and cannot be turned back into it.
pub(super) fn of_forms(cookie: &str) -> String {
    Hash::of(&[b"asepsis-form ", cookie.as_bytes()]).to_string()
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
