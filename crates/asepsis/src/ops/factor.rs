//! The second factor: six digits that change every half minute (TOTP, RFC 6238), and recovery codes.

use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;
use asepsis_store::accounts::Account;
use asepsis_store::db::DbError;
use hmac::{KeyInit as _, Mac as _};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

use super::home::Home;
use super::sign_in::SignInError;

/// The length of a step, in milliseconds (RFC 6238, section 4.1).
const STEP: i64 = 30_000;
/// How many codes are good for when the telephone is lost.
const RECOVERY: usize = 8;
/// So many wrong codes cost nothing.
const FREE: u64 = 5;

/// A secret that is not in force yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// In base 32 (RFC 4648), as authenticator apps take it.
    pub secret: String,
    /// The same as an address for a QR code.
    pub address: String,
}

/// A code that is not right.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] DbError),
    /// Not the code of now, or one that was used before.
    #[error("that is not the code of now")]
    Wrong,
    /// Too many tries: the seconds to wait.
    #[error("too many tries; wait {0} seconds")]
    Wait(i64),
}

impl From<SignInError> for FactorError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Store(error) => Self::Store(error),
            SignInError::Wrong => Self::Wrong,
            SignInError::Wait(seconds) => Self::Wait(seconds),
        }
    }
}

impl Home {
    /// A new secret, to be shown and confirmed.
    pub fn enrollment(&self, account: &Account) -> Enrollment {
        let mut bytes = [0_u8; 20];
        self.random().fill(&mut bytes);
        let secret = base32(&bytes);
        Enrollment { address: address(&secret, &account.sign_in), secret }
    }

    /// The enrollment of a secret that was shown before.
    pub fn enrollment_of(account: &Account, secret: &str) -> Option<Enrollment> {
        unbase32(secret).filter(|bytes| bytes.len() == 20)?;
        Some(Enrollment { address: address(secret, &account.sign_in), secret: secret.to_owned() })
    }

    /// Puts a secret in force, if the code shows that the app has it. Gives the recovery codes, which
    /// are shown once.
    pub async fn enroll(
        &self,
        account: &Account,
        secret: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Vec<String>, FactorError> {
        let step = matching(secret, code, now).ok_or(FactorError::Wrong)?;
        self.store.set_totp(&self.organization, &account.id, Some(secret)).await?;
        self.store.take_totp_step(&self.organization, &account.id, step).await?;
        Ok(self.new_recovery_codes(account).await?)
    }

    /// New recovery codes, which are shown once; the ones before are worth nothing any more.
    pub async fn new_recovery_codes(&self, account: &Account) -> Result<Vec<String>, DbError> {
        let codes: Vec<String> = (0..RECOVERY).map(|_| recovery_code(self.random())).collect();
        let kept: Vec<Hash> = codes.iter().map(|code| kept(code)).collect();
        self.store.replace_recovery_codes(&self.organization, &account.id, &kept).await?;
        Ok(codes)
    }

    /// Takes the second factor and its recovery codes away.
    pub async fn drop_factor(&self, account: &Account) -> Result<(), DbError> {
        self.store.set_totp(&self.organization, &account.id, None).await?;
        self.store.replace_recovery_codes(&self.organization, &account.id, &[]).await
    }

    /// Whether the code is the one of now, or an unused recovery code. Each is taken once.
    pub async fn second_factor(
        &self,
        account: &Account,
        code: &str,
        now: Timestamp,
    ) -> Result<(), FactorError> {
        let key = format!("factor {}", account.id);
        let (organization, id) = (self.organization.as_str(), account.id.as_str());
        let _only = self.trying.lock().await;
        self.wait(&key, FREE, now).await?;
        // Counted before it is known, as at the door.
        self.store.note_failure(organization, &key, now).await?;
        let secret = account.totp.as_deref().unwrap_or_default();
        let taken = match matching(secret, code, now) {
            Some(step) => self.store.take_totp_step(organization, id, step).await?,
            None => self.store.use_recovery_code(organization, id, kept(code), now).await?,
        };
        if !taken {
            return Err(FactorError::Wrong);
        }
        Ok(self.store.clear_failures(organization, &key).await?)
    }
}

/// What is kept of a recovery code; spaces, dashes and case do not matter.
fn kept(code: &str) -> Hash {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Hash::of(&[b"asepsis-recovery ", plain.to_ascii_uppercase().as_bytes()])
}

/// 80 random bits in groups of four: `ABCD-EFGH-IJKL-MNOP`.
fn recovery_code(random: &dyn Random) -> String {
    let mut bytes = [0_u8; 10];
    random.fill(&mut bytes);
    let text = base32(&bytes);
    let groups = text.as_bytes().chunks(4).map(|it| String::from_utf8_lossy(it).into_owned());
    groups.collect::<Vec<_>>().join("-")
}

/// The step whose code this is: the present one, or one beside it, since clocks differ (RFC 6238,
/// section 5.2).
fn matching(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let key = unbase32(secret)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.as_millis().div_euclid(STEP);
    // All three are compared, whichever it is.
    let mut found = None;
    for step in [present - 1, present, present + 1] {
        let right: bool = totp(&key, step).as_bytes().ct_eq(code.as_bytes()).into();
        if right {
            found = Some(step);
        }
    }
    found
}

/// The six digits of a step: HOTP (RFC 4226, section 5.3) over the step's number.
fn totp(key: &[u8], step: i64) -> String {
    let mut mac = hmac::Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
    let four = digest.iter().skip(at).take(4);
    let number = four.fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn address(secret: &str, name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    format!("otpauth://totp/asepsis:{name}?secret={secret}&issuer=asepsis")
}

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Base 32 without padding (RFC 4648, section 6).
fn base32(bytes: &[u8]) -> String {
    let (mut out, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xffff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(letter(held >> bits));
        }
    }
    if bits > 0 {
        out.push(letter(held << (5 - bits)));
    }
    out
}

fn letter(value: u32) -> char {
    LETTERS.get((value & 31) as usize).copied().map_or('A', char::from)
}

fn unbase32(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let value = LETTERS.iter().position(|it| *it == byte.to_ascii_uppercase())?;
        held = (held << 5 | u32::try_from(value).ok()?) & 0xffff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the SHA-1 rows, cut to six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let key = b"12345678901234567890";
        let rows = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in rows {
            assert_eq!(totp(key, seconds / 30), code);
            let now = Timestamp::from_millis(seconds * 1000);
            assert_eq!(matching(&base32(key), code, now), Some(seconds / 30));
            assert_eq!(matching(&base32(key), code, now.plus_days(1)), None);
        }
    }

    /// RFC 4648, section 10, without the padding.
    #[test]
    fn base_32_is_that_of_the_rfc() {
        let rows = [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ];
        for (plain, text) in rows {
            assert_eq!(base32(plain.as_bytes()), text);
            assert_eq!(unbase32(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(unbase32("A!"), None);
    }

    #[test]
    fn a_recovery_code_may_be_typed_carelessly() {
        let code = recovery_code(&crate::config::SystemRandom);
        assert_eq!(code.len(), 19);
        assert_eq!(kept(&code), kept(&code.to_lowercase().replace('-', " ")));
        assert_ne!(kept(&code), kept("AAAA-AAAA-AAAA-AAAA"));
    }
}
