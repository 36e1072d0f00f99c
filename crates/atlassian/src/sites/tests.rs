use std::time::Duration;

use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::*;
use crate::testing::now;

fn sites(allowed: &str, api: &str) -> Sites {
    let http = HttpClient::new("jira", Duration::from_secs(10)).unwrap();
    Sites::new(
        &http,
        Clock::manual(now()),
        "com.postroom.jira",
        allowed.parse().unwrap(),
        &Url::parse(api).unwrap(),
    )
}

fn connect(site_url: &str) -> JiraAccess {
    JiraAccess::Connect {
        client_key: "tenant-a".into(),
        shared_secret: "secret".into(),
        site_url: site_url.into(),
    }
}

fn forge(api_base_url: &str) -> JiraAccess {
    JiraAccess::Forge {
        system_token: "system-token".into(),
        api_base_url: api_base_url.into(),
    }
}

async fn authorization(sites: &Sites, access: JiraAccess, server: &MockServer) -> String {
    let answer = ResponseTemplate::new(200).set_body_json(json!({"accountId": "app"}));
    Mock::given(any()).respond_with(answer).mount(server).await;
    sites.with(access).unwrap().myself().await.unwrap();
    let request = server.received_requests().await.unwrap().remove(0);
    request.headers["authorization"]
        .to_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn each_door_has_its_own_credential() {
    let (site, api) = (MockServer::start().await, MockServer::start().await);
    let sites = sites(&site.uri(), &api.uri());
    let signed = authorization(&sites, connect(&site.uri()), &site).await;
    assert!(signed.starts_with("JWT "), "{signed}");
    let base = format!("{}/ex/jira/cloud-1", api.uri());
    assert_eq!(
        authorization(&sites, forge(&base), &api).await,
        "Bearer system-token"
    );
}

#[test]
fn a_secret_goes_to_sites_and_a_token_to_the_api_and_neither_elsewhere() {
    let sites = sites("https://*.atlassian.net", "https://api.atlassian.com");
    sites.with(connect("https://acme.atlassian.net")).unwrap();
    sites
        .with(forge("https://api.atlassian.com/ex/jira/cloud-1"))
        .unwrap();
    for access in [
        connect("https://api.atlassian.com"),
        connect("https://evil.example"),
        connect("not a url"),
        forge("https://acme.atlassian.net/ex/jira/cloud-1"),
        forge("https://api.atlassian.com@evil.example/ex/jira/cloud-1"),
    ] {
        let shown = format!("{access:?}");
        let refused = sites.with(access);
        assert!(matches!(refused, Err(SiteError::Address)), "{shown}");
    }
}

#[test]
fn no_access_is_said_as_what_it_is() {
    let sites = sites("https://*.atlassian.net", "https://api.atlassian.com");
    assert!(matches!(
        sites.with(JiraAccess::Waiting),
        Err(SiteError::Waiting)
    ));
    assert!(matches!(
        sites.with(JiraAccess::Closed),
        Err(SiteError::Closed)
    ));
}
