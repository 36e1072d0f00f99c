//! Reading bodies and queries.

use actix_web::HttpRequest;
use bytes::Bytes;
use serde_json::Value;

use crate::jira::error::JiraError;

/// The body as JSON, refused in Jira's words when it is none.
pub(super) fn json(body: &Bytes) -> Result<Value, JiraError> {
    serde_json::from_slice(body).map_err(|_| {
        JiraError::bad("There was an error parsing JSON. Check that your request body is valid.")
    })
}

/// The parameters of a query; a name may be repeated.
#[derive(Debug)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let query = request.query_string().as_bytes();
        Self(url::form_urlencoded::parse(query).into_owned().collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(one, _)| one == name);
        named.map(|(_, value)| value.clone()).collect()
    }

    /// A number; `default` where there is none, refused where it is something else.
    pub(super) fn number(&self, name: &str, default: usize) -> Result<usize, JiraError> {
        self.get(name).map_or(Ok(default), |text| {
            text.parse()
                .map_err(|_| JiraError::bad(&format!("{name} must be a number.")))
        })
    }

    /// Whether a comma-separated list such as `expand` names something.
    pub(super) fn lists(&self, name: &str, wanted: &str) -> bool {
        self.all(name)
            .iter()
            .any(|list| list.split(',').any(|one| one == wanted))
    }
}
