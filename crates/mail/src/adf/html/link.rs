/// Characters of an address: longer ones are no addresses that somebody follows.
const MAX_CHARS: usize = 8_000;

/// The address of a link, if it may be followed: http, https, mailto, tel. White space and control characters
/// are taken out first, as browsers do before they look at the scheme.
pub(in crate::adf) fn safe(href: &str) -> Option<String> {
    let href: String = href
        .trim()
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    let (scheme, rest) = href.split_once(':')?;
    let scheme = scheme.trim().to_ascii_lowercase();
    let rest = rest.trim();
    let fits = match scheme.as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| !host.trim_start_matches('/').is_empty()),
        "mailto" | "tel" => !rest.is_empty(),
        _ => false,
    };
    let link = format!("{scheme}:{}", rest.replace(' ', "%20"));
    (fits && link.chars().count() <= MAX_CHARS).then_some(link)
}

/// `%40` and the like in a `cid:` address (RFC 2392).
pub(super) fn unescaped(content_id: &str) -> String {
    let bytes = content_id.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| content_id.get(at + 1..at + 3))
            .flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_are_safe_to_follow() {
        assert_eq!(
            safe(" HTTPS://example.com/a b ").as_deref(),
            Some("https://example.com/a%20b")
        );
        assert_eq!(
            safe("mailto:a@example.com").as_deref(),
            Some("mailto:a@example.com")
        );
        for bad in [
            "javascript:alert(1)",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "#top",
            "/path",
            "http:",
            "http://",
            "cid:x",
            "",
        ] {
            assert_eq!(safe(bad), None, "{bad:?}");
        }
    }
}
