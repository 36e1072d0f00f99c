//! What every answer carries.

use actix_web::http::Method;

use crate::support::{Stage, get, jira, request};

#[actix_web::test]
async fn every_answer_has_the_headers_that_atlassian_asks_for() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let authorized = format!("JWT {}", acme.context_token(jira::ADMIN));
    for request in [
        get("/api/v1/me").insert_header(("authorization", authorized)),
        get("/api/v1/me"),
        get("/panel"),
        get("/atlassian-connect.json"),
        get("/microsoft/sign-in/unknown"),
        get("/no/such/page"),
        request(Method::POST, "/forge/events"),
        request(Method::POST, "/api/v1/sign-ins").insert_header(("content-length", "99999999")),
        request(Method::POST, "/connect/installed"),
    ] {
        let answer = stage.send(request).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(["same-origin", "no-referrer"].contains(&answer.header("referrer-policy")));
        let cache = answer.header("cache-control");
        assert!(
            cache.contains("no-cache") && cache.contains("no-store"),
            "{cache}"
        );
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains"
        );
        assert_eq!(answer.header("x-frame-options"), "");
        assert_eq!(answer.header("x-request-id").len(), 36);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") || policy.contains("default-src 'self'"));
        assert!(policy.contains("frame-ancestors "), "{policy}");
    }
}

/// Browsers keep third-party cookies out of frames: the panel's calls carry a token each.
#[actix_web::test]
async fn no_cookie_is_set_in_the_frame() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let authorized = || {
        (
            "authorization",
            format!("JWT {}", acme.context_token(jira::ADMIN)),
        )
    };
    let page = acme.request_token("GET", "/panel");
    for request in [
        get(&format!("/panel?jwt={page}")),
        get("/api/v1/me").insert_header(authorized()),
        request(Method::POST, "/api/v1/sign-ins")
            .insert_header(authorized())
            .set_json(serde_json::json!({ "purpose": "both" })),
    ] {
        let answer = stage.send(request).await;
        assert_ne!(answer.status, 401);
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[actix_web::test]
async fn without_tls_browsers_are_not_told_to_insist_on_it() {
    let stage = Stage::at("http://localhost:7080", "/nowhere".into()).await;
    assert_eq!(
        stage
            .send(get("/atlassian-connect.json"))
            .await
            .header("strict-transport-security"),
        ""
    );
}

#[actix_web::test]
async fn a_problem_names_the_request_and_a_browser_gets_a_page() {
    let stage = Stage::new().await;
    let answer = stage.send(get("/panel")).await.expect(401);
    assert_eq!(
        answer.json()["error"]["reference"],
        answer.header("x-request-id")
    );
    let page = stage
        .send(get("/panel").insert_header(("accept", "text/html,*/*")))
        .await
        .expect(401);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text.contains(page.header("x-request-id")));
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
}

#[actix_web::test]
async fn what_is_too_large_is_not_read() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let authorized = format!("JWT {}", acme.context_token(jira::ADMIN));
    let large = request(Method::POST, "/api/v1/sign-ins")
        .insert_header(("authorization", authorized))
        .insert_header(("content-type", "application/json"))
        .set_payload(vec![b' '; (1 << 20) + 1]);
    assert_eq!(stage.send(large).await.expect(413).code(), "too_large");
    let token = acme.request_token("POST", "/connect/webhooks/comment-created");
    let large = request(Method::POST, "/connect/webhooks/comment-created")
        .insert_header(("authorization", format!("JWT {token}")))
        .set_payload(vec![b' '; (5 << 20) + 1]);
    stage.send(large).await.expect(413);
}
