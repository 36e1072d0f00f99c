use super::*;

fn allows(patterns: &str, site: &str) -> bool {
    let sites: Origins = patterns.parse().unwrap();
    sites.allows(&Url::parse(site).unwrap())
}

const CLOUD: &str = "https://*.atlassian.net, https://*.jira.com";

#[test]
fn sites_of_the_listed_domains_are_allowed() {
    for site in [
        "https://acme.atlassian.net",
        "https://acme.atlassian.net/",
        "https://a.b.jira.com",
    ] {
        assert!(allows(CLOUD, site), "{site}");
    }
    assert!(allows("http://localhost:*", "http://localhost:7100"));
    assert!(allows(
        "https://jira.example.com:8443",
        "https://jira.example.com:8443/jira"
    ));
}

#[test]
fn look_alikes_are_not() {
    for site in [
        "https://atlassian.net",
        "https://evilatlassian.net",
        "https://acme.atlassian.net.evil.example",
        "https://evil.example/acme.atlassian.net",
        "https://acme.atlassian.net@evil.example",
        "https://user@acme.atlassian.net",
        "https://evil.example#.atlassian.net",
        "https://acme.atlassian.net?x",
        "http://acme.atlassian.net",
        "https://acme.atlassian.net:8443",
        "https://.atlassian.net",
    ] {
        let Ok(site) = Url::parse(site) else { continue };
        let sites: Origins = CLOUD.parse().unwrap();
        assert!(!sites.allows(&site), "{site}");
    }
    assert!(!allows(
        "http://localhost:*",
        "http://localhost.evil.example:7100"
    ));
    assert!(!allows("http://localhost:*", "https://localhost:7100"));
}

#[test]
fn an_empty_list_allows_nobody() {
    assert!(!allows("", "https://acme.atlassian.net"));
}

#[test]
fn unreadable_patterns_are_named() {
    for pattern in [
        "*",
        "https://*",
        "acme.atlassian.net",
        "ftp://x.example",
        "https://a.*.net",
        "https://a.example/path",
        "https://*.1.2.3.4",
    ] {
        let error = Origins::from_str(pattern).unwrap_err();
        assert!(error.to_string().contains(pattern), "{error}");
    }
}

#[test]
fn the_origin_of_an_address_is_exact() {
    let origins = Origins::of(&Url::parse("https://api.example.com/keys?x#y").unwrap());
    let admitted = |url: &str| origins.admit(&Url::parse(url).unwrap());
    assert!(admitted("https://api.example.com"));
    assert!(admitted("https://api.example.com:443/other?q=1#f"));
    for elsewhere in [
        "http://api.example.com",
        "https://api.example.com:8443",
        "https://x.api.example.com",
        "https://example.com",
        "https://api.example.com.evil.example",
        "https://api.example.com@evil.example",
        "https://evil.example@api.example.com",
        "https://:secret@api.example.com",
        "data:text/plain,api.example.com",
    ] {
        assert!(!admitted(elsewhere), "{elsewhere}");
    }
}

#[test]
fn an_address_without_an_origin_admits_nothing() {
    let none = Origins::of(&Url::parse("data:text/plain,x").unwrap());
    assert!(!none.admit(&Url::parse("https://api.example.com").unwrap()));
    assert!(!none.admit(&Url::parse("data:text/plain,x").unwrap()));
}

#[test]
fn two_lists_admit_what_either_does() {
    let sites: Origins = "https://*.atlassian.net".parse().unwrap();
    let both = sites.and(&Origins::of(
        &Url::parse("https://api.example.com").unwrap(),
    ));
    assert!(both.admit(&Url::parse("https://acme.atlassian.net/rest?x=1").unwrap()));
    assert!(both.admit(&Url::parse("https://api.example.com/ex").unwrap()));
    assert!(!both.allows(&Url::parse("https://acme.atlassian.net/?x=1").unwrap()));
    assert!(!both.admit(&Url::parse("https://other.example.com").unwrap()));
}
