//! The redirect back to the application: query, fragment or form post.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use url::{Url, form_urlencoded};

use super::refusal::Refusal;
use crate::{microsoft::pages, world::World};

/// Where an answer goes.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Registered, so it parses.
    pub(super) redirect_uri: String,
    pub(super) mode: Mode,
    pub(super) state: Option<String>,
}

/// `response_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
}

impl Mode {
    pub(super) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("query") => Some(Self::Query),
            Some("fragment") => Some(Self::Fragment),
            Some("form_post") => Some(Self::FormPost),
            Some(_) => None,
        }
    }
}

impl Target {
    /// Sends the browser back with these parameters and the `state`.
    pub(super) fn answer(&self, mut parameters: Vec<(&'static str, String)>) -> HttpResponse {
        if let Some(state) = &self.state {
            parameters.push(("state", state.clone()));
        }
        if self.mode == Mode::FormPost {
            let action = &self.redirect_uri;
            return pages::show(
                StatusCode::OK,
                "form_post.html",
                serde_json::json!({ "action": action, "parameters": parameters }),
            );
        }
        let Ok(mut url) = Url::parse(&self.redirect_uri) else {
            return HttpResponse::BadRequest().body("the redirect URI is no URL");
        };
        if self.mode == Mode::Fragment {
            let fragment = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&parameters)
                .finish();
            url.set_fragment(Some(&fragment));
        } else {
            url.query_pairs_mut().extend_pairs(&parameters);
        }
        HttpResponse::Found()
            .insert_header(("location", url.as_str()))
            .insert_header(("cache-control", "no-store, no-cache"))
            .finish()
    }

    /// Sends the browser back with an error, the number's usual one.
    pub(super) fn refuse(
        &self,
        world: &World,
        request: &HttpRequest,
        refusal: &Refusal,
        more: Vec<(&'static str, String)>,
    ) -> HttpResponse {
        let mut parameters = vec![
            ("error", at_authorize(refusal).to_owned()),
            ("error_description", refusal.description(world, request)),
        ];
        parameters.extend(more);
        self.answer(parameters)
    }

    /// Sends the browser back with an error of the caller's own choice.
    pub(super) fn refuse_as(
        &self,
        world: &World,
        request: &HttpRequest,
        error: &str,
        refusal: &Refusal,
    ) -> HttpResponse {
        self.answer(vec![
            ("error", error.to_owned()),
            ("error_description", refusal.description(world, request)),
        ])
    }
}

/// `invalid_grant` is of the token endpoint alone (RFC 6749); a silent sign-in without consent says so.
fn at_authorize(refusal: &Refusal) -> &'static str {
    match refusal.code {
        65_001 => "consent_required",
        _ => refusal.error(),
    }
}
