//! Calls at a steady pace, each with the newest proof, and a count of what was answered.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex as Lock},
    time::Duration,
};

use postroom_tests::{Http, Stack, story::Panel};
use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use serde_json::json;
use tokio::{
    sync::{Mutex, Semaphore, watch},
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::support::{control, issue_with_summary};

/// Two hundred a second.
const PACE: Duration = Duration::from_millis(5);
/// Calls under way at once.
const AT_ONCE: usize = 64;
/// An invocation token lives 25 seconds.
const RENEWED: Duration = Duration::from_secs(2);
const HOOK: &str = "/connect/webhooks/comment-created";

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The panel's API by Connect, from memory.
    Connect,
    /// The same, with queries.
    ConnectSource,
    /// A webhook of Connect.
    Webhook,
    /// The panel's API by Forge, from memory.
    Forge,
    /// The same, with queries.
    ForgeSources,
    /// A Connect token whose signature was cut: refused, whatever rotates.
    Cut,
}

impl Kind {
    fn of(number: usize) -> Self {
        match number % 20 {
            0..=5 => Self::Connect,
            6..=8 => Self::ConnectSource,
            9..=11 => Self::Webhook,
            12..=15 => Self::Forge,
            16..=18 => Self::ForgeSources,
            _ => Self::Cut,
        }
    }

    /// How many calls of each kind there are among so many.
    pub(crate) fn amounts(calls: usize) -> BTreeMap<Self, usize> {
        let mut amounts = BTreeMap::new();
        for number in 0..calls {
            *amounts.entry(Self::of(number)).or_default() += 1;
        }
        amounts
    }

    /// What it is answered.
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::Webhook => 204,
            Self::Cut => 401,
            _ => 200,
        }
    }
}

#[derive(Clone, Default)]
struct Proofs {
    connect: HeaderMap,
    webhook: HeaderMap,
    forge: HeaderMap,
}

pub(crate) struct Load {
    http: Http,
    stack: Arc<Stack>,
    connect: Panel,
    forge: Panel,
    source: String,
    webhook_body: String,
    proofs: Lock<Proofs>,
    /// Whoever fetched later stores later.
    renewing: Mutex<()>,
    answered: watch::Sender<usize>,
    unanswered: Lock<Vec<String>>,
}

impl Load {
    pub(crate) async fn new(
        stack: &Arc<Stack>,
        connect: &Panel,
        forge: &Panel,
        source: &str,
    ) -> Arc<Self> {
        let key = issue_with_summary(stack, "acme", "before").await;
        let comment = json!({
            "comment": { "id": "987654" },
            "issue": { "id": "10000", "key": key },
        });
        let load = Arc::new(Self {
            http: stack.http.clone(),
            stack: Arc::clone(stack),
            connect: connect.clone(),
            forge: forge.clone(),
            source: source.to_owned(),
            webhook_body: comment.to_string(),
            proofs: Lock::default(),
            renewing: Mutex::default(),
            answered: watch::Sender::new(0),
            unanswered: Lock::default(),
        });
        load.renew().await;
        load
    }

    /// Fetches new proofs from the sites.
    pub(crate) async fn renew(&self) {
        let _one = self.renewing.lock().await;
        let account = postroom_tests::story::person(&self.stack, "acme", true)
            .await
            .unwrap();
        let wanted =
            json!({ "account_id": account, "kind": "page", "method": "POST", "path": HOOK });
        let page = control(&self.stack, "/jira/acme/token", &wanted).await;
        let jwt = format!("JWT {}", page["jwt"].as_str().unwrap());
        let proofs = Proofs {
            connect: self.connect.proof().await.unwrap(),
            webhook: HeaderMap::from_iter([(AUTHORIZATION, jwt.parse().unwrap())]),
            forge: self.forge.proof().await.unwrap(),
        };
        *self.proofs.lock().unwrap() = proofs;
    }

    /// Waits until so many calls were answered.
    pub(crate) async fn answered(&self, amount: usize) {
        let mut answered = self.answered.subscribe();
        answered.wait_for(|so_far| *so_far >= amount).await.unwrap();
    }

    /// Why calls had no answer.
    pub(crate) fn unanswered(&self) -> Vec<String> {
        self.unanswered.lock().unwrap().clone()
    }

    /// Makes the calls; how often each kind was answered with each status.
    pub(crate) async fn run(self: Arc<Self>, calls: usize) -> BTreeMap<(Kind, u16), usize> {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let renewing = tokio::spawn(Arc::clone(&self).keep_renewing());
        let mut under_way = JoinSet::new();
        for number in 0..calls {
            pace.tick().await;
            let place = Arc::clone(&places).acquire_owned().await.unwrap();
            let load = Arc::clone(&self);
            under_way.spawn(async move {
                let kind = Kind::of(number);
                let status = load.call(kind).await;
                load.answered.send_modify(|answered| *answered += 1);
                drop(place);
                (kind, status)
            });
        }
        let mut answers = BTreeMap::new();
        while let Some(answer) = under_way.join_next().await {
            *answers.entry(answer.unwrap()).or_default() += 1;
        }
        renewing.abort();
        let _ = renewing.await;
        answers
    }

    async fn keep_renewing(self: Arc<Self>) {
        let mut pace = interval(RENEWED);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            pace.tick().await;
            self.renew().await;
        }
    }

    /// The status; 0 when there was no answer.
    async fn call(&self, kind: Kind) -> u16 {
        let proofs = self.proofs.lock().unwrap().clone();
        let source = format!("/api/v1/sources/{}", self.source);
        let (method, path, mut headers) = match kind {
            Kind::Connect | Kind::Cut => (Method::GET, "/api/v1/me", proofs.connect),
            Kind::ConnectSource => (Method::GET, source.as_str(), proofs.connect),
            Kind::Webhook => (Method::POST, HOOK, proofs.webhook),
            Kind::Forge => (Method::GET, "/api/v1/me", proofs.forge),
            Kind::ForgeSources => (Method::GET, "/api/v1/sources", proofs.forge),
        };
        if kind == Kind::Cut {
            let whole = headers[AUTHORIZATION].to_str().unwrap();
            let cut = HeaderValue::from_str(&whole[..whole.len() - 5]).unwrap();
            headers.insert(AUTHORIZATION, cut);
        }
        let url = format!("{}{path}", self.stack.app());
        let mut request = self.http.request(method.clone(), &url).headers(headers);
        if method == Method::POST {
            request = request.body(self.webhook_body.clone());
        }
        match request.send().await {
            Ok(answer) => answer.status().as_u16(),
            Err(error) => {
                let mut unanswered = self.unanswered.lock().unwrap();
                unanswered.push(format!("{kind:?}: {error:?}"));
                0
            }
        }
    }
}
