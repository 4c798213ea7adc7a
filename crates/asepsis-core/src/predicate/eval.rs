//! Evaluates a compiled tree over JSON facts, without copying them.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::NoValue;
use super::tree::{Binary, Literal, Macro, Node};

/// A value during evaluation; facts stay where they are.
#[derive(Clone, Debug)]
enum Val<'a> {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Cow<'a, str>),
    /// A list of the fact.
    Array(&'a [Value]),
    /// A map of the fact, or the fact itself.
    Map(&'a Map<String, Value>),
    List(Vec<Self>),
}

type Outcome<'a> = Result<Val<'a>, NoValue>;

/// One evaluation of an expression over a fact.
pub(super) struct Evaluation<'a> {
    /// Slot 0.
    fact: &'a Map<String, Value>,
    /// Slots from 1 on: the elements that macros walk over. Without macros nothing is allocated.
    elements: Vec<Option<Val<'a>>>,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(fact: &'a Map<String, Value>, slots: usize) -> Self {
        Self { fact, elements: vec![None; slots.saturating_sub(1)] }
    }

    pub(super) fn boolean(&mut self, node: &'a Node) -> Result<bool, NoValue> {
        match self.value(node)? {
            Val::Bool(it) => Ok(it),
            other => {
                Err(NoValue::Broken(format!("expected true or false, found {}", kind(&other))))
            }
        }
    }

    /// Writes the value as people read it behind a text.
    pub(super) fn write(&mut self, node: &'a Node, out: &mut String) -> Result<(), NoValue> {
        write(&self.value(node)?, out);
        Ok(())
    }

    fn value(&mut self, node: &'a Node) -> Outcome<'a> {
        match node {
            Node::Literal(Literal::Bool(it)) => Ok(Val::Bool(*it)),
            Node::Literal(Literal::Int(it)) => Ok(Val::Int(*it)),
            Node::Literal(Literal::Double(it)) => Ok(Val::Double(*it)),
            Node::Literal(Literal::Text(it)) => Ok(Val::Text(Cow::Borrowed(it))),
            Node::Variable { slot: 0, .. } => Ok(Val::Map(self.fact)),
            Node::Variable { slot, path } => match self.elements.get(*slot - 1) {
                Some(Some(value)) => Ok(value.clone()),
                _ => Err(NoValue::Missing(path.clone())),
            },
            Node::Select { operand, field, path } => {
                let operand = self.value(operand)?;
                member(&operand, field)?.ok_or_else(|| NoValue::Missing(path.clone()))
            }
            Node::Has { operand, field } => {
                let operand = self.value(operand)?;
                Ok(Val::Bool(member(&operand, field)?.is_some()))
            }
            Node::Not(a) => Ok(Val::Bool(!self.boolean(a)?)),
            Node::Negate(a) => match self.value(a)? {
                Val::Int(it) => it.checked_neg().map(Val::Int).ok_or_else(overflow),
                Val::Double(it) => Ok(Val::Double(-it)),
                other => Err(NoValue::Broken(format!("cannot negate {}", kind(&other)))),
            },
            Node::And(a, b) => self.absorbing(a, b, false),
            Node::Or(a, b) => self.absorbing(a, b, true),
            Node::Conditional(test, then, otherwise) => {
                if self.boolean(test)? {
                    self.value(then)
                } else {
                    self.value(otherwise)
                }
            }
            Node::Binary(op, a, b) => {
                if let (Binary::In, Node::List(items)) = (op, b.as_ref()) {
                    return self.among(a, items);
                }
                let (a, b) = (self.value(a)?, self.value(b)?);
                binary(*op, &a, &b)
            }
            Node::List(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.value(item)).collect();
                Ok(Val::List(items?))
            }
            Node::Size(a) => match self.value(a)? {
                Val::Text(it) => Ok(Val::Int(it.chars().count() as i64)),
                Val::List(it) => Ok(Val::Int(it.len() as i64)),
                Val::Array(it) => Ok(Val::Int(it.len() as i64)),
                Val::Map(it) => Ok(Val::Int(it.len() as i64)),
                other => Err(NoValue::Broken(format!("{} has no size", kind(&other)))),
            },
            Node::Macro { kind, range, slot, body } => self.walk(*kind, range, *slot, body),
        }
    }

    /// `&&` and `||`: one side that decides absorbs whatever the other side lacks.
    fn absorbing(&mut self, a: &'a Node, b: &'a Node, decides: bool) -> Outcome<'a> {
        let left = self.boolean(a);
        if left == Ok(decides) {
            return Ok(Val::Bool(decides));
        }
        match (left, self.boolean(b)) {
            (_, Ok(it)) if it == decides => Ok(Val::Bool(decides)),
            (Err(stop), _) | (_, Err(stop)) => Err(stop),
            _ => Ok(Val::Bool(!decides)),
        }
    }

    /// `a in [b, c]`, without making the list.
    fn among(&mut self, a: &'a Node, items: &'a [Node]) -> Outcome<'a> {
        let a = self.value(a)?;
        let mut found = false;
        for item in items {
            found |= equal(&a, &self.value(item)?);
        }
        Ok(Val::Bool(found))
    }

    fn walk(&mut self, of: Macro, range: &'a Node, slot: usize, body: &'a Node) -> Outcome<'a> {
        match self.value(range)? {
            Val::List(items) => self.over(of, items.into_iter(), slot, body),
            Val::Array(items) => self.over(of, items.iter().filter_map(from_json), slot, body),
            // CEL walks over the keys of a map.
            Val::Map(map) => {
                let keys = map.keys().map(|key| Val::Text(Cow::Borrowed(key.as_str())));
                self.over(of, keys, slot, body)
            }
            other => Err(NoValue::Broken(format!("{} is not a list", kind(&other)))),
        }
    }

    fn over(
        &mut self,
        of: Macro,
        items: impl Iterator<Item = Val<'a>>,
        slot: usize,
        body: &'a Node,
    ) -> Outcome<'a> {
        let mut kept = Vec::new();
        let mut stopped = None;
        let mut held = 0_usize;
        for item in items {
            self.put(slot, item.clone());
            if of == Macro::Map {
                kept.push(self.value(body)?);
                continue;
            }
            match (self.boolean(body), of) {
                (Ok(false), Macro::All) => return Ok(Val::Bool(false)),
                (Ok(true), Macro::Exists) => return Ok(Val::Bool(true)),
                (Ok(true), Macro::Filter) => kept.push(item),
                (Ok(true), Macro::ExistsOne) => held += 1,
                (Ok(_), _) => {}
                (Err(stop), Macro::All | Macro::Exists) => stopped = stopped.or(Some(stop)),
                (Err(stop), _) => return Err(stop),
            }
        }
        match (of, stopped) {
            (_, Some(stop)) => Err(stop),
            (Macro::All, None) => Ok(Val::Bool(true)),
            (Macro::Exists, None) => Ok(Val::Bool(false)),
            (Macro::ExistsOne, None) => Ok(Val::Bool(held == 1)),
            (Macro::Filter | Macro::Map, None) => Ok(Val::List(kept)),
        }
    }

    fn put(&mut self, slot: usize, value: Val<'a>) {
        if let Some(place) = self.elements.get_mut(slot - 1) {
            *place = Some(value);
        }
    }
}

/// A JSON value as a value of CEL; a null counts as absent.
fn from_json(value: &Value) -> Option<Val<'_>> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(it) => Val::Bool(*it),
        Value::Number(it) => match it.as_i64() {
            Some(it) => Val::Int(it),
            None => Val::Double(it.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(it) => Val::Text(Cow::Borrowed(it)),
        Value::Array(it) => Val::Array(it),
        Value::Object(it) => Val::Map(it),
    })
}

fn member<'a>(operand: &Val<'a>, field: &str) -> Result<Option<Val<'a>>, NoValue> {
    match operand {
        Val::Map(map) => Ok(map.get(field).and_then(from_json)),
        other => Err(NoValue::Broken(format!("{} has no key `{field}`", kind(other)))),
    }
}

fn binary<'a>(op: Binary, a: &Val<'a>, b: &Val<'a>) -> Outcome<'a> {
    use Binary as B;
    let unfit = |a: &Val<'_>, b: &Val<'_>| {
        NoValue::Broken(format!("{op:?} does not fit {} and {}", kind(a), kind(b)))
    };
    match op {
        B::Equal => Ok(Val::Bool(equal(a, b))),
        B::NotEqual => Ok(Val::Bool(!equal(a, b))),
        B::Less | B::LessEqual | B::Greater | B::GreaterEqual => {
            let order = order(a, b).ok_or_else(|| unfit(a, b))?;
            Ok(Val::Bool(match op {
                B::Less => order == Some(Ordering::Less),
                B::LessEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
                B::Greater => order == Some(Ordering::Greater),
                _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            }))
        }
        B::In => match b {
            Val::List(items) => Ok(Val::Bool(items.iter().any(|item| equal(a, item)))),
            Val::Array(items) => {
                Ok(Val::Bool(items.iter().filter_map(from_json).any(|item| equal(a, &item))))
            }
            Val::Map(map) => match a {
                Val::Text(key) => Ok(Val::Bool(map.contains_key(key.as_ref()))),
                _ => Err(unfit(a, b)),
            },
            _ => Err(unfit(a, b)),
        },
        B::Index => index(a, b).ok_or_else(|| unfit(a, b))?,
        B::StartsWith | B::EndsWith | B::Contains => match (a, b) {
            (Val::Text(whole), Val::Text(piece)) => Ok(Val::Bool(match op {
                B::StartsWith => whole.starts_with(piece.as_ref()),
                B::EndsWith => whole.ends_with(piece.as_ref()),
                _ => whole.contains(piece.as_ref()),
            })),
            _ => Err(unfit(a, b)),
        },
        B::Add | B::Subtract | B::Multiply | B::Divide | B::Modulo => match (a, b) {
            (Val::Int(x), Val::Int(y)) => match op {
                B::Add => x.checked_add(*y),
                B::Subtract => x.checked_sub(*y),
                B::Multiply => x.checked_mul(*y),
                B::Divide => x.checked_div(*y),
                _ => x.checked_rem(*y),
            }
            .map(Val::Int)
            .ok_or_else(overflow),
            (Val::Double(x), Val::Double(y)) => Ok(Val::Double(match op {
                B::Add => x + y,
                B::Subtract => x - y,
                B::Multiply => x * y,
                B::Divide => x / y,
                _ => return Err(unfit(a, b)),
            })),
            (Val::Text(x), Val::Text(y)) if op == B::Add => {
                Ok(Val::Text(Cow::Owned(format!("{x}{y}"))))
            }
            _ => Err(unfit(a, b)),
        },
    }
}

fn overflow() -> NoValue {
    NoValue::Broken("a number is out of range".to_owned())
}

fn index<'a>(list: &Val<'a>, at: &Val<'a>) -> Option<Outcome<'a>> {
    let missing = || {
        let mut place = "element ".to_owned();
        write(at, &mut place);
        NoValue::Missing(place)
    };
    match (list, at) {
        (Val::Map(map), Val::Text(key)) => {
            Some(map.get(key.as_ref()).and_then(from_json).ok_or_else(missing))
        }
        (Val::Array(items), Val::Int(at)) => Some(
            usize::try_from(*at)
                .ok()
                .and_then(|at| items.get(at))
                .and_then(from_json)
                .ok_or_else(missing),
        ),
        (Val::List(items), Val::Int(at)) => Some(
            usize::try_from(*at).ok().and_then(|at| items.get(at)).cloned().ok_or_else(missing),
        ),
        _ => None,
    }
}

/// Values of different types are not equal, numbers compare across types (CEL, "Equality").
fn equal(a: &Val<'_>, b: &Val<'_>) -> bool {
    match (a, b) {
        (Val::Bool(a), Val::Bool(b)) => a == b,
        (Val::Text(a), Val::Text(b)) => a == b,
        (Val::Array(a), Val::Array(b)) => a == b,
        (Val::Map(a), Val::Map(b)) => a == b,
        (Val::List(a), Val::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Val::List(a), Val::Array(b)) | (Val::Array(b), Val::List(a)) => {
            a.len() == b.len()
                && a.iter().zip(b.iter()).all(|(a, b)| from_json(b).is_some_and(|b| equal(a, &b)))
        }
        (Val::Int(_) | Val::Double(_), Val::Int(_) | Val::Double(_)) => {
            order(a, b) == Some(Some(Ordering::Equal))
        }
        _ => false,
    }
}

/// The order of two values: outer `None` if they have none, inner `None` for NaN.
fn order(a: &Val<'_>, b: &Val<'_>) -> Option<Option<Ordering>> {
    match (a, b) {
        (Val::Int(a), Val::Int(b)) => Some(Some(a.cmp(b))),
        (Val::Double(a), Val::Double(b)) => Some(a.partial_cmp(b)),
        (Val::Int(a), Val::Double(b)) => Some((*a as f64).partial_cmp(b)),
        (Val::Double(a), Val::Int(b)) => Some(a.partial_cmp(&(*b as f64))),
        (Val::Text(a), Val::Text(b)) => Some(Some(a.cmp(b))),
        (Val::Bool(a), Val::Bool(b)) => Some(Some(a.cmp(b))),
        _ => None,
    }
}

fn kind(value: &Val<'_>) -> &'static str {
    match value {
        Val::Bool(_) => "true or false",
        Val::Int(_) | Val::Double(_) => "a number",
        Val::Text(_) => "text",
        Val::List(_) | Val::Array(_) => "a list",
        Val::Map(_) => "a map",
    }
}

fn write(value: &Val<'_>, out: &mut String) {
    match value {
        Val::Bool(true) => out.push_str("yes"),
        Val::Bool(false) => out.push_str("no"),
        Val::Int(it) => out.push_str(&it.to_string()),
        Val::Double(it) => out.push_str(&it.to_string()),
        Val::Text(it) => out.push_str(it),
        Val::List(items) => write_list(items.iter().cloned(), out),
        Val::Array(items) => write_list(items.iter().filter_map(from_json), out),
        Val::Map(map) => {
            let keys = map.keys().map(|key| Val::Text(Cow::Borrowed(key.as_str())));
            write_list(keys, out);
        }
    }
}

fn write_list<'a>(items: impl Iterator<Item = Val<'a>>, out: &mut String) {
    let mut empty = true;
    for item in items {
        if !empty {
            out.push_str(", ");
        }
        empty = false;
        write(&item, out);
    }
    if empty {
        out.push_str("none");
    }
}
