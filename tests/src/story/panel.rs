//! The panel's API, as an administrator of a site calls it.

use anyhow::Context as _;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Http, Stack, http};

/// An administrator with the panel open. A fresh token is fetched before each call, as the bridge does.
#[derive(Debug)]
pub struct Panel {
    http: Http,
    control: String,
    site: String,
    account: String,
    base: String,
}

impl Panel {
    /// Opens the panel as the site's first administrator.
    ///
    /// # Errors
    /// When the site has none.
    pub async fn open(stack: &Stack, site: &str) -> anyhow::Result<Self> {
        let facts = stack
            .http
            .get(&format!("{}/jira/{site}", stack.control()))
            .await?;
        let users = facts["users"].as_array().context("a site without users")?;
        let admin = users
            .iter()
            .find(|user| user["admin"] == true)
            .context("no administrator")?;
        let account = admin["account_id"]
            .as_str()
            .context("no account id")?
            .to_owned();
        Ok(Self {
            http: stack.http.clone(),
            control: stack.control(),
            site: site.to_owned(),
            account,
            base: format!("{}/api/v1", stack.app()),
        })
    }

    /// Asks.
    ///
    /// # Errors
    /// When the answer is no success.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, path, None).await
    }

    /// Does.
    ///
    /// # Errors
    /// When the answer is no success.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Changes.
    ///
    /// # Errors
    /// When the answer is no success.
    pub async fn patch(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call(Method::PATCH, path, Some(body)).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let wanted = json!({ "account_id": self.account, "kind": "context" });
        let url = format!("{}/jira/{}/token", self.control, self.site);
        let token = self.http.post(&url, &wanted).await?;
        let jwt = token["jwt"].as_str().context("no token")?;
        let mut request = self
            .http
            .request(method, &format!("{}{path}", self.base))
            .header("authorization", format!("JWT {jwt}"));
        if let Some(body) = body {
            request = request.json(body);
        }
        http::json(request).await
    }
}
