//! A tenant and the front door by which its people come in.

use actix_web::http::Method;
use chrono::TimeDelta;
use postroom_registry::tenant::{self, ForgeInstallation};
use serde_json::{Value, json};

use super::{Answer, Stage, book::Tenant, forge, request, tokens};

/// How requests prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Front {
    Connect,
    Forge,
}

impl Front {
    pub(crate) const BOTH: [Self; 2] = [Self::Connect, Self::Forge];
}

/// A tenant with one front door. By Forge's, its client key is the name of its site.
pub(crate) struct House {
    pub(crate) front: Front,
    pub(crate) tenant: Tenant,
}

impl Stage {
    /// A site of this name that installed the app.
    pub(crate) async fn house(&self, front: Front, name: &str) -> House {
        let tenant = match front {
            Front::Connect => self.tenant(name).await,
            Front::Forge => self.installed_by_forge(name).await,
        };
        House { front, tenant }
    }

    /// A site that installed the Forge app, with a token for Jira.
    async fn installed_by_forge(&self, name: &str) -> Tenant {
        let installation = ForgeInstallation {
            installation_id: forge::installation_id(name),
            cloud_id: format!("cloud-{name}"),
            site_url: format!("https://{name}.atlassian.net"),
            api_base_url: format!("{}/ex/jira/cloud-{name}", self.jira.uri()),
        };
        let id = self
            .registry
            .install_forge(&installation)
            .await
            .unwrap()
            .tenant;
        let tx = self.registry.begin(id).await.unwrap();
        let until = self.clock.now() + TimeDelta::hours(4);
        tenant::keep_system_token(&tx, &"a system token".into(), until)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Tenant {
            id,
            client_key: name.to_owned(),
            secret: String::new(),
        }
    }

    /// The `Authorization` of a call of the panel that this account makes.
    pub(crate) fn authorization(&self, house: &House, account: &str) -> String {
        match house.front {
            Front::Connect => format!("JWT {}", house.tenant.context_token(account)),
            Front::Forge => format!("Bearer {}", self.invocation(house, Some(account))),
        }
    }

    /// An invocation token of this site, used by nobody yet.
    pub(crate) fn invocation(&self, house: &House, account: Option<&str>) -> String {
        let mut claims = forge::claims(&self.jira.uri(), &house.tenant.client_key, account);
        let now = self.clock.now().timestamp();
        (claims["iat"], claims["nbf"]) = (json!(now), json!(now));
        claims["exp"] = json!(now + 25);
        tokens::rs256(forge::KID, forge::rsa(), &claims)
    }

    /// Calls the panel's API as an account of a site.
    pub(crate) async fn visit(
        &self,
        house: &House,
        account: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let authorization = self.authorization(house, account);
        self.knock(&authorization, method, path, body).await
    }

    /// Calls the panel's API with whatever stands there.
    pub(crate) async fn knock(
        &self,
        authorization: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let request = request(method, &format!("/api/v1{path}"));
        let request = request.insert_header(("authorization", authorization));
        self.send(match body {
            Some(body) => request.set_json(body),
            None => request,
        })
        .await
    }
}
