//! A browser in the window of a sign-in.

use std::collections::HashMap;

use actix_web::{cookie::Cookie, http::Method};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::{Answer, BASE, Stage, book::Tenant, entra, get, request};

/// A window that went to Microsoft.
pub(crate) struct Window {
    pub(crate) sign_in: Value,
    pub(crate) cookie: Cookie<'static>,
    /// Where Microsoft was asked.
    pub(crate) query: HashMap<String, String>,
}

/// The path of a page of ours.
pub(crate) fn local(url: &str) -> &str {
    url.strip_prefix(BASE).unwrap_or(url)
}

/// The value of a hidden input.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect(page);
    rest.split_once('"').unwrap().0.to_owned()
}

impl Window {
    pub(crate) fn id(&self) -> String {
        self.sign_in["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn state(&self) -> &str {
        &self.query["state"]
    }
}

impl Stage {
    /// Begins a sign-in in the panel and opens its window.
    pub(crate) async fn open_window(&self, of: &Tenant, begin: Value) -> Window {
        let begun = self
            .admin(of, Method::POST, "/sign-ins", Some(begin))
            .await
            .expect(201)
            .json();
        self.go_to_microsoft(begun).await
    }

    /// Opens the window of a sign-in.
    pub(crate) async fn go_to_microsoft(&self, sign_in: Value) -> Window {
        let page = self
            .send(get(local(sign_in["url"].as_str().unwrap())))
            .await
            .expect(302);
        let asked: Url = page.header("location").parse().unwrap();
        assert_eq!(asked.path(), "/organizations/oauth2/v2.0/authorize");
        let cookie = Cookie::parse(page.header("set-cookie").to_owned()).unwrap();
        Window {
            sign_in,
            cookie,
            query: asked.query_pairs().into_owned().collect(),
        }
    }

    /// Microsoft sends the browser back.
    pub(crate) async fn come_back(&self, window: &Window, query: &[(&str, &str)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        let back = get(&format!("/microsoft/callback?{query}"));
        self.send(back.cookie(window.cookie.clone())).await
    }

    /// Microsoft sends the browser back with a code for which it grants `scope`, and the page that asks is opened.
    pub(crate) async fn authorize(&self, window: &Window, scope: &str) -> Answer {
        entra::serve_mailbox(&self.microsoft).await;
        entra::serve_tokens(&self.microsoft, &window.query["nonce"], scope).await;
        let back = self
            .come_back(window, &[("code", "code"), ("state", window.state())])
            .await;
        if back.status != 303 {
            return back;
        }
        self.confirm_page(window, back.header("location")).await
    }

    pub(crate) async fn confirm_page(&self, window: &Window, location: &str) -> Answer {
        self.send(get(local(location)).cookie(window.cookie.clone()))
            .await
    }

    /// The button of the page that asks.
    pub(crate) async fn press(&self, window: &Window, page: &Answer) -> Answer {
        let form = [
            ("ticket", hidden(&page.text, "ticket")),
            ("csrf", hidden(&page.text, "csrf")),
        ];
        let press = request(Method::POST, "/microsoft/confirm").set_form(form);
        self.send(press.cookie(window.cookie.clone())).await
    }

    pub(crate) async fn take(&self, of: &Tenant, window: &Window) -> Answer {
        self.admin(
            of,
            Method::POST,
            &format!("/sign-ins/{}/take", window.id()),
            None,
        )
        .await
    }

    pub(crate) async fn look(&self, of: &Tenant, window: &Window) -> Value {
        let path = format!("/sign-ins/{}", window.id());
        self.admin(of, Method::GET, &path, None)
            .await
            .expect(200)
            .json()
    }

    /// How many sources and outbounds the tenant has.
    pub(crate) async fn connected(&self, of: &Tenant) -> (usize, usize) {
        let count = |answer: Answer| answer.json()["items"].as_array().unwrap().len();
        let sources = self
            .admin(of, Method::GET, "/sources", None)
            .await
            .expect(200);
        let outbounds = self
            .admin(of, Method::GET, "/outbounds", None)
            .await
            .expect(200);
        (count(sources), count(outbounds))
    }
}

pub(crate) fn both() -> Value {
    json!({ "purpose": "both" })
}
