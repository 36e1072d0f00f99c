//! What `deploy/forge/manifest.yml` must say, held against the code. Atlassian's own lint lets most of it pass.

use std::collections::BTreeSet;

use serde_json::Value;
use url::Url;

use super::routes;
use crate::connect::descriptor::{MAIL_FIELD, MAIL_PROPERTY, PANEL_MODULE, PROJECT_PANEL_MODULE};

/// Longest key of a module, a remote or a resource (*Manifest*, Atlassian).
const LONGEST_KEY: usize = 23;

/// The scope that each event needs (*Jira events*, Atlassian). Events of the app itself need none.
const EVENTS: [(&str, Option<&str>); 4] = [
    ("avi:jira:commented:issue", Some("read:jira-work")),
    ("avi:jira:deleted:issue", Some("read:jira-work")),
    ("avi:forge:installed:app", None),
    ("avi:forge:upgraded:app", None),
];

/// What is asked for, and nothing else. `read:jira-user` is for *Get current user* and *Bulk get users*,
/// `write:jira-work` for issues, comments and attachments, the first for a token at all.
const SCOPES: [&str; 4] = [
    "read:app-system-token",
    "read:jira-work",
    "write:jira-work",
    "read:jira-user",
];

fn manifest() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../deploy/forge/manifest.yml"
    );
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("no list at {pointer}"))
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
}

fn texts(value: &Value, pointer: &str) -> Vec<String> {
    let one = |value: &Value| value.as_str().unwrap().to_owned();
    list(value, pointer).iter().map(one).collect()
}

/// All modules, remotes and resources: whatever has a key.
fn keyed(manifest: &Value) -> Vec<&Value> {
    let modules = manifest["modules"].as_object().unwrap().values();
    let modules = modules.flat_map(|list| list.as_array().unwrap());
    modules
        .chain(list(manifest, "/remotes"))
        .chain(list(manifest, "/resources"))
        .collect()
}

/// A page that is not on the list could pass for an event.
#[test]
fn every_page_and_the_endpoint_behind_it_are_known_as_such() {
    let manifest = manifest();
    let pages = ["jira:adminPage", "jira:projectSettingsPage"];
    let mut behind: BTreeSet<&str> = BTreeSet::new();
    for (kind, modules) in manifest["modules"].as_object().unwrap() {
        for module in modules.as_array().unwrap() {
            if let Some(endpoint) = module.pointer("/resolver/endpoint") {
                assert!(pages.contains(&kind.as_str()), "{kind} is a page, too");
                behind.extend([text(module, "/key"), endpoint.as_str().unwrap()]);
            }
        }
    }
    assert_eq!(behind, BTreeSet::from(routes::PAGES));
}

#[test]
fn every_endpoint_leads_to_a_route_that_we_have() {
    let manifest = manifest();
    let mut led: Vec<(String, String)> = Vec::new();
    for endpoint in list(&manifest, "/modules/endpoint") {
        assert_eq!(text(endpoint, "/remote"), text(&manifest, "/remotes/0/key"));
        let key = text(endpoint, "/key");
        match endpoint.pointer("/route/path") {
            Some(path) => led.push((key.to_owned(), path.as_str().unwrap().to_owned())),
            None => assert_eq!(key, "api", "the panel alone names its paths itself"),
        }
    }
    let ours = routes::ENDPOINTS.map(|(key, path)| (key.to_owned(), path.to_owned()));
    assert_eq!(led, ours);
}

#[test]
fn tokens_are_the_apps_own_and_never_a_persons() {
    for endpoint in list(&manifest(), "/modules/endpoint") {
        let system = endpoint.pointer("/auth/appSystemToken/enabled") == Some(&Value::Bool(true));
        assert_eq!(system, text(endpoint, "/key") != "goodbye", "{endpoint}");
        assert!(
            endpoint.pointer("/auth/appUserToken").is_none(),
            "{endpoint}"
        );
    }
}

#[test]
fn whatever_is_called_is_there() {
    let manifest = manifest();
    let endpoints: BTreeSet<&str> = list(&manifest, "/modules/endpoint")
        .iter()
        .map(|endpoint| text(endpoint, "/key"))
        .collect();
    let mut called = BTreeSet::new();
    for module in ["trigger", "scheduledTrigger", "preUninstall"] {
        for one in list(&manifest, &format!("/modules/{module}")) {
            called.insert(text(one, "/endpoint"));
        }
    }
    for page in ["jira:adminPage", "jira:projectSettingsPage"] {
        for one in list(&manifest, &format!("/modules/{page}")) {
            called.insert(text(one, "/resolver/endpoint"));
            assert_eq!(text(one, "/resource"), text(&manifest, "/resources/0/key"));
        }
    }
    assert_eq!(called, endpoints, "called, and there");
    let hourly = text(&manifest, "/modules/scheduledTrigger/0/interval");
    assert_eq!(hourly, "hour", "a system token lives no longer than four");
}

#[test]
fn keys_are_short_and_each_is_there_once() {
    let manifest = manifest();
    let keys: Vec<&str> = keyed(&manifest)
        .iter()
        .map(|one| text(one, "/key"))
        .collect();
    for key in &keys {
        assert!((1..=LONGEST_KEY).contains(&key.len()), "{key}");
    }
    let modules = manifest["modules"].as_object().unwrap().values();
    let of_modules: Vec<&str> = modules
        .flat_map(|list| list.as_array().unwrap())
        .map(|one| text(one, "/key"))
        .collect();
    let once: BTreeSet<&str> = of_modules.iter().copied().collect();
    assert_eq!(once.len(), of_modules.len(), "{of_modules:?}");
}

#[test]
fn events_are_covered_by_scopes_and_no_scope_is_too_many() {
    let manifest = manifest();
    let scopes = texts(&manifest, "/permissions/scopes");
    assert_eq!(scopes, SCOPES);
    let mut events = Vec::new();
    for trigger in list(&manifest, "/modules/trigger") {
        events.extend(texts(trigger, "/events"));
    }
    assert_eq!(events, EVENTS.map(|(event, _)| event));
    for (event, scope) in EVENTS {
        let covered = scope.is_none_or(|scope| scopes.iter().any(|one| one == scope));
        assert!(covered, "{event} needs {scope:?}");
    }
    let jira = &list(&manifest, "/modules/trigger")[0];
    assert_eq!(jira.pointer("/filter/ignoreSelf"), Some(&Value::Bool(true)));
}

#[test]
fn an_issue_is_found_by_the_property_that_we_stamp() {
    let manifest = manifest();
    let property = &list(&manifest, "/modules/jira:entityProperty")[0];
    assert_eq!(text(property, "/entityType"), "issue");
    assert_eq!(text(property, "/propertyKey"), MAIL_PROPERTY);
    assert_eq!(text(property, "/values/0/path"), MAIL_FIELD);
    assert_eq!(text(property, "/values/0/type"), "string");
}

#[test]
fn pages_have_the_same_names_through_both_doors() {
    let manifest = manifest();
    let key = |page: &str| text(&manifest, &format!("/modules/{page}/0/key")).to_owned();
    assert_eq!(key("jira:adminPage"), PANEL_MODULE);
    assert_eq!(key("jira:projectSettingsPage"), PROJECT_PANEL_MODULE);
}

#[test]
fn the_remote_says_that_it_keeps_mail_and_where_it_is() {
    let manifest = manifest();
    assert_eq!(
        texts(&manifest, "/remotes/0/operations"),
        ["storage", "compute"]
    );
    let keeps = manifest.pointer("/remotes/0/storage/inScopeEUD");
    assert_eq!(keeps, Some(&Value::Bool(true)));
    let base = Url::parse(text(&manifest, "/remotes/0/baseUrl")).unwrap();
    assert_eq!(base.scheme(), "https");
    let opened = Url::parse(text(&manifest, "/permissions/external/navigation/0")).unwrap();
    assert_eq!(
        opened.origin(),
        base.origin(),
        "a sign-in opens at the remote"
    );
}
