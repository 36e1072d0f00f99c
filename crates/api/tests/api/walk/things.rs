//! Things to ask for: those of a tenant, and those that never were.

use actix_web::http::Method;
use postroom_registry::source::{self, Change, Target};
use serde_json::{Value, json};

use super::route::Route;
use crate::support::{Stage, book::Tenant, house::House, jira};

/// One thing of each kind.
pub(super) struct Things {
    pub(super) source: String,
    outbound: String,
    mail: String,
    sign_in: String,
    grant: String,
    alert_channel: String,
    registration: String,
}

impl Things {
    /// Makes them for a tenant. Its mail goes to a project of this id.
    pub(super) async fn of(stage: &Stage, house: &House, project_id: &str) -> Self {
        let acme = &house.tenant;
        let source = stage.source(acme).await;
        aim(stage, acme, source, project_id).await;
        let both = Some(json!({ "purpose": "both" }));
        let begun = stage
            .visit(house, jira::ADMIN, Method::POST, "/sign-ins", both)
            .await;
        Self {
            outbound: stage.outbound(acme).await.to_string(),
            mail: stage.mail(acme, source, "printer").await.to_string(),
            sign_in: begun.expect(201).json()["id"].as_str().unwrap().to_owned(),
            grant: stage.grant(acme).await.to_string(),
            alert_channel: stage.alert_channel(acme).await.to_string(),
            registration: stage.registration(acme).await.to_string(),
            source: source.to_string(),
        }
    }

    /// Ids that nothing has.
    pub(super) fn that_never_were(stage: &Stage) -> Self {
        let id = || stage.clock.new_id().to_string();
        Self {
            source: id(),
            outbound: id(),
            mail: id(),
            sign_in: id(),
            grant: id(),
            alert_channel: id(),
            registration: id(),
        }
    }

    /// The path of a route, with the thing's id in it.
    pub(super) fn path(&self, route: &Route) -> String {
        let id = match route.path.split('/').nth(1) {
            Some("sources") => &self.source,
            Some("outbounds") => &self.outbound,
            Some("mails") => &self.mail,
            Some("sign-ins") => &self.sign_in,
            Some("alert-channels") => &self.alert_channel,
            Some("registrations") => &self.registration,
            _ => "",
        };
        route.path.replace("{id}", id)
    }

    /// A good body for a route.
    pub(super) fn body(&self, route: &Route) -> Option<Value> {
        let text = route.body()?.to_string().replace("SOURCE", &self.source);
        let text = text.replace("GRANT", &self.grant);
        Some(serde_json::from_str(&text).unwrap())
    }

    /// Whether one of them is in a text.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let Self {
            source,
            outbound,
            mail,
            sign_in,
            grant,
            alert_channel,
            registration,
        } = self;
        let ids = [
            source,
            outbound,
            mail,
            sign_in,
            grant,
            alert_channel,
            registration,
        ];
        ids.iter().any(|id| text.contains(id.as_str()))
    }
}

async fn aim(stage: &Stage, of: &Tenant, id: postroom_registry::SourceId, project_id: &str) {
    let tx = stage.registry.begin(of.id).await.unwrap();
    let row = source::find(&tx, id).await.unwrap();
    let target = Target {
        project_id: project_id.to_owned(),
        project_key: "SUP".to_owned(),
        project_name: "Support".to_owned(),
        issue_type_id: "1".to_owned(),
        issue_type_name: "Task".to_owned(),
    };
    let change = Change {
        target: Some(target),
        ..Change::default()
    };
    source::change(&tx, row, change).await.unwrap();
    tx.commit().await.unwrap();
}
