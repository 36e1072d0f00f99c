//! An app that keeps what Jira sends it and answers as a test tells it.

use std::{
    collections::{HashMap, VecDeque},
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, web};
use serde_json::{Value, json};

pub(crate) const KEY: &str = "com.example.mail";

/// A request that the app got.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Value,
}

impl Received {
    /// The token of the `Authorization` header.
    pub(crate) fn token(&self) -> &str {
        self.headers["authorization"].strip_prefix("JWT ").unwrap()
    }
}

#[derive(Debug, Default)]
struct Memory {
    received: Vec<Received>,
    /// Statuses to answer with, by path; 204 when there is none left.
    answers: HashMap<String, VecDeque<u16>>,
    /// Content type and body of the answers, by path; without them, an answer is empty.
    bodies: HashMap<String, (String, String)>,
    /// How long it takes to answer, by path.
    delays: HashMap<String, Duration>,
    descriptor: Value,
}

/// The app, listening on a free port.
pub(crate) struct FakeApp {
    pub(crate) base_url: String,
    memory: Arc<Mutex<Memory>>,
    server: ServerHandle,
}

impl FakeApp {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!(
            "http://localhost:{}/app",
            listener.local_addr().unwrap().port()
        );
        let memory = Memory {
            descriptor: descriptor(&base_url),
            ..Memory::default()
        };
        let memory = Arc::new(Mutex::new(memory));
        let data = web::Data::from(Arc::clone(&memory));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .route("/app/atlassian-connect.json", web::get().to(describe))
                .default_service(web::to(receive))
        });
        let server = server
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self {
            base_url,
            memory,
            server: handle,
        }
    }

    pub(crate) fn descriptor_url(&self) -> String {
        format!("{}/atlassian-connect.json", self.base_url)
    }

    /// Changes a part of the descriptor, named by a JSON pointer.
    pub(crate) fn describe(&self, pointer: &str, value: Value) {
        let mut memory = self.memory.lock().unwrap();
        *memory.descriptor.pointer_mut(pointer).unwrap() = value;
    }

    /// The next answers of a path below the base URL.
    pub(crate) fn answer(&self, path: &str, statuses: &[u16]) {
        let mut memory = self.memory.lock().unwrap();
        memory
            .answers
            .insert(format!("/app{path}"), statuses.iter().copied().collect());
    }

    /// From now on the answers of a path have this body.
    pub(crate) fn say(&self, path: &str, content_type: &str, body: &str) {
        let mut memory = self.memory.lock().unwrap();
        let said = (content_type.to_owned(), body.to_owned());
        memory.bodies.insert(format!("/app{path}"), said);
    }

    /// From now on the answers of a path take so long.
    pub(crate) fn delay(&self, path: &str, millis: u64) {
        let mut memory = self.memory.lock().unwrap();
        let delay = Duration::from_millis(millis);
        memory.delays.insert(format!("/app{path}"), delay);
    }

    /// The paths below the base URL that were asked, one after the other.
    pub(crate) fn order(&self) -> Vec<String> {
        let memory = self.memory.lock().unwrap();
        let paths = memory.received.iter().map(|one| &one.path["/app".len()..]);
        paths.map(str::to_owned).collect()
    }

    /// What came in on a path below the base URL.
    pub(crate) fn received(&self, path: &str) -> Vec<Received> {
        let memory = self.memory.lock().unwrap();
        let path = format!("/app{path}");
        memory
            .received
            .iter()
            .filter(|one| one.path == path)
            .cloned()
            .collect()
    }

    pub(crate) async fn stop(self) {
        self.server.stop(false).await;
    }
}

fn descriptor(base_url: &str) -> Value {
    json!({
        "key": KEY, "name": "Mail", "baseUrl": base_url,
        "authentication": {"type": "jwt"},
        "lifecycle": {"installed": "/installed", "enabled": "/enabled",
                      "disabled": "/disabled", "uninstalled": "/uninstalled"},
        "apiMigrations": {"signed-install": true, "context-qsh": true, "gdpr": true},
        "scopes": ["READ", "WRITE"],
        "modules": {
            "generalPages": [{"key": "panel", "name": {"value": "Mail panel"}, "url": "/panel?mode=full"}],
            "jiraProjectAdminTabPanels": [{"key": "tab", "name": {"value": "Mail of the project"},
                "location": "projectgroup4", "url": "/panel?project={project.id}"}],
            "adminPages": [{"key": "admin", "name": {"value": "Mail settings"}, "url": "/panel"}],
            "webhooks": [
                {"event": "comment_created", "url": "/hook"},
                {"event": "jira:issue_deleted", "url": "/deleted"}],
            "jiraEntityProperties": [{"key": "mail-index", "entityType": "issue", "name": {"value": "Mail"},
                "keyConfigurations": [{"propertyKey": "mail", "extractions":
                    [{"objectName": "mid", "type": "string"}]}]}],
        },
    })
}

async fn describe(memory: web::Data<Mutex<Memory>>) -> HttpResponse {
    HttpResponse::Ok().json(&memory.lock().unwrap().descriptor)
}

async fn receive(
    memory: web::Data<Mutex<Memory>>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let headers = request.headers().iter();
    let received = Received {
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    let (status, delay, said) = {
        let mut memory = memory.lock().unwrap();
        let path = received.path.clone();
        memory.received.push(received);
        let queue = memory.answers.get_mut(&path);
        let status = queue.and_then(VecDeque::pop_front).unwrap_or(204);
        let (delay, said) = (memory.delays.get(&path), memory.bodies.get(&path));
        (status, delay.copied(), said.cloned())
    };
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    let mut answer = HttpResponse::build(status.try_into().unwrap());
    match said {
        Some((content_type, body)) => answer.content_type(content_type).body(body),
        None => answer.finish(),
    }
}
