//! A simulator with an app, and the calls that tests make.

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use postroom_simulator::{Options, Simulator};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::app::{FakeApp, KEY};

pub(crate) struct World {
    pub(crate) simulator: Simulator,
    pub(crate) app: FakeApp,
    pub(crate) http: reqwest::Client,
}

/// A status with its body, as JSON where it is some.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl World {
    /// Nothing installed.
    pub(crate) async fn start() -> Self {
        Self::with(Options::ephemeral()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self {
            simulator: Simulator::start(options).await.unwrap(),
            app: FakeApp::start(),
            http: client(),
        }
    }

    /// The app installed on `acme`.
    pub(crate) async fn installed() -> Self {
        let world = Self::start().await;
        let answer = world.install("acme").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        world
    }

    pub(crate) async fn install(&self, site: &str) -> Answer {
        let wanted = json!({"descriptor_url": self.app.descriptor_url()});
        self.control(Method::POST, &format!("/jira/{site}/install"), Some(wanted))
            .await
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let url = format!("{}{path}", self.simulator.control_url());
        let mut request = self.http.request(method, url);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request.send().await.unwrap()).await
    }

    /// What the control API knows of `acme`.
    pub(crate) async fn site(&self) -> Value {
        self.control(Method::GET, "/jira/acme", None).await.body
    }

    /// The account id of a user of `acme`.
    pub(crate) async fn account(&self, name: &str) -> String {
        let site = self.site().await;
        let users = site["users"].as_array().unwrap();
        let user = users
            .iter()
            .find(|user| user["display_name"] == name)
            .unwrap();
        user["account_id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn settings(&self, changes: Value) {
        let answer = self
            .control(Method::POST, "/jira/acme/settings", Some(changes))
            .await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub(crate) fn url(&self, target: &str) -> String {
        format!("{}{target}", self.simulator.jira_url("acme").unwrap())
    }

    /// Calls `acme` as the app.
    pub(crate) async fn call(&self, method: Method, target: &str, body: Option<Value>) -> Answer {
        let secret = self.site().await["shared_secret"]
            .as_str()
            .unwrap()
            .to_owned();
        let token = token(&secret, KEY, method.as_str(), target, 180);
        let mut request = self
            .http
            .request(method, self.url(target))
            .header("Authorization", format!("JWT {token}"));
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request.send().await.unwrap()).await
    }

    /// Makes an issue in SUP; its key.
    pub(crate) async fn issue(&self, summary: &str) -> String {
        let fields =
            json!({"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": summary});
        let made = self
            .call(
                Method::POST,
                "/rest/api/3/issue",
                Some(json!({"fields": fields})),
            )
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        made.body["key"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn stop(self) {
        self.app.stop().await;
        self.simulator.stop().await;
    }
}

pub(crate) async fn answer(response: Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer {
        status,
        body,
        headers,
    }
}

/// A document of one paragraph.
pub(crate) fn document(text: &str) -> Value {
    json!({"type": "doc", "version": 1, "content":
        [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]})
}

/// A token of the app for one request. Queries of the tests are sorted and need no encoding.
pub(crate) fn token(secret: &str, iss: &str, method: &str, target: &str, life: i64) -> String {
    let now = postroom_clock::Clock::system().now().timestamp();
    let claims = json!({"iss": iss, "iat": now, "exp": now + life, "qsh": qsh(method, target)});
    jsonwebtoken::encode(
        &Header::new(Algorithm::HS256),
        &claims,
        &EncodingKey::from_secret(secret.as_bytes()),
    )
    .unwrap()
}

pub(crate) fn qsh(method: &str, target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    hex::encode(Sha256::digest(format!("{method}&{path}&{query}")))
}

/// The claims of a HS256 token, its signature checked.
pub(crate) fn claims(token: &str, secret: &str) -> Value {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_aud = false;
    jsonwebtoken::decode(token, &DecodingKey::from_secret(secret.as_bytes()), &rules)
        .unwrap()
        .claims
}

/// Waits until `look` finds something.
pub(crate) async fn eventually<T>(look: impl AsyncFn() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .expect("it happens")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test of the simulator stands outside the product"
)]
fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}
