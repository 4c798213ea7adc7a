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

    /// The sentence for a fact; `None` if a value in it was not seen.
    pub fn render(&self, fact: &Map<String, Value>) -> Option<String> {
        let mut sentence = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => sentence.push_str(text),
                Piece::Value(value) => value.write(fact, &mut sentence).ok()?,
            }
        }
        Some(sentence)
    }

    /// Checks that every path is in the schema.
    pub fn check_paths(&self, types: &dyn Types) -> Result<(), TypeError> {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(_) => Ok(()),
            Piece::Value(value) => value.check_paths(types),
        })
    }
}
