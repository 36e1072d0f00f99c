use std::collections::BTreeMap;

use serde_json::Value;

use crate::jira::JiraError;

/// What a refusal says, whichever shape it has:
/// `{"errorMessages": […], "errors": {…}}` (Jira), `{"errorMessage": "…"}` (service desk),
/// `{"message": "…"}` (gateways), or HTML and the like, of which only the status is kept.
pub(super) fn parse(status: u16, bytes: &[u8]) -> JiraError {
    let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let mut messages: Vec<String> = strings(document.get("errorMessages")).collect();
    for name in ["errorMessage", "message"] {
        messages.extend(strings(document.get(name)));
    }
    let mut field_errors = BTreeMap::new();
    match document.get("errors") {
        Some(Value::Object(fields)) => {
            field_errors.extend(
                fields
                    .iter()
                    .map(|(field, said)| (field.clone(), text(said))),
            );
        }
        // Gateways list objects: {"errors": [{"message": "…"}]}.
        Some(Value::Array(list)) => {
            let said = list
                .iter()
                .filter_map(|item| item.get("message").or(Some(item)));
            messages.extend(said.map(text));
        }
        _ => {}
    }
    JiraError::Refused {
        status,
        messages,
        field_errors,
    }
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = String> + '_ {
    let many = value.and_then(Value::as_array).into_iter().flatten();
    let one = value.filter(|value| value.is_string());
    many.chain(one).map(text)
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> (Vec<String>, BTreeMap<String, String>) {
        match parse(400, body.as_bytes()) {
            JiraError::Refused {
                status: 400,
                messages,
                field_errors,
            } => (messages, field_errors),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_shape_is_read() {
        let (messages, fields) = refused(
            r#"{"errorMessages":["a"],"errors":{"summary":"too long","x":{"y":1}},"status":400}"#,
        );
        assert_eq!(messages, ["a"]);
        assert_eq!(fields["summary"], "too long");
        assert_eq!(fields["x"], r#"{"y":1}"#);
        assert_eq!(
            refused(r#"{"errorMessage":"b","i18nErrorMessage":{}}"#).0,
            ["b"]
        );
        assert_eq!(refused(r#"{"code":400,"message":"c"}"#).0, ["c"]);
        assert_eq!(refused(r#"{"errors":[{"message":"d"},"e"]}"#).0, ["d", "e"]);
        assert_eq!(refused("<html>no</html>"), Default::default());
        assert_eq!(refused(""), Default::default());
    }
}
