//! Randomness as a parameter: salts, keys and ids come from whoever is handed in.

/// A source of random bytes. The program hands in the operating system's; tests hand in a counter.
pub trait Random: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// A new random id: 16 bytes as 32 hexadecimal digits, behind a word that says of what (`person-…`).
pub fn new_id(kind: &str, random: &dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{digits}")
}
