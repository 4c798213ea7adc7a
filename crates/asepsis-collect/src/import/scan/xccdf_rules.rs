//! Rules of the SCAP Security Guide (ComplianceAsCode) that tell a fact beyond doubt.
//!
//! Most of its rules want a setting written down, and fail where the default is just as safe; their
//! failure tells nothing. A package that is not there cannot run, so that such a failure tells.

use super::rules::{Rule, Says, rule};
use Says::{Names, No, Nothing, Number, Text, Yes};

const fn asked(
    id: &'static str,
    path: &'static str,
    pass: Says,
    fail: Says,
    needs: &'static str,
) -> Rule {
    Rule { id, path, pass, fail, needs }
}

/// Ids without `xccdf_org.ssgproject.content_rule_`.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // accounts
    rule("accounts_no_uid_except_zero", "accounts.uid_zero", Number(1), Nothing),
    rule("no_empty_passwords_etc_shadow", "accounts.empty_passwords", Number(0), Nothing),
    rule("sudo_require_authentication", "accounts.sudo_without_password", Number(0), Nothing),
    rule("accounts_passwords_pam_faillock_deny", "passwords.lockout", Yes, Nothing),
    asked("set_password_hashing_algorithm_logindefs", "passwords.hash", Text("sha512"), Nothing, "var_password_hashing_algorithm=SHA512"),
    asked("set_password_hashing_algorithm_logindefs", "passwords.hash", Text("yescrypt"), Nothing, "var_password_hashing_algorithm=YESCRYPT"),
    // packet filters: that one of them does not run does not mean that none does
    rule("service_firewalld_enabled", "firewall.active", Yes, Nothing),
    rule("service_ufw_enabled", "firewall.active", Yes, Nothing),
    rule("service_nftables_enabled", "firewall.active", Yes, Nothing),
    rule("set_firewalld_default_zone", "firewall.default_deny", Yes, Nothing),
    rule("set_ufw_default_rule", "firewall.default_deny", Yes, Nothing),
    rule("set_iptables_default_rule", "firewall.default_deny", Yes, Nothing),
    rule("nftables_ensure_default_deny_policy", "firewall.default_deny", Yes, Nothing),
    // updates
    rule("security_patches_up_to_date", "patches.missing", Number(0), Nothing),
    // the desktop, whose defaults are safe
    rule("dconf_gnome_screensaver_lock_enabled", "desktop.lock_enabled", Yes, Nothing),
    rule("dconf_gnome_screensaver_user_locks", "desktop.lock_enforced", Yes, Nothing),
    rule("gnome_gdm_disable_automatic_login", "desktop.automatic_logon", No, Nothing),
    // removable media
    rule("kernel_module_usb-storage_disabled", "usb.storage_blocked", Yes, Nothing),
    rule("service_usbguard_enabled", "usb.guard", Yes, Nothing),
    rule("package_usbguard_installed", "usb.guard", Nothing, No),
    // logs
    rule("service_auditd_enabled", "audit.active", Yes, Nothing),
    rule("package_audit_installed", "audit.active", Nothing, No),
    rule("service_rsyslog_enabled", "logs.persistent", Yes, Nothing),
    rule("service_syslogng_enabled", "logs.persistent", Yes, Nothing),
    rule("rsyslog_remote_loghost", "logs.forwarded", Yes, Nothing),
    // the clock
    rule("service_chronyd_enabled", "clock.service", Text("chrony"), Nothing),
    rule("service_ntp_enabled", "clock.service", Text("ntpd"), Nothing),
    rule("service_ntpd_enabled", "clock.service", Text("ntpd"), Nothing),
    rule("service_timesyncd_enabled", "clock.service", Text("systemd-timesyncd"), Nothing),
    // remote access
    rule("sshd_disable_root_login", "remote_access.ssh_root_login", Text("no"), Nothing),
    rule("sshd_disable_empty_passwords", "remote_access.ssh_empty_passwords", No, Nothing),
    rule("service_sshd_disabled", "remote_access.ssh_listening", No, Nothing),
    // integrity
    asked("selinux_state", "integrity.mandatory_access", Text("enforcing"), Nothing, "var_selinux_state=enforcing"),
    rule("all_apparmor_profiles_enforced", "integrity.mandatory_access", Text("enforcing"), Nothing),
    rule("aide_periodic_cron_checking", "integrity.watchers", Names("aide"), Nothing),
    rule("service_fapolicyd_enabled", "integrity.allow_listing", Yes, Nothing),
    rule("package_fapolicyd_installed", "integrity.allow_listing", Nothing, No),
    // the kernel
    rule("sysctl_kernel_randomize_va_space", "hardening.aslr", Number(2), Nothing),
    rule("sysctl_fs_suid_dumpable", "hardening.setuid_core_dumps", Number(0), Nothing),
];
