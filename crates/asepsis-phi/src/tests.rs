//! Numbers here are printed as examples by those who give them, were never given to anybody, or are
//! made by the test itself.

use proptest::prelude::*;

use super::*;

fn all(texts: &[&str], kinds: &[Kind]) {
    for text in texts {
        assert_eq!(identifiers(text), kinds, "{text:?}");
    }
}

#[test]
fn a_social_security_number_is_found() {
    all(
        &[
            "123-45-6789",
            "(123-45-6789).",
            "SSN: 123-45-6789",
            "ssn 123456789",
            "SSN# 123456789",
            "Social Security number is 123456789",
            "social security no. 123 45 6789",
            "123\u{2013}45\u{2013}6789",
            "123-45-6789A", // Medicare numbers until 2019
            "123-45-6789-C1",
        ],
        &[Kind::SocialSecurityNumber],
    );
}

#[test]
fn numbers_that_nobody_has_are_not_found() {
    all(
        &[
            "000-12-3456",
            "666-12-3456",
            "900-12-3456",
            "987-65-4320",
            "123-00-4567",
            "123-45-0000",
            "078-05-1120",
            "219-09-9999",
            "SSN 078051120",
            "SSN: 219 09 9999",
            "123456789",
            "123 45 6789",
            "1123-45-6789",
            "12-123-45-6789",
            "123-45-67890",
            "123-45-6789-01",
            "x123-45-6789",
            "SSN policy 2026",
        ],
        &[],
    );
}

#[test]
fn a_medicare_number_is_found() {
    // The number of the sample card of CMS.
    all(
        &["1EG4-TE5-MK73", "Medicare 1EG4TE5MK73!", "1eg4te5mk73", "1EG4 TE5 MK73"],
        &[Kind::MedicareNumber],
    );
    // A letter that is not used, a zero first, a place too many, one too few, other groups.
    all(
        &[
            "1SG4TE5MK73",
            "0EG4TE5MK73",
            "1EG4TE5MK733",
            "1EG4TE5MK7",
            "1EG4-TE5MK73",
            "1EG44E5MKA3",
        ],
        &[],
    );
}

#[test]
fn a_provider_number_is_found() {
    // The example of the paper of CMS on the check digit.
    all(&["1234567893", "NPI: 1234567893."], &[Kind::ProviderNumber]);
    all(&["1234567890", "3234567893", "12345678930", "123456789", "a1234567893"], &[]);
}

#[test]
fn a_date_of_birth_is_found_by_its_words() {
    all(
        &[
            "DOB 01/02/1960",
            "dob: 1-2-60",
            "D.O.B. 1960-01-02",
            "Date of birth:\n01/02/1960",
            "date of birth is Jan. 2, 1960",
            "born on the 2nd January 1960",
            "birthday: 19600102",
            "DOB 01021960",
            "Birth date January 2nd 1960",
        ],
        &[Kind::DateOfBirth],
    );
    all(
        &[
            "01/02/1960",
            "born in Ohio",
            "born 1960",
            "The DOB field is hidden since 01/02/2026",
            "DOB removed 01/02/2026",
            "No DOB; 01/02/2026 done",
            "dob 13",
            "dob 40/50/1960",
            "stubborn 01/02/1960",
            "born 2 decide 60",
        ],
        &[],
    );
}

#[test]
fn a_medical_record_number_is_found_by_its_words() {
    all(
        &[
            "MRN 12345",
            "mrn#: A123456",
            "MRN: 12-34-56",
            "Medical record number is 0012345",
            "medical record 4411",
            "chart no. 4411",
            "Chart #4411",
            "patient ID 990011",
        ],
        &[Kind::MedicalRecordNumber],
    );
    all(
        &[
            "MRN",
            "MRN policy 2026",
            "medical record system",
            "medical records of 2026",
            "12345",
            "mrn 12",
            "chart 2026",
            "patient portal 443",
            "Chart of the network. 4411",
        ],
        &[],
    );
}

#[test]
fn ordinary_remarks_pass() {
    all(
        &[
            "",
            "Router replaced on 2026-11-24, serial 4471-22-9917-A.",
            "Ticket 123456789, see mail of 11/24/2026",
            "Call the vendor at (212) 555-0100 ext. 12 or 1-800-555-0199",
            "Firmware 10.12.3456, 192.0.2.10, 00:00:5E:00:53:01",
            "CVE-2021-44228 is fixed; KB5034441 waits",
        ],
        &[],
    );
}

#[test]
fn every_kind_is_named_once_and_in_order() {
    let text = "MRN 12345, MRN 54321, DOB 01/02/1960, NPI 1234567893, 1EG4TE5MK73, 123-45-6789";
    assert_eq!(identifiers(text), Kind::ALL);
    assert!(Kind::ALL.is_sorted());
    let names: Vec<String> = Kind::ALL.iter().map(Kind::to_string).collect();
    assert_eq!(
        names.join(", "),
        "a Social Security number, a Medicare number, a provider number, a date of birth, \
         a medical record number"
    );
}

/// Texts of the words and marks that the rules look for, where a slip would show first.
fn tangled() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,11}",
        "[-–#:;., /\n]{1,2}",
        "(SSN|social|security|DOB|date of|birth|born|MRN|chart|medical|record|no|is|May)",
        "[0-9A-Za-z]{11}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), tangle in tangled()) {
        identifiers(&text);
        let found = identifiers(&tangle);
        prop_assert!(found.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn text_without_digits_holds_none(text in any::<String>(), tangle in tangled()) {
        for text in [text, tangle] {
            let text: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
            prop_assert_eq!(identifiers(&text), []);
        }
    }

    #[test]
    fn one_is_found_wherever_it_stands(
        (before, after) in ("(\\PC{0,20}[a-z]{2} )?", "( [a-z]{2}\\PC{0,20})?"),
        area in 1_u32..900, group in 1_u32..100, serial in 1_u32..10_000,
    ) {
        let number = format!("{area:03}-{group:02}-{serial:04}");
        prop_assume!(area != 666 && !["078-05-1120", "219-09-9999"].contains(&number.as_str()));
        for (text, kind) in [
            (number.as_str(), Kind::SocialSecurityNumber),
            ("1EG4-TE5-MK73", Kind::MedicareNumber),
            ("1234567893", Kind::ProviderNumber),
            ("DOB 01/02/1960", Kind::DateOfBirth),
            ("MRN 12345", Kind::MedicalRecordNumber),
        ] {
            let text = format!("{before}{text}{after}");
            prop_assert!(identifiers(&text).contains(&kind), "{} in {:?}", kind, text);
        }
    }

    #[test]
    fn a_number_inside_a_longer_word_is_none(before in "[a-z]{1,5}", after in "[a-z]{3,5}") {
        for number in ["123-45-6789", "1EG4TE5MK73", "1234567893"] {
            let text = format!("{before}{number}{after}");
            prop_assert_eq!(identifiers(&text), []);
        }
    }

    #[test]
    fn exactly_one_check_digit_fits(stem in 100_000_000_u32..300_000_000) {
        let fits = |digit: &u32| !identifiers(&format!("{stem}{digit}")).is_empty();
        prop_assert_eq!((0..10).filter(fits).count(), 1);
    }
}
