//! The size class: by the table, by choice, or assumed; the deciding rows named.

use super::catalog::catalog;
use crate::engine::classify;
use crate::organization::{Organization, Size};

fn organization(rows: &[(&str, Size)]) -> Organization {
    let attributes = rows.iter().map(|(id, size)| ((*id).to_owned(), *size)).collect();
    Organization { attributes, ..Organization::default() }
}

#[test]
fn the_column_that_fits_most_rows_decides_and_the_rows_are_named() {
    let it = classify(
        &catalog(),
        &organization(&[("beds", Size::Large), ("it", Size::Medium), ("sites", Size::Medium)]),
    );
    assert_eq!((it.size, it.by), (Size::Medium, "table"));
    assert_eq!(it.deciding, ["IT staff", "sites"]);
    assert_eq!(it.against, ["hospital beds"]);
    assert_eq!(it.sentence, "medium, by 2 of 3 attributes of the size table: IT staff, sites");
}

#[test]
fn a_tie_goes_to_the_larger_column() {
    let tie = |a, b| classify(&catalog(), &organization(&[("beds", a), ("it", b)])).size;
    assert_eq!(tie(Size::Small, Size::Medium), Size::Medium);
    assert_eq!(tie(Size::Large, Size::Small), Size::Large);
    assert_eq!(tie(Size::Large, Size::Medium), Size::Large);
}

#[test]
fn a_choice_by_people_stands_against_the_table_and_is_said() {
    let mut it = organization(&[("beds", Size::Large), ("it", Size::Small)]);
    it.chosen_size = Some(Size::Small);
    let it = classify(&catalog(), &it);
    assert_eq!((it.size, it.by), (Size::Small, "chosen"));
    assert_eq!((it.deciding, it.against), (vec!["IT staff".into()], vec!["hospital beds".into()]));
    assert_eq!(it.sentence, "small, by your choice");
}

#[test]
fn nothing_known_is_assumed_small_and_said() {
    let it = classify(&catalog(), &Organization::default());
    assert_eq!((it.size, it.by), (Size::Small, "assumed"));
    assert_eq!(it.sentence, "small, assumed until you say more about your organization");
}

#[test]
fn a_row_that_this_catalog_does_not_have_is_named_by_its_id() {
    let it = classify(&catalog(), &organization(&[("wings", Size::Large)]));
    assert_eq!((it.size, it.deciding), (Size::Large, vec!["wings".to_owned()]));
}
