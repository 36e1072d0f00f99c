//! Style, scripts and pictures; the bridge itself comes from the folder that the options name.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig, get},
};

use crate::world::World;

const STYLE: &str = include_str!("../../../templates/jira/site.css");
const AUI: &str = include_str!("../../../templates/jira/aui.js");
const HOST: &str = include_str!("../../../templates/jira/host.js");
const FORGE_HOST: &str = include_str!("../../../templates/jira/forge-host.js");
const AVATAR: &str = include_str!("../../../templates/jira/avatar.svg");

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/static/site.css", get().to(|| own(CSS, STYLE)))
        .route("/static/aui.js", get().to(|| own(JAVASCRIPT, AUI)))
        .route("/static/host.js", get().to(|| own(JAVASCRIPT, HOST)))
        .route(
            "/static/forge-host.js",
            get().to(|| own(JAVASCRIPT, FORGE_HOST)),
        )
        .route("/avatars/{name}", get().to(|| own("image/svg+xml", AVATAR)))
        .route(
            "/all.js",
            get().to(|world| bridge(world, "iframe.js", JAVASCRIPT)),
        )
        .route(
            "/static/connect-host.js",
            get().to(|world| bridge(world, "connect-host.js", JAVASCRIPT)),
        )
        .route(
            "/static/connect-host.css",
            get().to(|world| bridge(world, "connect-host.css", CSS)),
        );
}

async fn own(content_type: &str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(content_type).body(text)
}

/// A file of npm `atlassian-connect-js`, folder `dist`.
async fn bridge(world: web::Data<World>, name: &str, content_type: &str) -> HttpResponse {
    let Some(folder) = &world.options.bridge_dir else {
        return HttpResponse::NotFound().body("The simulator was started without --bridge-dir.");
    };
    match tokio::fs::read(folder.join(name)).await {
        Ok(bytes) => HttpResponse::Ok().content_type(content_type).body(bytes),
        Err(error) => HttpResponse::NotFound().body(format!("{name} of the bridge: {error}")),
    }
}
