use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, path},
};

use super::*;

#[tokio::test]
async fn a_forge_token_speaks_to_the_api_address_of_its_site() {
    let server = MockServer::start().await;
    Mock::given(path("/ex/jira/cloud-1/rest/api/3/myself"))
        .and(header("authorization", "Bearer system-token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"accountId": "app-1"})))
        .mount(&server)
        .await;
    let base = format!("{}/ex/jira/cloud-1", server.uri());
    let credential = Credential::Forge {
        token: "system-token".into(),
    };
    assert!(!format!("{credential:?}").contains("system-token"));
    let client = client_with(&base, Duration::from_secs(10), credential);
    assert_eq!(client.myself().await.unwrap().account_id, "app-1");
}
