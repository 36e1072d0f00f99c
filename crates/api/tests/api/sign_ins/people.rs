//! People who sign in, their browsers, and what Microsoft has of them.

use std::collections::HashMap;

use actix_web::{cookie::Cookie, http::Method};
use serde_json::{Value, json};
use url::Url;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use crate::support::{
    Answer, Stage,
    book::Tenant,
    entra::{self, OID, TID},
    get, noon, request, tokens,
    window::{Window, hidden, local},
};

/// Somebody with an account at Microsoft.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) directory: &'static str,
    pub(crate) object: &'static str,
    pub(crate) address: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) const ANN: Person = Person {
    directory: TID,
    object: OID,
    address: "ann@contoso.example",
    name: "Ann Agent",
};

/// A colleague of Ann's.
pub(crate) const BOB: Person = Person {
    directory: TID,
    object: "11111111-450b-4a3d-8c0f-b5a8e45a1b6e",
    address: "bob@contoso.example",
    name: "Bob Boss",
};

/// Ann under another object id, as if her account had been made anew.
pub(crate) const ANN_ANEW: Person = Person {
    object: "22222222-450b-4a3d-8c0f-b5a8e45a1b6e",
    ..ANN
};

/// Somebody whose own directory says whatever they like.
pub(crate) const IMPOSTOR: Person = Person {
    directory: "33333333-450b-4a3d-8c0f-b5a8e45a1b6e",
    object: "44444444-450b-4a3d-8c0f-b5a8e45a1b6e",
    address: "ann@contoso.example",
    name: "<script>alert(1)</script>",
};

async fn on_get(server: &MockServer, at: &str, body: Value) {
    Mock::given(method("GET"))
        .and(path(at))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

/// Graph knows a mailbox: the signer's own as `me`, any other under `users/{address}`.
pub(crate) async fn serve_mailbox(server: &MockServer, at: &str, messages: Value) {
    let inbox = json!({
        "id": "inbox-id", "displayName": "Inbox", "totalItemCount": 3, "unreadItemCount": 1,
    });
    for name in ["inbox", "inbox-id", "sentitems"] {
        on_get(
            server,
            &format!("/v1.0/{at}/mailFolders/{name}"),
            inbox.clone(),
        )
        .await;
    }
    let listed = json!({ "value": messages });
    on_get(
        server,
        &format!("/v1.0/{at}/mailFolders/inbox-id/messages"),
        listed,
    )
    .await;
}

/// Microsoft gives this person's tokens for any code.
pub(crate) async fn serve_tokens(server: &MockServer, window: &Window, scope: &str, who: Person) {
    let me = json!({
        "id": who.object, "displayName": who.name, "mail": who.address, "userPrincipalName": who.address,
    });
    on_get(server, "/v1.0/me", me).await;
    on_get(server, "/organizations/discovery/v2.0/keys", entra::keys()).await;
    let at = noon().timestamp();
    let claims = json!({
        "aud": window.query["client_id"], "iss": format!("{}/{}/v2.0", server.uri(), who.directory),
        "tid": who.directory, "oid": who.object, "nonce": window.query["nonce"],
        "iat": at, "nbf": at, "exp": at + 30 * 86_400, "ver": "2.0",
        "preferred_username": who.address, "name": who.name,
    });
    let answer = json!({
        "token_type": "Bearer", "expires_in": 4200, "scope": scope, "access_token": "access",
        "refresh_token": "refresh", "id_token": tokens::rs256("entra", tokens::rsa(), &claims),
    });
    Mock::given(method("POST"))
        .and(path("/organizations/oauth2/v2.0/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(server)
        .await;
}

/// Where a page of ours that goes on to Microsoft leads, in a browser that takes its cookie.
pub(crate) fn left(page: &Answer, sign_in: Value) -> Window {
    let (_, rest) = page
        .text
        .split_once("id=\"continue\" href=\"")
        .expect(&page.text);
    let url = rest
        .split_once('"')
        .unwrap()
        .0
        .replace("&amp;", "&")
        .replace("&#x2f;", "/");
    let asked: Url = url.parse().expect(&url);
    Window {
        sign_in,
        cookie: Cookie::parse(page.header("set-cookie").to_owned()).unwrap(),
        query: asked.query_pairs().into_owned().collect(),
    }
}

/// A form of a page: where it goes and its hidden fields.
pub(crate) fn form(page: &Answer, id: &str) -> (String, HashMap<String, String>) {
    let (_, rest) = page
        .text
        .split_once(&format!("<form id=\"{id}\""))
        .expect(&page.text);
    let (form, _) = rest.split_once("</form>").unwrap();
    let (_, action) = form.split_once("action=\"").unwrap();
    let action = action.split_once('"').unwrap().0.replace("&#x2f;", "/");
    let names = ["ticket", "csrf", "token"];
    let fields = names
        .iter()
        .filter(|name| form.contains(&format!("name=\"{name}\"")));
    let fields = fields.map(|name| ((*name).to_owned(), hidden(form, name)));
    (action, fields.collect())
}

impl Stage {
    /// Presses the button of a form.
    pub(crate) async fn submit(
        &self,
        page: &Answer,
        id: &str,
        cookie: Option<Cookie<'static>>,
    ) -> Answer {
        let (action, fields) = form(page, id);
        let press = request(Method::POST, &action).set_form(fields);
        self.send(match cookie {
            Some(cookie) => press.cookie(cookie),
            None => press,
        })
        .await
    }

    /// Begins a sign-in in the panel.
    pub(crate) async fn begin(&self, of: &Tenant, begin: Value) -> Value {
        self.admin(of, Method::POST, "/sign-ins", Some(begin))
            .await
            .expect(201)
            .json()
    }

    /// The owner of a mailbox opens their link and begins.
    pub(crate) async fn owner_begins(&self, sign_in: Value) -> Window {
        let page = self
            .send(get(local(sign_in["url"].as_str().unwrap())))
            .await
            .expect(200);
        assert_eq!(
            page.header("set-cookie"),
            "",
            "a link that was only opened binds nobody"
        );
        let gone = self.submit(&page, "owner", None).await.expect(200);
        left(&gone, sign_in)
    }

    /// Somebody comes back from Microsoft with a code for which it grants `scope`. What follows is opened, unless it
    /// is at Microsoft again.
    pub(crate) async fn sign_in_as(&self, window: &Window, scope: &str, who: Person) -> Answer {
        self.microsoft.reset().await;
        serve_tokens(&self.microsoft, window, scope, who).await;
        serve_mailbox(&self.microsoft, "me", json!([])).await;
        let query = [("code", "code"), ("state", window.state())];
        let back = self.come_back(window, &query).await;
        match back.status.as_u16() {
            303 => self.confirm_page(window, back.header("location")).await,
            _ => back,
        }
    }
}
