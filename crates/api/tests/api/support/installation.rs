//! A site that installed the Forge app, and the calls that Forge makes for it.

use actix_web::http::Method;
use jsonwebtoken::Algorithm;
use postroom_registry::{TenantId, tenant};
use serde_json::{Value, json};

use super::{Answer, Stage, forge, request, tokens};

/// A call that Forge makes.
pub(crate) struct Invocation {
    pub(crate) claims: Value,
    /// What comes in `x-forge-oauth-system`.
    pub(crate) system_token: Option<String>,
}

impl Invocation {
    pub(crate) fn token(&self) -> String {
        tokens::rs256(forge::KID, forge::rsa(), &self.claims)
    }

    pub(crate) fn with_system_token(mut self, token: &str) -> Self {
        self.system_token = Some(token.to_owned());
        self
    }
}

/// A token with which the app may call Jira until then.
pub(crate) fn system_token(until: i64) -> String {
    tokens::hs(
        Algorithm::HS256,
        "only Atlassian knows",
        &json!({ "exp": until }),
    )
}

impl Stage {
    /// A call of Forge itself.
    pub(crate) fn event_of(&self, site: &str) -> Invocation {
        self.call_of(site, None)
    }

    /// A call of a person in the panel.
    pub(crate) fn person_of(&self, site: &str, account: &str) -> Invocation {
        self.call_of(site, Some(account))
    }

    fn call_of(&self, site: &str, principal: Option<&str>) -> Invocation {
        let mut claims = forge::claims(&self.jira.uri(), site, principal);
        let now = self.clock.now().timestamp();
        claims["iat"] = json!(now);
        claims["nbf"] = json!(now);
        claims["exp"] = json!(now + 25);
        Invocation {
            claims,
            system_token: None,
        }
    }

    /// Sends a call of Forge.
    pub(crate) async fn invoke(
        &self,
        call: &Invocation,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.bearer(
            &call.token(),
            call.system_token.as_deref(),
            method,
            path,
            body,
        )
        .await
    }

    /// Sends whatever stands there as a call of Forge.
    pub(crate) async fn bearer(
        &self,
        token: &str,
        system_token: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request =
            request(method, path).insert_header(("authorization", format!("Bearer {token}")));
        if let Some(token) = system_token {
            request = request.insert_header(("x-forge-oauth-system", token));
        }
        self.send(match body {
            Some(body) => request.set_json(body),
            None => request,
        })
        .await
    }

    /// A site that installed the Forge app, with a token for Jira that lives four hours.
    pub(crate) async fn forge_tenant(&self, site: &str) -> TenantId {
        let until = self.clock.now().timestamp() + 4 * 3600;
        let call = self.event_of(site).with_system_token(&system_token(until));
        let path = "/forge/lifecycle";
        let body = json!({ "eventType": "avi:forge:installed:app" });
        self.invoke(&call, Method::POST, path, Some(body))
            .await
            .expect(204);
        self.installed(site).await.unwrap()
    }

    /// Forge itself tells something.
    pub(crate) async fn tell(&self, site: &str, path: &str, body: Value) -> Answer {
        let call = self.event_of(site);
        self.invoke(&call, Method::POST, path, Some(body)).await
    }

    /// Which tenant has the installation of this site.
    pub(crate) async fn installed(&self, site: &str) -> Option<TenantId> {
        let id = forge::installation_id(site);
        self.registry.tenant_by_installation(&id).await.unwrap()
    }

    /// A tenant's row.
    pub(crate) async fn row(&self, id: TenantId) -> tenant::Model {
        let tx = self.registry.begin(id).await.unwrap();
        let row = tenant::this(&tx).await.unwrap();
        tx.commit().await.unwrap();
        row
    }
}
