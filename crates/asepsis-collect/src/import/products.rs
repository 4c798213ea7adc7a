//! Programs that sources name: services of Windows, units of Linux, products of security centers, by
//! the short names that facts use.

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Looks for harmful files.
    Antivirus,
    /// Watches for attacks and reports them to people elsewhere.
    Edr,
    /// Sends logs elsewhere.
    Logs,
    /// Backs up.
    Backup,
}

/// A program by the unit or service it runs as.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// The unit's or service's name.
    pub unit: &'static str,
    /// Its short name in facts.
    pub name: &'static str,
    kind: Kind,
}

const fn product(unit: &'static str, name: &'static str, kind: Kind) -> Product {
    Product { unit, name, kind }
}

/// Units of systemd; the live collector knows more, by paths.
const UNITS: &[Product] = &[
    product("clamav-daemon", "clamav", Kind::Antivirus),
    product("clamd", "clamav", Kind::Antivirus),
    product("sophos-spl", "sophos", Kind::Antivirus),
    product("falcon-sensor", "falcon", Kind::Edr),
    product("mdatp", "defender", Kind::Edr),
    product("sentinelone", "sentinelone", Kind::Edr),
    product("huntress-agent", "huntress", Kind::Edr),
    product("wazuh-agent", "wazuh", Kind::Edr),
    product("wazuh-agent", "wazuh", Kind::Logs),
    product("filebeat", "filebeat", Kind::Logs),
    product("elastic-agent", "elastic-agent", Kind::Logs),
    product("SplunkForwarder", "splunk", Kind::Logs),
    product("systemd-journal-upload", "systemd-journal-upload", Kind::Logs),
];

/// Services of Windows, as their makers name them.
const SERVICES: &[Product] = &[
    product("WinDefend", "defender", Kind::Antivirus),
    product("SAVService", "sophos", Kind::Antivirus),
    product("ekrn", "eset", Kind::Antivirus),
    product("EPSecurityService", "bitdefender", Kind::Antivirus),
    product("MBAMService", "malwarebytes", Kind::Antivirus),
    product("Sense", "defender", Kind::Edr),
    product("CSFalconService", "falcon", Kind::Edr),
    product("SentinelAgent", "sentinelone", Kind::Edr),
    product("HuntressAgent", "huntress", Kind::Edr),
    product("CbDefense", "carbon-black", Kind::Edr),
    product("cyserver", "cortex", Kind::Edr),
    product("Sophos MCS Agent", "sophos", Kind::Edr),
    product("WazuhSvc", "wazuh", Kind::Edr),
    product("WazuhSvc", "wazuh", Kind::Logs),
    product("SplunkForwarder", "splunk", Kind::Logs),
    product("nxlog", "nxlog", Kind::Logs),
    product("winlogbeat", "winlogbeat", Kind::Logs),
    product("Elastic Agent", "elastic-agent", Kind::Logs),
    product("AzureMonitorAgent", "azure-monitor", Kind::Logs),
    product("VeeamEndpointBackupSvc", "veeam", Kind::Backup),
    product("DattoBackupAgentService", "datto", Kind::Backup),
    product("AcronisAgent", "acronis", Kind::Backup),
    product("CarboniteService", "carbonite", Kind::Backup),
    product("bzserv", "backblaze", Kind::Backup),
    product("CrashPlanService", "code42", Kind::Backup),
];

/// Units of systemd of one kind.
pub fn of_units(kind: Kind) -> Vec<Product> {
    UNITS.iter().filter(|it| it.kind == kind).copied().collect()
}

/// Services of Windows of one kind.
pub fn of_services(kind: Kind) -> Vec<Product> {
    SERVICES.iter().filter(|it| it.kind == kind).copied().collect()
}

/// The short name of an antivirus product, by the name that it shows people.
pub fn antivirus(name: &str) -> &'static str {
    const NAMES: &[(&str, &str)] = &[
        ("defender", "defender"),
        ("sophos", "sophos"),
        ("eset", "eset"),
        ("bitdefender", "bitdefender"),
        ("malwarebytes", "malwarebytes"),
        ("norton", "norton"),
        ("mcafee", "trellix"),
        ("trellix", "trellix"),
        ("trend micro", "trend-micro"),
        ("sentinel", "sentinelone"),
        ("crowdstrike", "falcon"),
        ("webroot", "webroot"),
        ("avast", "avast"),
        ("avg", "avg"),
        ("kaspersky", "kaspersky"),
        ("f-secure", "withsecure"),
        ("withsecure", "withsecure"),
        ("cylance", "cylance"),
        ("huntress", "huntress"),
    ];
    let name = name.to_lowercase();
    NAMES.iter().find(|(word, _)| name.contains(word)).map_or("another", |(_, short)| short)
}
