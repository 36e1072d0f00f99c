//! The handshake: the URL must send back the token it gets ("Receive change notifications through webhooks").

use std::time::Duration;

use url::{Host, Url};

use super::{GraphError, invalid};
use crate::{microsoft::subscriptions::take, world::World};

/// Over TLS; plain HTTP only to this machine itself.
fn parse(name: &str, text: &str) -> Result<Url, GraphError> {
    let wrong = || invalid(format!("{name} must be a valid https URL."));
    let url = Url::parse(text).map_err(|_| wrong())?;
    let is_loopback = match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback => Ok(url),
        _ => Err(wrong()),
    }
}

/// Asks the URL, which has ten seconds.
pub(super) async fn url(world: &World, name: &str, text: &str) -> Result<(), GraphError> {
    let mut url = parse(name, text)?;
    let (http, timeout, fails) = {
        let mut cloud = world.cloud();
        let subscriptions = &mut cloud.subscriptions;
        let fails = take(&mut subscriptions.settings.fail_validations);
        let timeout = Duration::from_millis(subscriptions.settings.validation_timeout_ms);
        (subscriptions.http.clone(), timeout, fails)
    };
    // With what has a meaning in URLs, so that whoever does not decode it is found out.
    let token = format!(
        "Validation: Testing client application reachability + Request-Id: {}",
        world.clock.new_id()
    );
    url.query_pairs_mut().append_pair("validationToken", &token);
    let answered = match fails {
        true => None,
        false => ask(&http, url, timeout).await,
    };
    match answered {
        Some(body) if body == token => Ok(()),
        Some(_) => Err(invalid(
            "Subscription validation request failed. Response must exactly match validationToken query parameter.",
        )),
        None => Err(invalid(
            "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.",
        )),
    }
}

/// The body of an answer with status 200 in plain text.
async fn ask(http: &reqwest::Client, url: Url, timeout: Duration) -> Option<String> {
    let request = http
        .post(url)
        .header("content-type", "text/plain; charset=utf-8");
    let answer = request.timeout(timeout).send().await.ok()?;
    let is_plain = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/plain"));
    if answer.status().as_u16() != 200 || !is_plain {
        return None;
    }
    answer.text().await.ok()
}
