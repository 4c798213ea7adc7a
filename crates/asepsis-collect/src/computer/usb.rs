//! Whether USB sticks can be used.

use super::look::Look;

const FOLDERS: [&str; 3] = ["/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d"];

pub(super) fn look(at: &mut Look<'_>) {
    at.record_units("usb.guard", |units| units.active("usbguard"));
    const FACT: &str = "usb.storage_blocked";
    if at.units.as_ref().is_ok_and(|units| units.active("usbguard")) {
        return at.saw(FACT, true, "usbguard.service");
    }
    let mut blocked = None;
    for folder in FOLDERS {
        match at.texts(folder, ".conf") {
            Ok(files) => {
                let file = files.into_iter().find(|(_, text)| keeps_out_storage(text));
                blocked = blocked.or(file.map(|(path, _)| path));
            }
            Err(error) => return at.missed(FACT, error),
        }
    }
    if let Ok(line) = at.text("/proc/cmdline")
        && command_line_keeps_out(&line)
    {
        blocked = blocked.or(Some("/proc/cmdline".to_owned()));
    }
    let loaded = at.text("/proc/modules").is_ok_and(|text| {
        text.lines().any(|line| line.starts_with("usb_storage ") || line.starts_with("uas "))
    });
    match blocked {
        Some(_) if loaded => at.saw(FACT, false, "/proc/modules: usb_storage is loaded"),
        Some(path) => at.saw(FACT, true, path),
        None => at.saw(FACT, false, FOLDERS.join(", ")),
    }
}

/// `blacklist usb-storage`, or `install usb-storage` with a program that does nothing
/// (modprobe.d(5); `-` and `_` are the same in names of modules).
fn keeps_out_storage(text: &str) -> bool {
    text.lines().any(|line| {
        let mut words = line.split_whitespace();
        let (Some(verb), Some(module)) = (words.next(), words.next()) else { return false };
        if module.replace('_', "-") != "usb-storage" {
            return false;
        }
        match verb {
            "blacklist" => true,
            "install" => words
                .next()
                .is_some_and(|program| program.ends_with("/true") || program.ends_with("/false")),
            _ => false,
        }
    })
}

fn command_line_keeps_out(line: &str) -> bool {
    line.split_whitespace()
        .filter_map(|word| word.strip_prefix("modprobe.blacklist="))
        .flat_map(|modules| modules.split(','))
        .any(|module| module.replace('_', "-") == "usb-storage")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_storage_module_is_kept_out_in_three_ways() {
        assert!(keeps_out_storage("install usb-storage /bin/false\n"));
        assert!(keeps_out_storage("# why\nblacklist usb_storage\n"));
        assert!(!keeps_out_storage("#blacklist usb-storage\ninstall usb-storage /sbin/x\n"));
        assert!(!keeps_out_storage("options usb-storage quirks=1\nblacklist\n"));
        assert!(command_line_keeps_out("ro quiet modprobe.blacklist=pcspkr,usb_storage"));
        assert!(!command_line_keeps_out("ro usb_storage"));
    }
}
