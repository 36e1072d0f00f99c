use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// Whether a 401 demands claims, and which: "Claims challenges, claims requests, and client capabilities"
/// (Microsoft identity platform). The base64 JSON of `claims="…"` is decoded.
pub(crate) fn claims(headers: &HeaderMap) -> Option<Option<String>> {
    let challenge = headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.contains("insufficient_claims"))?;
    Some(decoded(challenge))
}

fn decoded(challenge: &str) -> Option<String> {
    let encoded = challenge.split_once("claims=\"")?.1.split('"').next()?;
    String::from_utf8(STANDARD.decode(encoded).ok()?).ok()
}
