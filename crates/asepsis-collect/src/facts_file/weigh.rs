//! Weighs JSON before it is parsed: bytes, depth, values, strings. Takes no more room than a number.

use super::{FactsFileError, MAX_BYTES, MAX_DEPTH, MAX_STRING, MAX_VALUES};

/// Refuses what is too large. Whether it is JSON at all is for the parser to say.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), FactsFileError> {
    let too = |what: &str, most| FactsFileError::TooLarge { what: what.to_owned(), most };
    if bytes.len() > MAX_BYTES {
        return Err(too(&format!("{} bytes", bytes.len()), MAX_BYTES));
    }
    let (mut depth, mut values, mut string) = (0_usize, 0_usize, None);
    let mut escaped = false;
    for byte in bytes {
        if let Some(length) = &mut string {
            *length += 1;
            if *length > MAX_STRING {
                return Err(too("a text of more bytes", MAX_STRING));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => string = None,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => string = Some(0_usize),
            b'{' | b'[' => {
                depth += 1;
                values += 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(too("it is nested deeper", MAX_DEPTH));
        }
        if values > MAX_VALUES {
            return Err(too("it holds more values", MAX_VALUES));
        }
    }
    Ok(())
}
