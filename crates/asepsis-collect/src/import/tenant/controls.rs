//! Which control of which tool says which fact of `tenant/1`, and why the others are left.
//!
//! Sources: CISA's secure configuration baselines for Microsoft 365 (ScubaGear 1.8) and Google
//! Workspace (ScubaGoggles 1.0), whose ids are facts; Maester's tests that carry the same ids.

/// Controls of ScubaGear by their ids without version, and the fact that each one tells.
pub(super) const MICROSOFT: &[(&str, &str)] = &[
    ("MS.AAD.1.1", "sign_in.legacy_blocked"),
    ("MS.AAD.2.1", "sign_in.risky_users_blocked"),
    ("MS.AAD.2.3", "sign_in.risky_sign_ins_blocked"),
    ("MS.AAD.3.1", "sign_in.mfa_phishing_resistant"),
    ("MS.AAD.3.2", "sign_in.mfa_everyone"),
    ("MS.AAD.3.3", "sign_in.mfa_shows_context"),
    ("MS.AAD.3.5", "sign_in.weak_methods_off"),
    ("MS.AAD.3.6", "sign_in.mfa_privileged"),
    ("MS.AAD.3.7", "sign_in.managed_devices"),
    ("MS.AAD.3.8", "sign_in.managed_registration"),
    ("MS.AAD.3.9", "sign_in.device_code_blocked"),
    ("MS.AAD.4.1", "logs.sent_away"),
    ("MS.AAD.5.1", "apps.registration_restricted"),
    ("MS.AAD.5.2", "apps.consent_restricted"),
    ("MS.AAD.5.3", "apps.consent_reviewed"),
    ("MS.AAD.7.1", "admins.in_range"),
    ("MS.AAD.7.2", "admins.fine_grained"),
    ("MS.AAD.7.3", "admins.cloud_only"),
    ("MS.AAD.7.4", "admins.time_limited"),
    ("MS.AAD.7.5", "admins.managed_assignment"),
    ("MS.AAD.7.6", "admins.approval"),
    ("MS.AAD.7.7", "admins.assignment_alerts"),
    ("MS.AAD.7.8", "admins.activation_alerts"),
    ("MS.AAD.8.1", "guests.limited"),
    ("MS.AAD.8.2", "guests.invites_limited"),
    ("MS.DEFENDER.1.2", "mail.protected_everyone"),
    ("MS.DEFENDER.1.3", "mail.links_and_attachments"),
    ("MS.DEFENDER.2.1", "mail.impersonation_of_people"),
    ("MS.DEFENDER.2.2", "mail.impersonation_of_domains"),
    ("MS.DEFENDER.3.1", "mail.attachments_in_files"),
    ("MS.DEFENDER.4.1", "data.leak_policy"),
    ("MS.DEFENDER.4.2", "data.leak_policy_everywhere"),
    ("MS.DEFENDER.4.3", "data.leak_policy_blocks"),
    ("MS.DEFENDER.5.1", "logs.alerts"),
    ("MS.DEFENDER.5.2", "logs.alerts_watched"),
    ("MS.DEFENDER.6.1", "logs.audit"),
    ("MS.DEFENDER.6.3", "logs.kept"),
    ("MS.EXO.1.1", "mail.auto_forward_off"),
    ("MS.EXO.5.1", "mail.smtp_auth_off"),
    ("MS.EXO.7.1", "mail.external_warning"),
    ("MS.EXO.13.1", "logs.mailbox_audit"),
    ("MS.SHAREPOINT.1.1", "data.sharing_limited"),
    ("MS.SHAREPOINT.1.2", "data.own_files_sharing_limited"),
    ("MS.SHAREPOINT.2.1", "data.sharing_narrow"),
];

/// Controls of ScubaGoggles.
pub(super) const GOOGLE: &[(&str, &str)] = &[
    ("GWS.COMMONCONTROLS.1.1", "sign_in.mfa_phishing_resistant"),
    ("GWS.COMMONCONTROLS.1.2", "sign_in.mfa_everyone"),
    ("GWS.COMMONCONTROLS.1.3", "sign_in.weak_methods_off"),
    ("GWS.COMMONCONTROLS.2.1", "sign_in.managed_devices"),
    ("GWS.COMMONCONTROLS.4.1", "sign_in.session_limited"),
    ("GWS.COMMONCONTROLS.6.1", "admins.cloud_only"),
    ("GWS.COMMONCONTROLS.6.2", "admins.in_range"),
    ("GWS.COMMONCONTROLS.9.1", "sign_in.mfa_privileged"),
    ("GWS.COMMONCONTROLS.10.1", "apps.consent_restricted"),
    ("GWS.COMMONCONTROLS.10.5", "sign_in.legacy_blocked"),
    ("GWS.COMMONCONTROLS.13.1", "logs.alerts"),
    ("GWS.COMMONCONTROLS.14.1", "logs.sent_away"),
    ("GWS.COMMONCONTROLS.14.2", "logs.kept"),
    ("GWS.COMMONCONTROLS.17.1", "admins.approval"),
];

/// Why controls that begin so are left. The longest beginning counts.
const LEFT: &[(&str, &str)] = &[
    ("MS.AAD.", "no part of HICP asks for it"),
    ("MS.AAD.3.4", "a step of moving to new settings, no protection of its own"),
    ("MS.AAD.6.1", "HICP asks for strong passwords; whether they expire it leaves open"),
    ("MS.DEFENDER.", "no part of HICP asks for it"),
    ("MS.DEFENDER.1.1", "controls 1.2 and 1.3 of the same group say whom the presets protect"),
    ("MS.DEFENDER.1.4", "control 1.2 says whom the presets protect"),
    ("MS.DEFENDER.1.5", "control 1.3 says whom the presets protect"),
    ("MS.EXO.", "no part of HICP asks for it"),
    ("MS.EXO.2.", "asepsis looks at the mail domain itself: asepsis check email"),
    ("MS.EXO.3.", "asepsis looks at the mail domain itself: asepsis check email"),
    ("MS.EXO.4.", "asepsis looks at the mail domain itself: asepsis check email"),
    ("MS.SHAREPOINT.", "no part of HICP asks for it"),
    ("MS.TEAMS.", "no part of HICP asks about meetings and chats"),
    ("MS.POWERPLATFORM.", "no part of HICP asks about programs that users build"),
    ("MS.POWERBI.", "no part of HICP asks about reports that users build"),
    ("GWS.COMMONCONTROLS.", "no part of HICP asks for it"),
    ("GWS.GMAIL.", "asepsis looks at the mail domain itself; the rest of Gmail is not read yet"),
    ("GWS.", "no part of HICP asks for it"),
];

/// The fact that a control tells.
pub(super) fn fact(id: &str) -> Option<&'static str> {
    let all = MICROSOFT.iter().chain(GOOGLE);
    all.into_iter().find(|(control, _)| *control == id).map(|(_, fact)| *fact)
}

/// Why a control is left that tells no fact.
pub(super) fn why_left(id: &str) -> &'static str {
    let known = LEFT.iter().filter(|(start, _)| id.starts_with(start));
    let longest = known.max_by_key(|(start, _)| start.len());
    longest.map_or("this version of asepsis does not know it", |(_, why)| *why)
}
