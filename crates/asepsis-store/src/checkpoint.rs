//! What a signed head says, as C2SP `tlog-checkpoint` writes it: whose ledger, how long, which
//! root. Signing and checking are `note`'s.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use asepsis_core::hash::Hash;

use crate::note::{Note, NoteError, Signer, Verifier};

/// The head of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose tree: `asepsis/<organization id>` for ours.
    pub origin: String,
    /// How many entries it holds.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

/// A head that cannot be read or is not signed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CheckpointError {
    /// The text is not a head.
    #[error("the signed head is malformed: {why}")]
    Malformed {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The head is of another ledger.
    #[error("the signed head is of {found}, not of {expected}")]
    Origin {
        /// The ledger that was expected.
        expected: String,
        /// The ledger that it names.
        found: String,
    },
    /// The note around it does not hold.
    #[error("the signed head cannot be trusted")]
    Note(#[from] NoteError),
}

/// The origin line of an organization's ledger, which is also the name of its key.
pub fn origin(organization: &str) -> String {
    format!("asepsis/{organization}")
}

impl Checkpoint {
    /// Reads the text of a head (C2SP tlog-checkpoint, "Note text"). Extension lines are passed over.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = |why| CheckpointError::Malformed { why };
        let text =
            text.strip_suffix('\n').ok_or_else(|| malformed("its last line does not end"))?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(malformed("it has fewer than three lines"));
        };
        if origin.is_empty() || lines.any(str::is_empty) {
            return Err(malformed("it holds an empty line"));
        }
        let digits = size.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (size.starts_with('0') && size != "0") {
            return Err(malformed("its size is not a plain number"));
        }
        let size = size.parse().map_err(|_| malformed("its size is not a plain number"))?;
        let root = BASE64.decode(root).map_err(|_| malformed("its root is not base64"))?;
        let root = root.try_into().map_err(|_| malformed("its root is not of 32 bytes"))?;
        Ok(Self { origin: origin.to_owned(), size, root: Hash(root) })
    }

    /// The text of the head.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.0))
    }

    /// The head as a signed note.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        Ok(signer.sign(&self.to_text())?)
    }

    /// Reads a signed head and checks signature and origin. The key's name must be the origin, as
    /// C2SP tlog-checkpoint has it.
    pub fn open(note: &[u8], verifier: &Verifier) -> Result<Self, CheckpointError> {
        let note = Note::parse(note)?;
        let head = Self::parse(verifier.verify(&note)?)?;
        if head.origin == verifier.name() {
            Ok(head)
        } else {
            let expected = verifier.name().to_owned();
            Err(CheckpointError::Origin { expected, found: head.origin })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_and_no_other_spelling_is_taken() {
        let head = Checkpoint { origin: origin("a"), size: 12, root: Hash([7; 32]) };
        let text = head.to_text();
        assert_eq!(Checkpoint::parse(&text), Ok(head));
        for wrong in [
            text.replace("\n12\n", "\n012\n"),
            text.replace("\n12\n", "\n+12\n"),
            text.replace("\n12\n", "\n99999999999999999999\n"),
            text.replace("\n12\n", "\n\n"),
            text.replace("asepsis/a", ""),
            format!("{text}\n"),
            text.trim_end().to_owned(),
        ] {
            assert!(Checkpoint::parse(&wrong).is_err(), "{wrong:?}");
        }
        assert!(Checkpoint::parse(&format!("{text}an extension\n")).is_ok());
    }
}
