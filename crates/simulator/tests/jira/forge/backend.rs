//! The app's back end, and reading what Forge sends it.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::Received,
    world::{Answer, World, eventually},
};

pub(crate) const APP: &str = "ari:cloud:ecosystem::app/00000000-0000-4000-8000-00000000f0e1";

impl World {
    /// The Forge app installed on `acme`, its back end below `/forge`.
    pub(crate) async fn with_forge(wanted: Value) -> (Self, Value) {
        let world = Self::start().await;
        let installed = world.install_forge(wanted).await;
        (world, installed)
    }

    pub(crate) async fn install_forge(&self, mut wanted: Value) -> Value {
        wanted["remote_url"] = self.app.base_url.clone().into();
        let answer = self.forge("/install", wanted).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Posts to `/jira/acme/forge/…` of the control API.
    pub(crate) async fn forge(&self, path: &str, body: Value) -> Answer {
        self.control(Method::POST, &format!("/jira/acme/forge{path}"), Some(body))
            .await
    }

    /// What Forge sent to a path, when there is as much.
    pub(crate) async fn told(&self, path: &str, n: usize) -> Vec<Received> {
        eventually(async || Some(self.app.received(path)).filter(|all| all.len() >= n)).await
    }

    /// The claims of an invocation token that holds by the published key set.
    pub(crate) async fn verified(&self, token: &str) -> Value {
        self.verify(token).await.unwrap()
    }

    pub(crate) async fn verify(&self, token: &str) -> jsonwebtoken::errors::Result<Value> {
        let url = format!("{}/.well-known/jwks.json", self.simulator.atlassian_url());
        let set: JwkSet = self
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let kid = jsonwebtoken::decode_header(token)?.kid.unwrap();
        let unknown = jsonwebtoken::errors::ErrorKind::InvalidKeyFormat;
        let jwk = set.find(&kid).ok_or(unknown)?;
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_audience(&[APP]);
        rules.set_issuer(&["forge/invocation-token"]);
        rules.validate_nbf = true;
        let key = DecodingKey::from_jwk(jwk)?;
        Ok(jsonwebtoken::decode::<Value>(token, &key, &rules)?.claims)
    }

    /// Calls the gateway for `acme`.
    pub(crate) async fn gateway(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let cloud_id = self.site().await["cloud_id"].as_str().unwrap().to_owned();
        let base = self.simulator.atlassian_url();
        let url = format!("{base}/ex/jira/{cloud_id}{path}");
        let mut request = self.http.request(method, url).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        crate::world::answer(request.send().await.unwrap()).await
    }

    /// The system token that the back end has now.
    pub(crate) async fn system_token(&self) -> String {
        let made = self.forge("/token", json!({})).await;
        made.body["system_token"].as_str().unwrap().to_owned()
    }
}

/// The invocation token of a call.
pub(crate) fn bearer(call: &Received) -> &str {
    call.headers["authorization"]
        .strip_prefix("Bearer ")
        .unwrap()
}
