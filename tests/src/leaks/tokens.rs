//! Tokens that nobody planted: whatever looks like a signed JSON Web Token (RFC 7519) is one.

/// The beginnings of all signed tokens in `content`, enough to tell whose they are.
pub fn tokens_in(content: &[u8]) -> Vec<String> {
    content
        .split(|byte| !(byte.is_ascii_alphanumeric() || b"-_.".contains(byte)))
        .filter(|word| is_token(word))
        .map(|word| String::from_utf8_lossy(&word[..word.len().min(60)]).into_owned())
        .collect()
}

/// Header and claims are JSON objects, which begin with `{"`; what is not signed proves nothing.
fn is_token(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b'.');
    let (Some(header), Some(claims), Some(signature)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    header.windows(3).any(|part| part == b"eyJ")
        && claims.starts_with(b"eyJ")
        && signature.len() >= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_looks() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4";
        for text in [
            token.to_owned(),
            format!("authorization: JWT {token}"),
            format!("/page?jwt={token}&x=1"),
            format!("prefix_{token}"),
        ] {
            assert_eq!(tokens_in(text.as_bytes()).len(), 1, "{text}");
        }
        for text in [
            "",
            "eyJ",
            "a.b.c",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.",
            "www.example.com",
        ] {
            assert!(tokens_in(text.as_bytes()).is_empty(), "{text}");
        }
    }
}
