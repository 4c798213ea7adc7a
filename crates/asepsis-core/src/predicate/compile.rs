//! From CEL text to a compiled tree: the `cel` crate parses and expands its macros, this recognizes
//! the expansions again and refuses what a check may not use.

use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SelectExpr, operators,
};
use cel::parser::Parser;

use super::tree::{Binary, Literal, Macro, Node};

/// Longest expression, in bytes. A catalog folder is foreign input.
const MAX_LENGTH: usize = 4_000;
/// Deepest nesting.
const MAX_DEPTH: usize = 60;

/// An expression that a check may not use.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CompileError {
    /// Longer than 4,000 bytes or nested deeper than 60.
    #[error("the expression is too long or nested too deeply")]
    TooLarge,
    /// Not CEL.
    #[error("not a CEL expression: {0}")]
    Syntax(String),
    /// A variable that is not given.
    #[error("unknown variable `{name}`; an expression here is about `{root}`")]
    Variable {
        /// What was written.
        name: String,
        /// What may be written.
        root: String,
    },
    /// CEL, but not of the part that checks use.
    #[error("`{0}` may not be used in a check")]
    Unsupported(String),
}

pub(super) fn compile(source: &str, root: &str) -> Result<(Node, usize), CompileError> {
    if source.len() > MAX_LENGTH {
        return Err(CompileError::TooLarge);
    }
    let tree = Parser::new().max_recursion_depth(MAX_DEPTH as u16).parse(source).map_err(|e| {
        let text = e.to_string();
        CompileError::Syntax(text.lines().next().unwrap_or("unreadable").to_owned())
    })?;
    let mut compiler = Compiler { root, scopes: Vec::new(), slots: 1 };
    let node = compiler.node(&tree, 0)?;
    Ok((node, compiler.slots))
}

struct Compiler<'a> {
    root: &'a str,
    /// Variables of the macros around the place being compiled: name, slot, path of an element.
    scopes: Vec<(String, usize, String)>,
    slots: usize,
}

impl Compiler<'_> {
    fn node(&mut self, tree: &IdedExpr, depth: usize) -> Result<Node, CompileError> {
        if depth > MAX_DEPTH {
            return Err(CompileError::TooLarge);
        }
        match &tree.expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Ident(name) => self.variable(name),
            Expr::Select(select) => self.select(select, depth),
            Expr::List(list) => {
                let items: Result<_, _> =
                    list.elements.iter().map(|item| self.node(item, depth + 1)).collect();
                Ok(Node::List(items?))
            }
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension, depth),
            Expr::Map(_) => Err(CompileError::Unsupported("{key: value}".to_owned())),
            Expr::Struct(_) => Err(CompileError::Unsupported("Type{…}".to_owned())),
            Expr::Unspecified => Err(CompileError::Syntax("empty".to_owned())),
        }
    }

    fn literal(&self, literal: &LiteralValue) -> Result<Node, CompileError> {
        Ok(Node::Literal(match literal {
            LiteralValue::Boolean(it) => Literal::Bool(*it.inner()),
            LiteralValue::Int(it) => Literal::Int(*it.inner()),
            LiteralValue::Double(it) => Literal::Double(*it.inner()),
            LiteralValue::String(it) => Literal::Text(it.inner().to_owned()),
            LiteralValue::Null => return Err(CompileError::Unsupported("null".to_owned())),
            LiteralValue::Bytes(_) => return Err(CompileError::Unsupported("bytes".to_owned())),
            LiteralValue::UInt(_) => return Err(CompileError::Unsupported("uint".to_owned())),
        }))
    }

    fn variable(&self, name: &str) -> Result<Node, CompileError> {
        let scope = self.scopes.iter().rev().find(|(scope, ..)| scope == name);
        match scope {
            Some((_, slot, path)) => Ok(Node::Variable { slot: *slot, path: path.clone() }),
            None if name == self.root => Ok(Node::Variable { slot: 0, path: name.to_owned() }),
            None => {
                Err(CompileError::Variable { name: name.to_owned(), root: self.root.to_owned() })
            }
        }
    }

    fn select(&mut self, select: &SelectExpr, depth: usize) -> Result<Node, CompileError> {
        let operand = Box::new(self.node(&select.operand, depth + 1)?);
        let field = select.field.clone();
        if select.test {
            return Ok(Node::Has { operand, field });
        }
        let path = format!("{}.{field}", operand.path().unwrap_or("(…)"));
        Ok(Node::Select { operand, field, path })
    }

    fn call(&mut self, call: &CallExpr, depth: usize) -> Result<Node, CompileError> {
        let mut args = Vec::new();
        for arg in call.target.as_deref().into_iter().chain(&call.args) {
            args.push(Box::new(self.node(arg, depth + 1)?));
        }
        let mut args = args.into_iter();
        let node = match (args.next(), args.next(), args.next()) {
            (Some(a), None, None) => match call.func_name.as_str() {
                operators::LOGICAL_NOT => Some(Node::Not(a)),
                operators::NEGATE => Some(Node::Negate(a)),
                "size" => Some(Node::Size(a)),
                _ => None,
            },
            (Some(a), Some(b), None) => match call.func_name.as_str() {
                operators::LOGICAL_AND => Some(Node::And(a, b)),
                operators::LOGICAL_OR => Some(Node::Or(a, b)),
                name => binary(name).map(|op| Node::Binary(op, a, b)),
            },
            (Some(a), Some(b), Some(c)) if call.func_name == operators::CONDITIONAL => {
                Some(Node::Conditional(a, b, c))
            }
            _ => None,
        };
        node.ok_or_else(|| CompileError::Unsupported(format!("{}()", call.func_name)))
    }

    /// Reads a macro back from its expansion (CEL specification, "Macros").
    fn comprehension(
        &mut self,
        it: &ComprehensionExpr,
        depth: usize,
    ) -> Result<Node, CompileError> {
        let unknown = || CompileError::Unsupported("this comprehension".to_owned());
        let range = Box::new(self.node(&it.iter_range, depth + 1)?);
        let Expr::Call(step) = &it.loop_step.expr else { return Err(unknown()) };
        let (kind, body) = match (step.func_name.as_str(), step.args.as_slice()) {
            (operators::LOGICAL_AND, [_, body]) => (Macro::All, body),
            (operators::LOGICAL_OR, [_, body]) => (Macro::Exists, body),
            (operators::ADD, [_, added]) => (Macro::Map, only_item(added).ok_or_else(unknown)?),
            (operators::CONDITIONAL, [body, then, _]) => match &it.accu_init.expr {
                Expr::Literal(_) => (Macro::ExistsOne, body),
                _ => {
                    let Expr::Call(add) = &then.expr else { return Err(unknown()) };
                    let item = add.args.get(1).and_then(only_item).ok_or_else(unknown)?;
                    // `map` with a filter adds something else than the element itself.
                    match &item.expr {
                        Expr::Ident(name) if *name == it.iter_var => (Macro::Filter, body),
                        _ => return Err(CompileError::Unsupported("map with a filter".into())),
                    }
                }
            },
            _ => return Err(unknown()),
        };
        let slot = self.slots;
        self.slots += 1;
        let element = format!("{}[]", range.path().unwrap_or("(…)"));
        self.scopes.push((it.iter_var.clone(), slot, element));
        let body = self.node(body, depth + 1);
        self.scopes.pop();
        Ok(Node::Macro { kind, range, slot, body: Box::new(body?) })
    }
}

fn only_item(list: &IdedExpr) -> Option<&IdedExpr> {
    match &list.expr {
        Expr::List(list) => list.elements.first(),
        _ => None,
    }
}

fn binary(name: &str) -> Option<Binary> {
    Some(match name {
        operators::EQUALS => Binary::Equal,
        operators::NOT_EQUALS => Binary::NotEqual,
        operators::LESS => Binary::Less,
        operators::LESS_EQUALS => Binary::LessEqual,
        operators::GREATER => Binary::Greater,
        operators::GREATER_EQUALS => Binary::GreaterEqual,
        operators::ADD => Binary::Add,
        operators::SUBSTRACT => Binary::Subtract,
        operators::MULTIPLY => Binary::Multiply,
        operators::DIVIDE => Binary::Divide,
        operators::MODULO => Binary::Modulo,
        operators::IN => Binary::In,
        operators::INDEX => Binary::Index,
        "startsWith" => Binary::StartsWith,
        "endsWith" => Binary::EndsWith,
        "contains" => Binary::Contains,
        _ => return None,
    })
}
