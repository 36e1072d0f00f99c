//! The Forge door by itself, for another program to try: a JSON object on each line of standard input, and on the same
//! line of standard output what the door says to it.
//!
//! ```text
//! {"do":"open","jwks_url":…,"app_id":…,"environment":"PRODUCTION","api_base":…,"sites":…}   {"opened":true}
//! {"do":"verify","token":…}                                     {"cloud_id":…,"account_id":…} or {"refused":…}
//! {"do":"repeat","token":…,"seconds":5}                         {"verified":…,"seconds":…}, for `make bench`
//! ```

use std::{
    io::{self, BufRead as _, Write as _},
    time::{Duration, Instant},
};

use postroom_atlassian::forge::{Environment, ForgeDoor, ForgeError, ForgeSettings};
use postroom_clock::Clock;
use postroom_telemetry::HttpClient;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum Wanted {
    Open(Open),
    Verify { token: String },
    Repeat { token: String, seconds: f64 },
}

#[derive(Deserialize)]
struct Open {
    jwks_url: Url,
    app_id: String,
    environment: Environment,
    api_base: Url,
    sites: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let clock = Clock::system();
    let mut door = None;
    for line in io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(Wanted::Open(open)) => {
                door = Some(opened(open).map_err(io::Error::other)?);
                json!({ "opened": true })
            }
            Ok(wanted) => match &door {
                Some(door) => answer(door, wanted, &clock).await,
                None => json!({ "error": "open the door first" }),
            },
            Err(error) => json!({ "error": error.to_string() }),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn opened(open: Open) -> Result<ForgeDoor, Box<dyn std::error::Error + Send + Sync>> {
    let http = HttpClient::new("forge_keys", Duration::from_secs(5))?;
    let settings = ForgeSettings {
        jwks_url: open.jwks_url,
        app_id: open.app_id,
        environment: open.environment,
        api_base: open.api_base,
        allowed_sites: open.sites.parse()?,
    };
    Ok(ForgeDoor::new(http, settings))
}

async fn answer(door: &ForgeDoor, wanted: Wanted, clock: &Clock) -> Value {
    let given = match wanted {
        Wanted::Open(_) => return json!({ "error": "the door is open already" }),
        Wanted::Verify { token } => verified(door, &token, clock).await,
        Wanted::Repeat { token, seconds } => repeated(door, &token, seconds, clock).await,
    };
    given.unwrap_or_else(
        |error| json!({ "refused": error.to_string(), "transient": error.is_transient() }),
    )
}

async fn verified(door: &ForgeDoor, token: &str, clock: &Clock) -> Result<Value, ForgeError> {
    let token = door.verify(token, clock.now()).await?;
    Ok(json!({
        "installation_id": token.installation_id,
        "cloud_id": token.cloud_id,
        "api_base_url": token.api_base_url,
        "site_url": token.site_url,
        "account_id": token.principal,
    }))
}

/// Verifies one token for so many seconds.
async fn repeated(
    door: &ForgeDoor,
    token: &str,
    seconds: f64,
    clock: &Clock,
) -> Result<Value, ForgeError> {
    let begun = Instant::now();
    let mut verified = 0_u64;
    while begun.elapsed().as_secs_f64() < seconds {
        door.verify(token, clock.now()).await?;
        verified += 1;
    }
    Ok(json!({ "verified": verified, "seconds": begun.elapsed().as_secs_f64() }))
}
