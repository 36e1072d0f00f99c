//! The shapes in which a secret travels.

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};
use url::form_urlencoded;

/// Every shape of a secret that differs from the others, with its name.
pub(super) fn of(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut shapes: Vec<(&'static str, Vec<u8>)> = vec![("as it is", secret.to_vec())];
    let mut add = |name, bytes: Vec<u8>| {
        if shapes.iter().all(|(_, known)| *known != bytes) {
            shapes.push((name, bytes));
        }
    };
    add("in hex", hex::encode(secret).into_bytes());
    add("in hex", hex::encode_upper(secret).into_bytes());
    for alphabet in [&alphabet::STANDARD, &alphabet::URL_SAFE] {
        for before in 0..3 {
            add("in base64", base64(secret, alphabet, before));
        }
    }
    let form: String = form_urlencoded::byte_serialize(secret).collect();
    add("URL-encoded", form.replace('+', "%20").into_bytes());
    add("URL-encoded", form.to_ascii_lowercase().into_bytes());
    add("URL-encoded", form.into_bytes());
    if let Ok(text) = std::str::from_utf8(secret) {
        let once = json_escaped(text);
        add("JSON-escaped", json_escaped(&once).into_bytes());
        add("JSON-escaped", once.replace('/', "\\/").into_bytes());
        add("JSON-escaped", once.into_bytes());
        add("escaped for HTML", html_escaped(text).into_bytes());
    } else {
        let numbers: Vec<String> = secret.iter().map(u8::to_string).collect();
        add("as a list of bytes", numbers.join(", ").into_bytes());
        add("as a list of bytes", numbers.join(",").into_bytes());
    }
    shapes
}

/// The characters that stand for the secret whatever stands around it, when `before` bytes modulo 3 go before it.
fn base64(secret: &[u8], alphabet: &alphabet::Alphabet, before: usize) -> Vec<u8> {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(secret);
    let text = GeneralPurpose::new(alphabet, NO_PAD).encode(&bytes);
    let (from, to) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    text.as_bytes()[from..to].to_vec()
}

fn json_escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn html_escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
