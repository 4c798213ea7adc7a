//! Refuses remarks that hold data of patients. Remarks go into the ledger, which forgets nothing, so
//! whoever takes one from a person asks here first and keeps nothing of a text that is refused.
//!
//! Only what [`asepsis_phi`] knows by its form is seen; names are not.

use asepsis_phi::Kind;

/// The kinds of patient data in a remark, in words for the person who wrote it; `None` if the remark
/// may be kept. A provider number is no reason to refuse: it is public and names no patient.
pub fn patient_data(text: &str) -> Option<String> {
    let kinds: Vec<String> = asepsis_phi::identifiers(text)
        .into_iter()
        .filter(|kind| *kind != Kind::ProviderNumber)
        .map(|kind| kind.to_string())
        .collect();
    (!kinds.is_empty()).then(|| kinds.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_patients_is_named_and_providers_may_stay() {
        let named = patient_data("Seen on the screen of 123-45-6789, DOB 01/02/1960.").unwrap();
        assert_eq!(named, "a Social Security number and a date of birth");
        assert_eq!(patient_data("chart no. 4411").unwrap(), "a medical record number");
        assert_eq!(patient_data("Dr. Example, NPI 1234567893, will replace the router."), None);
        assert_eq!(patient_data(""), None);
    }
}
