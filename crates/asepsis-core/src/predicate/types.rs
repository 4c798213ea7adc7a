//! Checks the paths and operators of a predicate against a schema. Finds mistakes; never runs.

use std::collections::BTreeMap;

use super::tree::{Binary, Literal, Macro, Node};

/// The type of a path in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PathType {
    /// true or false
    Bool,
    /// a whole number
    Int,
    /// text
    String,
    /// a list; its elements are at `path[]`
    List,
    /// a map; its members are at `path.key`
    Map,
}

/// What a schema says of a path under the root, as in `dmarc.policy` or `mx.hosts[].name`.
pub trait Types {
    /// The type at a path; `None` if the schema does not have it.
    fn type_of(&self, path: &str) -> Option<PathType>;
    /// The values a text may have, where the schema lists them.
    fn values_of(&self, path: &str) -> &[String];
}

/// A mistake in an expression.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum TypeError {
    /// A path that the schema does not have.
    #[error("the schema has no path `{0}`")]
    UnknownPath(String),
    /// An operator over types it is not for.
    #[error("{0}")]
    Unfit(String),
    /// A text compared with a value that it never has.
    #[error("`{path}` is never {value:?}; the schema lists {values}")]
    NeverThatValue {
        /// Which path.
        path: String,
        /// Compared with this.
        value: String,
        /// What it can be.
        values: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
enum Ty {
    Bool,
    Int,
    Double,
    Text,
    /// A value of the fact, at a path.
    At(String, PathType),
    ListOf(Box<Self>),
}

impl Ty {
    fn basic(&self) -> &'static str {
        match self {
            Self::Bool | Self::At(_, PathType::Bool) => "bool",
            Self::Int | Self::At(_, PathType::Int) => "int",
            Self::Double => "double",
            Self::Text | Self::At(_, PathType::String) => "string",
            Self::ListOf(_) | Self::At(_, PathType::List) => "list",
            Self::At(_, PathType::Map) => "map",
        }
    }
}

pub(super) fn check(
    tree: &Node,
    root: &str,
    types: &dyn Types,
    boolean: bool,
) -> Result<(), TypeError> {
    let mut checker = Checker { types, slots: BTreeMap::new() };
    checker.slots.insert(0, Ty::At(String::new(), PathType::Map));
    let found = checker.ty(tree)?;
    if boolean && found.basic() != "bool" {
        let found = found.basic();
        return Err(TypeError::Unfit(format!(
            "the expression over `{root}` is a {found}, not true or false"
        )));
    }
    Ok(())
}

struct Checker<'a> {
    types: &'a dyn Types,
    slots: BTreeMap<usize, Ty>,
}

impl Checker<'_> {
    fn ty(&mut self, node: &Node) -> Result<Ty, TypeError> {
        Ok(match node {
            Node::Literal(Literal::Bool(_)) => Ty::Bool,
            Node::Literal(Literal::Int(_)) => Ty::Int,
            Node::Literal(Literal::Double(_)) => Ty::Double,
            Node::Literal(Literal::Text(_)) => Ty::Text,
            Node::Variable { slot, path } => {
                self.slots.get(slot).cloned().ok_or_else(|| TypeError::UnknownPath(path.clone()))?
            }
            Node::Select { operand, field, .. } => self.member(operand, field)?,
            Node::Has { operand, field } => {
                self.member(operand, field)?;
                Ty::Bool
            }
            Node::Not(a) => self.want(a, "bool")?,
            Node::Negate(a) => self.want(a, "int")?,
            Node::And(a, b) | Node::Or(a, b) => {
                self.want(a, "bool")?;
                self.want(b, "bool")?
            }
            Node::Conditional(test, then, otherwise) => {
                self.want(test, "bool")?;
                let (then, otherwise) = (self.ty(then)?, self.ty(otherwise)?);
                same(&then, &otherwise, "? :")?;
                then
            }
            Node::List(items) => {
                let items: Result<Vec<Ty>, _> = items.iter().map(|item| self.ty(item)).collect();
                let items = items?;
                if let Some((first, rest)) = items.split_first() {
                    rest.iter().try_for_each(|item| same(first, item, "a list"))?;
                }
                Ty::ListOf(Box::new(items.into_iter().next().unwrap_or(Ty::Text)))
            }
            Node::Size(a) => match self.ty(a)?.basic() {
                "list" | "map" | "string" => Ty::Int,
                other => return Err(TypeError::Unfit(format!("size() of a {other}"))),
            },
            Node::Binary(op, a, b) => self.binary(*op, a, b)?,
            Node::Macro { kind, range, slot, body } => {
                let range = self.ty(range)?;
                let element = self.element(&range)?;
                self.slots.insert(*slot, element);
                let body = self.ty(body)?;
                if *kind != Macro::Map && body.basic() != "bool" {
                    return Err(TypeError::Unfit(format!("{kind:?} over a {}", body.basic())));
                }
                match kind {
                    Macro::Map => Ty::ListOf(Box::new(body)),
                    Macro::Filter => range,
                    Macro::All | Macro::Exists | Macro::ExistsOne => Ty::Bool,
                }
            }
        })
    }

    fn want(&mut self, node: &Node, basic: &str) -> Result<Ty, TypeError> {
        let found = self.ty(node)?;
        if found.basic() == basic {
            return Ok(if basic == "bool" { Ty::Bool } else { found });
        }
        let place = node.path().unwrap_or("an operand");
        Err(TypeError::Unfit(format!("{place} is a {}, not a {basic}", found.basic())))
    }

    fn member(&mut self, operand: &Node, field: &str) -> Result<Ty, TypeError> {
        match self.ty(operand)? {
            Ty::At(path, PathType::Map) => {
                let path =
                    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
                self.at(path)
            }
            other => Err(TypeError::Unfit(format!("a {} has no key `{field}`", other.basic()))),
        }
    }

    fn at(&self, path: String) -> Result<Ty, TypeError> {
        match self.types.type_of(&path) {
            Some(found) => Ok(Ty::At(path, found)),
            None => Err(TypeError::UnknownPath(path)),
        }
    }

    fn element(&self, list: &Ty) -> Result<Ty, TypeError> {
        match list {
            Ty::ListOf(item) => Ok(item.as_ref().clone()),
            Ty::At(path, PathType::List) => self.at(format!("{path}[]")),
            other => Err(TypeError::Unfit(format!("a {} is not a list", other.basic()))),
        }
    }

    fn binary(&mut self, op: Binary, a: &Node, b: &Node) -> Result<Ty, TypeError> {
        use Binary as B;
        let (ta, tb) = (self.ty(a)?, self.ty(b)?);
        match op {
            B::Equal | B::NotEqual => {
                same(&ta, &tb, "==")?;
                self.possible(&ta, b)?;
                self.possible(&tb, a)?;
                Ok(Ty::Bool)
            }
            B::Less | B::LessEqual | B::Greater | B::GreaterEqual => {
                same(&ta, &tb, "<")?;
                Ok(Ty::Bool)
            }
            B::In => {
                let element = self.element(&tb)?;
                same(&ta, &element, "in")?;
                if let Node::List(items) = b {
                    items.iter().try_for_each(|item| self.possible(&ta, item))?;
                }
                self.possible(&element, a)?;
                Ok(Ty::Bool)
            }
            B::StartsWith | B::EndsWith | B::Contains => {
                self.want(a, "string")?;
                self.want(b, "string")?;
                Ok(Ty::Bool)
            }
            B::Index => match tb.basic() {
                "int" => self.element(&ta),
                _ => Err(TypeError::Unfit("[] needs a number".to_owned())),
            },
            B::Add | B::Subtract | B::Multiply | B::Divide | B::Modulo => {
                same(&ta, &tb, "arithmetic")?;
                match ta.basic() {
                    "int" => Ok(Ty::Int),
                    "double" => Ok(Ty::Double),
                    "string" if op == B::Add => Ok(Ty::Text),
                    other => Err(TypeError::Unfit(format!("arithmetic over a {other}"))),
                }
            }
        }
    }

    /// A text literal beside a path whose values are listed must be one of them.
    fn possible(&self, at: &Ty, literal: &Node) -> Result<(), TypeError> {
        let (Ty::At(path, PathType::String), Node::Literal(Literal::Text(value))) = (at, literal)
        else {
            return Ok(());
        };
        let values = self.types.values_of(path);
        if values.is_empty() || values.contains(value) {
            return Ok(());
        }
        Err(TypeError::NeverThatValue {
            path: path.clone(),
            value: value.clone(),
            values: values.join(", "),
        })
    }
}

fn same(a: &Ty, b: &Ty, place: &str) -> Result<(), TypeError> {
    if a.basic() == b.basic() {
        return Ok(());
    }
    Err(TypeError::Unfit(format!("{place} over a {} and a {}", a.basic(), b.basic())))
}
