//! Two tenants with the same things each.

use serde_json::{Value, json};

use crate::support::{
    BASE, Stage,
    book::Tenant,
    tokens,
    window::{Window, both, local},
};

/// Where calls are made, and what they are about.
pub(super) struct Scene {
    pub(super) stage: Stage,
    /// Whose things are asked for.
    pub(super) acme: Party,
    /// Who would like to have them.
    pub(super) globex: Party,
    /// A sign-in of acme, at Microsoft at the moment.
    window: Window,
}

/// A tenant, and a thing of it.
pub(super) struct Party {
    pub(super) site: Tenant,
    pub(super) source: String,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let panel = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/matrix/panel");
        let stage = Stage::at(BASE, panel.into()).await;
        let acme = Party::of(&stage, "acme").await;
        let globex = Party::of(&stage, "globex").await;
        let window = stage.open_window(&acme.site, both()).await;
        Self {
            stage,
            acme,
            globex,
            window,
        }
    }

    /// Both tenants as they were: after a call that was let in.
    pub(super) async fn restore(&self) {
        for party in [&self.acme, &self.globex] {
            self.stage.tenant(&party.site.client_key).await;
        }
    }

    /// The body of an install that would give acme another secret.
    pub(super) fn installation(&self, nth: u8) -> Value {
        json!({
            "key": tokens::APP_KEY, "clientKey": self.acme.site.client_key,
            "sharedSecret": format!("another secret {nth}"), "baseUrl": self.stage.jira.uri(),
            "eventType": "installed",
        })
    }

    pub(super) fn callback(&self) -> String {
        format!("/microsoft/callback?code=c&state={}", self.window.state())
    }

    pub(super) fn confirm_page(&self) -> String {
        format!("/microsoft/confirm?ticket={}", self.ticket())
    }

    pub(super) fn confirm_form(&self) -> Vec<(&'static str, String)> {
        vec![("ticket", self.ticket()), ("csrf", "guessed".to_owned())]
    }

    fn ticket(&self) -> String {
        let url = local(self.window.sign_in["url"].as_str().unwrap());
        url.rsplit('/').next().unwrap().to_owned()
    }
}

impl Party {
    async fn of(stage: &Stage, name: &str) -> Self {
        let site = stage.tenant(name).await;
        let source = stage.source(&site).await;
        let ended = postroom_registry::mail::MailState::Delivered;
        stage
            .ended_mail(&site, source, "printer", ended, Some(("10001", "SUP-1")))
            .await;
        Self {
            source: source.to_string(),
            site,
        }
    }
}
