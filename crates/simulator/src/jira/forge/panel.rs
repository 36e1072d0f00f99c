//! The pages of Forge apps ("Custom UI"), on Atlassian's own host: another origin than the site's, as in the real world.

use std::path::{Component, Path, PathBuf};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CONTENT_SECURITY_POLICY, HeaderValue},
    web::{self, ServiceConfig},
};

use super::manifest::Manifest;
use crate::{jira::Sites, world::World};

const BRIDGE: &str = include_str!("../../../templates/jira/forge-bridge.js");

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.route("/forge/bridge.js", web::get().to(bridge))
        .route("/forge/static/{tail:.*}", web::get().to(file));
}

async fn bridge() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body(BRIDGE)
}

/// A file of the built panel, under the policy that Forge gives it.
async fn file(
    world: web::Data<World>,
    tail: web::Path<String>,
    request: HttpRequest,
) -> HttpResponse {
    let Some(folder) = &world.options.forge_panel_dir else {
        let sentence = "The simulator was started without --forge-panel-dir.";
        return HttpResponse::NotFound().body(sentence);
    };
    let mut answer = match inside(folder, &tail) {
        None => HttpResponse::NotFound().body("There is no such file."),
        Some(path) if path.ends_with("index.html") => page(&path).await,
        Some(path) => match actix_files::NamedFile::open(&path) {
            Ok(file) => file.into_response(&request),
            Err(error) => HttpResponse::NotFound().body(format!("{tail}: {error}")),
        },
    };
    let policy = policy(&world.jira, &world.jira.forge().manifest);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The path of a file below the folder; nothing for one that leads out.
fn inside(folder: &Path, tail: &str) -> Option<PathBuf> {
    let tail = Path::new(if tail.is_empty() { "index.html" } else { tail });
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    tail.components().all(plain).then(|| folder.join(tail))
}

/// The page, with Forge's bridge before all else in it.
async fn page(path: &Path) -> HttpResponse {
    match tokio::fs::read_to_string(path).await {
        Ok(html) => {
            let bridge = "<head><script src=\"/forge/bridge.js\"></script>";
            HttpResponse::Ok()
                .content_type("text/html; charset=utf-8")
                .body(html.replacen("<head>", bridge, 1))
        }
        Err(error) => HttpResponse::NotFound().body(format!("the panel's page: {error}")),
    }
}

/// Source: npm `@forge/csp`. What Atlassian's other hosts may do is left out: none of them is here.
fn policy(sites: &Sites, manifest: &Manifest) -> String {
    let sites: Vec<String> = sites.all().map(|site| site.base_url()).collect();
    let sites = sites.join(" ");
    let (scripts, styles) = (manifest.content("scripts"), manifest.content("styles"));
    [
        "default-src 'self'".to_owned(),
        format!("frame-ancestors 'self' {sites}"),
        format!("frame-src 'self' {sites}"),
        "font-src 'self'".to_owned(),
        format!("img-src 'self' data: blob: {sites}"),
        format!("media-src 'self' data: blob: {sites}"),
        format!("connect-src 'self' {sites}"),
        format!("script-src 'self' {scripts}"),
        format!("style-src 'self' {sites} {styles}"),
        "form-action 'self'".to_owned(),
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals \
         allow-pointer-lock allow-same-origin allow-scripts"
            .to_owned(),
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = Path::new("/panel");
        assert_eq!(inside(folder, ""), Some("/panel/index.html".into()));
        assert_eq!(
            inside(folder, "assets/a.js"),
            Some("/panel/assets/a.js".into())
        );
        for tail in ["../secret", "/etc/passwd", "assets/../../secret", "./a"] {
            assert_eq!(inside(folder, tail), None, "{tail}");
        }
    }
}
