//! Two tenants with the same things each, and a look at all that is kept of them.

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, Statement};
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
    /// As the owner, who sees all tenants.
    database: DatabaseConnection,
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
        let mut options = ConnectOptions::new(stage.database_url());
        options.max_connections(1).sqlx_logging(false);
        Self {
            database: Database::connect(options).await.unwrap(),
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

    /// A digest of every row of every table.
    pub(super) async fn everything(&self) -> String {
        self.digest("SELECT md5(schema_to_xml('public', true, false, '')::text) AS digest")
            .await
    }

    /// A digest of every row that is acme's.
    pub(super) async fn of_acme(&self) -> String {
        let of_table = format!(
            "SELECT md5(string_agg(query_to_xml(format('SELECT * FROM %I WHERE %I = %L ORDER BY 1, 2', \
             table_name, column_name, '{}'), true, false, '')::text, '' ORDER BY table_name)) AS digest \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND (column_name = 'tenant_id' OR (table_name, column_name) = ('tenant', 'id'))",
            self.acme.site.id
        );
        self.digest(&of_table).await
    }

    async fn digest(&self, sql: &str) -> String {
        let ask = Statement::from_string(self.database.get_database_backend(), sql.to_owned());
        let row = self.database.query_one_raw(ask).await.unwrap().unwrap();
        row.try_get("", "digest").unwrap()
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
