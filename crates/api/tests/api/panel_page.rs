//! The page inside Jira, and its files.

use std::path::PathBuf;

use jsonwebtoken::Algorithm;
use postroom_registry::tenant::{Installation, TenantState};
use serde_json::json;

use crate::support::{Answer, BASE, Stage, book::Tenant, get, jira, tokens};

/// A built panel in a folder of its own, gone with the value.
struct Built(PathBuf);

impl Built {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!(
            "postroom-panel-{}",
            postroom_clock::Clock::system().new_id()
        ));
        std::fs::create_dir_all(dir.join("assets")).unwrap();
        let index = r#"<script type="module" crossorigin src="./assets/index-1.js"></script>
            <link rel="stylesheet" crossorigin href="./assets/index-1.css">"#;
        std::fs::write(dir.join("index.html"), index).unwrap();
        std::fs::write(dir.join("assets/index-1.js"), "panel()").unwrap();
        std::fs::write(dir.join("secret.txt"), "secret").unwrap();
        Self(dir)
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const PAGE: &str = "/panel?xdm_e=https%3A%2F%2Facme.atlassian.net&cp=&lic=none";

async fn open(stage: &Stage, site: &Tenant) -> Answer {
    let token = site.request_token("GET", PAGE);
    stage.send(get(&format!("{PAGE}&jwt={token}"))).await
}

#[actix_web::test]
async fn the_page_is_made_for_the_site_that_frames_it() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    let acme = stage.tenant("acme").await;
    let page = open(&stage, &acme).await.expect(200);
    for part in [
        r#"<meta name="postroom-api" content="https:&#x2f;&#x2f;postroom.example.com&#x2f;api&#x2f;v1">"#,
        r#"<script type="module" src="&#x2f;panel&#x2f;assets&#x2f;index-1.js"></script>"#,
        r#"<link rel="stylesheet" href="&#x2f;panel&#x2f;assets&#x2f;index-1.css">"#,
        r#"<div id="root"></div>"#,
    ] {
        assert!(page.text.contains(part), "{part} is not in {}", page.text);
    }
    let policy = page.header("content-security-policy");
    let ancestors = format!(
        "frame-ancestors {} https://jira.acme.example 'self'",
        stage.jira.uri()
    );
    assert!(policy.ends_with(&ancestors), "{policy}");
    assert!(
        policy.contains("script-src 'self' https://connect-cdn.atl-paas.net;"),
        "{policy}"
    );
    assert_eq!(page.header("x-frame-options"), "");
}

#[actix_web::test]
async fn a_page_needs_one_token_of_this_very_request() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    let good = acme.request_token("GET", PAGE);
    let mut expired = tokens::claims("acme", &tokens::qsh("GET", PAGE));
    expired["exp"] = json!(1);
    let forged = Tenant {
        id: acme.id,
        client_key: "acme".into(),
        secret: globex.secret.clone(),
    };
    for (what, request) in [
        ("no token", get(PAGE)),
        (
            "context token",
            get(&format!("{PAGE}&jwt={}", acme.context_token(jira::ADMIN))),
        ),
        (
            "another query",
            get(&format!(
                "/panel?xdm_e=https%3A%2F%2Fevil.example&jwt={good}"
            )),
        ),
        (
            "foreign secret",
            get(&format!("{PAGE}&jwt={}", forged.request_token("GET", PAGE))),
        ),
        (
            "expired",
            get(&format!(
                "{PAGE}&jwt={}",
                tokens::hs(Algorithm::HS256, &acme.secret, &expired)
            )),
        ),
        (
            "two tokens",
            get(&format!("{PAGE}&jwt={good}"))
                .insert_header(("authorization", format!("JWT {good}"))),
        ),
        (
            "twice in the query",
            get(&format!("{PAGE}&jwt={good}&jwt={good}")),
        ),
    ] {
        let answer = stage.send(request).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
    }
    let in_header = get(PAGE).insert_header(("authorization", format!("JWT {good}")));
    stage.send(in_header).await.expect(200);
    stage.set_tenant_state(&acme, TenantState::Disabled).await;
    open(&stage, &acme).await.expect(401);
}

/// Which project's settings are open is part of what Jira signs.
#[actix_web::test]
async fn the_page_of_a_project_opens_for_its_own_project() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    let acme = stage.tenant("acme").await;
    let project = "/panel?project=10000&xdm_e=https%3A%2F%2Facme.atlassian.net";
    let token = acme.request_token("GET", project);
    let page = stage.send(get(&format!("{project}&jwt={token}"))).await;
    assert!(page.expect(200).text.contains(r#"<div id="root"></div>"#));
    for other in [
        project.replace("10000", "10001"),
        format!("{project}&project=10001"),
        project.replace("project=10000&", ""),
    ] {
        let page = stage.send(get(&format!("{other}&jwt={token}"))).await;
        page.expect(401);
    }
}

/// Neither front door's other tokens open the page: an invocation is not bound to a request.
#[actix_web::test]
async fn an_invocation_of_forge_opens_no_page() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    stage.forge_tenant("acme").await;
    let token = stage.person_of("acme", jira::ADMIN).token();
    for scheme in ["Bearer", "JWT"] {
        let header = ("authorization", format!("{scheme} {token}"));
        stage
            .send(get("/panel").insert_header(header))
            .await
            .expect(401);
    }
    stage
        .send(get(&format!("/panel?jwt={token}")))
        .await
        .expect(401);
}

#[actix_web::test]
async fn an_unbuilt_panel_says_what_to_run() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    assert!(
        open(&stage, &acme)
            .await
            .expect(503)
            .text
            .contains("npm run build")
    );
}

#[actix_web::test]
async fn files_are_kept_for_ever_and_nothing_else_is_given_out() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    let file = stage
        .send(get("/panel/assets/index-1.js"))
        .await
        .expect(200);
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert!(
        file.header("content-type").starts_with("text/javascript"),
        "{}",
        file.header("content-type")
    );
    for path in [
        "/panel/assets/missing.js",
        "/panel/assets/..%2fsecret.txt",
        "/panel/assets/../secret.txt",
        "/panel/secret.txt",
        "/panel/assets/",
    ] {
        let answer = stage.send(get(path)).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.header("cache-control").contains("immutable"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_descriptor_names_the_base_url() {
    let stage = Stage::at("https://postroom.example.com/mail", "/nowhere".into()).await;
    let descriptor = stage
        .send(get("/mail/atlassian-connect.json"))
        .await
        .expect(200)
        .json();
    assert_eq!(descriptor["baseUrl"], "https://postroom.example.com/mail");
    assert_eq!(descriptor["key"], tokens::APP_KEY);
}

/// A row of before addresses were read strictly.
#[actix_web::test]
async fn an_address_that_means_something_to_a_policy_frames_nothing() {
    let built = Built::new();
    let stage = Stage::at(BASE, built.0.clone()).await;
    for (nth, odd) in ["https://a;sandbox", "https://*", "javascript:alert(1)"]
        .into_iter()
        .enumerate()
    {
        let name = format!("site-{nth}");
        let installation = Installation {
            client_key: name.clone(),
            cloud_id: None,
            site_url: format!("https://{name}.atlassian.net"),
            display_url: Some(odd.to_owned()),
            shared_secret: "secret".into(),
            issued_at: stage.clock.now(),
        };
        let id = stage.registry.install(&installation).await.unwrap().tenant;
        let site = Tenant {
            id,
            client_key: name.clone(),
            secret: "secret".into(),
        };
        let page = open(&stage, &site).await.expect(200);
        let policy = page.header("content-security-policy");
        let ancestors = format!("frame-ancestors https://{name}.atlassian.net 'self'");
        assert!(policy.ends_with(&ancestors), "{odd}: {policy}");
    }
}
