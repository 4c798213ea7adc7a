//! Which block devices are encrypted: follows the device mapper down to the disks.

use std::collections::BTreeMap;

use super::look::Look;
use crate::source::SourceError;

/// Block devices by kernel name.
#[derive(Debug, Default)]
pub(super) struct Devices(pub(super) BTreeMap<String, Device>);

/// One block device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Device {
    /// `major:minor`.
    pub(super) number: String,
    /// The device mapper's name, as in `/dev/mapper/NAME`.
    pub(super) mapper_name: String,
    /// The device mapper's uuid; begins with the kind of the target.
    pub(super) mapper_uuid: String,
    /// The devices it lies on.
    pub(super) slaves: Vec<String>,
}

/// No stack of devices is deeper.
const DEEPEST: usize = 16;

impl Devices {
    pub(super) fn read(at: &Look<'_>) -> Result<Self, SourceError> {
        let text = |path: String| at.text(&path).unwrap_or_default().trim().to_owned();
        let mut out = BTreeMap::new();
        for name in at.source.list("/sys/class/block", 512)? {
            let folder = format!("/sys/class/block/{name}");
            let device = Device {
                number: text(format!("{folder}/dev")),
                mapper_name: text(format!("{folder}/dm/name")),
                mapper_uuid: text(format!("{folder}/dm/uuid")),
                slaves: at.names(&format!("{folder}/slaves")).unwrap_or_default(),
            };
            out.insert(name, device);
        }
        Ok(Self(out))
    }

    /// The kernel name of a mounted device, from its number or its path under `/dev`.
    pub(super) fn find(&self, number: &str, path: &str) -> Option<&str> {
        let by_number =
            self.0.iter().find(|(_, device)| !number.is_empty() && device.number == number);
        if let Some((name, _)) = by_number {
            return Some(name);
        }
        let short = path.strip_prefix("/dev/")?;
        if let Some(mapped) = short.strip_prefix("mapper/") {
            let found = self.0.iter().find(|(_, device)| device.mapper_name == mapped);
            return found.map(|(name, _)| name.as_str());
        }
        self.0.get_key_value(short).map(|(name, _)| name.as_str())
    }

    /// Whether everything written to a device is encrypted by it or by all devices under it.
    /// `None` if a device on the way is unknown.
    pub(super) fn encrypted(&self, name: &str) -> Option<bool> {
        self.follow(name, 0)
    }

    fn follow(&self, name: &str, depth: usize) -> Option<bool> {
        let device = self.0.get(name)?;
        // dm-crypt's uuids are CRYPT-LUKS1-…, CRYPT-LUKS2-…, CRYPT-PLAIN-…, CRYPT-VERITY-….
        if device.mapper_uuid.starts_with("CRYPT-")
            && !device.mapper_uuid.starts_with("CRYPT-VERITY")
        {
            return Some(true);
        }
        // Compressed swap lives in memory and is gone without power.
        if name.starts_with("zram") {
            return Some(true);
        }
        if device.slaves.is_empty() {
            return Some(false);
        }
        if depth == DEEPEST {
            return None;
        }
        let mut all = true;
        for slave in &device.slaves {
            all &= self.follow(slave, depth + 1)?;
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(number: &str, name: &str, uuid: &str, slaves: &[&str]) -> Device {
        Device {
            number: number.to_owned(),
            mapper_name: name.to_owned(),
            mapper_uuid: uuid.to_owned(),
            slaves: slaves.iter().map(|slave| (*slave).to_owned()).collect(),
        }
    }

    #[test]
    fn encryption_is_found_under_lvm_and_raid() {
        let devices = Devices(BTreeMap::from([
            ("sda2".to_owned(), device("8:2", "", "", &[])),
            ("sdb2".to_owned(), device("8:18", "", "", &[])),
            ("dm-0".to_owned(), device("253:0", "luks-1", "CRYPT-LUKS2-ab-luks-1", &["sda2"])),
            ("dm-1".to_owned(), device("253:1", "vg-root", "LVM-xyz", &["dm-0"])),
            ("dm-2".to_owned(), device("253:2", "vg-mixed", "LVM-xyz", &["dm-0", "sdb2"])),
            ("md0".to_owned(), device("9:0", "", "", &["gone"])),
            ("dm-9".to_owned(), device("253:9", "loop", "LVM-l", &["dm-9"])),
        ]));
        assert_eq!(devices.find("253:1", "/dev/root"), Some("dm-1"));
        assert_eq!(devices.find("0:31", "/dev/mapper/vg-root"), Some("dm-1"));
        assert_eq!(devices.find("0:31", "/dev/sda2"), Some("sda2"));
        assert_eq!(devices.find("0:31", "overlay"), None);
        assert_eq!(devices.encrypted("dm-1"), Some(true));
        assert_eq!(devices.encrypted("dm-2"), Some(false));
        assert_eq!(devices.encrypted("sda2"), Some(false));
        assert_eq!(devices.encrypted("md0"), None);
        assert_eq!(devices.encrypted("dm-9"), None);
    }
}
