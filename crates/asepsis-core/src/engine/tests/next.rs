//! What to do next: the worst first, among equals the cheapest.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, unsound};
use crate::engine::next_steps;
use crate::organization::{Organization, Size};

#[test]
fn fails_in_scope_come_by_severity_then_by_cost() {
    let catalog = catalog();
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["a.example".to_owned()],
        ..Organization::default()
    });
    world.saw("host:a", 0, unsound());
    world.saw("host:b", 0, unsound());
    world.saw("dns:a.example", 0, json!({"dmarc": {"policy": "none"}, "spf": false}));
    let steps = next_steps(&catalog, &world.on(&catalog, 1));
    let order: Vec<_> = steps.iter().map(|it| (it.check.as_str(), it.subjects)).collect();
    assert_eq!(
        order,
        [
            ("machine.patched", 2),
            ("zone.spf", 1),
            ("zone.dmarc", 1),
            ("machine.disk", 2),
            ("machine.accounts", 2),
            ("machine.quiet", 2),
        ]
    );
    assert_eq!(steps[0].serves, ["2.S.A"]);
}

#[test]
fn what_serves_nothing_that_applies_is_no_step() {
    let catalog = catalog();
    let mut world =
        World::of(Organization { chosen_size: Some(Size::Medium), ..Organization::default() });
    world.saw("host:a", 0, unsound());
    let steps = next_steps(&catalog, &world.on(&catalog, 1));
    let quiet = steps.iter().find(|it| it.check == "machine.quiet");
    assert!(quiet.is_none(), "it serves small sub-practices only");
    assert_eq!(steps[0].serves, ["2.M.A"]);
}
