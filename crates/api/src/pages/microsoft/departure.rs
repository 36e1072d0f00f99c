//! A browser that goes to Microsoft.

use actix_web::{HttpResponse, cookie::Cookie, http::StatusCode, http::header::LOCATION};
use postroom_azure_oauth::{Authorization, Prompt, SignInRequest};
use postroom_registry::sign_in::{self, Departure};
use postroom_secrets::random_token;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{browser, ending::Stop, opened::Opened};
use crate::{
    Api, Problem,
    pages::html,
    routes::sign_ins::{Aim, microsoft_of},
};

/// What the person is to see at Microsoft.
#[derive(Clone, Debug)]
pub(super) enum Manner {
    /// The accounts, to choose one: who is signed in there by chance does not become the signer.
    Choose,
    /// Nothing, or an error at once.
    Silent,
    /// Only what Microsoft finds needful.
    GoOn,
    /// As little, for this signer and with the scopes that they need.
    More {
        /// Who signed in before.
        signer: String,
    },
}

/// What must come back with a browser, kept sealed meanwhile.
#[derive(Serialize, Deserialize)]
pub(super) struct Exchange {
    pub(super) nonce: String,
    pub(super) pkce_verifier: String,
    /// What Microsoft was asked for.
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    /// Nobody saw a page.
    #[serde(default)]
    pub(super) silent: bool,
}

impl Exchange {
    fn of(begun: &Authorization, request: &SignInRequest) -> Self {
        Self {
            nonce: begun.nonce.expose_secret().to_owned(),
            pkce_verifier: begun.pkce_verifier.expose_secret().to_owned(),
            scopes: request.scopes.clone(),
            silent: request.prompt == Some(Prompt::None),
        }
    }

    fn to_bytes(&self) -> Result<Vec<u8>, Problem> {
        serde_json::to_vec(self)
            .map_err(|error| Problem::internal("an exchange cannot be written").because(error))
    }
}

/// Where the browser goes, and what it takes along.
#[derive(Debug)]
pub(super) struct Departed {
    url: Url,
    cookie: Cookie<'static>,
}

/// Begins the way to Microsoft. What was begun before is void: its state, its browser unless `secret` is that one's,
/// and what it brought.
pub(super) async fn depart(
    api: &Api,
    opened: Opened,
    secret: Option<SecretString>,
    manner: &Manner,
) -> Result<Departed, Stop> {
    let Opened { tx, row, .. } = opened;
    let aim = Aim::of(&tx, &row).await?;
    let microsoft = microsoft_of(api, &tx, row.registration_id).await?;
    let request = request(&aim, &row, manner);
    let begun = microsoft.authorize(&request);
    let secret = secret.unwrap_or_else(|| random_token(32));
    let departure = Departure {
        state: begun.state.expose_secret(),
        browser: secret.expose_secret(),
        exchange: &Exchange::of(&begun, &request).to_bytes()?,
    };
    let row = sign_in::depart(&tx, row, &departure).await?;
    tx.commit().await?;
    Ok(Departed {
        cookie: browser::cookie(api, &row, &secret),
        url: begun.url,
    })
}

fn request(aim: &Aim, row: &sign_in::Model, manner: &Manner) -> SignInRequest {
    let shared = match manner {
        Manner::More { signer } => aim.is_shared_for(signer),
        _ => aim.is_shared(),
    };
    let mut request = SignInRequest::for_scopes(&aim.scopes(shared));
    request.claims.clone_from(&row.claims);
    match manner {
        Manner::Choose => {}
        Manner::Silent => request.prompt = Some(Prompt::None),
        Manner::GoOn => request.prompt = None,
        Manner::More { signer } => {
            request.prompt = None;
            request.login_hint = Some(signer.clone());
        }
    }
    request
}

impl Departed {
    /// After a link was opened: straight on.
    pub(super) fn redirect(self) -> HttpResponse {
        HttpResponse::Found()
            .insert_header((LOCATION, self.url.as_str()))
            .cookie(self.cookie)
            .finish()
    }

    /// After a form: by a page of ours. Browsers hold a form's redirects to `form-action`, and who signs people in at
    /// Microsoft may be somebody else than Microsoft.
    pub(super) fn page(self) -> HttpResponse {
        leaving(&self.url, &self.cookie)
    }
}

#[derive(Serialize)]
struct Leaving<'a> {
    url: &'a str,
}

/// A page that goes on to Microsoft by itself.
pub(super) fn leaving(url: &Url, cookie: &Cookie<'static>) -> HttpResponse {
    let page = Leaving { url: url.as_str() };
    let mut response = html::page(StatusCode::OK, "leaving.html", page);
    if let Err(error) = response.add_cookie(cookie) {
        tracing::error!(cause = %error, "a cookie cannot be written");
    }
    response
}
