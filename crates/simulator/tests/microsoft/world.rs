//! A running simulator, its control API, and a signed-in Graph client.

use chrono::{DateTime, TimeZone as _, Utc};
use postroom_clock::Clock;
use postroom_simulator::{Options, Simulator};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

pub(crate) const CLIENT_ID: &str = "11111111-2222-3333-4444-555555555555";
pub(crate) const SECRET: &str = "simulator-secret";
pub(crate) const REDIRECT: &str = "http://localhost:9/microsoft/callback";
pub(crate) const SUPPORT: &str = "support@contoso.example";
pub(crate) const ANN: &str = "ann@contoso.example";
pub(crate) const SCOPE: &str = "openid profile offline_access User.Read Mail.ReadWrite Mail.Send";

pub(crate) struct World {
    pub(crate) simulator: Simulator,
    pub(crate) http: Client,
    pub(crate) clock: Clock,
}

pub(crate) fn start_of_test() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
}

/// No redirects followed, no pool shared, no proxy asked.
#[expect(
    clippy::disallowed_methods,
    reason = "a test client of foreign hosts, without the service's spans"
)]
pub(crate) fn client() -> reqwest::ClientBuilder {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

impl World {
    /// A fresh world whose registration knows [`REDIRECT`]; its clock stands still.
    pub(crate) async fn start() -> Self {
        Self::with(Options::ephemeral()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let clock = Clock::manual(start_of_test());
        let options = Options {
            jira_sites: Vec::new(),
            clock: clock.clone(),
            ..options
        };
        let simulator = Simulator::start(options).await.unwrap();
        let world = Self {
            simulator,
            http: client().build().unwrap(),
            clock,
        };
        let registration =
            json!({ "client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": [REDIRECT] });
        world
            .control(Method::POST, "/microsoft/registrations", &registration)
            .await;
        world
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.microsoft_url())
    }

    /// A control request that must succeed; its JSON, if any.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.simulator.control_url());
        let answer = self
            .http
            .request(method, url)
            .json(body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    pub(crate) async fn look(&self, path: &str) -> Value {
        self.control(Method::GET, path, &Value::Null).await
    }

    pub(crate) async fn fault(&self, fault: Value) {
        self.control(Method::POST, "/microsoft/faults", &fault)
            .await;
    }

    /// Drops a raw message into a mailbox; its immutable id.
    pub(crate) async fn drop_mail(&self, address: &str, raw: impl Into<Vec<u8>>) -> String {
        let url = format!(
            "{}/microsoft/mailboxes/{address}/mails",
            self.simulator.control_url()
        );
        let answer = self.http.post(url).body(raw.into()).send().await.unwrap();
        let body: Value = answer.json().await.unwrap();
        body["id"].as_str().unwrap().to_owned()
    }

    /// A token request.
    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Response {
        self.http
            .post(self.url("/common/oauth2/v2.0/token"))
            .form(form)
            .send()
            .await
            .unwrap()
    }
}

/// Graph with somebody's bearer token.
pub(crate) struct Graph<'a> {
    pub(crate) world: &'a World,
    pub(crate) bearer: String,
}

impl Graph<'_> {
    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            self.world.url(&format!("/v1.0{path}"))
        };
        self.world
            .http
            .request(method, url)
            .bearer_auth(&self.bearer)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.json(self.ask(Method::GET, path)).await
    }

    /// With immutable ids.
    pub(crate) async fn get_immutable(&self, path: &str) -> Value {
        self.json(
            self.ask(Method::GET, path)
                .header("prefer", "IdType=\"ImmutableId\""),
        )
        .await
    }

    pub(crate) async fn json(&self, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Status and error code of a request that must fail.
    pub(crate) async fn refused(&self, request: RequestBuilder) -> (u16, String) {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let id = answer.headers()["request-id"].to_str().unwrap().to_owned();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["innerError"]["request-id"], json!(id));
        (status, body["error"]["code"].as_str().unwrap().to_owned())
    }
}

/// A plain message.
pub(crate) fn mail(subject: &str) -> String {
    format!(
        "From: Carl Customer <carl@customer.example>\r\nTo: support@contoso.example\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@customer.example>\r\nDate: Tue, 24 Nov 2026 11:00:00 +0000\r\n\r\nText of {subject}\r\n"
    )
}
