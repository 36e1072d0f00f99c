//! The words of a query.

use crate::jira::error::JiraError;

/// A word: a name or number, a quoted text, or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

const SIGNS: [&str; 13] = [
    "!=", "!~", ">=", "<=", "=", "~", ">", "<", "(", ")", ",", "&&", "||",
];

/// Cuts a query into words.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, JiraError> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let (text, after) = quoted(&rest[1..], first)?;
            tokens.push(Token::Quoted(text));
            rest = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let (word, after) = word(rest)?;
            tokens.push(Token::Word(word.to_owned()));
            rest = after;
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

fn quoted(rest: &str, quote: char) -> Result<(String, &str), JiraError> {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => text.extend(chars.next().map(|(_, escaped)| escaped)),
            c if c == quote => return Ok((text, &rest[at + c.len_utf8()..])),
            c => text.push(c),
        }
    }
    Err(JiraError::bad(
        "Error in the JQL Query: The quoted string has not been completed.",
    ))
}

/// A word ends at a space or a sign, but not inside square brackets.
fn word(rest: &str) -> Result<(&str, &str), JiraError> {
    let mut depth = 0_u32;
    let end = rest.char_indices().find(|(_, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (c.is_whitespace() || "=!~<>(),&|\"'".contains(*c))
    });
    let (word, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
    if word.is_empty() {
        let sign = rest.chars().next().unwrap_or_default();
        return Err(JiraError::bad(&format!(
            "Error in the JQL Query: The character '{sign}' is a reserved JQL character."
        )));
    }
    Ok((word, after))
}
