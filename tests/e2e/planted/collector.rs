//! An OpenTelemetry collector that keeps what it is sent.

use std::sync::{Arc, Mutex};

use actix_web::{App, HttpServer, dev::ServerHandle, web};

/// A collector on a port of its own.
pub(crate) struct Collector {
    kept: Arc<Mutex<Vec<u8>>>,
    url: String,
    handle: ServerHandle,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let shared = web::Data::from(Arc::clone(&kept));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::PayloadConfig::new(64 * 1024 * 1024))
                .default_service(web::to(keep))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { kept, url, handle }
    }

    /// For `OTEL_EXPORTER_OTLP_ENDPOINT`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// All bodies that came.
    pub(crate) async fn end(self) -> Vec<u8> {
        self.handle.stop(true).await;
        std::mem::take(&mut *self.kept.lock().unwrap())
    }
}

async fn keep(kept: web::Data<Mutex<Vec<u8>>>, body: web::Bytes) -> &'static str {
    kept.lock().unwrap().extend_from_slice(&body);
    ""
}
