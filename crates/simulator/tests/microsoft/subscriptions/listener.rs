//! The web hook of a subscriber: answers the handshake, and keeps what it is told.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, web};
use reqwest::Method;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::{
    browser::graph,
    world::{Graph, SCOPE, SUPPORT, World},
};

#[derive(Default)]
struct Heard {
    bodies: Mutex<Vec<Value>>,
    /// Status of the answers to notifications; 0 for 202.
    status: AtomicU16,
    /// Do not decode the token.
    raw_token: AtomicU16,
}

pub(super) struct Listener {
    pub(super) url: String,
    heard: Arc<Heard>,
    handle: ServerHandle,
}

async fn hook(heard: web::Data<Heard>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let query = request.query_string();
    if let Some(raw) = query.strip_prefix("validationToken=") {
        let (_, token) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
        let is_raw = heard.raw_token.load(Ordering::SeqCst) > 0;
        let token = if is_raw {
            raw.to_owned()
        } else {
            token.into_owned()
        };
        return HttpResponse::Ok().content_type("text/plain").body(token);
    }
    let body: Value = serde_json::from_slice(&body).unwrap();
    let values = body["value"].as_array().unwrap().iter().cloned();
    heard.bodies.lock().unwrap().extend(values);
    match heard.status.load(Ordering::SeqCst) {
        0 => HttpResponse::Accepted().finish(),
        other => HttpResponse::build(other.try_into().unwrap()).finish(),
    }
}

impl Listener {
    pub(super) fn start() -> Self {
        let heard = Arc::new(Heard::default());
        let data = web::Data::from(heard.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .default_service(web::post().to(hook))
        });
        let server = server
            .workers(1)
            .disable_signals()
            .bind(("127.0.0.1", 0))
            .unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, heard, handle }
    }

    pub(super) fn answer_with(&self, status: u16) {
        self.heard.status.store(status, Ordering::SeqCst);
    }

    pub(super) fn leave_the_token_encoded(&self) {
        self.heard.raw_token.store(1, Ordering::SeqCst);
    }

    /// All values so far, once there are so many.
    pub(super) async fn heard(&self, count: usize) -> Vec<Value> {
        for _ in 0..500 {
            let heard = self.heard.bodies.lock().unwrap().clone();
            if heard.len() >= count {
                return heard;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("heard only {:?}", self.heard.bodies.lock().unwrap());
    }

    pub(super) async fn stop(self) {
        self.handle.stop(false).await;
    }
}

/// Attempts of the simulator, once there are so many.
pub(super) async fn attempts(world: &World, count: usize) -> Vec<Value> {
    for _ in 0..500 {
        let told = world.look("/microsoft/notifications").await;
        let told = told.as_array().unwrap();
        if told.len() >= count {
            return told.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the simulator sent too little");
}

/// A good subscription to the inbox; `more` replaces or adds.
pub(super) fn wanted(listener: &Listener, more: &Value) -> Value {
    let mut body = json!({
        "changeType": "created,updated,deleted",
        "notificationUrl": format!("{}/notify", listener.url),
        "lifecycleNotificationUrl": format!("{}/lifecycle", listener.url),
        "resource": "me/mailFolders('inbox')/messages",
        "expirationDateTime": "2026-11-26T12:00:00Z",
        "clientState": "our secret",
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub(super) async fn reader(world: &World) -> Graph<'_> {
    graph(world, SUPPORT, SCOPE).await
}

/// Subscribes with immutable ids.
pub(super) async fn subscribe(graph: &Graph<'_>, body: &Value) -> Value {
    let request = graph.ask(Method::POST, "/subscriptions").json(body);
    graph
        .json(request.header("prefer", "IdType=\"ImmutableId\""))
        .await
}
