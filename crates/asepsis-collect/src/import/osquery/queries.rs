//! The queries of our pack: their names, their columns, and who understands their answers.

use asepsis_core::time::Timestamp;

use super::facts::Facts;
use super::rows::Row;
use super::{common, linux, macos, windows};

/// One query.
pub(super) struct Query {
    /// Its name in the pack.
    pub(super) name: &'static str,
    /// The columns of its answer, in the order of the alphabet.
    columns: &'static [&'static str],
    /// What an answer of some time tells.
    pub(super) tells: fn(&[Row<'_>], Timestamp, &mut Facts),
}

const fn query(
    name: &'static str,
    columns: &'static [&'static str],
    tells: fn(&[Row<'_>], Timestamp, &mut Facts),
) -> Query {
    Query { name, columns, tells }
}

/// All queries, in the order of the pack.
pub(super) const QUERIES: &[Query] = &[
    query(
        IDENTITY,
        &["hardware_model", "hardware_serial", "hardware_vendor", "hostname", "uuid"],
        common::identity,
    ),
    query("asepsis_os", &["build", "name", "platform", "version"], common::os),
    query("asepsis_chassis", &["chassis_types"], common::chassis),
    query("asepsis_administrators", &["administrators"], common::administrators),
    query("asepsis_posix_administrators", &["administrators"], common::administrators),
    query("asepsis_secure_boot", &["secure_boot"], common::secure_boot),
    query(
        "asepsis_windows_disks",
        &["boot_partition", "conversion_status", "drive_letter", "protection_status"],
        windows::disks,
    ),
    query("asepsis_windows_security", &["antivirus", "autoupdate", "firewall"], windows::security),
    query(
        "asepsis_windows_products",
        &["name", "signatures_up_to_date", "state", "type"],
        windows::products,
    ),
    query("asepsis_windows_services", &["name", "start_type", "status"], windows::services),
    query("asepsis_windows_firewall", &["data", "key", "name"], windows::firewall),
    query("asepsis_windows_registry", &["data", "path"], windows::registry),
    query("asepsis_windows_updates", &["date"], windows::updates),
    query("asepsis_windows_tpm", &["activated", "enabled", "spec_version"], windows::tpm),
    query(
        "asepsis_windows_device_guard",
        &["code_integrity_policy_enforcement_status", "running_security_services"],
        windows::device_guard,
    ),
    query("asepsis_programs", &["program"], common::programs),
    query("asepsis_macos_disk", &["encrypted", "filevault_status"], macos::disk),
    query("asepsis_macos_firewall", &["global_state"], macos::firewall),
    query("asepsis_macos_gatekeeper", &["assessments_enabled"], macos::gatekeeper),
    query("asepsis_macos_protection", &["config_flag", "enabled"], macos::protection),
    query("asepsis_macos_updates", &["key", "value"], macos::updates),
    query("asepsis_macos_policies", &["domain", "name", "username", "value"], macos::policies),
    query("asepsis_macos_screen", &["enabled", "grace_period"], macos::screen),
    query(
        "asepsis_macos_sharing",
        &["remote_login", "remote_management", "screen_sharing"],
        macos::sharing,
    ),
    query("asepsis_macos_backup", &["backup_date"], macos::backup),
    query("asepsis_linux_disks", &["encrypted", "path"], linux::disks),
    query("asepsis_linux_units", &["active_state", "id", "unit_file_state"], linux::units),
    query("asepsis_linux_files", &["mtime", "path"], linux::files),
    query("asepsis_linux_settings", &["label", "node", "value"], linux::settings),
];

/// The query that names a computer.
pub(super) const IDENTITY: &str = "asepsis_identity";

/// A query by its name; its place in [`QUERIES`].
pub(super) fn by_name(name: &str) -> Option<usize> {
    QUERIES.iter().position(|it| it.name == name)
}

/// The query whose answer has just these columns.
pub(super) fn by_columns(row: &Row<'_>) -> Option<usize> {
    let columns = row.columns();
    QUERIES.iter().position(|it| it.columns == columns)
}
