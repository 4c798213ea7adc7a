//! Whether what is written to disk is encrypted.

use super::device::Devices;
use super::look::Look;

const MOUNTS: &str = "/proc/self/mountinfo";
const FACTS: [&str; 3] = ["disk.root_encrypted", "disk.home_encrypted", "disk.unencrypted"];

pub(super) fn look(at: &mut Look<'_>) {
    if at.container {
        let why = "a container does not see the disks of its host";
        FACTS.iter().for_each(|fact| at.missed(fact, why));
        return at.missed("disk.swap_encrypted", why);
    }
    let devices = match Devices::read(at) {
        Ok(devices) => devices,
        Err(error) => {
            FACTS.iter().for_each(|fact| at.missed(fact, &error));
            return at.missed("disk.swap_encrypted", error);
        }
    };
    match at.text(MOUNTS) {
        Ok(text) => {
            let mounts = mounts(&text);
            for (fact, folder) in [(FACTS[0], "/"), (FACTS[1], "/home")] {
                let state = holding(&mounts, folder)
                    .ok_or_else(|| format!("nothing is mounted at {folder}"))
                    .and_then(|mount| state(&devices, mount));
                at.record(fact, state.map(|on| (on, format!("{MOUNTS} and /sys/class/block"))));
            }
            at.saw(
                FACTS[2],
                unencrypted(&devices, &mounts),
                format!("{MOUNTS} and /sys/class/block"),
            );
        }
        Err(error) => FACTS.iter().for_each(|fact| at.missed(fact, &error)),
    }
    swap(at, &devices);
}

/// A line of mountinfo: proc_pid_mountinfo(5).
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    number: String,
    point: String,
    writable: bool,
    kind: String,
    device: String,
}

fn mounts(text: &str) -> Vec<Mount> {
    text.lines().take(4096).filter_map(mount).collect()
}

fn mount(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut before = before.split(' ').skip(2);
    let (number, point, options) = (before.next()?, before.nth(1)?, before.next()?);
    let mut after = after.split(' ');
    let (kind, device) = (after.next()?, after.next()?);
    Some(Mount {
        number: number.to_owned(),
        point: point.replace("\\040", " "),
        writable: options.split(',').any(|option| option == "rw"),
        kind: kind.to_owned(),
        device: device.to_owned(),
    })
}

/// The mount that a folder lies in: the last one at the longest of its parents.
fn holding<'a>(mounts: &'a [Mount], folder: &str) -> Option<&'a Mount> {
    mounts
        .iter()
        .filter(|mount| {
            mount.point == "/"
                || folder == mount.point
                || folder.strip_prefix(mount.point.as_str()).is_some_and(|r| r.starts_with('/'))
        })
        .max_by_key(|mount| mount.point.len())
}

fn state(devices: &Devices, mount: &Mount) -> Result<bool, String> {
    match mount.kind.as_str() {
        "ecryptfs" | "fuse.gocryptfs" | "fuse.encfs" => return Ok(true),
        "zfs" => return Err("whether a ZFS data set is encrypted is not read yet".to_owned()),
        "overlay" | "nfs" | "nfs4" | "cifs" | "9p" | "virtiofs" | "tmpfs" => {
            return Err(format!(
                "{} is of type {} and lies on no disk here",
                mount.point, mount.kind
            ));
        }
        _ => {}
    }
    devices
        .find(&mount.number, &mount.device)
        .and_then(|name| devices.encrypted(name))
        .ok_or_else(|| format!("the device of {} could not be followed", mount.point))
}

/// Writable disk file systems on no encrypted device, without the boot partitions.
fn unencrypted(devices: &Devices, mounts: &[Mount]) -> Vec<String> {
    let kinds = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "vfat", "exfat", "ntfs",
        "ntfs3", "fuseblk",
    ];
    let mut out: Vec<String> = mounts
        .iter()
        .filter(|mount| mount.writable && kinds.contains(&mount.kind.as_str()))
        .filter(|mount| !matches!(mount.point.as_str(), "/boot" | "/boot/efi" | "/efi"))
        .filter(|mount| state(devices, mount) == Ok(false))
        .map(|mount| without_names(&mount.point))
        .collect();
    out.sort();
    out.dedup();
    out.truncate(64);
    out
}

/// Paths that hold names of people or media are cut to their folder.
fn without_names(point: &str) -> String {
    for folder in ["/media", "/run/media", "/home", "/var/home", "/mnt"] {
        if point.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) {
            return folder.to_owned();
        }
    }
    point.to_owned()
}

fn swap(at: &mut Look<'_>, devices: &Devices) {
    const FACT: &str = "disk.swap_encrypted";
    let text = match at.text("/proc/swaps") {
        Ok(text) => text,
        Err(error) => return at.missed(FACT, error),
    };
    let areas = swap_areas(&text);
    if areas.is_empty() {
        return at.saw(FACT, true, "/proc/swaps: there is no swap area");
    }
    let mounts = mounts(&at.text(MOUNTS).unwrap_or_default());
    let mut all = true;
    for (path, is_file) in areas {
        let on = if is_file {
            holding(&mounts, path).and_then(|mount| state(devices, mount).ok())
        } else {
            devices.find("", path).and_then(|name| devices.encrypted(name))
        };
        match on {
            Some(on) => all &= on,
            None => return at.missed(FACT, "a swap area could not be followed"),
        }
    }
    at.saw(FACT, all, "/proc/swaps and /sys/class/block");
}

/// Path of each swap area, and whether it is a file.
fn swap_areas(text: &str) -> Vec<(&str, bool)> {
    text.lines()
        .skip(1)
        .take(64)
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()? == "file"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::device::Device;
    use super::*;

    const TEXT: &str = "\
22 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw
23 22 8:1 / /boot rw,relatime shared:2 - ext4 /dev/sda1 rw
24 22 8:17 / /media/ada/USB\\040STICK rw,nosuid shared:3 - vfat /dev/sdb1 rw
25 22 0:5 / /proc rw - proc proc rw
broken line
";

    #[test]
    fn mounts_are_followed_to_their_devices() {
        let mounts = mounts(TEXT);
        assert_eq!(mounts.len(), 4);
        assert_eq!(holding(&mounts, "/home").unwrap().point, "/");
        assert_eq!(holding(&mounts, "/boot/efi").unwrap().point, "/boot");
        let mut devices = Devices::default();
        devices
            .0
            .insert("sdb1".to_owned(), Device { number: "8:17".to_owned(), ..Device::default() });
        assert_eq!(unencrypted(&devices, &mounts), ["/media"]);
        assert!(state(&devices, &mounts[0]).is_err());
        assert_eq!(without_names("/home/ada"), "/home");
        assert_eq!(without_names("/srv"), "/srv");
    }

    #[test]
    fn swap_areas_are_partitions_and_files() {
        let text =
            "Filename Type Size Used Priority\n/dev/dm-2 partition 9 0 -2\n/swap.img file 9 0 -3\n";
        assert_eq!(swap_areas(text), [("/dev/dm-2", false), ("/swap.img", true)]);
        assert!(swap_areas("").is_empty());
    }
}
