//! The size of an RSA public key, read from its DER (RFC 8017 A.1.1, RFC 5280 4.1.2.7). Not an
//! ASN.1 library: it knows the two shapes in which DKIM publishes keys.

/// The bits of the modulus in a SubjectPublicKeyInfo, or in the bare RSAPublicKey that
/// RFC 6376 section 3.6.1 names.
pub(crate) fn rsa_bits(der: &[u8]) -> Option<usize> {
    let (key, rest) = element(der, SEQUENCE)?;
    if !rest.is_empty() {
        return None;
    }
    if let Some((_, rest)) = element(key, INTEGER) {
        element(rest, INTEGER)?;
        return modulus_bits(key);
    }
    let (algorithm, rest) = element(key, SEQUENCE)?;
    let (id, _) = element(algorithm, OBJECT_ID)?;
    if id != RSA_ENCRYPTION {
        return None;
    }
    let (bits, rest) = element(rest, BIT_STRING)?;
    let (unused, inner) = bits.split_first()?;
    if *unused != 0 || !rest.is_empty() {
        return None;
    }
    let (key, rest) = element(inner, SEQUENCE)?;
    rest.is_empty().then_some(())?;
    modulus_bits(key)
}

fn modulus_bits(key: &[u8]) -> Option<usize> {
    let (modulus, rest) = element(key, INTEGER)?;
    element(rest, INTEGER)?;
    let (first, rest) = match modulus.split_first()? {
        (0, rest) => rest.split_first()?,
        (first, _) if *first >= 0x80 => return None, // negative
        split => split,
    };
    let first_bits = 8usize.checked_sub(usize::try_from(first.leading_zeros()).ok()?)?;
    let bits = rest.len().checked_mul(8)?.checked_add(first_bits)?;
    (bits > 0).then_some(bits)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// 1.2.840.113549.1.1.1
const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The content of the first element, if it has this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    if *found != tag {
        return None;
    }
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..=0x7f => (usize::from(short), rest),
        long @ 0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            (bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Bytes of base64 text (RFC 4648 section 4); white space is skipped, padding may be missing.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut held, mut padded) = (0u32, 0u32, false);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padded = true;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        if padded {
            return None;
        }
        buffer = (buffer << 6 | u32::from(six)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(buffer >> held & 0xff).ok()?);
        }
    }
    (held != 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn base64_of_rfc_4648_is_read() {
        for (text, bytes) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm 9vYg", "foob")]
        {
            assert_eq!(base64(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(base64("Zg=x"), None);
        assert_eq!(base64("Z"), None);
        assert_eq!(base64("Zm9v!"), None);
    }

    #[test]
    fn both_shapes_of_a_key_are_measured() {
        // modulus 0x00ff (8 bits), exponent 3
        let bare = [0x30, 7, 2, 2, 0, 0xff, 2, 1, 3];
        assert_eq!(rsa_bits(&bare), Some(8));
        let mut wrapped = vec![0x30, 27, 0x30, 13, 6, 9];
        wrapped.extend(RSA_ENCRYPTION);
        wrapped.extend([5, 0, 3, 10, 0]);
        wrapped.extend(bare);
        assert_eq!(rsa_bits(&wrapped), Some(8));
        assert_eq!(rsa_bits(&wrapped[..20]), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in any::<Vec<u8>>(), text in any::<String>()) {
            let _ = rsa_bits(&bytes);
            let _ = base64(&text);
        }
    }
}
