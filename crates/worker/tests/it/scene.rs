//! A worker with a real Exchange and Entra ID, as far as the simulator is one, whose clock the test moves. Jira is
//! faked: it takes everything and remembers it.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{
    SourceId, TenantId,
    connection::Protocol,
    grant::{self, Consent, NewGrant, Resource},
    mail::{self, Query},
    outbound,
    registration::Cloud,
    source::{self, Change, NewSource, Settle},
};
use postroom_simulator::{Options, Simulator};
use postroom_worker::drain;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use wiremock::{
    Mock, Request, Respond, ResponseTemplate,
    matchers::{method, path},
};

use crate::support::{MAILBOX, Stage, target};

const ISSUE: &str = "/rest/api/3/issue";
const GRAPH_SCOPES: &str = "openid profile offline_access User.Read Mail.ReadWrite Mail.Send";

pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) tenant: TenantId,
    pub(crate) simulator: Simulator,
    http: Client,
}

/// Jira gives each issue a number of its own.
struct Issues;

impl Respond for Issues {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let summary = body["fields"]["summary"].as_str().unwrap_or_default();
        let number = summary.rsplit(' ').next().unwrap_or("0");
        let made = json!({"id": format!("1{number:0>4}"), "key": format!("SUP-{number}")});
        ResponseTemplate::new(201).set_body_json(made)
    }
}

impl Scene {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test client of a foreign host, without the service's spans"
    )]
    pub(crate) async fn set() -> Self {
        let clock = postroom_clock::Clock::manual(crate::support::noon());
        let options = Options {
            jira_sites: Vec::new(),
            clock: clock.clone(),
            ..Options::ephemeral()
        };
        let simulator = Box::pin(Simulator::start(options)).await.unwrap();
        let stage = Box::pin(Stage::with(clock, simulator.microsoft_url())).await;
        let tenant = stage.connect_tenant().await;
        Mock::given(method("POST"))
            .and(path(ISSUE))
            .respond_with(Issues)
            .mount(&stage.jira)
            .await;
        let http = Client::builder().no_proxy().build().unwrap();
        let scene = Self {
            stage,
            tenant,
            simulator,
            http,
        };
        let user = json!({"address": MAILBOX, "display_name": "Support"});
        scene.tell("/microsoft/users", &user).await;
        scene
    }

    /// Says something to the simulator.
    pub(crate) async fn tell(&self, at: &str, body: &Value) -> Value {
        self.call(Method::POST, at, body.to_string()).await
    }

    /// Asks the simulator something.
    pub(crate) async fn ask(&self, at: &str) -> Value {
        self.call(Method::GET, at, String::new()).await
    }

    pub(crate) async fn forget_faults(&self) {
        self.call(Method::DELETE, "/faults", String::new()).await;
    }

    async fn call(&self, method: Method, at: &str, body: String) -> Value {
        let url = format!("{}{at}", self.simulator.control_url());
        let request = self
            .http
            .request(method, url)
            .header("content-type", "application/json")
            .body(body);
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{at}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// What a sign-in of the mailbox's owner leaves, for Graph or for EWS.
    pub(crate) async fn grant(&self, resource: Resource) -> postroom_registry::GrantId {
        // Both are consented to; a refresh token is good for both.
        let both = format!("{GRAPH_SCOPES} https://outlook.office365.com/EWS.AccessAsUser.All");
        let asked = json!({"addresses": [MAILBOX], "scope": both});
        let rows = self.tell("/microsoft/grants", &asked).await;
        let word = |name: &str| rows[0][name].as_str().unwrap().to_owned();
        let new = NewGrant {
            directory_id: word("tid"),
            object_id: word("oid"),
            user_principal_name: MAILBOX.into(),
            display_name: "Support".into(),
            scopes: GRAPH_SCOPES.split(' ').map(Into::into).collect(),
            refresh_token: word("refresh_token").into(),
            access_token: "long gone".into(),
            access_expires_at: self.now() - TimeDelta::hours(1),
            resource,
            registration_id: None,
            cloud: Cloud::Global,
            consent: Consent::User,
        };
        let tx = self
            .stage
            .environment
            .registry
            .begin(self.tenant)
            .await
            .unwrap();
        let id = grant::insert(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A source on the inbox with an outbound on the same mailbox, that reads from four days ago on.
    pub(crate) async fn source(&self, protocol: Protocol) -> SourceId {
        let resource = match protocol {
            Protocol::Graph => Resource::Graph,
            Protocol::Ews => Resource::Outlook,
        };
        let grant_id = self.grant(resource).await;
        let tx = self
            .stage
            .environment
            .registry
            .begin(self.tenant)
            .await
            .unwrap();
        let sends = outbound::NewOutbound {
            grant_id,
            mailbox: MAILBOX.into(),
            protocol,
            from_address: None,
        };
        let outbound = outbound::create(&tx, sends).await.unwrap();
        let new = NewSource {
            grant_id,
            outbound_id: Some(outbound.id),
            mailbox: MAILBOX.into(),
            protocol,
            folder_id: "inbox".into(),
            folder_name: "Inbox".into(),
            poll_interval_seconds: 900,
        };
        let row = source::create(&tx, new).await.unwrap();
        let change = Change {
            target: Some(target()),
            settle: Some(Settle::Leave),
            start_from: Some(Some(self.now() - TimeDelta::days(4))),
            ..Change::default()
        };
        let row = source::change(&tx, row, change).await.unwrap();
        tx.commit().await.unwrap();
        row.id
    }

    pub(crate) async fn change(&self, id: SourceId, change: Change) {
        let tx = self
            .stage
            .environment
            .registry
            .begin(self.tenant)
            .await
            .unwrap();
        let row = source::find(&tx, id).await.unwrap();
        source::change(&tx, row, change).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn row(&self, id: SourceId) -> source::Model {
        let tx = self
            .stage
            .environment
            .registry
            .begin(self.tenant)
            .await
            .unwrap();
        source::find(&tx, id).await.unwrap()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.stage.clock.now()
    }

    /// A mail that came so many minutes ago: "Mail N".
    pub(crate) async fn drop_mail(&self, number: usize, minutes_ago: i64) -> String {
        let raw = format!(
            "From: Carl <carl@customer.example>\r\nTo: {MAILBOX}\r\nSubject: Mail {number}\r\n\
             Message-ID: <{number}@customer.example>\r\n\r\nPlease help, {number}.\r\n"
        );
        self.drop_raw("inbox", minutes_ago, raw).await
    }

    pub(crate) async fn drop_raw(&self, folder: &str, minutes_ago: i64, raw: String) -> String {
        let received = self.now() - TimeDelta::minutes(minutes_ago);
        let at = received.format("%Y-%m-%dT%H:%M:%SZ");
        let place = format!("/microsoft/mailboxes/{MAILBOX}/mails?folder={folder}&received={at}");
        let made = self.call(Method::POST, &place, raw).await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// What lies in a folder of the mailbox.
    pub(crate) async fn folder(&self, name: &str) -> Vec<Value> {
        let at = format!("/microsoft/mailboxes/{MAILBOX}/mails?folder={name}");
        self.ask(&at).await.as_array().unwrap().clone()
    }

    /// Works until nothing is due.
    pub(crate) async fn work(&self) {
        for _ in 0..1_000 {
            if Box::pin(drain(&self.stage.environment)).await.unwrap() == 0 {
                return;
            }
        }
        let row = self.ledger().await;
        assert!(row.is_empty(), "it has no end: {row:?}");
    }

    /// Lets time pass, then works.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        self.stage.clock.advance(time);
        self.work().await;
    }

    /// The summaries of the issues that were made, in their order.
    pub(crate) async fn issues(&self) -> Vec<String> {
        let made = crate::support::requests(&self.stage.jira, ISSUE).await;
        let summary = |request: &Request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            body["fields"]["summary"].as_str().unwrap().to_owned()
        };
        made.iter().map(summary).collect()
    }

    pub(crate) async fn ledger(&self) -> Vec<mail::Model> {
        let tx = self
            .stage
            .environment
            .registry
            .begin(self.tenant)
            .await
            .unwrap();
        let query = Query {
            limit: 1_000,
            ..Query::default()
        };
        mail::log(&tx, &query).await.unwrap()
    }

    pub(crate) async fn mail_named(&self, subject: &str) -> mail::Model {
        let mut rows = self.ledger().await;
        rows.retain(|row| row.subject == subject);
        assert_eq!(rows.len(), 1, "{subject}");
        rows.remove(0)
    }

    /// How often the hosts were asked for what has `part` in its path or operation.
    pub(crate) async fn asked(&self, host: &str, part: &str) -> usize {
        let all = self.ask(&format!("/requests?host={host}")).await;
        let has = |one: &&Value| {
            [&one["path"], &one["operation"], &one["query"]]
                .iter()
                .any(|word| word.as_str().is_some_and(|word| word.contains(part)))
        };
        all.as_array().unwrap().iter().filter(has).count()
    }
}

/// The summaries of mails `from` to `to`, in order.
pub(crate) fn summaries(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("Mail {n}")).collect()
}
