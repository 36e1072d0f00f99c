//! A person in front of the sign-in pages: reads forms, presses buttons, follows nothing.

use std::{cell::RefCell, collections::HashMap};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, RequestBuilder, Response};
use scraper::{Html, Selector};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::world::{CLIENT_ID, Graph, REDIRECT, SCOPE, SECRET, World, client};

pub(crate) const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-0123456789";

/// A page and where it came from.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) html: String,
    url: Url,
}

/// What a press of a button led to.
pub(crate) enum Next {
    Page(Page),
    /// Parameters of the redirect to the application.
    Back(HashMap<String, String>),
}

pub(crate) struct Browser {
    http: Client,
    /// The only cookie there is: the session of the login host.
    cookie: RefCell<String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self {
            http: client().build().unwrap(),
            cookie: RefCell::default(),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Next {
        let cookie = self.cookie.borrow().clone();
        let answer = request.header("cookie", cookie).send().await.unwrap();
        if let Some(set) = answer.headers().get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie.replace(pair.to_owned());
        }
        Self::next(answer).await
    }

    pub(crate) async fn open(&self, url: &str) -> Next {
        self.send(self.http.get(url)).await
    }

    /// Submits a form of a page with one button.
    pub(crate) async fn press(&self, page: &Page, form: &str, name: &str, value: &str) -> Next {
        let (action, mut fields) = page.form(form).expect("the page has this form");
        fields.push((name.to_owned(), value.to_owned()));
        self.send(self.http.post(action).form(&fields)).await
    }

    async fn next(answer: Response) -> Next {
        let (status, url) = (answer.status().as_u16(), answer.url().clone());
        if status == 302 {
            let location = answer.headers()["location"].to_str().unwrap();
            assert!(location.starts_with(REDIRECT), "{location}");
            return Next::Back(
                Url::parse(location)
                    .unwrap()
                    .query_pairs()
                    .into_owned()
                    .collect(),
            );
        }
        Next::Page(Page {
            status,
            html: answer.text().await.unwrap(),
            url,
        })
    }
}

impl Page {
    /// Action and hidden fields of `form#id`.
    pub(crate) fn form(&self, id: &str) -> Option<(Url, Vec<(String, String)>)> {
        let document = Html::parse_document(&self.html);
        let form = document
            .select(&Selector::parse(&format!("form#{id}")).unwrap())
            .next()?;
        let hidden = Selector::parse("input[type=hidden]").unwrap();
        let field = |input: scraper::ElementRef<'_>| {
            let attribute = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (attribute("name"), attribute("value"))
        };
        let fields = form.select(&hidden).map(field).collect();
        Some((self.url.join(form.value().attr("action")?).unwrap(), fields))
    }

    /// Texts of all elements that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(selector).unwrap();
        document
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }
}

impl Next {
    pub(crate) fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Back(parameters) => panic!("sent back with {parameters:?}"),
        }
    }

    pub(crate) fn back(self) -> HashMap<String, String> {
        match self {
            Self::Back(parameters) => parameters,
            Self::Page(page) => panic!("still at {}: {}", page.url, page.texts("main").join(" ")),
        }
    }
}

/// An authorize URL with PKCE; `more` replaces or adds parameters, an empty value takes one away.
pub(crate) fn authorize_url(world: &World, segment: &str, more: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut parameters: Vec<(&str, &str)> = vec![
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPE),
        ("state", "a state"),
        ("nonce", "a-nonce"),
        ("prompt", "select_account"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    parameters.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    parameters.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
    let base = world.url(&format!("/{segment}/oauth2/v2.0/authorize"));
    Url::parse_with_params(&base, parameters).unwrap().into()
}

/// Signs a user in, accepts what is asked, and gives the parameters of the redirect.
pub(crate) async fn sign_in(
    world: &World,
    user: &str,
    more: &[(&str, &str)],
) -> HashMap<String, String> {
    let browser = Browser::new();
    let page = browser
        .open(&authorize_url(world, "common", more))
        .await
        .page();
    match browser.press(&page, "pick", "user", user).await {
        Next::Page(page) => browser
            .press(&page, "consent", "decision", "accept")
            .await
            .back(),
        Next::Back(parameters) => parameters,
    }
}

/// Redeems a code; the token answer.
pub(crate) async fn redeem(world: &World, code: &str) -> Value {
    let answer = world.token(&redemption(code)).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

/// The form that redeems a code rightly.
pub(crate) fn redemption(code: &str) -> [(&str, &str); 6] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
        ("code", code),
    ]
}

/// Signs in and redeems.
pub(crate) async fn tokens(world: &World, user: &str, scope: &str) -> Value {
    let back = sign_in(world, user, &[("scope", scope)]).await;
    redeem(world, &back["code"]).await
}

/// Graph as a user with some scopes.
pub(crate) async fn graph<'a>(world: &'a World, user: &str, scope: &str) -> Graph<'a> {
    let tokens = tokens(world, user, scope).await;
    Graph {
        world,
        bearer: tokens["access_token"].as_str().unwrap().to_owned(),
    }
}
