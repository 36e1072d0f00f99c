use super::*;

fn allows(patterns: &str, site: &str) -> bool {
    let sites: AllowedSites = patterns.parse().unwrap();
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
        let sites: AllowedSites = CLOUD.parse().unwrap();
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
        let error = AllowedSites::from_str(pattern).unwrap_err();
        assert!(error.to_string().contains(pattern), "{error}");
    }
}
