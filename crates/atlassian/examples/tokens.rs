//! The Connect door by itself, for another program to try: a JSON object on each line of standard input, and on the
//! same line of standard output what the door says to it.
//!
//! ```text
//! {"do":"hash","request":{"method":"GET","path":"/a?b=1"}}                      {"canonical":…,"hashes":[…]}
//! {"do":"verify","kind":"page","token":…,"secret":…,"request":{…},"now":1466731075}  {"client_key":…,"account_id":…}
//! {"do":"sign","app_key":…,"client_key":…,"secret":…,"request":{…}}             {"authorization":"JWT …"}
//! ```
//!
//! `path` is the target as it stands in a request line; `base_path` is what our own base URL begins with. A refusal is
//! `{"refused": "the rule that was broken"}`. `now` is in seconds since 1970; without it the machine's time counts.

use std::io::{self, BufRead as _, Write as _};

use chrono::{DateTime, Utc};
use postroom_atlassian::connect::{
    AppToken, Canonical, TokenError, UnverifiedToken, verify_context, verify_page, verify_webhook,
};
use postroom_clock::Clock;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum Wanted {
    Hash {
        request: Request,
    },
    Verify {
        kind: Kind,
        token: String,
        secret: String,
        request: Request,
        now: Option<i64>,
    },
    Sign {
        app_key: String,
        client_key: String,
        secret: String,
        request: Request,
        now: Option<i64>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Page,
    Webhook,
    Context,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    path: String,
    #[serde(default)]
    base_path: String,
}

impl Request {
    fn canonical(&self) -> Canonical {
        let (path, query) = match self.path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (self.path.as_str(), None),
        };
        Canonical::below(&self.base_path, &self.method, path, query)
    }
}

fn main() -> io::Result<()> {
    let clock = Clock::system();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(wanted) => answer(wanted, &clock),
            Err(error) => json!({ "error": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(wanted: Wanted, clock: &Clock) -> Value {
    let time = |now: Option<i64>| {
        now.and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .unwrap_or_else(|| clock.now())
    };
    match wanted {
        Wanted::Hash { request } => {
            let canonical = request.canonical();
            json!({ "canonical": canonical.text(), "hashes": canonical.hashes() })
        }
        Wanted::Verify {
            kind,
            token,
            secret,
            request,
            now,
        } => verify(&kind, &token, secret.into(), &request, time(now))
            .unwrap_or_else(|error| json!({ "refused": error.to_string() })),
        Wanted::Sign {
            app_key,
            client_key,
            secret,
            request,
            now,
        } => {
            let signer = AppToken {
                app_key,
                client_key,
                shared_secret: secret.into(),
            };
            let signed = signer.authorization(&request.canonical(), time(now));
            let text = signed
                .ok()
                .and_then(|value| value.to_str().map(str::to_owned).ok());
            json!({ "authorization": text })
        }
    }
}

fn verify(
    kind: &Kind,
    token: &str,
    secret: SecretString,
    request: &Request,
    now: DateTime<Utc>,
) -> Result<Value, TokenError> {
    let token = UnverifiedToken::parse(token)?;
    let (secrets, canonical) = ([secret], request.canonical());
    let (client_key, account_id) = match kind {
        Kind::Page => {
            let page = verify_page(&token, &secrets, &canonical, now)?;
            (page.client_key, page.account_id)
        }
        Kind::Webhook => {
            let hook = verify_webhook(&token, &secrets, &canonical, now)?;
            (hook.client_key, hook.account_id)
        }
        Kind::Context => {
            let context = verify_context(&token, &secrets, now)?;
            (context.client_key, Some(context.account_id))
        }
    };
    Ok(json!({ "client_key": client_key, "account_id": account_id }))
}
