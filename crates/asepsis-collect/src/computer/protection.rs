//! Antivirus programs and detection-and-response agents.

use asepsis_core::time::Timestamp;

use super::look::{Look, Read};
use super::products::{ANTIVIRUS, EDR};

const SIGNATURES: [&str; 2] = ["/var/lib/clamav/daily.cld", "/var/lib/clamav/daily.cvd"];
const AGE: &str = "antivirus.signature_age_days";

pub(super) fn look(at: &mut Look<'_>) {
    if at.container {
        let why = "a container does not see the programs of its host";
        let facts = [
            "antivirus.products",
            "antivirus.active",
            "antivirus.on_access",
            AGE,
            "edr.products",
            "edr.active",
        ];
        return facts.iter().for_each(|fact| at.missed(fact, why));
    }
    for (table, products, active) in
        [(ANTIVIRUS, "antivirus.products", "antivirus.active"), (EDR, "edr.products", "edr.active")]
    {
        let installed = at.installed(table);
        let running = !at.running(table).is_empty();
        at.record_units(products, |_| installed);
        at.record_units(active, |_| running);
    }
    if at.installed(ANTIVIRUS).contains(&"clamav") {
        at.record_units("antivirus.on_access", |units| {
            units.active("clamav-clamonacc") || units.active("clamonacc")
        });
    } else {
        at.missed("antivirus.on_access", "ClamAV is not installed");
    }
    let age = signature_age(at);
    at.record(AGE, age);
}

fn signature_age(at: &Look<'_>) -> Read<i64> {
    let mut newest: Option<(i64, String)> = None;
    let mut why = "ClamAV has no signatures here".to_owned();
    for path in SIGNATURES {
        match at.source.read_start(path, 512) {
            Ok(header) => match built(&header) {
                Some(built) => {
                    let age = at.now.days_since(built).max(0);
                    if newest.as_ref().is_none_or(|(known, _)| age < *known) {
                        newest = Some((age, path.to_owned()));
                    }
                }
                None => why = format!("{path} has an unknown header"),
            },
            Err(error) if error.is_missing() => {}
            Err(error) => why = error.to_string(),
        }
    }
    newest.ok_or(why)
}

/// The build time in a signature file's header: `ClamAV-VDB:24 Nov 2026 08-31 +0000:27468:…`.
fn built(header: &[u8]) -> Option<Timestamp> {
    let text = String::from_utf8_lossy(header);
    let time = text.strip_prefix("ClamAV-VDB:")?.split(':').next()?;
    let time = jiff::fmt::strtime::parse("%d %b %Y %H-%M %z", time.trim()).ok()?;
    Some(Timestamp::from_millis(time.to_timestamp().ok()?.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_signatures_says_when_they_were_built() {
        let header =
            b"ClamAV-VDB:24 Nov 2026 08-31 +0000:27468:2067134:90:X:X:raynman:1764000000   ";
        assert_eq!(built(header).unwrap().to_string(), "2026-11-24T08:31:00.000Z");
        assert_eq!(built(b"ClamAV-VDB:"), None);
        assert_eq!(built(b"\xff\xfe"), None);
        assert_eq!(built(b"ClamAV-VDB:99 Foo 2026 08-31 +0000:1"), None);
    }
}
