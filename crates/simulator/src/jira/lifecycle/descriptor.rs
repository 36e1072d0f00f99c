//! Reading and checking an app's descriptor.
//!
//! Source: Atlassian's page "Connect app descriptor" and its JSON schema for Jira.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{modules, scope::Scope};

/// A descriptor that Jira takes.
#[derive(Clone, Debug)]
pub(crate) struct Descriptor {
    pub(crate) key: String,
    pub(crate) name: String,
    /// Without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) scopes: BTreeSet<Scope>,
    raw: Value,
}

impl Descriptor {
    /// Checks what was fetched; on failure all that is wrong with it, in sentences.
    pub(crate) fn check(raw: Value) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let key = raw["key"].as_str().unwrap_or_default().to_owned();
        let base_url = raw["baseUrl"].as_str().unwrap_or_default();
        problems.extend(problem_of_key(&key));
        problems.extend(problem_of_base_url(base_url));
        problems.extend(problem_of_authentication(&raw));
        problems.extend(problems_of_lifecycle(&raw));
        problems.extend(problems_of_migrations(&raw));
        let scopes = scopes(&raw, &mut problems);
        problems.extend(modules::problems(&raw["modules"]));
        let has_webhooks = raw["modules"]["webhooks"]
            .as_array()
            .is_some_and(|all| !all.is_empty());
        if has_webhooks && !scopes.contains(&Scope::Read) {
            problems.push("webhooks need the scope READ".to_owned());
        }
        if problems.is_empty() {
            Ok(Self {
                name: raw["name"].as_str().unwrap_or(&key).to_owned(),
                base_url: base_url.trim_end_matches('/').to_owned(),
                key,
                scopes,
                raw,
            })
        } else {
            Err(problems)
        }
    }

    /// The path of a lifecycle callback below the base URL.
    pub(crate) fn callback(&self, event: &str) -> Option<&str> {
        self.raw["lifecycle"][event].as_str()
    }

    pub(crate) fn modules(&self) -> &Value {
        &self.raw["modules"]
    }
}

fn problem_of_key(key: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let fits = !key.is_empty() && key.len() <= 80 && key.chars().all(allowed);
    (!fits).then(|| "key is required: letters, digits, '-', '.', '_', at most 80".to_owned())
}

fn problem_of_base_url(base_url: &str) -> Option<String> {
    let local = url::Url::parse(base_url).is_ok_and(|url| {
        url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"))
    });
    let fits = base_url.len() > "https://".len() && base_url.starts_with("https://") || local;
    (!fits).then(|| "baseUrl is required and must be https (http only on localhost)".to_owned())
}

fn problem_of_authentication(raw: &Value) -> Option<String> {
    let jwt = raw["authentication"]["type"] == "jwt";
    (!jwt).then(|| "authentication.type is required and must be jwt".to_owned())
}

fn problems_of_lifecycle(raw: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for event in ["installed", "enabled", "disabled", "uninstalled"] {
        match &raw["lifecycle"][event] {
            Value::Null if event == "installed" => {
                problems.push("lifecycle.installed is required with authentication jwt".to_owned());
            }
            Value::Null => {}
            Value::String(path) if path.starts_with('/') => {}
            _ => problems.push(format!(
                "lifecycle.{event} must be a path that begins with '/'"
            )),
        }
    }
    problems
}

fn problems_of_migrations(raw: &Value) -> Vec<String> {
    ["signed-install", "context-qsh"]
        .into_iter()
        .filter(|name| raw["apiMigrations"][*name] != true)
        .map(|name| format!("apiMigrations.{name} must be true"))
        .collect()
}

fn scopes(raw: &Value, problems: &mut Vec<String>) -> BTreeSet<Scope> {
    let named = raw["scopes"].as_array().cloned().unwrap_or_default();
    let mut scopes = BTreeSet::new();
    for name in named {
        match name.as_str().and_then(Scope::parse) {
            Some(scope) => scopes.extend(scope.with_implied()),
            None => problems.push(format!("scopes: there is no scope {name}")),
        }
    }
    scopes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        json!({
            "key": "com.example.app", "baseUrl": "http://localhost:9000/base/",
            "authentication": {"type": "jwt"}, "lifecycle": {"installed": "/installed"},
            "apiMigrations": {"signed-install": true, "context-qsh": true}, "scopes": ["read", "WRITE"],
            "modules": {"webhooks": [{"event": "comment_created", "url": "/hook"}]},
        })
    }

    #[test]
    fn a_good_one_is_taken() {
        let descriptor = Descriptor::check(good()).unwrap();
        assert_eq!(descriptor.base_url, "http://localhost:9000/base");
        assert_eq!(descriptor.callback("installed"), Some("/installed"));
        assert!(descriptor.scopes.contains(&Scope::Write));
    }

    #[test]
    fn each_fault_is_named() {
        let faults = [
            ("/key", json!("with space"), "key is required"),
            ("/baseUrl", json!("http://app.example.com"), "must be https"),
            ("/authentication/type", json!("none"), "must be jwt"),
            (
                "/lifecycle/installed",
                json!("installed"),
                "begins with '/'",
            ),
            (
                "/apiMigrations/context-qsh",
                json!(false),
                "context-qsh must be true",
            ),
            ("/scopes", json!(["EVERYTHING"]), "no scope \"EVERYTHING\""),
            ("/scopes", json!(["NONE"]), "webhooks need the scope READ"),
            (
                "/modules/webhooks/0/event",
                json!("issue_born"),
                "issue_born",
            ),
            ("/modules/webhooks/0/url", json!(""), "url"),
        ];
        for (at, value, expected) in faults {
            let mut raw = good();
            *raw.pointer_mut(at).unwrap() = value;
            let problems = Descriptor::check(raw).unwrap_err();
            assert!(
                problems.iter().any(|one| one.contains(expected)),
                "{at}: {problems:?}"
            );
        }
    }
}
