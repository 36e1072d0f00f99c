//! Entity properties: values that an app keeps on an issue or a comment.

use serde_json::Value;

use crate::jira::error::JiraError;

/// Longest value, as JSON.
const LONGEST_VALUE: usize = 32_768;
const LONGEST_KEY: usize = 255;

/// Checks a property's key and value.
pub(crate) fn check(key: &str, value: &Value) -> Result<(), JiraError> {
    if key.is_empty() || key.chars().count() > LONGEST_KEY {
        return Err(JiraError::bad(
            "The property key must not be empty and must be less than 255 characters.",
        ));
    }
    if value.to_string().chars().count() > LONGEST_VALUE {
        return Err(JiraError::bad(
            "The property value cannot be longer than 32768 characters.",
        ));
    }
    Ok(())
}

/// The list `[{"key": …, "value": …}]` of a create request, checked.
pub(crate) fn list(value: &Value) -> Result<Vec<(String, Value)>, JiraError> {
    let list = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list,
        _ => {
            return Err(JiraError::bad(
                "properties must be a list of key and value.",
            ));
        }
    };
    list.iter()
        .map(|property| {
            let key = property["key"].as_str().unwrap_or_default();
            check(key, &property["value"])?;
            Ok((key.to_owned(), property["value"].clone()))
        })
        .collect()
}
