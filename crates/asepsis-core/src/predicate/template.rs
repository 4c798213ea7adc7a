//! Sentences with facts in them: `policy is {fact.dmarc.policy}`. Braces hold a CEL expression.

use serde_json::{Map, Value};

use super::{CompileError, Predicate, TypeError, Types};

/// A compiled sentence.
#[derive(Clone, Debug)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value(Predicate),
}

impl Template {
    /// Compiles a sentence whose expressions are about the variable `root`.
    pub fn compile(source: &str, root: &str) -> Result<Self, CompileError> {
        let mut pieces = Vec::new();
        let mut rest = source;
        while let Some((text, after)) = rest.split_once('{') {
            let (expression, after) = after
                .split_once('}')
                .ok_or_else(|| CompileError::Syntax("a { without its }".to_owned()))?;
            pieces.push(Piece::Text(text.to_owned()));
            pieces.push(Piece::Value(Predicate::compile(expression, root)?));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// The sentence for a fact. A value that was not seen reads "not seen".
    pub fn render(&self, fact: &Map<String, Value>) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Value(value) => value.text(fact).unwrap_or_else(|_| "(not seen)".to_owned()),
            })
            .collect()
    }

    /// Checks that every path is in the schema.
    pub fn check_paths(&self, types: &dyn Types) -> Result<(), TypeError> {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(_) => Ok(()),
            Piece::Value(value) => value.check_paths(types),
        })
    }
}
