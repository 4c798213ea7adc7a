//! Signed notes as C2SP `signed-note` writes them, with Ed25519 keys. It knows nothing of what a
//! note says; `checkpoint` does.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use asepsis_core::random::Random;

/// The largest note that is read.
pub const MAX_NOTE: usize = 64 * 1024;
/// The most signature lines that are read.
const MAX_SIGNATURES: usize = 64;
/// The signature type byte of Ed25519 (C2SP signed-note, "Signatures").
const ED25519: u8 = 1;

/// A note or key that cannot be read, or whose signature does not hold.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoteError {
    /// The bytes are not a signed note.
    #[error("the signed note is malformed: {why}")]
    Malformed {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The text is not a key.
    #[error("the key of a signed note is malformed: {why}")]
    Key {
        /// What is wrong with it.
        why: &'static str,
    },
    /// No signature by this key.
    #[error("the note is not signed by {key}")]
    Unsigned {
        /// Name and id of the key.
        key: String,
    },
    /// A signature that claims to be by this key and is not.
    #[error("the note's signature by {key} is false")]
    False {
        /// Name and id of the key.
        key: String,
    },
}

/// The public half of a key: what checks a note.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

/// The secret half of a key: what signs a note.
pub struct Signer {
    key: SigningKey,
    verifier: Verifier,
}

impl Verifier {
    /// Reads `name+12345678+base64` (C2SP signed-note, "Verifier keys").
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let text = text.trim_end_matches('\n');
        let malformed = |why| NoteError::Key { why };
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(data)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("it does not have three parts joined by +"));
        };
        if text.len() > 1024 || !is_name(name) {
            return Err(malformed("its name is empty or holds a space or a plus"));
        }
        let data = BASE64.decode(data).map_err(|_| malformed("it is not base64"))?;
        let (Some((&ED25519, key)), true) = (data.split_first(), id.len() == 8) else {
            return Err(malformed("it is not an Ed25519 key"));
        };
        let key: [u8; 32] = key.try_into().map_err(|_| malformed("it is not of 32 bytes"))?;
        let key =
            VerifyingKey::from_bytes(&key).map_err(|_| malformed("it is not on the curve"))?;
        if key.is_weak() {
            return Err(malformed("it is a weak key"));
        }
        let verifier = Self::new(name, key);
        if u32::from_str_radix(id, 16) == Ok(u32::from_be_bytes(verifier.id)) {
            Ok(verifier)
        } else {
            Err(malformed("its id is not that of its bytes"))
        }
    }

    fn new(name: &str, key: VerifyingKey) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(key.as_bytes());
        let digest: [u8; 32] = hasher.finalize().into();
        let [a, b, c, d, ..] = digest;
        Self { name: name.to_owned(), id: [a, b, c, d], key }
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn label(&self) -> String {
        format!("{}+{:08x}", self.name, u32::from_be_bytes(self.id))
    }

    /// Checks a note and hands back its text.
    ///
    /// A second signature by somebody else is passed over, as the specification says; a false one
    /// by this key is refused.
    pub fn verify<'a>(&self, note: &'a Note<'_>) -> Result<&'a str, NoteError> {
        let mut held = false;
        for (name, id, bytes) in &note.signatures {
            if *name != self.name || *id != self.id {
                continue;
            }
            let false_one = || NoteError::False { key: self.label() };
            let bytes: &[u8; 64] = bytes.as_slice().try_into().map_err(|_| false_one())?;
            self.key
                .verify_strict(note.text.as_bytes(), &Signature::from_bytes(bytes))
                .map_err(|_| false_one())?;
            held = true;
        }
        if held { Ok(note.text) } else { Err(NoteError::Unsigned { key: self.label() }) }
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}", self.label(), BASE64.encode(data))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Signer {
    /// Makes a new key.
    pub fn generate(name: &str, random: &dyn Random) -> Result<Self, NoteError> {
        let mut seed = [0; 32];
        random.fill(&mut seed);
        Self::from_seed(name, &seed)
    }

    fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Key { why: "its name is empty or holds a space or a plus" });
        }
        let key = SigningKey::from_bytes(seed);
        let verifier = Verifier::new(name, key.verifying_key());
        Ok(Self { key, verifier })
    }

    /// Reads `PRIVATE+KEY+name+12345678+base64`, the form that Go's `note` package writes.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let malformed = |why| NoteError::Key { why };
        let mut parts = text
            .trim_end_matches('\n')
            .strip_prefix("PRIVATE+KEY+")
            .ok_or_else(|| malformed("it does not begin with PRIVATE+KEY+"))?
            .splitn(3, '+');
        let (Some(name), Some(id), Some(data)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("it does not have five parts joined by +"));
        };
        let data = BASE64.decode(data).map_err(|_| malformed("it is not base64"))?;
        let Some((&ED25519, seed)) = data.split_first() else {
            return Err(malformed("it is not an Ed25519 key"));
        };
        let seed = seed.try_into().map_err(|_| malformed("it is not of 32 bytes"))?;
        let signer = Self::from_seed(name, seed)?;
        if u32::from_str_radix(id, 16) == Ok(u32::from_be_bytes(signer.verifier.id)) {
            Ok(signer)
        } else {
            Err(malformed("its id is not that of its bytes"))
        }
    }

    /// The secret as text, for a file that only its owner can read.
    pub fn to_secret_text(&self) -> String {
        let data = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        format!("PRIVATE+KEY+{}+{}\n", self.verifier.label(), BASE64.encode(data))
    }

    /// The public half.
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Signs a text of whole lines.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        if !is_text(text) {
            return Err(NoteError::Malformed { why: "its text does not consist of whole lines" });
        }
        let signature = self.key.sign(text.as_bytes());
        let data = [self.verifier.id.as_slice(), signature.to_bytes().as_slice()].concat();
        Ok(format!("{text}\n— {} {}\n", self.verifier.name, BASE64.encode(data)))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "secret key of {}", self.verifier)
    }
}

/// A note taken apart, with nothing checked yet. `Verifier::verify` hands out its text.
#[derive(Debug)]
pub struct Note<'a> {
    text: &'a str,
    signatures: Vec<(&'a str, [u8; 4], Vec<u8>)>,
}

impl<'a> Note<'a> {
    /// Takes a note apart (C2SP signed-note, "Format").
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NoteError> {
        let malformed = |why| NoteError::Malformed { why };
        if bytes.len() > MAX_NOTE {
            return Err(malformed("it is too long"));
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
        let (text, block) =
            whole.rsplit_once("\n\n").ok_or_else(|| malformed("it has no empty line"))?;
        let text = whole.get(..text.len() + 1).unwrap_or_default();
        let block =
            block.strip_suffix('\n').ok_or_else(|| malformed("its last line does not end"))?;
        if !is_text(text) {
            return Err(malformed("its text holds control characters"));
        }
        let mut signatures = Vec::new();
        for line in block.split('\n') {
            let (name, data) =
                line.strip_prefix("— ").and_then(|line| line.split_once(' ')).ok_or_else(|| {
                    malformed("a signature line does not begin with a dash and a name")
                })?;
            let data =
                BASE64.decode(data).map_err(|_| malformed("a signature line is not base64"))?;
            let Some((id, signature)) = data.split_first_chunk::<4>() else {
                return Err(malformed("a signature is too short"));
            };
            if !is_name(name) || signature.is_empty() || signatures.len() >= MAX_SIGNATURES {
                return Err(malformed(
                    "a signature has no name or no bytes, or there are too many",
                ));
            }
            signatures.push((name, *id, signature.to_vec()));
        }
        Ok(Self { text, signatures })
    }

    /// The text, though nobody has vouched for it.
    pub const fn unverified_text(&self) -> &'a str {
        self.text
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+' || c.is_control())
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c.is_control() && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);
    impl Random for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn a_note_verifies_under_its_key_and_no_other() {
        let signer = Signer::generate("asepsis/a", &Fixed(1)).unwrap();
        let other = Signer::generate("asepsis/a", &Fixed(2)).unwrap();
        let note = signer.sign("one\n\ntwo\n").unwrap();
        let parsed = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(signer.verifier().verify(&parsed), Ok("one\n\ntwo\n"));
        assert!(matches!(other.verifier().verify(&parsed), Err(NoteError::Unsigned { .. })));
        let changed = note.replace("two", "tow");
        let parsed = Note::parse(changed.as_bytes()).unwrap();
        assert!(matches!(signer.verifier().verify(&parsed), Err(NoteError::False { .. })));
    }

    #[test]
    fn keys_read_back_and_the_secret_is_not_in_debug() {
        let signer = Signer::generate("asepsis/a", &Fixed(7)).unwrap();
        let secret = signer.to_secret_text();
        assert_eq!(Signer::parse(&secret).unwrap().verifier(), signer.verifier());
        let public = signer.verifier().to_string();
        assert_eq!(&Verifier::parse(&public).unwrap(), signer.verifier());
        assert!(!format!("{signer:?}").contains(secret.rsplit('+').next().unwrap().trim()));
        assert!(Verifier::parse(&public.replace("asepsis/a", "asepsis/b")).is_err());
        assert!(signer.sign("no end of line").is_err());
        assert!(Signer::generate("a b", &Fixed(7)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_parsers_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = Note::parse(&bytes);
            let _ = Verifier::parse(&String::from_utf8_lossy(&bytes));
            let _ = Signer::parse(&String::from_utf8_lossy(&bytes));
        }
    }
}
