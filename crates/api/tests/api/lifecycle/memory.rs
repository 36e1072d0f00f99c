//! What the doors remember of a tenant must refuse nobody, and must not outlive a right by more than five seconds.

use actix_web::http::Method;
use chrono::TimeDelta;
use futures_util::future::join_all;
use postroom_registry::tenant::{self, Door, Installation, TenantState};
use serde_json::json;

use super::{call, claims, toggle};
use crate::support::{Answer, Stage, book::Tenant, jira, tokens};

/// Another process of the service takes an install in.
async fn rotated_elsewhere(stage: &Stage, site: &Tenant, secret: &str) -> Tenant {
    stage.clock.advance(TimeDelta::seconds(1));
    let installation = Installation {
        client_key: site.client_key.clone(),
        cloud_id: None,
        site_url: stage.jira.uri(),
        display_url: None,
        shared_secret: secret.into(),
        issued_at: stage.clock.now(),
    };
    let id = stage.registry.install(&installation).await.unwrap().tenant;
    Tenant {
        id,
        client_key: site.client_key.clone(),
        secret: secret.to_owned(),
    }
}

async fn me(stage: &Stage, site: &Tenant) -> Answer {
    stage.admin(site, Method::GET, "/me", None).await
}

#[actix_web::test]
async fn a_call_of_a_tenant_that_called_lately_asks_the_database_nothing() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    let stranger = stage.tenant("site-2").await;
    me(&stage, &site).await.expect(200);
    stage.registry.clone().close().await.unwrap();
    me(&stage, &site).await.expect(200);
    // Who is not remembered, and whom the memory would refuse, must be looked up.
    me(&stage, &stranger).await.expect(503);
    let mut forged = site;
    forged.secret = "guessed".to_owned();
    me(&stage, &forged).await.expect(503);
}

#[actix_web::test]
async fn by_forge_neither() {
    let stage = Stage::new().await;
    stage.forge_tenant("acme").await;
    let me = async || {
        let person = stage.person_of("acme", jira::ADMIN);
        stage.invoke(&person, Method::GET, "/api/v1/me", None).await
    };
    me().await.expect(200);
    stage.registry.clone().close().await.unwrap();
    me().await.expect(200);
}

#[actix_web::test]
async fn a_secret_that_another_process_took_in_is_good_at_once() {
    let stage = Stage::new().await;
    let mut site = stage.tenant("site-1").await;
    for nth in 0..5 {
        me(&stage, &site).await.expect(200);
        let new = rotated_elsewhere(&stage, &site, &format!("secret {nth}")).await;
        let calls = [&new, &site, &new].map(|site| me(&stage, site));
        for answer in join_all(calls).await {
            answer.expect(200);
        }
        site = new;
    }
}

#[actix_web::test]
async fn a_removal_is_heard_at_once_here_and_within_five_seconds_elsewhere() {
    let mut stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    let (here, elsewhere) = (stage.process(|_| ()), stage.process(|_| ()));
    for api in [&here, &elsewhere] {
        stage.api = api.clone();
        me(&stage, &site).await.expect(200);
    }
    stage.api = here.clone();
    let path = "/connect/uninstalled";
    let token = tokens::rs256(tokens::KID, tokens::rsa(), &claims(path));
    let body = json!({ "clientKey": "site-1" });
    call(&stage, path, &token, &body).await.expect(204);
    me(&stage, &site).await.expect(401);
    stage.api = elsewhere;
    stage.clock.advance(TimeDelta::seconds(5));
    me(&stage, &site).await.expect(401);
}

#[actix_web::test]
async fn switched_off_and_on_is_heard_at_once() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    for _ in 0..2 {
        me(&stage, &site).await.expect(200);
        toggle(&stage, &site, "/connect/disabled").await;
        me(&stage, &site).await.expect(401);
        toggle(&stage, &site, "/connect/enabled").await;
    }
}

#[actix_web::test]
async fn a_site_that_another_process_switched_on_is_let_in_at_once() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    stage.set_tenant_state(&site, TenantState::Disabled).await;
    me(&stage, &site).await.expect(401);
    let tx = stage.registry.begin(site.id).await.unwrap();
    tenant::set_enabled(&tx, true).await.unwrap();
    tx.commit().await.unwrap();
    me(&stage, &site).await.expect(200);
}

#[actix_web::test]
async fn what_one_tenant_loses_the_others_keep() {
    let stage = Stage::new().await;
    let (one, two) = (stage.tenant("site-1").await, stage.tenant("site-2").await);
    for site in [&one, &two] {
        me(&stage, site).await.expect(200);
    }
    let tx = stage.registry.begin(one.id).await.unwrap();
    tenant::close(&tx, Door::Connect).await.unwrap();
    tx.commit().await.unwrap();
    stage.clock.advance(TimeDelta::seconds(5));
    me(&stage, &one).await.expect(401);
    me(&stage, &two).await.expect(200);
}

#[actix_web::test]
async fn guesses_at_once_are_refused_by_one_look() {
    let stage = Stage::new().await;
    let site = stage.tenant("site-1").await;
    me(&stage, &site).await.expect(200);
    let mut forged = rotated_elsewhere(&stage, &site, "another").await;
    forged.secret = "guessed".to_owned();
    let guesses = (0..20).map(|_| me(&stage, &forged));
    for answer in join_all(guesses).await {
        answer.expect(401);
    }
    me(&stage, &site).await.expect(200);
}
