//! The panel's API, as a person on a site calls it through one of the two front doors.

use anyhow::{Context as _, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use super::person;
use crate::{Http, Stack};

/// How the panel was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// In Connect's frame.
    Connect,
    /// In Forge's.
    Forge,
}

/// A person with the panel open. A fresh token is fetched before each call, as both bridges do.
#[derive(Clone, Debug)]
pub struct Panel {
    http: Http,
    control: String,
    site: String,
    account: String,
    base: String,
    door: Door,
}

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, null when there is none.
    pub body: Value,
}

impl Panel {
    /// Opens the panel in Connect's frame as the site's first administrator.
    ///
    /// # Errors
    /// When the site has none.
    pub async fn open(stack: &Stack, site: &str) -> anyhow::Result<Self> {
        Self::open_by(stack, site, Door::Connect).await
    }

    /// Opens the panel as the site's first administrator.
    ///
    /// # Errors
    /// When the site has none.
    pub async fn open_by(stack: &Stack, site: &str, door: Door) -> anyhow::Result<Self> {
        Ok(Self {
            http: stack.http.clone(),
            control: stack.control(),
            site: site.to_owned(),
            account: person(stack, site, true).await?,
            base: format!("{}/api/v1", stack.app()),
            door,
        })
    }

    /// Opens the panel in Connect's frame as the first person who is an administrator, or is none.
    ///
    /// # Errors
    /// When the site has nobody like that.
    pub async fn open_as(stack: &Stack, site: &str, administrator: bool) -> anyhow::Result<Self> {
        let account = person(stack, site, administrator).await?;
        let panel = Self::open(stack, site).await?;
        Ok(Self { account, ..panel })
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

    /// Calls and gives the answer, whatever it is.
    ///
    /// # Errors
    /// When there is none.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Answer> {
        let mut request = self
            .http
            .request(method, &format!("{}{path}", self.base))
            .headers(self.proof().await?);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status, body })
    }

    /// The headers by which the site vouches for the person now.
    ///
    /// # Errors
    /// When the app is not installed through this door.
    pub async fn proof(&self) -> anyhow::Result<reqwest::header::HeaderMap> {
        let mut headers = reqwest::header::HeaderMap::new();
        let site = format!("{}/jira/{}", self.control, self.site);
        let text = |value: &Value| -> anyhow::Result<String> {
            Ok(value.as_str().context("no token")?.to_owned())
        };
        match self.door {
            Door::Connect => {
                let wanted = json!({ "account_id": self.account, "kind": "context" });
                let token = self.http.post(&format!("{site}/token"), &wanted).await?;
                let proof = format!("JWT {}", text(&token["jwt"])?);
                headers.insert("authorization", proof.parse()?);
            }
            Door::Forge => {
                let wanted = json!({ "account_id": self.account });
                let url = format!("{site}/forge/token");
                let token = self.http.post(&url, &wanted).await?;
                let proof = format!("Bearer {}", text(&token["invocation_token"])?);
                headers.insert("authorization", proof.parse()?);
                headers.insert(
                    "x-forge-oauth-system",
                    text(&token["system_token"])?.parse()?,
                );
                headers.insert("x-b3-traceid", "80f198ee56343ba864fe8b2a57d3eff7".parse()?);
                headers.insert("x-b3-spanid", "e457b5a2e4d86bd1".parse()?);
            }
        }
        Ok(headers)
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let Answer { status, body } = self.ask(method, path, body).await?;
        ensure!(status < 400, "{path} answered {status}: {body}");
        Ok(body)
    }
}
