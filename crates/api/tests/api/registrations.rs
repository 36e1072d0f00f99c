//! App registrations that a site brings.

use actix_web::http::Method;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{body_string_contains, method, path_regex},
};

use crate::support::{Answer, Stage, book::Tenant, jira};

const CLIENT: &str = "99999999-2222-3333-4444-555555555555";
const SECRET: &str = "a~secret.that-nobody_sees";

async fn entra_says(stage: &Stage, status: u16, body: Value) {
    Mock::given(method("POST"))
        .and(path_regex("/oauth2/v2.0/token$"))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(&stage.microsoft)
        .await;
}

async fn accepts(stage: &Stage) {
    let token = json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": "a" });
    entra_says(stage, 200, token).await;
}

async fn add(stage: &Stage, of: &Tenant, body: Value) -> Answer {
    stage
        .admin(of, Method::POST, "/registrations", Some(body))
        .await
}

fn with_secret() -> Value {
    json!({ "name": "Ours", "cloud": "global", "client_id": CLIENT, "secret": SECRET,
            "secret_expires_at": "2027-01-01T00:00:00Z" })
}

#[actix_web::test]
async fn a_secret_goes_in_and_never_comes_out() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    accepts(&stage).await;
    let added = add(&stage, &acme, with_secret()).await.expect(201);
    assert!(!added.text.contains(SECRET), "{}", added.text);
    let row = added.json();
    assert_eq!(row["audience"], "multi");
    assert_eq!(row["state"]["ok"], true);
    assert_eq!(
        row["credential"],
        json!({ "kind": "secret", "expires_at": "2027-01-01T00:00:00Z", "thumbprint": null })
    );
    let path = format!("/registrations/{}", row["id"].as_str().unwrap());
    for path in ["/registrations", &path, "/microsoft", "/audit"] {
        let seen = stage
            .admin(&acme, Method::GET, path, None)
            .await
            .expect(200);
        assert!(!seen.text.contains(SECRET), "{path} {}", seen.text);
    }
    let microsoft = stage
        .admin(&acme, Method::GET, "/microsoft", None)
        .await
        .expect(200)
        .json();
    assert_eq!(microsoft["expiries"][0]["kind"], "secret");
    assert_eq!(microsoft["own"]["client_id"], "client");
}

#[actix_web::test]
async fn a_refused_registration_says_why_and_is_mended_in_place() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    let refused = json!({ "error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret",
                          "error_codes": [7_000_215] });
    entra_says(&stage, 401, refused).await;
    let row = add(&stage, &acme, with_secret()).await.expect(201).json();
    assert_eq!(
        (&row["state"]["ok"], &row["state"]["code"]),
        (&json!(false), &json!("AADSTS7000215"))
    );
    stage.microsoft.reset().await;
    accepts(&stage).await;
    let path = format!("/registrations/{}", row["id"].as_str().unwrap());
    let checked = stage
        .admin(&acme, Method::POST, &format!("{path}/check"), None)
        .await
        .expect(200)
        .json();
    assert_eq!(checked["state"]["ok"], true);
    let change = json!({ "name": "Renamed", "secret": "another~secret" });
    let changed = stage
        .admin(&acme, Method::PATCH, &path, Some(change))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&changed["name"], &changed["credential"]["expires_at"]),
        (&json!("Renamed"), &Value::Null)
    );
}

#[actix_web::test]
async fn a_certificate_proves_itself_and_is_known_by_its_thumbprint() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    Mock::given(method("POST"))
        .and(path_regex("^/contoso.example/oauth2/v2.0/token$"))
        .and(body_string_contains("client_assertion="))
        .respond_with(ResponseTemplate::new(200).set_body_json(
            json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": "a" }),
        ))
        .mount(&stage.microsoft)
        .await;
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = CertificateParams::new(vec!["postroom".into()])
        .unwrap()
        .self_signed(&key)
        .unwrap();
    let pem = format!("{}{}", key.serialize_pem(), certificate.pem());
    let mut body = json!({ "name": "Ours", "cloud": "global", "client_id": CLIENT, "directory_id": "contoso.example",
                           "certificate_pem": pem });
    let row = add(&stage, &acme, body.clone()).await.expect(201).json();
    assert_eq!(
        (&row["audience"], &row["state"]["ok"]),
        (&json!("single"), &json!(true))
    );
    assert!(row["credential"]["thumbprint"].as_str().unwrap().len() == 40);
    body["certificate_pem"] = json!(certificate.pem());
    let without_key = add(&stage, &acme, body).await.expect(422);
    assert!(
        without_key.text.contains("no private key"),
        "{}",
        without_key.text
    );
}

#[actix_web::test]
async fn what_cannot_be_a_registration_is_refused_in_words() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    for (change, field) in [
        (json!({ "client_id": "x" }), "client_id"),
        (json!({ "name": " " }), "name"),
        (
            json!({ "secret": "7b9103a5-4610-446b-9670-80643382c1fa" }),
            "secret",
        ),
        (json!({ "secret": null }), "secret"),
        (
            json!({ "secret_expires_at": "2020-01-01T00:00:00Z" }),
            "secret_expires_at",
        ),
        (json!({ "certificate_pem": "x" }), "certificate_pem"),
        (json!({ "directory_id": "organizations" }), "directory_id"),
        (json!({ "directory_id": "../common" }), "directory_id"),
    ] {
        let mut body = with_secret();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = add(&stage, &acme, body).await.expect(422);
        assert_eq!(refused.json()["error"]["field"], field, "{}", refused.text);
    }
    let asked = stage.microsoft.received_requests().await.unwrap();
    assert!(asked.is_empty(), "nothing is asked with what cannot be");
}

#[actix_web::test]
async fn sign_ins_go_through_the_registration_and_it_stays_while_it_is_used() {
    let stage = Stage::new().await;
    let (acme, globex) = (stage.tenant("acme").await, stage.tenant("globex").await);
    accepts(&stage).await;
    let row = add(&stage, &acme, with_secret()).await.expect(201).json();
    let id = row["id"].as_str().unwrap();
    let begin = json!({ "purpose": "source", "registration_id": id });
    let window = stage.open_window(&acme, begin.clone()).await;
    assert_eq!(window.query["client_id"], CLIENT);
    // Another site cannot sign in with it, nor see it.
    let theirs = stage
        .panel(
            &globex.context_token(jira::ADMIN),
            Method::POST,
            "/sign-ins",
            Some(begin),
        )
        .await;
    assert_eq!(
        theirs.expect(422).json()["error"]["field"],
        "registration_id"
    );
    let path = format!("/registrations/{id}");
    for (method, path) in [(Method::GET, path.clone()), (Method::DELETE, path.clone())] {
        stage
            .panel(&globex.context_token(jira::ADMIN), method, &path, None)
            .await
            .expect(404);
    }
    let reading = "openid profile User.Read Mail.ReadWrite";
    let page = stage
        .sign_in_as(&window, reading, crate::sign_ins::people::ANN)
        .await
        .expect(200);
    stage.press(&window, &page).await.expect(200);
    let source = stage.take(&acme, &window).await.expect(200).json()["source_id"].clone();
    let used = stage
        .admin(&acme, Method::GET, &path, None)
        .await
        .expect(200)
        .json();
    assert_eq!(used["used_by"], 1);
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(409);
    let source = format!("/sources/{}", source.as_str().unwrap());
    stage
        .admin(&acme, Method::DELETE, &source, None)
        .await
        .expect(204);
    stage
        .admin(&acme, Method::DELETE, &path, None)
        .await
        .expect(204);
    stage
        .admin(&acme, Method::GET, &path, None)
        .await
        .expect(404);
}

#[actix_web::test]
async fn the_guide_is_written_for_the_case() {
    let stage = Stage::new().await;
    let acme = stage.tenant("acme").await;
    for (query, words) in [
        (
            "cloud=us_gov_l4&audience=multi&credential=secret&protocol=graph",
            [
                "entra.microsoft.us",
                "any organizational directory",
                "Value",
                "Mail.ReadWrite.Shared",
            ],
        ),
        (
            "cloud=global&audience=single&credential=certificate&protocol=ews",
            [
                "entra.microsoft.com",
                "this organizational directory only",
                "openssl req",
                "EWS.AccessAsUser.All",
            ],
        ),
    ] {
        let guide = stage
            .admin(
                &acme,
                Method::GET,
                &format!("/registrations/guide?{query}"),
                None,
            )
            .await
            .expect(200);
        for words in words {
            assert!(
                guide.text.contains(words),
                "{words} is not in {}",
                guide.text
            );
        }
        assert_eq!(
            guide.json()["redirect_uri"],
            "https://postroom.example.com/microsoft/callback"
        );
    }
    let odd = stage
        .admin(&acme, Method::GET, "/registrations/guide?cloud=moon", None)
        .await;
    odd.expect(422);
}
