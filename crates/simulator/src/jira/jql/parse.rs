//! From words to a condition and an order.

use super::{
    field::Field,
    token::{Token, tokens},
};
use crate::jira::{error::JiraError, model::issue::Issue};

/// A query.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(super) condition: Condition,
    order: Order,
    ascending: bool,
}

/// What results are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Created,
    Updated,
    Key,
}

/// What an issue must meet.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test {
        field: Field,
        operator: String,
        values: Vec<String>,
    },
}

impl Query {
    /// Parses a query. Like the enhanced search, one without any restriction is refused.
    pub(crate) fn parse(text: &str) -> Result<Self, JiraError> {
        let mut parser = Parser {
            tokens: tokens(text)?,
            at: 0,
        };
        if parser.tokens.is_empty() || parser.peek_word("order") {
            return Err(JiraError::bad(
                "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
            ));
        }
        let condition = parser.any()?;
        let (order, ascending) = parser.order()?;
        match parser.next() {
            None => Ok(Self {
                condition,
                order,
                ascending,
            }),
            Some(token) => Err(Parser::unexpected(&token)),
        }
    }

    pub(super) fn sort(&self, issues: &mut [&Issue]) {
        issues.sort_by_key(|issue| match self.order {
            Order::Created => (issue.created, issue.id),
            Order::Updated => (issue.updated, issue.id),
            Order::Key => (chrono::DateTime::UNIX_EPOCH, issue.id),
        });
        if !self.ascending {
            issues.reverse();
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek_word(&self, word: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek_word(word);
        self.at += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, JiraError> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") || self.take_sign("||") {
            parts.push(self.all()?);
        }
        Ok(Condition::Any(parts))
    }

    fn all(&mut self) -> Result<Condition, JiraError> {
        let mut parts = vec![self.one()?];
        while self.take_word("and") || self.take_sign("&&") {
            parts.push(self.one()?);
        }
        Ok(Condition::All(parts))
    }

    fn one(&mut self) -> Result<Condition, JiraError> {
        if self.take_word("not") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.take_sign("(") {
            let inner = self.any()?;
            return if self.take_sign(")") {
                Ok(inner)
            } else {
                Err(self.expected("')'"))
            };
        }
        let field = match self.next() {
            Some(Token::Word(name) | Token::Quoted(name)) => Field::parse(&name)?,
            _ => return Err(self.expected("a field name")),
        };
        let operator = self.operator()?;
        let values = match operator.as_str() {
            "in" | "not in" => self.list()?,
            _ => vec![self.value()?],
        };
        Ok(Condition::Test {
            field,
            operator,
            values,
        })
    }

    fn operator(&mut self) -> Result<String, JiraError> {
        if self.take_word("in") {
            return Ok("in".to_owned());
        }
        if self.take_word("not") && self.take_word("in") {
            return Ok("not in".to_owned());
        }
        if self.take_word("is") {
            let negated = self.take_word("not");
            return Ok(if negated { "is not" } else { "is" }.to_owned());
        }
        match self.next() {
            Some(Token::Sign(sign)) if !matches!(sign, "(" | ")" | "," | "&&" | "||") => {
                Ok(sign.to_owned())
            }
            _ => Err(self.expected("an operator")),
        }
    }

    fn list(&mut self) -> Result<Vec<String>, JiraError> {
        if !self.take_sign("(") {
            return Err(self.expected("'('"));
        }
        let mut values = vec![self.value()?];
        while self.take_sign(",") {
            values.push(self.value()?);
        }
        if self.take_sign(")") {
            Ok(values)
        } else {
            Err(self.expected("')'"))
        }
    }

    fn value(&mut self) -> Result<String, JiraError> {
        match self.next() {
            Some(Token::Quoted(text)) => Ok(text),
            Some(Token::Word(word)) => {
                let function = self.take_sign("(");
                if function && !self.take_sign(")") {
                    return Err(self.expected("')'"));
                }
                Ok(if function { format!("{word}()") } else { word })
            }
            _ => Err(self.expected("a value")),
        }
    }

    fn order(&mut self) -> Result<(Order, bool), JiraError> {
        if !self.take_word("order") {
            return Ok((Order::Created, false));
        }
        if !self.take_word("by") {
            return Err(self.expected("'by'"));
        }
        let order = match self.next() {
            Some(Token::Word(name)) => match name.to_ascii_lowercase().as_str() {
                "created" => Order::Created,
                "updated" => Order::Updated,
                "key" | "id" | "issuekey" => Order::Key,
                _ => return Err(Field::unknown(&name)),
            },
            _ => return Err(self.expected("a field name")),
        };
        let descending = self.take_word("desc");
        if !descending {
            self.take_word("asc");
        }
        Ok((order, !descending))
    }

    fn expected(&self, what: &str) -> JiraError {
        JiraError::bad(&format!(
            "Error in the JQL Query: Expecting {what} before or at word {}.",
            self.at
        ))
    }

    fn unexpected(token: &Token) -> JiraError {
        let text = match token {
            Token::Word(text) | Token::Quoted(text) => text.as_str(),
            Token::Sign(sign) => sign,
        };
        JiraError::bad(&format!(
            "Error in the JQL Query: Expecting 'OR' or 'AND' but got '{text}'."
        ))
    }
}
