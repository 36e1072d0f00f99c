//! Why a token was refused: what Exchange writes beside a 401.

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

use crate::MailboxError;
use crate::Support;
use crate::challenge::claims;

/// Whether a refusal is about the token although it may not be a 401: a missing scope is answered with 403, too.
pub(super) fn is_about_the_token(headers: &HeaderMap) -> bool {
    quoted(&diagnostics(headers), "error_category").is_some()
}

fn diagnostics(headers: &HeaderMap) -> String {
    let said = headers.get("x-ms-diagnostics");
    said.and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// The error of a refused token. Microsoft's sentence itself is not kept: it may name people.
pub(super) fn unauthorized(headers: &HeaderMap, mut support: Support) -> MailboxError {
    if let Some(claims) = claims(headers) {
        return MailboxError::Claims { claims, support };
    }
    let said = diagnostics(headers);
    let category = quoted(&said, "error_category").filter(|word| is_word(word));
    support.code = category
        .map(str::to_owned)
        .or_else(|| bearer_error(headers));
    let reason = quoted(&said, "reason").unwrap_or_default();
    match category {
        Some("invalid_resource") => MailboxError::WrongResource(support),
        Some("invalid_grant") => MailboxError::ScopeMissing(support),
        Some("invalid_lifetime" | "token_expired") => MailboxError::Unauthorized(support),
        _ if reason.contains("audience") => MailboxError::WrongResource(support),
        _ if reason.contains("scope") => MailboxError::ScopeMissing(support),
        _ => MailboxError::Unauthorized(support),
    }
}

/// `name="value"` out of a header of such pairs.
fn quoted<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(&format!("{name}=\""))?;
    after.split('"').next()
}

/// The `error` of a Bearer challenge (RFC 6750, section 3).
fn bearer_error(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| quoted(value, "error"))
        .filter(|word| is_word(word))
        .map(str::to_owned)
}

fn is_word(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !text.is_empty() && text.len() <= 40 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;
    use crate::ErrorKind;

    fn rejected(pairs: &[(&'static str, &str)]) -> (ErrorKind, Option<String>) {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()));
        let headers = HeaderMap::from_iter(pairs);
        let error = unauthorized(&headers, Support::default());
        (error.kind(), error.code().map(str::to_owned))
    }

    #[test]
    fn exchange_says_what_is_wrong_with_the_token() {
        for (said, expected, code) in [
            (
                "2000003;reason=\"The audience claim value is invalid for current resource. Audience claim is \
                 'https://graph.microsoft.com', resource is 'https://outlook.office365.com'.\";\
                 error_category=\"invalid_resource\"",
                ErrorKind::WrongResource,
                Some("invalid_resource"),
            ),
            (
                "2000001;reason=\"The token has expired.\";error_category=\"invalid_lifetime\"",
                ErrorKind::Unauthorized,
                Some("invalid_lifetime"),
            ),
            (
                "2000008;reason=\"The token contains not enough scope to make this call.\";\
                 error_category=\"invalid_token\"",
                ErrorKind::ScopeMissing,
                Some("invalid_token"),
            ),
            (
                "2000007;reason=\"The token contains no permissions, or permissions can not be understood.\";\
                 error_category=\"invalid_grant\"",
                ErrorKind::ScopeMissing,
                Some("invalid_grant"),
            ),
            (
                "4;reason=\"ann@contoso.example is unknown\";error_category=\"ann@contoso.example\"",
                ErrorKind::Unauthorized,
                None,
            ),
            ("", ErrorKind::Unauthorized, None),
        ] {
            let (rejected, named) = rejected(&[("x-ms-diagnostics", said)]);
            assert_eq!((rejected, named.as_deref()), (expected, code), "{said}");
        }
    }

    #[test]
    fn the_challenge_names_the_error_where_diagnostics_do_not() {
        let bearer =
            "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", error=\"invalid_token\"";
        let (rejected, code) = rejected(&[("www-authenticate", bearer)]);
        assert_eq!(
            (rejected, code.as_deref()),
            (ErrorKind::Unauthorized, Some("invalid_token"))
        );
    }

    #[test]
    fn a_demand_for_claims_is_told_apart() {
        let bearer = "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"";
        let headers = HeaderMap::from_iter([(WWW_AUTHENTICATE, HeaderValue::from_static(bearer))]);
        let error = unauthorized(&headers, Support::default());
        assert!(
            matches!(error, MailboxError::Claims { claims: Some(claims), .. } if claims == "{\"a\":1}")
        );
    }
}
