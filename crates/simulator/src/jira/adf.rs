//! Atlassian documents: judging them, and showing them as text, wiki markup or HTML.

pub(crate) mod html;
mod structure;
pub(crate) mod text;
pub(crate) mod wiki;

use std::path::Path;

use anyhow::Context as _;
use jsonschema::Validator;
use serde_json::Value;

use super::error::JiraError;

/// The most that a text field takes: characters of the document's JSON. Source: Jira's own error message.
const LONGEST: usize = 32_767;

/// What Jira takes as a document.
#[derive(Debug)]
pub(crate) struct AdfRules {
    /// The published schema; without it, the structure alone is judged.
    schema: Option<Validator>,
}

/// Why a document is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum AdfProblem {
    NotADocument,
    TooLong,
    /// Where, and what is wrong there; the content is not repeated.
    Invalid(String),
    UnknownMedia,
}

impl AdfRules {
    /// Takes the JSON schema of npm `@atlaskit/adf-schema` (`full.json`).
    pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            tracing::warn!("no --adf-schema: Jira judges documents by their structure alone");
            return Ok(Self { schema: None });
        };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the ADF schema {}", path.display()))?;
        let schema: Value = serde_json::from_str(&text)
            .with_context(|| format!("the ADF schema {} is no JSON", path.display()))?;
        let schema = jsonschema::validator_for(&schema)
            .map_err(|error| anyhow::anyhow!("{error}"))
            .with_context(|| format!("the ADF schema {} is no JSON schema", path.display()))?;
        Ok(Self {
            schema: Some(schema),
        })
    }

    /// Judges a document; `has_media` knows the names in the media store.
    pub(crate) fn check(
        &self,
        document: &Value,
        has_media: impl Fn(&str) -> bool,
    ) -> Result<(), AdfProblem> {
        if !document.is_object() {
            return Err(AdfProblem::NotADocument);
        }
        if document.to_string().chars().count() > LONGEST {
            return Err(AdfProblem::TooLong);
        }
        match &self.schema {
            None => structure::check(document)?,
            Some(schema) => schema.validate(document).map_err(|error| {
                // The schema says little about where; the built-in check often says more.
                let at = error.instance_path().to_string();
                let little = || AdfProblem::Invalid(format!("{at} does not fit the schema"));
                structure::check(document).err().unwrap_or_else(little)
            })?,
        }
        media_exist(document, &has_media)
    }
}

impl AdfProblem {
    /// The refusal for a document in `field`.
    pub(crate) fn refusal(&self, field: &str) -> JiraError {
        match self {
            Self::NotADocument => JiraError::field(
                field,
                "Operation value must be an Atlassian Document (see the Atlassian Document Format)",
            ),
            Self::TooLong => JiraError::field(
                field,
                "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
            ),
            Self::Invalid(why) => {
                // The real answer does not say why; whoever works with the simulator may know.
                tracing::warn!(%field, %why, "Jira refuses a document");
                JiraError::bad("INVALID_INPUT")
            }
            Self::UnknownMedia => JiraError::bad("ATTACHMENT_VALIDATION_ERROR"),
        }
    }
}

/// Media nodes of type `file` must name a file of the media store; external ones need not.
fn media_exist(node: &Value, has_media: &impl Fn(&str) -> bool) -> Result<(), AdfProblem> {
    let attrs = &node["attrs"];
    let is_media = matches!(node["type"].as_str(), Some("media" | "mediaInline"));
    if is_media && attrs["type"] != "external" {
        let known = attrs["id"].as_str().is_some_and(has_media);
        if !known {
            return Err(AdfProblem::UnknownMedia);
        }
    }
    children(node).try_for_each(|child| media_exist(child, has_media))
}

/// The nodes inside a node.
pub(crate) fn children(node: &Value) -> impl Iterator<Item = &Value> {
    node["content"].as_array().into_iter().flatten()
}

/// A document of plain paragraphs, one for each block of lines.
pub(crate) fn from_text(text: &str) -> Value {
    let paragraphs: Vec<Value> = text
        .replace("\r\n", "\n")
        .split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .filter(|block| !block.trim().is_empty())
        .map(paragraph)
        .collect();
    serde_json::json!({"type": "doc", "version": 1, "content": paragraphs})
}

fn paragraph(block: &str) -> Value {
    let mut content = Vec::new();
    for (at, line) in block.split('\n').enumerate() {
        if at > 0 {
            content.push(serde_json::json!({"type": "hardBreak"}));
        }
        if !line.is_empty() {
            content.push(serde_json::json!({"type": "text", "text": line}));
        }
    }
    serde_json::json!({"type": "paragraph", "content": content})
}

#[cfg(test)]
mod tests;
