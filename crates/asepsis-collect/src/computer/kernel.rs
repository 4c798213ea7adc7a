//! The running kernel, the newest one installed, and whether a restart is due.

use asepsis_vuln::version::compare_rpm;

use super::look::Look;

const MARKS: [&str; 2] = ["/run/reboot-required", "/var/run/reboot-required"];

pub(super) fn look(at: &mut Look<'_>) {
    let running = at.uname.release.clone();
    if running.is_empty() {
        at.missed("kernel.running", "the system did not say");
    } else {
        at.saw("kernel.running", running.as_str(), "uname");
    }
    let newest = if at.container {
        Err("a container runs the kernel of its host".to_owned())
    } else {
        match at.names("/boot") {
            Ok(names) => newest(&names, &running)
                .map(str::to_owned)
                .ok_or_else(|| "no kernel in /boot matches the running one".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    };
    let mark = MARKS.iter().find(|path| at.there(path));
    match (mark, &newest) {
        (Some(path), _) => at.saw("restart.pending", true, *path),
        (None, Ok(newest)) => {
            let older = compare_rpm(&running, newest).is_lt();
            at.saw("restart.pending", older, "/boot and uname");
        }
        (None, Err(why)) => at.missed("restart.pending", why),
    }
    at.record("kernel.newest", newest.map(|newest| (newest, "/boot".to_owned())));
}

/// The newest kernel of the running one's flavor; `None` if the running one itself is not there.
fn newest<'a>(names: &'a [String], running: &str) -> Option<&'a str> {
    let kernels: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("vmlinuz-").or_else(|| name.strip_prefix("vmlinux-")))
        .filter(|release| !release.contains("rescue") && !release.ends_with(".old"))
        .collect();
    if !kernels.contains(&running) {
        return None;
    }
    kernels
        .into_iter()
        .filter(|release| flavor(release) == flavor(running))
        .max_by(|a, b| compare_rpm(a, b))
}

/// What follows the numbers: `amd64` of `6.1.0-28-amd64`, `generic` of `6.8.0-49-generic`. Releases
/// of rpm systems end in a processor instead, which their kernels share.
fn flavor(release: &str) -> &str {
    let mut parts = release.splitn(3, '-');
    let (version, _, flavor) = (parts.next(), parts.next(), parts.next());
    match (version, flavor) {
        (_, Some(flavor)) => flavor,
        _ => release.rsplit_once('.').map_or("", |(_, processor)| processor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_kernel_has_the_flavor_of_the_running_one() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let boot = names(&[
            "vmlinuz-6.1.0-9-amd64",
            "vmlinuz-6.1.0-28-amd64",
            "vmlinuz-6.12.0-1-cloud-amd64",
            "initrd.img-6.1.0-30-amd64",
        ]);
        assert_eq!(newest(&boot, "6.1.0-9-amd64"), Some("6.1.0-28-amd64"));
        assert_eq!(newest(&boot, "6.18.44-fc"), None);
        let boot = names(&[
            "vmlinuz-0-rescue-8f1b",
            "vmlinuz-6.11.8-300.fc41.x86_64",
            "vmlinuz-6.11.10-300.fc41.x86_64",
        ]);
        assert_eq!(newest(&boot, "6.11.8-300.fc41.x86_64"), Some("6.11.10-300.fc41.x86_64"));
        assert_eq!(newest(&[], ""), None);
    }
}
