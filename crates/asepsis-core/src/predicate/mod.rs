//! Predicates of checks: CEL expressions, compiled once, evaluated over facts, three-valued.
//!
//! The grammar and its macros are those of the `cel` crate; its syntax tree is compiled here into a
//! small tree of our own, because three things are needed that an interpreter does not give: the
//! *full path* of a key that was missing, the paths an expression reads (for the linter), and speed
//! on a million findings without copying facts into another value type. A test holds this evaluator
//! against the crate's own interpreter.
//!
//! - A missing key makes the outcome unknown, unless the outcome does not depend on it
//!   (`true || missing` is true, CEL specification, "Logical Operators").
//! - Every other error (a string compared with a number, say) is a broken check.

mod compile;
mod eval;
mod template;
mod tree;
mod types;

pub use compile::CompileError;
pub use template::Template;
pub use types::{PathType, TypeError, Types};

use serde_json::{Map, Value};

/// A compiled expression over one variable (`fact`, or `org`).
#[derive(Clone, Debug)]
pub struct Predicate {
    source: String,
    root: String,
    tree: tree::Node,
    slots: usize,
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// The outcome depends on this path, which is absent.
    Missing(String),
    /// The expression does not fit the fact; the check is broken.
    Broken(String),
}

impl Predicate {
    /// Compiles an expression over the variable `root`.
    pub fn compile(source: &str, root: &str) -> Result<Self, CompileError> {
        let (tree, slots) = compile::compile(source, root)?;
        Ok(Self { source: source.to_owned(), root: root.to_owned(), tree, slots })
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the expression holds for this value of its variable.
    pub fn holds(&self, value: &Map<String, Value>) -> Result<bool, NoValue> {
        eval::Evaluation::new(value, self.slots).boolean(&self.tree)
    }

    /// Writes the value of the expression behind a sentence; nothing if it has none.
    fn write(&self, value: &Map<String, Value>, out: &mut String) -> Result<(), NoValue> {
        eval::Evaluation::new(value, self.slots).write(&self.tree, out)
    }

    /// Checks every path and operator against what the schema says of types.
    pub fn check_types(&self, types: &dyn Types) -> Result<(), TypeError> {
        types::check(&self.tree, &self.root, types, true)
    }

    /// Checks that every path is in the schema, for expressions that need not be true or false.
    pub fn check_paths(&self, types: &dyn Types) -> Result<(), TypeError> {
        types::check(&self.tree, &self.root, types, false)
    }

    /// The paths the expression reads, as in `dmarc.policy` or `mx.hosts[].name`, without doubles.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        tree::paths(&self.tree, &mut paths);
        paths.sort();
        paths.dedup();
        paths
    }

    /// The lists that an `all` or `exists` walks over.
    pub fn walked_lists(&self) -> Vec<String> {
        let mut lists = Vec::new();
        tree::walked(&self.tree, &mut lists);
        lists
    }
}

#[cfg(test)]
mod tests;
