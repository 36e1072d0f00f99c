//! The modules of a descriptor: checking them and finding pages and webhooks.

use serde_json::Value;

use super::descriptor::Descriptor;
use crate::jira::audience::Audience;

/// Page modules and who sees them.
const PAGES: [(&str, Audience); 5] = [
    ("adminPages", Audience::Administrators),
    ("configurePage", Audience::Administrators),
    ("postInstallPage", Audience::Administrators),
    ("generalPages", Audience::Everybody),
    (PROJECT_PAGES, Audience::ProjectAdministrators),
];

/// Pages among a project's settings.
const PROJECT_PAGES: &str = "jiraProjectAdminTabPanels";

/// Webhook events of the platform. Source: Atlassian's page "Webhook" of the Connect modules.
const EVENTS: [&str; 14] = [
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
    "attachment_created",
    "attachment_deleted",
    "issue_property_set",
    "issue_property_deleted",
    "project_created",
    "project_updated",
    "project_deleted",
    "user_updated",
];

/// A page that the app shows inside Jira.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) key: String,
    pub(crate) name: String,
    /// Below the app's base URL.
    pub(crate) url: String,
    pub(crate) audience: Audience,
    /// Cacheable pages get neither token nor parameters in their URL.
    pub(crate) cacheable: bool,
}

/// A webhook that the app listens to.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) exclude_body: bool,
    /// JQL that the issue must meet.
    pub(crate) filter: Option<String>,
}

impl Descriptor {
    /// All pages.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let modules = self.modules();
        let each = |(kind, audience): (&str, Audience)| {
            listed(&modules[kind])
                .map(move |module| page(module, audience))
                .collect::<Vec<_>>()
        };
        PAGES.into_iter().flat_map(each).collect()
    }

    /// The webhooks for an event.
    pub(crate) fn hooks(&self, event: &str) -> Vec<Hook> {
        listed(&self.modules()["webhooks"])
            .filter(|module| module["event"] == event)
            .map(|module| Hook {
                url: text(&module["url"]),
                exclude_body: module["excludeBody"] == true,
                filter: module["filter"].as_str().map(str::to_owned),
            })
            .collect()
    }

    /// Whether the app has an index over `issue.property[property].path`, without which no search finds it.
    pub(crate) fn indexes(&self, property: &str, path: &str) -> bool {
        listed(&self.modules()["jiraEntityProperties"])
            .filter(|module| module["entityType"].as_str().unwrap_or("issue") == "issue")
            .flat_map(|module| listed(&module["keyConfigurations"]))
            .filter(|keys| keys["propertyKey"] == property)
            .flat_map(|keys| listed(&keys["extractions"]))
            .any(|extraction| extraction["objectName"] == path)
    }
}

fn page(module: &Value, audience: Audience) -> Page {
    Page {
        key: text(&module["key"]),
        name: text(&module["name"]["value"]),
        url: text(&module["url"]),
        audience,
        cacheable: module["cacheable"] == true,
    }
}

/// What is wrong with the modules, in sentences.
pub(super) fn problems(modules: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for (kind, audience) in PAGES {
        for (at, module) in listed(&modules[kind]).enumerate() {
            let page = page(module, audience);
            let key_fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if page.key.is_empty() || !page.key.chars().all(key_fits) {
                problems.push(format!(
                    "{kind}[{at}].key must be of letters, digits and '-'"
                ));
            }
            if page.name.is_empty() {
                problems.push(format!("{kind}[{at}].name.value is required"));
            }
            if page.url.is_empty() {
                problems.push(format!("{kind}[{at}].url is required"));
            }
            if kind == PROJECT_PAGES && text(&module["location"]).is_empty() {
                problems.push(format!("{kind}[{at}].location is required"));
            }
        }
    }
    for (at, hook) in listed(&modules["webhooks"]).enumerate() {
        let event = text(&hook["event"]);
        if !EVENTS.contains(&event.as_str()) {
            problems.push(format!("webhooks[{at}].event: there is no event {event:?}"));
        }
        if text(&hook["url"]).is_empty() {
            problems.push(format!("webhooks[{at}].url is required"));
        }
    }
    problems
}

/// The entries of a module kind, which is one object or a list.
fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(all) => all.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
    .iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
