//! The handshake by which Microsoft makes sure that an address wants its notifications (*Receive change notifications
//! through webhooks*, Microsoft Graph).

use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
};

/// The token told back as plain text. Whoever made it, no browser runs anything that is in it.
pub(super) fn answer(token: &str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(ContentType::plaintext())
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(escaped(token))
}

/// Real tokens have none of these characters.
fn escaped(token: &str) -> String {
    let mut escaped = String::with_capacity(token.len());
    for character in token.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_token_is_told_back_as_it_is_and_a_page_is_not() {
        let real = "Validation: Testing client application reachability for subscription Request-Id: 1a-2b";
        assert_eq!(escaped(real), real);
        assert_eq!(
            escaped("<script>alert('1')</script>&\""),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;"
        );
    }
}
