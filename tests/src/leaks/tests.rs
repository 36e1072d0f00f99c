use std::io::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder, write::ZlibEncoder};

use super::*;

const SECRET: &str = "s3cret/of \"the\" house? <yes>";

fn leaks() -> Leaks {
    let mut leaks = Leaks::default();
    leaks.plant("the secret", SECRET);
    leaks
}

#[track_caller]
fn assert_found(content: impl AsRef<[u8]>) {
    let found = leaks().found_in("here", content.as_ref()).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(!found[0].to_string().contains("house"), "{}", found[0]);
}

#[test]
fn a_secret_is_found_in_every_shape() {
    assert_found(format!("x{SECRET}y"));
    assert_found(format!("x{}y", hex::encode(SECRET)));
    assert_found(hex::encode_upper(SECRET));
    let form: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    assert_found(&form);
    assert_found(form.replace('+', "%20"));
    let json = serde_json::json!({ "a": SECRET }).to_string();
    assert_found(&json);
    assert_found(serde_json::json!({ "b": json }).to_string());
    assert_found(format!("{SECRET:?}"));
}

#[test]
fn base64_is_found_wherever_it_begins() {
    for before in 0..7 {
        let text = STANDARD.encode(format!("{}{SECRET} and more", "-".repeat(before)));
        assert_found(&text);
        assert_found(text.replace('+', "-").replace('/', "_"));
        let (one, two) = text.split_at(20);
        assert_found(format!("{one}\r\n{two}"));
        assert_found(format!("{one}\\r\\n{two}"));
    }
}

#[test]
fn a_secret_is_found_in_dumps_and_compressed_streams() {
    let long = format!("{}{SECRET}{}", "before ".repeat(20), " after".repeat(20));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(long.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(long.as_bytes()).unwrap();
    let zlib = zlib.finish().unwrap();
    assert_found([b"head ".as_slice(), &gzip].concat());
    assert_found([b"head ".as_slice(), &zlib].concat());
    assert_found(format!("('\\\\x{}')", hex::encode(&gzip)));
    assert_found(format!("('\\\\x{}')", hex::encode(STANDARD.encode(&long))));
}

#[test]
fn bytes_are_found_as_bytes() {
    let mut leaks = Leaks::default();
    let key: Vec<u8> = (200..232).collect();
    leaks.plant("the key", &key);
    let found = |content: &[u8]| !leaks.found_in("here", content).unwrap().is_empty();
    assert!(found(&key));
    assert!(found(format!("{key:?}").as_bytes()));
    assert!(found(STANDARD.encode(&key).as_bytes()));
    assert!(!found(&key[1..]));
}

#[test]
fn what_is_not_there_is_not_found() {
    let leaks = leaks();
    for content in [
        b"".as_slice(),
        &SECRET.as_bytes()[1..],
        &[0x1f, 0x8b, 8, 1, 2, 3],
    ] {
        assert_eq!(leaks.found_in("here", content).unwrap(), []);
    }
}
