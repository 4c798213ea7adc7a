//! What a verdict means, line by line (ARCHITECTURE.md), and agreement with the `cel` interpreter.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn holds(source: &str, fact: &Value) -> Result<bool, NoValue> {
    Predicate::compile(source, "fact").unwrap().holds(fact.as_object().unwrap())
}

fn missing(path: &str) -> Result<bool, NoValue> {
    Err(NoValue::Missing(path.to_owned()))
}

#[test]
fn an_outcome_that_depends_on_a_missing_key_names_the_full_path() {
    let fact = json!({"dmarc": {"policy": "reject"}, "keys": [{"name": "a"}]});
    assert_eq!(holds("fact.dmarc.policy == 'reject'", &fact), Ok(true));
    assert_eq!(holds("!fact.dmarc.testing", &fact), missing("fact.dmarc.testing"));
    assert_eq!(holds("fact.spf.all == 'fail'", &fact), missing("fact.spf"));
    assert_eq!(holds("fact.keys.all(k, k.bits >= 2048)", &fact), missing("fact.keys[].bits"));
    assert_eq!(holds("has(fact.dmarc.testing)", &fact), Ok(false));
    assert_eq!(holds("has(fact.spf.all)", &fact), missing("fact.spf"));
}

#[test]
fn a_side_that_decides_absorbs_a_missing_one() {
    let fact = json!({"yes": true, "no": false, "list": [{"ok": false}, {}]});
    for (source, outcome) in [
        ("fact.yes || fact.gone", Ok(true)),
        ("fact.gone || fact.yes", Ok(true)),
        ("fact.no && fact.gone", Ok(false)),
        ("fact.gone && fact.no", Ok(false)),
        ("fact.gone || fact.no", missing("fact.gone")),
        ("fact.list.all(it, it.ok)", Ok(false)),
        ("fact.list.exists(it, !it.ok)", Ok(true)),
        ("fact.list.exists(it, it.ok)", missing("fact.list[].ok")),
        ("fact.yes ? fact.no : fact.gone", Ok(false)),
    ] {
        assert_eq!(holds(source, &fact), outcome, "{source}");
    }
}

#[test]
fn a_null_counts_as_absent() {
    assert_eq!(holds("fact.a in ['x']", &json!({"a": null})), missing("fact.a"));
}

#[test]
fn lists_that_are_empty_and_macros_do_as_cel_says() {
    let fact = json!({"none": [], "n": [1, 2, 3], "s": "abc"});
    for (source, outcome) in [
        ("fact.none.all(x, x > 1)", true),
        ("fact.none.exists(x, x > 1)", false),
        ("fact.n.exists_one(x, x > 2)", true),
        ("size(fact.n.filter(x, x > 1)) == 2", true),
        ("fact.n.map(x, x * 2) == [2, 4, 6]", true),
        (
            "2 in fact.n && fact.s.startsWith('a') && fact.s.contains('b') && fact.s.endsWith('c')",
            true,
        ),
        ("fact.n[0] + 1 == 2 && size(fact.s) == 3", true),
        ("fact.n == [1, 2, 3]", true),
        ("fact.s == 1", false),
        ("7 / 2 == 3 && 7 % 2 == 1 && -(1) == -1", true),
    ] {
        assert_eq!(holds(source, &fact), Ok(outcome), "{source}");
    }
    assert!(matches!(holds("fact.s < 1", &fact), Err(NoValue::Broken(_))));
    assert!(matches!(holds("1 / 0 == 1", &fact), Err(NoValue::Broken(_))));
    assert!(matches!(holds("fact.s", &fact), Err(NoValue::Broken(_))));
}

#[test]
fn what_a_check_may_not_use_is_refused() {
    for source in
        ["other.x", "fact.a.foo()", "{'a': 1}", "null == fact.a", "fact.a &&", "", "b'x' == fact.a"]
    {
        assert!(Predicate::compile(source, "fact").is_err(), "{source}");
    }
    let deep = format!("{}true{}", "(!".repeat(500), ")".repeat(500));
    assert!(Predicate::compile(&deep, "fact").is_err());
}

#[test]
fn paths_and_sentences_come_out_for_people() {
    let it = Predicate::compile(
        "fact.a.b == 1 && has(fact.c.d) && fact.keys.all(k, k.bits >= 1)",
        "fact",
    )
    .unwrap();
    assert_eq!(it.paths(), ["a.b", "c.d", "keys", "keys[].bits"]);
    assert_eq!(it.walked_lists(), ["keys"]);
    let sentence = Template::compile("policy is {fact.p}, hosts {fact.h}", "fact").unwrap();
    let seen = json!({"p": "none", "h": ["a", "b"]});
    let said = sentence.render(seen.as_object().unwrap());
    assert_eq!(said.as_deref(), Some("policy is none, hosts a, b"));
    assert_eq!(sentence.render(json!({"p": "none"}).as_object().unwrap()), None);
}

/// Expressions over three keys that are each present or absent.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("fact.a".to_owned()),
        Just("fact.b".to_owned()),
        Just("fact.c".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        Just("has(fact.a)".to_owned()),
        Just("fact.n > 2".to_owned()),
        Just("fact.s in ['x', 'y']".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            inner.clone().prop_map(|a| format!("!({a})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            inner.clone().prop_map(|a| format!("fact.l.all(x, x > 1 || {a})")),
            inner.prop_map(|a| format!("fact.l.exists(x, x > 1 && {a})")),
        ]
    })
}

fn fact() -> impl Strategy<Value = Value> {
    let key = || proptest::option::of(any::<bool>());
    (
        key(),
        key(),
        key(),
        proptest::option::of(0..5_i64),
        proptest::option::of("[xyz]"),
        proptest::collection::vec(0..4_i64, 0..3),
    )
        .prop_map(|(a, b, c, n, s, l)| {
            let all = json!({"a": a, "b": b, "c": c, "n": n, "s": s, "l": l});
            let Value::Object(map) = all else { unreachable!() };
            Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect())
        })
}

proptest! {
    /// The crate's own interpreter is the second opinion: where it has a value, ours is the same;
    /// where a key is missing, ours says so.
    #[test]
    fn the_cel_interpreter_agrees(source in expression(), fact in fact()) {
        let ours = holds(&source, &fact);
        let program = cel::Program::compile(&source).unwrap();
        let mut context = cel::Context::default();
        context.add_variable("fact", &fact).unwrap();
        match program.execute(&context) {
            Ok(cel::Value::Bool(it)) => prop_assert_eq!(ours, Ok(it)),
            Ok(other) => prop_assert!(false, "{:?}", other),
            Err(_) => prop_assert!(matches!(ours, Err(NoValue::Missing(_))), "{:?}", ours),
        }
    }

    #[test]
    fn no_text_makes_the_compiler_panic(source in "\\PC{0,60}") {
        let _ = Predicate::compile(&source, "fact");
        let _ = Template::compile(&source, "fact");
    }
}
