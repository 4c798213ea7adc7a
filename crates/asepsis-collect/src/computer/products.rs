//! Programs that the collector knows by name: their units and files.

use super::look::Look;

/// A program, known by units of systemd or by paths.
pub(super) struct Product {
    /// Its short name in facts.
    pub(super) name: &'static str,
    units: &'static [&'static str],
    paths: &'static [&'static str],
}

const fn product(
    name: &'static str,
    units: &'static [&'static str],
    paths: &'static [&'static str],
) -> Product {
    Product { name, units, paths }
}

/// Programs that look for harmful files.
pub(super) const ANTIVIRUS: &[Product] = &[
    product(
        "clamav",
        &["clamav-daemon", "clamd@", "clamd"],
        &["/usr/bin/clamscan", "/usr/sbin/clamd"],
    ),
    product("sophos", &["sophos-spl", "sav-protect"], &["/opt/sophos-spl", "/opt/sophos-av"]),
    product("eset", &["eea", "efs"], &["/opt/eset/eea", "/opt/eset/efs"]),
    product("bitdefender", &["bdsec"], &["/opt/bitdefender-security-tools"]),
    product("trend-micro", &["ds_agent"], &["/opt/ds_agent"]),
    product("trellix", &["mfetpd", "isectpd"], &["/opt/McAfee/ens", "/opt/isec/ens"]),
    product("kaspersky", &["kesl"], &["/opt/kaspersky/kesl"]),
];

/// Agents that watch for attacks and report them to people elsewhere.
pub(super) const EDR: &[Product] = &[
    product("falcon", &["falcon-sensor"], &["/opt/CrowdStrike/falcond"]),
    product("defender", &["mdatp"], &["/opt/microsoft/mdatp"]),
    product("sentinelone", &["sentinelone"], &["/opt/sentinelone"]),
    product("cortex", &["traps_pmd"], &["/opt/traps"]),
    product("carbon-black", &["cbagentd"], &["/opt/carbonblack"]),
    product("elastic-endpoint", &["ElasticEndpoint"], &["/opt/Elastic/Endpoint"]),
    product("huntress", &["huntress-agent"], &["/usr/share/huntress"]),
    product("wazuh", &["wazuh-agent"], &["/var/ossec/bin/wazuh-control"]),
    product("velociraptor", &["velociraptor_client"], &[]),
];

/// Backup programs.
pub(super) const BACKUP: &[Product] = &[
    product("restic", &["restic"], &["/usr/bin/restic", "/usr/local/bin/restic"]),
    product("borg", &[], &["/usr/bin/borg", "/usr/local/bin/borg"]),
    product("borgmatic", &["borgmatic"], &["/usr/bin/borgmatic", "/etc/borgmatic"]),
    product("duplicity", &[], &["/usr/bin/duplicity"]),
    product("deja-dup", &[], &["/usr/bin/deja-dup"]),
    product("timeshift", &[], &["/usr/bin/timeshift"]),
    product("rsnapshot", &[], &["/usr/bin/rsnapshot"]),
    product("veeam", &["veeamservice"], &["/usr/bin/veeamconfig"]),
    product("bacula", &["bacula-fd"], &["/usr/sbin/bacula-fd"]),
    product("bareos", &["bareos-fd", "bareos-filedaemon"], &["/usr/sbin/bareos-fd"]),
    product("backuppc", &["backuppc"], &["/usr/share/backuppc", "/etc/BackupPC"]),
    product("urbackup", &["urbackupclientbackend"], &["/usr/local/sbin/urbackupclientbackend"]),
    product("acronis", &["acronis_mms"], &["/usr/lib/Acronis"]),
    product("duplicati", &["duplicati"], &["/usr/lib/duplicati"]),
];

/// Agents that send logs elsewhere whenever they run.
pub(super) const LOG_AGENTS: &[Product] = &[
    product("systemd-journal-upload", &["systemd-journal-upload"], &[]),
    product("wazuh", &["wazuh-agent"], &[]),
    product("splunk", &["SplunkForwarder", "splunkd"], &[]),
    product("filebeat", &["filebeat"], &[]),
    product("elastic-agent", &["elastic-agent"], &[]),
    product("fluent-bit", &["fluent-bit", "td-agent-bit"], &[]),
    product("fluentd", &["fluentd", "td-agent"], &[]),
    product("vector", &["vector"], &[]),
    product("promtail", &["promtail"], &[]),
    product("alloy", &["alloy"], &[]),
    product("nxlog", &["nxlog"], &[]),
    product("azure-monitor", &["azuremonitoragent"], &[]),
    product("cloudwatch", &["amazon-cloudwatch-agent"], &[]),
    product("google-ops-agent", &["google-cloud-ops-agent-fluent-bit"], &[]),
];

/// Programs that show the screen to the network by themselves.
pub(super) const SCREEN_SHARING: &[Product] = &[
    product("xrdp", &["xrdp"], &[]),
    product("gnome-remote-desktop", &["gnome-remote-desktop"], &[]),
    product("vnc", &["vncserver@", "x11vnc", "tigervncserver@", "vncserver-x11-serviced"], &[]),
    product("nomachine", &["nxserver"], &[]),
];

/// Programs that reach this computer through their maker's servers.
pub(super) const CONTROL_TOOLS: &[Product] = &[
    product("teamviewer", &["teamviewerd"], &["/opt/teamviewer", "/usr/bin/teamviewer"]),
    product("anydesk", &["anydesk"], &["/usr/bin/anydesk"]),
    product("rustdesk", &["rustdesk"], &["/usr/bin/rustdesk", "/usr/share/rustdesk"]),
    product("splashtop", &["SRStreamer"], &["/opt/splashtop-streamer"]),
    product("screenconnect", &[], &["/opt/connectwisecontrol", "/opt/screenconnect"]),
    product("meshagent", &["meshagent"], &["/usr/local/mesh_services/meshagent"]),
    product(
        "chrome-remote-desktop",
        &["chrome-remote-desktop@"],
        &["/opt/google/chrome-remote-desktop"],
    ),
    product("dwagent", &["dwagent"], &["/usr/share/dwagent"]),
];

/// Programs that notice changed system files. Those that run from a timer or cron are found there.
pub(super) const WATCHERS: &[Product] = &[
    product(
        "aide",
        &["dailyaidecheck.timer", "aidecheck.timer", "aide-check.timer"],
        &["/etc/cron.daily/aide"],
    ),
    product("tripwire", &[], &["/etc/cron.daily/tripwire"]),
    product("samhain", &["samhain"], &[]),
    product("ossec", &["ossec", "ossec-hids"], &[]),
    product("wazuh", &["wazuh-agent"], &[]),
];

/// Old services that send passwords in the clear.
pub(super) const LEGACY: &[Product] = &[
    product("telnet", &["telnet.socket", "telnetd", "inetutils-telnetd"], &[]),
    product("rsh", &["rsh.socket", "rlogin.socket", "rexec.socket"], &[]),
    product("ftp", &["vsftpd", "proftpd", "pure-ftpd"], &[]),
    product("tftp", &["tftp.socket", "tftpd-hpa", "atftpd"], &[]),
    product("nis", &["ypserv", "ypbind"], &[]),
];

impl Look<'_> {
    /// The products of a table that are installed, by their units or files.
    pub(super) fn installed(&self, table: &[Product]) -> Vec<&'static str> {
        self.products(table, |product| {
            product.paths.iter().any(|path| self.there(path))
                || self
                    .units
                    .as_ref()
                    .is_ok_and(|units| product.units.iter().any(|unit| units.installed(unit)))
        })
    }

    /// The products of a table of which a unit runs.
    pub(super) fn running(&self, table: &[Product]) -> Vec<&'static str> {
        self.products(table, |product| {
            self.units
                .as_ref()
                .is_ok_and(|units| product.units.iter().any(|unit| units.active(unit)))
        })
    }

    /// The products of a table that run, or whose file says that they are scheduled.
    pub(super) fn scheduled(&self, table: &[Product]) -> Vec<&'static str> {
        self.products(table, |product| {
            product.paths.iter().any(|path| self.there(path))
                || self
                    .units
                    .as_ref()
                    .is_ok_and(|units| product.units.iter().any(|unit| units.active(unit)))
        })
    }

    fn products(&self, table: &[Product], is: impl Fn(&Product) -> bool) -> Vec<&'static str> {
        table.iter().filter(|product| is(product)).map(|product| product.name).collect()
    }
}
