//! What the simulator takes from an app's manifest.
//!
//! Source: Atlassian's pages "Manifest reference", "Endpoint", "Trigger", "Scheduled trigger" and "Pre-uninstall".

use std::{collections::BTreeSet, path::Path};

use anyhow::Context as _;
use serde_json::Value;

use crate::jira::audience::Audience;

/// Used when the options name no manifest: the doors of Postroom.
const OWN: &str = include_str!("../../../templates/jira/forge-manifest.json");

/// Page modules, and who may see them.
const PAGES: [(&str, Audience); 3] = [
    ("jira:adminPage", Audience::Administrators),
    ("jira:projectSettingsPage", Audience::ProjectAdministrators),
    ("jira:globalPage", Audience::Everybody),
];

/// A manifest that Forge would deploy.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    pub(crate) scopes: BTreeSet<String>,
    raw: Value,
}

/// A page that the app shows inside Jira.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) key: String,
    /// `jira:adminPage` and the like.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) audience: Audience,
    /// The endpoint whose rights its calls have.
    pub(crate) endpoint: Option<Endpoint>,
}

/// A way into the app's back end.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) key: String,
    /// Below the remote's base URL; calls of pages bring their own.
    pub(crate) path: String,
    /// Whether its calls carry a system token.
    pub(crate) system_token: bool,
}

/// A subscription to events.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) endpoint: Endpoint,
    /// What the app did itself is not told to it.
    pub(crate) ignore_self: bool,
}

impl Manifest {
    /// Reads a manifest (YAML or JSON), or takes the built-in one.
    pub(crate) fn load(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            let raw = serde_json::from_str(OWN).context("the built-in manifest is no JSON")?;
            return Ok(Self::new(raw));
        };
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the manifest {shown}"))?;
        let raw: Value = serde_saphyr::from_str(&text)
            .with_context(|| format!("the manifest {shown} is no YAML"))?;
        let manifest = Self::new(raw);
        let problems = manifest.problems();
        if !problems.is_empty() {
            anyhow::bail!("the manifest {shown} is not valid: {}", problems.join("; "));
        }
        Ok(manifest)
    }

    fn new(raw: Value) -> Self {
        let scopes = listed(&raw["permissions"]["scopes"]).map(text).collect();
        Self { scopes, raw }
    }

    /// The same with other scopes.
    pub(crate) fn with_scopes(&self, scopes: &[String]) -> Self {
        Self {
            scopes: scopes.iter().cloned().collect(),
            raw: self.raw.clone(),
        }
    }

    pub(crate) fn pages(&self) -> Vec<Page> {
        let each = |(kind, audience): (&'static str, Audience)| {
            self.modules(kind).map(move |module| Page {
                key: text(&module["key"]),
                kind,
                title: text(&module["title"]),
                audience,
                endpoint: self.endpoint(&module["resolver"]["endpoint"]),
            })
        };
        PAGES.into_iter().flat_map(each).collect()
    }

    /// The subscriptions to an event.
    pub(crate) fn triggers(&self, event: &str) -> Vec<Trigger> {
        self.modules("trigger")
            .filter(|module| listed(&module["events"]).any(|one| one == event))
            .filter_map(|module| {
                Some(Trigger {
                    endpoint: self.endpoint(&module["endpoint"])?,
                    ignore_self: module["filter"]["ignoreSelf"] == true,
                })
            })
            .collect()
    }

    /// The hourly triggers, with their keys.
    pub(crate) fn hourly(&self) -> Vec<(String, Endpoint)> {
        self.modules("scheduledTrigger")
            .filter(|module| module["interval"] == "hour")
            .filter_map(|module| Some((text(&module["key"]), self.endpoint(&module["endpoint"])?)))
            .collect()
    }

    /// Who is told before the app is uninstalled.
    pub(crate) fn goodbyes(&self) -> Vec<(String, Endpoint)> {
        self.modules("preUninstall")
            .filter_map(|module| Some((text(&module["key"]), self.endpoint(&module["endpoint"])?)))
            .collect()
    }

    /// Whether the app has an index over `issue.property[property].path`, without which no search finds it.
    pub(crate) fn indexes(&self, property: &str, path: &str) -> bool {
        self.modules("jira:entityProperty")
            .filter(|module| module["entityType"].as_str().unwrap_or("issue") == "issue")
            .filter(|module| module["propertyKey"] == property)
            .flat_map(|module| listed(&module["values"]))
            .any(|value| value["path"] == path)
    }

    /// What the policy of the app's pages allows besides, as `permissions.content` names it.
    pub(crate) fn content(&self, kind: &str) -> String {
        let words = listed(&self.raw["permissions"]["content"][kind]);
        let words: Vec<String> = words.map(|word| format!("'{}'", text(word))).collect();
        words.join(" ")
    }

    /// Addresses that the app's pages may lead to without asking. The remote is where the install says.
    pub(crate) fn navigation(&self, remote_url: &str) -> Vec<String> {
        let remotes: Vec<&Value> = listed(&self.raw["remotes"])
            .map(|remote| &remote["baseUrl"])
            .collect();
        listed(&self.raw["permissions"]["external"]["navigation"])
            .map(|one| {
                if remotes.contains(&one) {
                    remote_url.to_owned()
                } else {
                    text(one)
                }
            })
            .collect()
    }

    fn endpoint(&self, key: &Value) -> Option<Endpoint> {
        let module = self
            .modules("endpoint")
            .find(|module| key.is_string() && module["key"] == *key)?;
        let allowed = self.scopes.contains("read:app-system-token");
        Some(Endpoint {
            key: text(&module["key"]),
            path: text(&module["route"]["path"]),
            system_token: allowed && module["auth"]["appSystemToken"]["enabled"] == true,
        })
    }

    fn modules(&self, kind: &str) -> impl Iterator<Item = &Value> {
        listed(&self.raw["modules"][kind])
    }

    /// What Forge would refuse, as far as this world depends on it.
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for kind in ["trigger", "scheduledTrigger", "preUninstall"] {
            for module in self.modules(kind) {
                if self.endpoint(&module["endpoint"]).is_none() {
                    problems.push(format!("{kind} {} has no endpoint", module["key"]));
                }
            }
        }
        for page in self.pages() {
            if page.endpoint.is_none() {
                problems.push(format!(
                    "{} {} has no resolver endpoint",
                    page.kind, page.key
                ));
            }
        }
        for endpoint in self.modules("endpoint") {
            let remote = &endpoint["remote"];
            if !listed(&self.raw["remotes"]).any(|one| one["key"] == *remote) {
                problems.push(format!("endpoint {} has no remote", endpoint["key"]));
            }
        }
        problems
    }
}

fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_manifest_has_all_doors() {
        let manifest = Manifest::load(None).unwrap();
        assert_eq!(manifest.problems(), Vec::<String>::new());
        let trigger = &manifest.triggers("avi:jira:commented:issue")[0];
        assert_eq!(trigger.endpoint.path, "/forge/events");
        assert!(trigger.ignore_self && trigger.endpoint.system_token);
        assert_eq!(manifest.hourly()[0].1.path, "/forge/tick");
        assert_eq!(manifest.goodbyes()[0].1.path, "/forge/goodbye");
        assert!(manifest.indexes("postroom", "mail") && !manifest.indexes("postroom", "id"));
        assert_eq!(manifest.pages().len(), 2);
    }

    #[test]
    fn without_the_scope_no_call_carries_a_system_token() {
        let manifest = Manifest::load(None).unwrap();
        let poor = manifest.with_scopes(&["read:jira-work".to_owned()]);
        assert!(!poor.hourly()[0].1.system_token);
    }

    #[test]
    fn a_module_without_its_endpoint_is_named() {
        let raw = serde_json::json!({
            "modules": {"trigger": [{"key": "t", "endpoint": "none", "events": []}]},
        });
        let problems = Manifest::new(raw).problems();
        assert_eq!(problems, [r#"trigger "t" has no endpoint"#]);
    }
}
