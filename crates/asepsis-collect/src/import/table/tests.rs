//! Exports in their documented shapes: titles as the makers' documentation and public files have them
//! (Microsoft Graph's reference, the Admin console's download, Okta's reference, Intune's and Jamf's
//! exports); people, devices and values are invented. None of them was made by a real tenant.

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation};
use serde_json::{Value, json};

use super::super::{Ask, Input, Reading, Told, recognize};

fn told() -> Told {
    Told {
        date: Some("2026-11-20T06:00:00Z".parse().unwrap()),
        host: None,
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(-6)),
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    }
}

fn read_told(format: &str, bytes: &[u8], told: &Told) -> Reading {
    let reader = recognize(bytes).expect("it is known");
    assert_eq!(reader.format, format);
    reader.read(Input::from(bytes), told).unwrap()
}

fn read(format: &str, bytes: &[u8]) -> (Vec<Observation>, Reading) {
    let mut reading = read_told(format, bytes, &told());
    let looks: Vec<_> =
        std::mem::replace(&mut reading.looks, Box::new(std::iter::empty())).collect();
    for look in &looks {
        let file = format!("{}.toml", look.schema.replace('/', "-"));
        let path = format!("{}/../../catalog/observations/{file}", env!("CARGO_MANIFEST_DIR"));
        let schema: asepsis_core::catalog::Schema =
            toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let Body::Saw { fact, .. } = &look.body else { panic!() };
        assert_eq!(schema.misfits(fact), Vec::<String>::new(), "{format}");
        let text = serde_json::to_string(look).unwrap().to_lowercase();
        for name in ["lovelace", "hopper", "@clinic", "1044", "pf1a2b3c"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
    (looks, reading)
}

fn at(look: &Observation, path: &str) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    path.split('.')
        .fold(Value::Object(fact.clone()), |at, key| at.get(key).cloned().unwrap_or_default())
}

#[test]
fn registration_details_come_as_json_in_pages_and_as_a_table() {
    let user = |id: &str, upn: &str, capable: bool, methods: Value| {
        json!({"id": id, "userPrincipalName": upn, "userDisplayName": "Ada Lovelace", "userType": "member",
            "isAdmin": true, "isMfaRegistered": !methods.as_array().unwrap().is_empty(), "isMfaCapable": capable,
            "methodsRegistered": methods, "lastUpdatedDateTime": "2026-03-12T12:59:18Z"})
    };
    let pages = format!(
        "{}\n{}",
        json!({"@odata.context": "x", "value": [user("86462606", "ada@clinic.example", true, json!(["mobilePhone", "microsoftAuthenticatorPush"]))]}),
        json!({"value": [user("c6ad1942", "grace_gmail.com#EXT#@clinic.example", false, json!(["mobilePhone", "officePhone"])), user("d0", "kim@clinic.example", false, json!([]))]}),
    );
    let (looks, reading) = read("entra-registration", pages.as_bytes());
    assert_eq!(looks[0].subject.0, "account:entra/86462606");
    assert_eq!(at(&looks[0], "mfa.methods"), json!(["app-push", "sms"]));
    assert_eq!(at(&looks[0], "mfa.phone_only"), json!(false));
    assert_eq!(at(&looks[1], "mfa.phone_only"), json!(true));
    assert_eq!(at(&looks[1], "kind"), json!("guest"));
    assert_eq!(
        (at(&looks[2], "mfa.registered"), at(&looks[2], "mfa.phone_only")),
        (json!(false), json!(false))
    );
    assert_eq!(reading.identities[0].login.as_deref(), Some("ada@clinic.example"));
    // Registered is not enforced: only the tenant's settings tell that.
    assert_eq!(at(&looks[0], "mfa.enforced"), Value::Null);

    let table = "UPN,Name,MFA Capable,Methods Registered\nada@clinic.example,Ada Lovelace,Capable,\"Mobile phone, Microsoft Authenticator\"\n";
    let (by_name, _) = read("entra-registration", table.as_bytes());
    assert_eq!(at(&by_name[0], "mfa.capable"), json!(true));
    assert!(looks[0].also.contains(&by_name[0].subject), "both are about one account");
}

#[test]
fn users_of_entra_say_who_is_enabled_and_who_never_came() {
    let users = json!({"value": [
        {"id": "a1", "userPrincipalName": "ada@clinic.example", "displayName": "Ada Lovelace", "accountEnabled": true,
         "userType": "Member", "createdDateTime": "2024-01-05T09:00:00Z", "employeeId": "1044",
         "signInActivity": {"lastSignInDateTime": "2026-11-19T08:00:00Z"}, "onPremisesSyncEnabled": null},
        {"id": "b2", "userPrincipalName": "grace@clinic.example", "displayName": "Grace Hopper", "accountEnabled": false,
         "userType": "Guest", "createdDateTime": "2026-01-05T09:00:00Z", "employeeId": null, "signInActivity": null},
    ]});
    let (looks, reading) = read("entra-users", users.to_string().as_bytes());
    assert_eq!(reading.lists.as_deref(), Some("account:entra/"));
    assert_eq!(at(&looks[0], "last_sign_in"), json!("2026-11-19T08:00:00.000Z"));
    assert_eq!(
        (at(&looks[1], "enabled"), at(&looks[1], "never_signed_in")),
        (json!(false), json!(true))
    );
    assert_eq!(
        (at(&looks[0], "has_employee_id"), at(&looks[1], "has_employee_id")),
        (json!(true), json!(false))
    );
    let undated = Told { date: None, ..told() };
    assert_eq!(read_told("entra-users", users.to_string().as_bytes(), &undated).asks, [Ask::Date]);
}

#[test]
fn google_users_are_found_by_the_names_of_their_columns() {
    let text = "First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Employee ID,Photos Usage [READ ONLY]\r\n\
        Ada,Lovelace,Ada@clinic.example,Active,2026/11/18 13:05:12,True,False,1044,0.0GB\r\n\
        Front,Desk,frontdesk@clinic.example,Active,Never logged in,False,False,,0\r\n\
        Grace,Hopper,grace@clinic.example,Suspended,2025/01/02 10:00:00,,True,,\r\n";
    let (looks, reading) = read("google-users", text.as_bytes());
    assert_eq!(at(&looks[0], "last_sign_in"), json!("2026-11-18T19:05:12.000Z"));
    assert_eq!(
        (at(&looks[0], "mfa.registered"), at(&looks[0], "mfa.enforced")),
        (json!(true), json!(false))
    );
    assert_eq!(
        (at(&looks[1], "never_signed_in"), at(&looks[1], "looks_shared")),
        (json!(true), json!(true))
    );
    assert_eq!(
        (at(&looks[2], "enabled"), at(&looks[2], "mfa.registered")),
        (json!(false), Value::Null)
    );
    assert_eq!(reading.identities[1].mail.as_deref(), Some("frontdesk@clinic.example"));
}

#[test]
fn okta_users_are_read_with_their_status() {
    let user = |id: &str, status: &str, last: Value| {
        json!({"id": id, "status": status, "created": "2024-01-05T09:00:00.000Z", "lastLogin": last,
            "statusChanged": "2026-10-01T09:00:00.000Z", "passwordChanged": "2025-05-05T05:05:05.000Z",
            "profile": {"firstName": "Ada", "lastName": "Lovelace", "login": "ada@clinic.example",
                "email": "ada@clinic.example", "employeeNumber": "1044"}})
    };
    let users = json!([
        user("00u1", "ACTIVE", json!("2026-11-19T08:00:00.000Z")),
        user("00u2", "DEPROVISIONED", json!(null)),
        user("00u3", "LOCKED_OUT", json!("2026-11-01T08:00:00.000Z"))
    ]);
    let (looks, _) = read("okta-users", users.to_string().as_bytes());
    assert_eq!((at(&looks[0], "enabled"), at(&looks[0], "locked")), (json!(true), json!(false)));
    assert_eq!(at(&looks[1], "disabled_since"), json!("2026-10-01T09:00:00.000Z"));
    assert_eq!(
        (at(&looks[1], "enabled"), at(&looks[1], "never_signed_in")),
        (json!(false), json!(true))
    );
    assert_eq!((at(&looks[2], "enabled"), at(&looks[2], "locked")), (json!(true), json!(true)));
}

#[test]
fn a_personnel_list_is_known_by_its_titles_wherever_they_stand() {
    let text = "Maple Street clinic;;;;;\n;;;;;\nEmployee ID;Employee Name;Work Email;Hire Date;Term Date;Employment Status;Worker Type;Job Title\n\
        1044;Lovelace, Ada;ada@clinic.example;1/5/2024;;Active;Regular;Nurse\n\
        1045;Hopper, Grace;;3/14/2020;10/31/2026;Terminated;Regular;Front desk\n\
        ;Kim;kim@clinic.example;13/02/2021;;Active;Locum tenens;Physician\n\
        ;No Key;;1/1/2024;;Active;Regular;\n\
        1044;Lovelace, Ada;;1/5/2024;;Active;Regular;Nurse\n\
        Total;5;;;;;;\n";
    let (looks, reading) = read("hr-roster", text.as_bytes());
    assert_eq!(looks.len(), 3, "{:?}", reading.left);
    assert_eq!(reading.lists.as_deref(), Some("employee:hr/"));
    // One date of the column can only be day first, so all of it is.
    assert_eq!(
        (at(&looks[0], "start"), at(&looks[2], "start")),
        (json!("2024-05-01"), json!("2021-02-13"))
    );
    assert_eq!((at(&looks[1], "leave"), at(&looks[1], "left")), (json!("2026-10-31"), json!(true)));
    assert_eq!((at(&looks[2], "kind"), at(&looks[0], "role")), (json!("locum"), json!("Nurse")));
    assert_eq!(reading.left.len(), 3, "{:?}", reading.left);
    assert!(!format!("{:?}", reading.left).contains("No Key"), "no name is in what is left");
    assert_eq!(reading.identities[0].employee_id.as_deref(), Some("1044"));
}

#[test]
fn intune_lists_computers_and_phones() {
    let text = "Device ID,Device name,Managed by,Ownership,Compliance,OS,OS version,Last check-in,Serial number,Encrypted,Jailbroken,Supervised,Model,SkuFamily\n\
        1,DESK-04,Intune,Corporate,Compliant,Windows,10.0.26100.2314,2026-11-19 14:05:00.0000000,PF1A2B3C,True,Unknown,False,20XW,Pro\n\
        2,LT-11,Intune,Corporate,Noncompliant,Windows,10.0.19045.5131,2026-11-01 14:05:00.0000000,PF9Z8Y7X,False,Unknown,False,20XW,Enterprise\n\
        3,Ada Lovelace's iPhone,Intune,Personal,Compliant,iOS/iPadOS,26.1,2026-11-18 10:00:00.0000000,C39QX1ABCD,True,False,True,iPhone 15,\n\
        4,tab,Unknown,Personal,Not evaluated,Android (personally owned work profile),11,0001-01-01 00:00:00.0000000,R58M123456,,,,SM-T500,\n\
        5,pad,MDM,Corporate,In grace period,iPadOS,14.8,2026-11-18 10:00:00.0000000,DMPX1ABCDE,True,True,True,iPad Air,\n\
        6,DESK-04,Intune,Corporate,Compliant,Windows,10.0.22631.1,2026-01-19 14:05:00.0000000,PF1A2B3C,False,Unknown,False,20XW,Pro\n";
    let (looks, reading) = read("intune-devices", text.as_bytes());
    let of = |schema: &str| looks.iter().filter(|it| it.schema == schema).collect::<Vec<_>>();
    let (computers, phones) = (of("computer/1"), of("mobile-device/1"));
    assert_eq!((computers.len(), phones.len()), (2, 2), "{:?}", reading.left);
    let desk = computers.iter().find(|it| it.label == "DESK-04").unwrap();
    assert_eq!(desk.observed_at.to_string(), "2026-11-19T20:05:00.000Z");
    assert_eq!(
        (at(desk, "disk.root_encrypted"), at(desk, "mdm.by")),
        (json!(true), json!("intune"))
    );
    assert_eq!(
        (at(desk, "os.version"), at(desk, "mdm.keeps_rules")),
        (json!("10.0.26100"), json!(true))
    );
    let laptop = computers.iter().find(|it| it.label == "LT-11").unwrap();
    assert_eq!(
        (at(laptop, "disk.root_encrypted"), at(laptop, "os.supported")),
        (json!(false), json!(false))
    );
    let phone = phones.iter().find(|it| it.label == "iPhone 15").unwrap();
    assert_eq!(
        (at(phone, "owner"), at(phone, "passcode"), at(phone, "wipeable")),
        (json!("personal"), json!(true), json!(true))
    );
    let pad = phones.iter().find(|it| it.label == "iPad Air").unwrap();
    assert_eq!(
        (at(pad, "os.family"), at(pad, "os.supported"), at(pad, "jailbroken")),
        (json!("ipados"), json!(false), json!(true))
    );
    assert_eq!(at(pad, "keeps_rules"), Value::Null, "in grace is not known yet");
    // One never checked in, one is an older enrollment of the same computer.
    assert_eq!(reading.left.iter().map(|it| it.count).sum::<u64>(), 2, "{:?}", reading.left);
}

#[test]
fn jamf_lists_macs() {
    let text = "Computer Name,Serial Number,UDID,Last Check-in,Operating System Version,FileVault 2 Status,Gatekeeper,System Integrity Protection,Firewall Enabled,Secure Boot Level,Managed\n\
        mac-01,C02XK1ABCD,564D1234-0043-4A10-8052-B4C04F564433,2026-11-19 08:00:00 UTC,15.7.1,Boot Partitions Encrypted,App Store and identified developers,Enabled,true,Full Security,Managed\n\
        mac-02,C02XK1ABCE,,2026-11-19 08:00:00 UTC,12.7,Not Encrypted,Off,Disabled,false,No Security,Managed\n\
        mac-03,C02XK1ABCF,,2026-11-19 08:00:00 UTC,15.1,Encrypting,,,,,Managed\n";
    let (looks, _) = read("jamf-computers", text.as_bytes());
    let of = |name: &str| looks.iter().find(|it| it.label == name).unwrap();
    for (name, encrypted, gatekeeper, firewall, supported) in [
        ("mac-01", json!(true), json!(true), json!(true), json!(true)),
        ("mac-02", json!(false), json!(false), json!(false), json!(false)),
        ("mac-03", Value::Null, Value::Null, Value::Null, json!(true)),
    ] {
        let it = of(name);
        assert_eq!(at(it, "disk.root_encrypted"), encrypted, "{name}");
        assert_eq!(at(it, "integrity.gatekeeper"), gatekeeper, "{name}");
        assert_eq!(at(it, "firewall.active"), firewall, "{name}");
        assert_eq!(at(it, "os.supported"), supported, "{name}");
    }
}

#[test]
fn tables_come_in_the_encodings_that_office_programs_write() {
    let text = "UPN\tName\tMFA Capable\r\nada@clinic.example\tÄda\tNo\r\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let old: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [wide, old, marked] {
        let (looks, reading) = read("entra-registration", &bytes);
        assert_eq!((looks.len(), reading.identities[0].name.as_str()), (1, "Äda"));
    }
    // Quoted line ends, formulas and marks against them stay text.
    let text = "UPN,Name,MFA Capable\n\"ada@clinic.example\",\"'=HYPERLINK(\"\"x\"\")\nAda\",Yes\n";
    let (_, reading) = read("entra-registration", text.as_bytes());
    assert_eq!(reading.identities[0].name, "=HYPERLINK(\"x\") Ada");
}
