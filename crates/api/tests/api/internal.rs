//! The operator's own listener.

use crate::support::{Stage, get};

#[actix_web::test]
async fn the_process_is_alive_and_its_metrics_name_routes_and_no_paths() {
    let stage = Stage::new().await;
    stage.send_inside(get("/healthz")).await.expect(200);
    stage
        .send(get("/microsoft/sign-in/a-secret-ticket?jwt=x"))
        .await;
    let metrics = stage.send_inside(get("/metrics")).await.expect(200).text;
    assert!(
        metrics.contains("postroom_http_server_duration_seconds"),
        "{metrics}"
    );
    assert!(metrics.contains("/microsoft/sign-in/{ticket}"), "{metrics}");
    assert!(!metrics.contains("a-secret-ticket"));
}

#[actix_web::test]
async fn ready_is_what_has_its_schema() {
    let stage = Stage::new().await;
    let ready = stage.send_inside(get("/readyz")).await;
    assert_eq!(ready.json()["postgresql"], "ready");
    stage.send(get("/readyz")).await.expect(404);
    stage.send(get("/metrics")).await.expect(404);
}
