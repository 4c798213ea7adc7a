//! Which of two package versions is newer, by the rules of dpkg and rpm.
//!
//! Sources: Debian Policy section 5.6.12; rpm's `rpmvercmp` with its marks `~` and `^`.

use std::cmp::Ordering;

/// Orders two Debian versions: `[epoch:]upstream[-revision]`.
pub fn compare_deb(a: &str, b: &str) -> Ordering {
    let (a, b) = (Parts::of(a), Parts::of(b));
    number(a.epoch.as_bytes(), b.epoch.as_bytes())
        .then_with(|| deb_part(a.version.as_bytes(), b.version.as_bytes()))
        .then_with(|| deb_part(a.release.as_bytes(), b.release.as_bytes()))
}

/// Orders two rpm versions: `[epoch:]version[-release]`. One without a release is the older.
pub fn compare_rpm(a: &str, b: &str) -> Ordering {
    let (a, b) = (Parts::of(a), Parts::of(b));
    number(a.epoch.as_bytes(), b.epoch.as_bytes())
        .then_with(|| rpm_part(a.version.as_bytes(), b.version.as_bytes()))
        .then_with(|| a.has_release.cmp(&b.has_release))
        .then_with(|| rpm_part(a.release.as_bytes(), b.release.as_bytes()))
}

struct Parts<'a> {
    epoch: &'a str,
    version: &'a str,
    release: &'a str,
    has_release: bool,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (epoch, rest) = match text.split_once(':') {
            Some((epoch, rest)) if epoch.bytes().all(|b| b.is_ascii_digit()) => (epoch, rest),
            _ => ("0", text),
        };
        let cut = rest.rsplit_once('-');
        let (version, release) = cut.unwrap_or((rest, ""));
        Self { epoch, version, release, has_release: cut.is_some() }
    }
}

/// Orders two runs of digits of any length as numbers.
fn number(a: &[u8], b: &[u8]) -> Ordering {
    let (a, b) = (without_zeros(a), without_zeros(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&b| b == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

/// Splits off the longest start whose bytes all satisfy `is`.
fn take(text: &[u8], is: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let length = text.iter().take_while(|&&b| is(b)).count();
    text.split_at_checked(length).unwrap_or((text, &[]))
}

fn deb_part(mut a: &[u8], mut b: &[u8]) -> Ordering {
    while !a.is_empty() || !b.is_empty() {
        let (words_a, rest_a) = take(a, |byte| !byte.is_ascii_digit());
        let (words_b, rest_b) = take(b, |byte| !byte.is_ascii_digit());
        for at in 0..words_a.len().max(words_b.len()) {
            let order = deb_rank(words_a.get(at)).cmp(&deb_rank(words_b.get(at)));
            if order.is_ne() {
                return order;
            }
        }
        let (digits_a, after_a) = take(rest_a, |byte| byte.is_ascii_digit());
        let (digits_b, after_b) = take(rest_b, |byte| byte.is_ascii_digit());
        let order = number(digits_a, digits_b);
        if order.is_ne() {
            return order;
        }
        (a, b) = (after_a, after_b);
    }
    Ordering::Equal
}

/// `~` sorts before the end, letters before all other signs.
fn deb_rank(byte: Option<&u8>) -> i32 {
    match byte {
        Some(b'~') => -1,
        None => 0,
        Some(letter) if letter.is_ascii_alphabetic() => i32::from(*letter),
        Some(other) => i32::from(*other) + 256,
    }
}

fn rpm_part(mut a: &[u8], mut b: &[u8]) -> Ordering {
    let separator = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'~' && byte != b'^';
    loop {
        a = take(a, separator).1;
        b = take(b, separator).1;
        let (first_a, first_b) = (a.first().copied(), b.first().copied());
        match (first_a == Some(b'~'), first_b == Some(b'~')) {
            (true, true) => {
                (a, b) = (rest(a), rest(b));
                continue;
            }
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        match (first_a, first_b) {
            (Some(b'^'), Some(b'^')) => {
                (a, b) = (rest(a), rest(b));
                continue;
            }
            (Some(b'^'), None) => return Ordering::Greater,
            (None, Some(b'^')) => return Ordering::Less,
            (Some(b'^'), Some(_)) => return Ordering::Less,
            (Some(_), Some(b'^')) => return Ordering::Greater,
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(byte_a), Some(byte_b)) => {
                let digits = byte_a.is_ascii_digit();
                if digits != byte_b.is_ascii_digit() {
                    return if digits { Ordering::Greater } else { Ordering::Less };
                }
                let kind = |byte: u8| {
                    if digits { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() }
                };
                let ((run_a, after_a), (run_b, after_b)) = (take(a, kind), take(b, kind));
                let order = if digits { number(run_a, run_b) } else { run_a.cmp(run_b) };
                if order.is_ne() {
                    return order;
                }
                (a, b) = (after_a, after_b);
            }
        }
    }
}

fn rest(text: &[u8]) -> &[u8] {
    text.get(1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_ordered_by_number_not_by_text() {
        assert_eq!(compare_deb("6.1.0-9-amd64", "6.1.0-28-amd64"), Ordering::Less);
        assert_eq!(compare_deb("6.8.0-49-generic", "6.8.0-49-generic"), Ordering::Equal);
        assert_eq!(
            compare_rpm("6.11.8-200.fc41.x86_64", "6.11.10-200.fc41.x86_64"),
            Ordering::Less
        );
        assert_eq!(
            compare_rpm("5.14.0-503.el9.x86_64", "5.14.0-427.el9.x86_64"),
            Ordering::Greater
        );
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the folder of test data is named in the environment"
    )]
    fn the_order_agrees_with_published_vectors() {
        let data = std::env::var("ASEPSIS_TEST_DATA").unwrap_or_else(|_| {
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
        });
        let mut seen = 0;
        for (file, compare) in [
            ("debian-versions.txt", compare_deb as fn(&str, &str) -> Ordering),
            ("debian-versions-generated.txt", compare_deb),
            ("redhat-versions.txt", compare_rpm),
        ] {
            let path = std::path::Path::new(&data).join("versions").join(file);
            let Ok(text) = std::fs::read_to_string(&path) else {
                println!("skipped: {} is missing; set ASEPSIS_TEST_DATA", path.display());
                continue;
            };
            for line in text.lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                let [a, sign, b] = words[..] else { continue };
                let expected = match sign {
                    "<" => Ordering::Less,
                    ">" => Ordering::Greater,
                    "=" => Ordering::Equal,
                    _ => continue,
                };
                assert_eq!(compare(a, b), expected, "{file}: {line}");
                assert_eq!(compare(b, a), expected.reverse(), "{file}: {line}, turned");
                seen += 1;
            }
        }
        println!("{seen} vectors");
    }
}
