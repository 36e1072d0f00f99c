//! Entra ID that counts: each refresh brings the next tokens, and what was asked is remembered.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use std::time::Duration;

use serde_json::json;
use url::form_urlencoded;
use wiremock::matchers::path;
use wiremock::{Mock, Request, Respond, ResponseTemplate};

use crate::testing::{Book, TOKEN};

#[derive(Clone)]
pub(super) struct Entra(Arc<Seen>);

struct Seen {
    asked: AtomicUsize,
    rotates: AtomicBool,
    forms: Mutex<Vec<(String, String)>>,
}

/// Long enough that whoever comes second finds the first one at it.
const TAKES: Duration = Duration::from_millis(150);

impl Entra {
    pub(super) async fn at(book: &Book) -> Self {
        let entra = Self(Arc::new(Seen {
            asked: AtomicUsize::new(0),
            rotates: AtomicBool::new(true),
            forms: Mutex::default(),
        }));
        let responder = entra.clone();
        Mock::given(path(TOKEN))
            .respond_with(responder)
            .mount(&book.entra)
            .await;
        entra
    }

    /// Whether an answer holds a new refresh token.
    pub(super) fn rotates(&self, rotates: bool) {
        self.0.rotates.store(rotates, Ordering::SeqCst);
    }

    pub(super) fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// The scopes of each request.
    pub(super) fn scopes(&self) -> Vec<String> {
        let forms = self.0.forms.lock().unwrap();
        forms.iter().map(|(_, scope)| scope.clone()).collect()
    }

    /// The refresh token of each request.
    pub(super) fn shown(&self) -> Vec<String> {
        let forms = self.0.forms.lock().unwrap();
        forms.iter().map(|(token, _)| token.clone()).collect()
    }
}

impl Respond for Entra {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let field = |name: &str| {
            let mut fields = form_urlencoded::parse(&request.body);
            let found = fields.find(|(field, _)| field == name);
            found.map(|(_, value)| value.into_owned()).unwrap()
        };
        let form = (field("refresh_token"), field("scope"));
        self.0.forms.lock().unwrap().push(form);
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 2;
        let mut body = json!({
            "token_type": "Bearer", "expires_in": 3600, "access_token": format!("at{number}"),
        });
        if self.0.rotates.load(Ordering::SeqCst) {
            body["refresh_token"] = format!("rt{number}").into();
        }
        ResponseTemplate::new(200)
            .set_body_json(body)
            .set_delay(TAKES)
    }
}
