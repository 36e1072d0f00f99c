use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, VERIFIER, authorize_url},
    world::{CLIENT_ID, REDIRECT, SECRET, SUPPORT, World},
};

const LI: &str = "li@shanghai.example";

async fn world() -> World {
    let world = World::start().await;
    let directory = json!({ "name": "shanghai", "cloud": "china" });
    let user = json!({ "address": LI, "directory": "shanghai" });
    world
        .control(Method::POST, "/microsoft/directories", &directory)
        .await;
    world.control(Method::POST, "/microsoft/users", &user).await;
    world
}

fn in_china(world: &World, segment: &str) -> String {
    let host = world.url("");
    let url = authorize_url(world, segment, &[]);
    url.replacen(&host, &format!("{host}/clouds/china"), 1)
}

async fn token(world: &World, prefix: &str, code: &str) -> Value {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
        ("code", code),
    ];
    let url = world.url(&format!("{prefix}/common/oauth2/v2.0/token"));
    world
        .http
        .post(url)
        .form(&form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_cloud_has_its_own_directories_and_tokens() {
    let world = world().await;
    let browser = Browser::new();
    let page = browser.open(&in_china(&world, "common")).await.page();
    let page = browser.press(&page, "pick", "user", LI).await.page();
    let back = browser
        .press(&page, "consent", "decision", "accept")
        .await
        .back();
    let elsewhere = token(&world, "", &back["code"]).await;
    assert_eq!(elsewhere["error_codes"], json!([90_038]), "{elsewhere}");
    let given = token(&world, "/clouds/china", &back["code"]).await;
    let bearer = given["access_token"].as_str().unwrap();
    for (prefix, status) in [
        ("/clouds/china", 200),
        ("", 401),
        ("/clouds/us_gov_l4", 401),
    ] {
        let url = world.url(&format!("{prefix}/v1.0/me/messages?$top=1"));
        let answer = world
            .http
            .get(url)
            .bearer_auth(bearer)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{prefix}");
    }
    let metadata = "/clouds/china/shanghai.example/v2.0/.well-known/openid-configuration";
    let metadata: Value = world
        .http
        .get(world.url(metadata))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(metadata["msgraph_host"], "microsoftgraph.chinacloudapi.cn");
    assert!(
        metadata["token_endpoint"]
            .as_str()
            .unwrap()
            .contains("/clouds/china/")
    );
}

#[tokio::test]
async fn who_comes_to_the_wrong_cloud_is_told_so() {
    let world = world().await;
    let browser = Browser::new();
    let page = browser
        .open(&in_china(&world, "contoso.example"))
        .await
        .page();
    assert!(page.html.contains("AADSTS90038"), "{}", page.html);
    let page = browser.open(&in_china(&world, "common")).await.page();
    let page = browser.press(&page, "pick", "user", SUPPORT).await.page();
    assert!(page.html.contains("AADSTS90038"));
}
