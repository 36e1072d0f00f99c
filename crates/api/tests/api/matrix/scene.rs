//! Two companies, each with a tenant by each front door, and the same things.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use postroom_registry::mail::MailState;
use serde_json::{Value, json};

use crate::support::{
    Answer, BASE, Served, Stage,
    book::Tenant,
    house::Front,
    tokens,
    window::{Window, both, local},
};

/// Where calls are made, and what they are about.
pub(super) struct Scene {
    pub(super) stage: Stage,
    served: Served,
    /// Whose things are asked for.
    pub(super) acme: Party,
    /// Who would like to have them.
    pub(super) globex: Party,
    /// A sign-in of acme, at Microsoft at the moment.
    window: Window,
}

/// Two tenants of one name, one by each front door, with the same things.
pub(super) struct Party {
    pub(super) connect: Tenant,
    pub(super) source: String,
    pub(super) forge: Tenant,
    pub(super) forge_source: String,
    /// What the address of the source's subscription ends in.
    pub(super) push_key: String,
    /// The word that goes with it.
    pub(super) client_state: String,
}

impl Scene {
    pub(super) async fn new() -> Self {
        let panel = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/matrix/panel");
        let stage = Stage::at(BASE, panel.into()).await;
        let acme = Party::of(&stage, "acme").await;
        let globex = Party::of(&stage, "globex").await;
        let window = stage.open_window(&acme.connect, both()).await;
        let scene = Self {
            served: stage.serve().await,
            stage,
            acme,
            globex,
            window,
        };
        scene.restore().await;
        scene
    }

    pub(super) async fn send(&self, request: TestRequest) -> Answer {
        (self.served)(request).await
    }

    /// All tenants at work, as they were before a call that was let in. Time has passed: what was issued before is
    /// not taken for what is issued now.
    pub(super) async fn restore(&self) {
        self.stage.clock.advance(TimeDelta::seconds(1));
        for party in [&self.acme, &self.globex] {
            let name = &party.connect.client_key;
            for front in Front::BOTH {
                self.stage.house(front, name).await;
            }
        }
        self.stage.clock.advance(TimeDelta::seconds(1));
    }

    /// The body of an install that would give acme another secret.
    pub(super) fn installation(&self, nth: u8) -> Value {
        json!({
            "key": tokens::APP_KEY, "clientKey": self.acme.connect.client_key,
            "sharedSecret": format!("another secret {nth}"), "baseUrl": self.stage.jira.uri(),
            "eventType": "installed",
        })
    }

    /// A digest of all that is acme's.
    pub(super) async fn of_acme(&self) -> [String; 2] {
        [
            self.stage.everything_of(&self.acme.connect).await,
            self.stage.everything_of(&self.acme.forge).await,
        ]
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
        let connect = stage.house(Front::Connect, name).await.tenant;
        let forge = stage.house(Front::Forge, name).await.tenant;
        let source = things(stage, &connect).await;
        let (push_key, client_state) = stage.subscription(&connect, &source).await;
        Self {
            push_key,
            client_state,
            source,
            forge_source: things(stage, &forge).await,
            connect,
            forge,
        }
    }
}

/// A source, and a mail that became an issue.
async fn things(stage: &Stage, of: &Tenant) -> String {
    let source = stage.source(of).await;
    let issue = Some(("10001", "SUP-1"));
    stage
        .ended_mail(of, source, "printer", MailState::Delivered, issue)
        .await;
    source.to_string()
}
