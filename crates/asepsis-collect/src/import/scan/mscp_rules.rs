//! Rules of NIST's macOS Security Compliance Project that speak of a fact of a computer.
//!
//! Most of them hold only if a profile enforces the setting: that they do not hold does not say that
//! the setting is off. Those that ask the system itself (`csrutil`, `spctl`, `auditd`) tell both.

use super::rules::{Rule, Says, rule};
use Says::{No, Nothing, Text, Yes};

/// Only together with another rule that holds.
const fn with(id: &'static str, path: &'static str, pass: Says, needs: &'static str) -> Rule {
    Rule { id, path, pass, fail: Nothing, needs }
}

/// Ids of macOS 13 and later; `sysprefs_` of earlier ones is read as `system_settings_`.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // asked of the system itself
    rule("audit_auditd_enabled", "audit.active", Yes, No),
    with("audit_flags_lo_configure", "audit.sign_ins", Yes, "audit_auditd_enabled"),
    rule("os_gatekeeper_enable", "integrity.gatekeeper", Yes, No),
    rule("os_sip_enable", "integrity.system_protection", Yes, No),
    // an answer that does not come is no "off"
    rule("os_mdm_require", "mdm.enrolled", Yes, Nothing),
    rule("os_secure_boot_verify", "boot.secure", Yes, Nothing),
    rule("os_root_disable", "accounts.builtin_administrator", No, Nothing),
    // enforced by a profile
    rule("system_settings_filevault_enforce", "disk.root_encrypted", Yes, Nothing),
    rule("system_settings_firewall_enable", "firewall.active", Yes, Nothing),
    rule("os_firewall_default_deny_require", "firewall.default_deny", Yes, Nothing),
    rule("system_settings_guest_account_disable", "accounts.guest", No, Nothing),
    rule("system_settings_automatic_login_disable", "desktop.automatic_logon", No, Nothing),
    rule("system_settings_screensaver_password_enforce", "desktop.lock_enabled", Yes, Nothing),
    rule("system_settings_screensaver_password_enforce", "desktop.lock_enforced", Yes, Nothing),
    rule("os_removable_media_disable", "usb.storage_blocked", Yes, Nothing),
    // updates; critical ones alone are lists of harmful programs and single repairs
    rule("system_settings_critical_update_install_enforce", "updates.automatic", Nothing, Nothing),
    rule("system_settings_install_macos_updates_enforce", "updates.automatic", Yes, Nothing),
    rule("system_settings_macos_updates_install_enforce", "updates.automatic", Yes, Nothing),
    rule("system_settings_security_update_install", "updates.automatic", Yes, Nothing),
    // backups
    rule("system_settings_time_machine_auto_backup_enable", "backups.scheduled", Yes, Nothing),
    // remote access: both ways in must be shut
    with("system_settings_remote_management_disable", "remote_access.desktop_enabled", No, "system_settings_screen_sharing_disable"),
    with("system_settings_screen_sharing_disable", "remote_access.desktop_enabled", No, "system_settings_remote_management_disable"),
    rule("system_settings_ssh_disable", "remote_access.ssh_listening", No, Nothing),
    rule("system_settings_ssh_enable", "remote_access.ssh_listening", Yes, Nothing),
    rule("auth_ssh_password_authentication_disable", "remote_access.ssh_passwords", No, Nothing),
    rule("os_sshd_permit_root_login_configure", "remote_access.ssh_root_login", Text("no"), Nothing),
    // of the same things, and telling nothing of how they are
    rule("audit_flags_aa_configure", "audit.sign_ins", Nothing, Nothing),
    rule("os_config_data_install_enforce", "antivirus.up_to_date", Nothing, Nothing),
    rule("os_home_folders_secure", "hardening.private_homes", Nothing, Nothing),
    rule("os_setup_assistant_filevault_enforce", "disk.root_encrypted", Nothing, Nothing),
    rule("os_sshd_per_source_penalties_configure", "remote_access.ban", Nothing, Nothing),
    rule("os_tftpd_disable", "services.legacy", Nothing, Nothing),
    // passwords: a rule about them is a check of new ones
    rule("pwpolicy_account_lockout_enforce", "passwords.lockout", Yes, Nothing),
    rule("pwpolicy_alpha_numeric_enforce", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_custom_regex_enforce", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_lower_case_character_enforce", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_minimum_length_enforce", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_simple_sequence_disable", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_special_character_enforce", "passwords.checked", Yes, Nothing),
    rule("pwpolicy_upper_case_character_enforce", "passwords.checked", Yes, Nothing),
];
