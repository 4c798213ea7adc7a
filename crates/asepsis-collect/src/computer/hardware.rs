//! What kind of computer this is: chassis, virtual machine, container, UEFI, TPM.

use super::look::Look;
use crate::source::SourceError;

const CHASSIS: &str = "/sys/class/dmi/id/chassis_type";
const SECURE_BOOT: &str =
    "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

pub(super) fn look(at: &mut Look<'_>) {
    container(at);
    guest(at);
    kind(at);
    boot(at);
    tpm(at);
}

fn container(at: &mut Look<'_>) {
    let marks = ["/run/systemd/container", "/.dockerenv", "/run/.containerenv"];
    let mark = marks.iter().find(|path| at.there(path));
    at.container = mark.is_some();
    let from =
        mark.copied().unwrap_or("none of /run/systemd/container, /.dockerenv, /run/.containerenv");
    at.saw("virtualization.container", mark.is_some(), from);
}

fn guest(at: &mut Look<'_>) {
    match at.source.read_start("/proc/cpuinfo", 64 << 10) {
        Ok(bytes) => {
            let hypervisor = is_guest(&String::from_utf8_lossy(&bytes));
            // Processors other than x86 do not say; their firmware then names the machine.
            let product = at.text("/sys/class/dmi/id/product_name").unwrap_or_default();
            let named = ["KVM", "Virtual Machine", "VirtualBox", "VMware", "QEMU", "HVM domU"]
                .iter()
                .any(|name| product.contains(name));
            at.guest = hypervisor || named;
            at.saw("virtualization.guest", at.guest, "/proc/cpuinfo");
        }
        Err(error) => at.missed("virtualization.guest", error),
    }
}

/// Whether the processor says that a hypervisor is above it.
fn is_guest(cpuinfo: &str) -> bool {
    cpuinfo
        .lines()
        .filter(|line| line.starts_with("flags"))
        .any(|line| line.split_whitespace().any(|flag| flag == "hypervisor"))
}

fn kind(at: &mut Look<'_>) {
    const FACT: &str = "hardware.kind";
    if at.container || at.guest {
        return at.missed(FACT, "a virtual machine or container has no chassis of its own");
    }
    let battery = at
        .names("/sys/class/power_supply")
        .unwrap_or_default()
        .iter()
        .any(|name| name.starts_with("BAT"));
    match at.text(CHASSIS) {
        Ok(text) => match chassis(text.trim()) {
            Some(kind) => at.saw(FACT, kind, CHASSIS),
            None if battery => at.saw(FACT, "laptop", "/sys/class/power_supply"),
            None => at.missed(FACT, format!("chassis type {:.8} names no kind", text.trim())),
        },
        Err(_) if battery => at.saw(FACT, "laptop", "/sys/class/power_supply"),
        Err(error) => at.missed(FACT, error),
    }
}

/// SMBIOS 3.x, section 7.4.1, "System Enclosure or Chassis Types".
fn chassis(number: &str) -> Option<&'static str> {
    Some(match number.parse::<u8>().ok()? {
        3..=7 | 13 | 15 | 16 | 24 | 35 | 36 => "desktop",
        8..=10 | 14 | 31 => "laptop",
        11 | 30 | 32 => "tablet",
        17 | 22 | 23 | 25 | 28 | 29 => "server",
        _ => return None,
    })
}

fn boot(at: &mut Look<'_>) {
    let efi = at.there("/sys/firmware/efi");
    at.saw("boot.efi", efi, "/sys/firmware/efi");
    if !efi {
        return at.missed("boot.secure", "the computer did not start through UEFI");
    }
    match at.source.read(SECURE_BOOT, 64) {
        Ok(bytes) => match secure(&bytes) {
            Some(on) => at.saw("boot.secure", on, SECURE_BOOT),
            None => at.missed("boot.secure", format!("{SECURE_BOOT} has an unknown form")),
        },
        // UEFI without Secure Boot has no such variable.
        Err(SourceError::Missing { .. }) if at.there("/sys/firmware/efi/efivars") => {
            at.saw("boot.secure", false, "/sys/firmware/efi/efivars has no SecureBoot variable");
        }
        Err(error) => at.missed("boot.secure", error),
    }
}

/// Four bytes of attributes, then one: 1 means on (UEFI specification, section 3.3).
fn secure(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [_, _, _, _, value @ (0 | 1)] => Some(*value == 1),
        _ => None,
    }
}

fn tpm(at: &mut Look<'_>) {
    let chip =
        at.names("/sys/class/tpm").unwrap_or_default().into_iter().find(|n| n.starts_with("tpm"));
    at.saw("tpm.present", chip.is_some(), "/sys/class/tpm");
    let Some(chip) = chip else { return at.missed("tpm.version", "there is no TPM") };
    let path = format!("/sys/class/tpm/{chip}/tpm_version_major");
    match at.text(&path).map(|text| text.trim().parse::<i64>()) {
        Ok(Ok(version)) => at.saw("tpm.version", version, path),
        Ok(Err(_)) => at.missed("tpm.version", format!("{path} holds no number")),
        Err(error) => at.missed("tpm.version", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_guests_and_secure_boot_are_told() {
        assert_eq!(chassis("10"), Some("laptop"));
        assert_eq!(chassis("23"), Some("server"));
        assert_eq!(chassis("1"), None);
        assert_eq!(chassis("999"), None);
        assert!(is_guest("processor : 0\nflags\t\t: fpu hypervisor sse\n"));
        assert!(!is_guest("model name : hypervisor\nflags : fpu\n"));
        assert_eq!(secure(&[6, 0, 0, 0, 1]), Some(true));
        assert_eq!(secure(&[6, 0, 0, 0, 0]), Some(false));
        assert_eq!(secure(&[1]), None);
        assert_eq!(secure(b""), None);
    }
}
