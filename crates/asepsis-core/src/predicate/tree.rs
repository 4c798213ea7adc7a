//! The compiled form of a predicate. Holds no facts; knows how nodes are named for people.

/// One node of a compiled expression.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Literal(Literal),
    /// A variable: slot 0 is the fact, further slots belong to macros. `path` names it for people.
    Variable {
        slot: usize,
        path: String,
    },
    /// `operand.field`; `path` is the whole path for people, as in `fact.dmarc.policy`.
    Select {
        operand: Box<Self>,
        field: String,
        path: String,
    },
    /// `has(operand.field)`
    Has {
        operand: Box<Self>,
        field: String,
    },
    Not(Box<Self>),
    Negate(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Conditional(Box<Self>, Box<Self>, Box<Self>),
    Binary(Binary, Box<Self>, Box<Self>),
    List(Vec<Self>),
    Size(Box<Self>),
    /// A macro over a list; the element lives in `slot`.
    Macro {
        kind: Macro,
        range: Box<Self>,
        slot: usize,
        body: Box<Self>,
    },
}

#[derive(Clone, Debug)]
pub(super) enum Literal {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    In,
    Index,
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Macro {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

impl Node {
    /// The direct children.
    pub(super) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Literal(_) | Self::Variable { .. } => Vec::new(),
            Self::Select { operand, .. } | Self::Has { operand, .. } => vec![operand],
            Self::Not(a) | Self::Negate(a) | Self::Size(a) => vec![a],
            Self::And(a, b) | Self::Or(a, b) | Self::Binary(_, a, b) => vec![a, b],
            Self::Conditional(a, b, c) => vec![a, b, c],
            Self::List(items) => items.iter().collect(),
            Self::Macro { range, body, .. } => vec![range, body],
        }
    }

    /// The path a chain of selections spells, as in `fact.dkim.selectors`.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Variable { path, .. } | Self::Select { path, .. } => Some(path),
            _ => None,
        }
    }
}

/// Collects what an expression reads: the longest selection of each chain, without the root.
pub(super) fn paths(node: &Node, out: &mut Vec<String>) {
    let below_root = |path: &str| path.split_once('.').map(|(_, rest)| rest.to_owned());
    match node {
        Node::Select { operand, path, .. } => {
            out.extend(below_root(path));
            // A chain is named once, by its longest form; what stands below it may be another chain.
            let mut at = operand.as_ref();
            while let Node::Select { operand, .. } = at {
                at = operand;
            }
            paths(at, out);
        }
        Node::Has { operand, field } => {
            if let Some(path) = operand.path() {
                out.extend(below_root(&format!("{path}.{field}")));
            }
        }
        _ => node.children().into_iter().for_each(|child| paths(child, out)),
    }
}

/// Collects the lists that `all` and `exists` walk over.
pub(super) fn walked(node: &Node, out: &mut Vec<String>) {
    if let Node::Macro { kind: Macro::All | Macro::Exists, range, .. } = node {
        let mut at = range.as_ref();
        while let Node::Macro { range, .. } = at {
            at = range;
        }
        out.extend(
            at.path().and_then(|path| path.split_once('.')).map(|(_, rest)| rest.to_owned()),
        );
    }
    node.children().into_iter().for_each(|child| walked(child, out));
}
