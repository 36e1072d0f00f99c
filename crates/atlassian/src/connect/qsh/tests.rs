use super::*;

fn qsh(method: &str, path: &str, query: &str) -> String {
    Canonical::new(method, path, Some(query)).hash()
}

/// Hashes that Atlassian's own JavaScript library (`atlassian-jwt` 2.0.3) gives.
const KNOWN: &[(&str, &str, &str, &str, &str)] = &[
    (
        "GET",
        "",
        "",
        "GET&/&",
        "c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239",
    ),
    (
        "GET",
        "/",
        "",
        "GET&/&",
        "c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239",
    ),
    (
        "GET",
        "/path",
        "",
        "GET&/path&",
        "799be84a7fa35570087163c0cd9af3abff7ac05c2c12ba0bb1d7eebc984b3ac2",
    ),
    (
        "GET",
        "/path/",
        "",
        "GET&/path&",
        "799be84a7fa35570087163c0cd9af3abff7ac05c2c12ba0bb1d7eebc984b3ac2",
    ),
    (
        "get",
        "/a",
        "b=1&a=2",
        "GET&/a&a=2&b=1",
        "2256d28192e6070afbf3e71f5f50898ebcd8860573bd85db12fc7cdb8a0144e8",
    ),
    (
        "GET",
        "/a",
        "x=b&x=a&x=A",
        "GET&/a&x=A,a,b",
        "3214ee589519621b1da80f0661e35879c2f3c1660cc17fb6900d2937884e3f60",
    ),
    (
        "GET",
        "/a",
        "x",
        "GET&/a&x=",
        "2dfdcb2e01193a60f84eefe8446986d0bef775f09fc0c8893d7510007ed97fda",
    ),
    (
        "GET",
        "/a",
        "x=",
        "GET&/a&x=",
        "2dfdcb2e01193a60f84eefe8446986d0bef775f09fc0c8893d7510007ed97fda",
    ),
    (
        "GET",
        "/a",
        "x=1,2",
        "GET&/a&x=1%2C2",
        "5fd4fbe994fb28aa5e6bb481aa16421686012304a0e7e045c5b8368b0f954984",
    ),
    (
        "GET",
        "/a",
        "x=1%2C2",
        "GET&/a&x=1%2C2",
        "5fd4fbe994fb28aa5e6bb481aa16421686012304a0e7e045c5b8368b0f954984",
    ),
    (
        "GET",
        "/a",
        "x=a+b",
        "GET&/a&x=a%20b",
        "d1a4cbf0d7d584017cac1b91320a81026210f45be56d7683d2c9bae7d1c0c659",
    ),
    (
        "GET",
        "/a",
        "x=a%20b",
        "GET&/a&x=a%20b",
        "d1a4cbf0d7d584017cac1b91320a81026210f45be56d7683d2c9bae7d1c0c659",
    ),
    (
        "GET",
        "/a",
        "x=*~!%27()",
        "GET&/a&x=%2A~%21%27%28%29",
        "1aadc91674a61f506079ec26b2890cf769af91ab2cbd284e806137479f91358a",
    ),
    (
        "GET",
        "/a",
        "jwt=zz&x=1",
        "GET&/a&x=1",
        "ab9f3f9613737b80010bf85d699eb300cd7cbfa837182e011b0a224da3ff9c92",
    ),
    (
        "GET",
        "/a&b",
        "",
        "GET&/a%26b&",
        "06ded36e6f2dd7a0f96d77cb9dca5e4a43439c79ab45a700b6d25bd9d3eb5c0f",
    ),
    (
        "GET",
        "/a",
        "x=1&X=2",
        "GET&/a&X=2&x=1",
        "39648c562052cbdc29b8700b3e258445c495eec56aea228e481412f4dd2abd42",
    ),
    (
        "POST",
        "/installed",
        "",
        "POST&/installed&",
        "4a2e1de8ca74e6cafe8862d332fa3ac7a8e51e692bc6d798ea4dfedc14948bf4",
    ),
];

#[test]
fn known_answers() {
    for (method, path, query, text, hash) in KNOWN {
        let canonical = Canonical::new(method, path, Some(query));
        assert_eq!(canonical.text(), *text);
        assert_eq!(canonical.hash(), *hash, "{text}");
        assert!(canonical.matches(hash));
    }
}

#[test]
fn java_and_javascript_orders_both_match() {
    let canonical = Canonical::new("GET", "/p", Some("a0=2&a%5B=1"));
    assert_eq!(canonical.text(), "GET&/p&a%5B=1&a0=2");
    assert_eq!(canonical.raw_order, "GET&/p&a0=2&a%5B=1");
    for hash in canonical.hashes() {
        assert!(canonical.matches(&hash));
    }
    let emoji = Canonical::new("GET", "/p", Some("%F0%9F%98%80=1&%EF%BD%9E=2"));
    assert_eq!(emoji.raw_order, "GET&/p&%F0%9F%98%80=1&%EF%BD%9E=2");
    assert_eq!(emoji.text(), "GET&/p&%EF%BD%9E=2&%F0%9F%98%80=1");
}

#[test]
fn values_of_one_name_are_sorted_before_they_are_encoded() {
    let canonical = Canonical::new("GET", "/test", Some("ids=%3A2&ids=.2&ids=.1&ids=%3A1"));
    assert_eq!(canonical.text(), "GET&/test&ids=.1,.2,%3A1,%3A2");
    assert_eq!(canonical.raw_order, canonical.encoded_order);
}

#[test]
fn another_route_or_a_cut_hash_does_not_match() {
    let canonical = Canonical::new("POST", "/installed", None);
    assert!(!canonical.matches(&qsh("POST", "/uninstalled", "")));
    assert!(!canonical.matches(&qsh("GET", "/installed", "")));
    assert!(!canonical.matches(&canonical.hash()[..63]));
    assert!(!canonical.matches(""));
    assert!(!canonical.matches("context-qsh"));
}

#[test]
fn the_base_path_goes_only_where_a_segment_ends() {
    assert_eq!(strip_base("/jira/installed", "/jira"), "/installed");
    assert_eq!(strip_base("/jira/installed", "/jira/"), "/installed");
    assert_eq!(strip_base("/jiraffe", "/jira"), "/jiraffe");
    assert_eq!(strip_base("/jira", "/jira"), "");
    assert_eq!(strip_base("/installed", "/"), "/installed");
    assert_eq!(strip_base("/installed", "/jira"), "/installed");
    assert!(Canonical::below("/jira", "POST", "/jira/installed", None).matches(KNOWN[16].4));
}

#[test]
fn the_path_is_taken_raw_and_loses_one_slash_only() {
    assert_eq!(Canonical::new("GET", "/a%20b", None).text(), "GET&/a%20b&");
    assert_eq!(Canonical::new("GET", "/x//", None).text(), "GET&/x/&");
    assert_eq!(Canonical::new("GET", "x", None).text(), "GET&/x&");
}

#[test]
fn odd_queries_are_read_like_a_browser_reads_them() {
    assert_eq!(
        Canonical::new("GET", "/a", Some("&&x=1&")).text(),
        "GET&/a&x=1"
    );
    assert_eq!(
        Canonical::new("GET", "/a", Some("x=%zz&y=%")).text(),
        "GET&/a&x=%25zz&y=%25"
    );
    assert_eq!(
        Canonical::new("GET", "/a", Some("x=a=b")).text(),
        "GET&/a&x=a%3Db"
    );
    assert_eq!(
        Canonical::new("GET", "/a", Some("jwt=1&jwtx=2")).text(),
        "GET&/a&jwtx=2"
    );
}

/// The vectors that Atlassian Connect's Java side signed, shipped in npm `atlassian-jwt@0.1.5` as
/// `test/resources/jwt-signed-urls.json`. Set POSTROOM_QSH_VECTORS to that file to run them.
#[test]
fn vectors_of_the_java_host() {
    let Ok(file) = std::env::var("POSTROOM_QSH_VECTORS") else {
        println!("skipped: POSTROOM_QSH_VECTORS names no file");
        return;
    };
    let document: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let secret = secrecy::SecretString::from(document["secret"].as_str().unwrap());
    let tests = document["tests"].as_array().unwrap();
    for test in tests {
        check_vector(test, &secret);
    }
    assert_eq!(tests.len(), 78);
}

fn check_vector(test: &serde_json::Value, secret: &secrecy::SecretString) {
    use crate::connect::{UnverifiedToken, verify_page};
    let name = test["name"].as_str().unwrap();
    let signed = test["signedUrl"].as_str().unwrap();
    let (url, query) = signed.split_once('?').unwrap();
    let path = &url[url.find("://").unwrap() + 3..];
    let path = path.find('/').map_or("", |at| &path[at..]);
    let canonical = Canonical::new("GET", path, Some(query));
    assert_eq!(
        canonical.text(),
        test["canonicalUrl"].as_str().unwrap(),
        "{name}"
    );
    let jwt = query
        .split('&')
        .find_map(|p| p.strip_prefix("jwt="))
        .unwrap();
    let token = UnverifiedToken::parse(jwt).unwrap();
    let signed_at = chrono::DateTime::from_timestamp(1_466_731_075, 0).unwrap();
    verify_page(&token, std::slice::from_ref(secret), &canonical, signed_at)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
}
