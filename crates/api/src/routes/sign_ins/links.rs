//! The links of a sign-in: for the window, for the mailbox's owner, for the directory's administrator.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use postroom_registry::sign_in::{self, Asked};
use postroom_secrets::sha256;

use crate::Api;

/// The word in the administrator's link. It is made of the ticket, so that the panel can show the link again; the
/// ticket cannot be made of it.
pub(crate) fn approval_token(ticket: &str) -> String {
    let made = sha256(format!("postroom approval\0{ticket}").as_bytes());
    URL_SAFE_NO_PAD.encode(made)
}

/// What opens the sign-in: the window of the person in the panel, or the page that the owner is sent to.
pub(crate) fn opening(api: &Api, row: &sign_in::Model) -> String {
    match row.asked {
        Asked::Me => api.url(&format!("/microsoft/sign-in/{}", row.ticket)),
        Asked::Owner => api.url(&format!("/microsoft/owner/{}", row.ticket)),
    }
}

/// The administrator's link, once it was asked for.
pub(crate) fn approval(api: &Api, row: &sign_in::Model) -> Option<String> {
    row.approval_asked_at?;
    let token = approval_token(&row.ticket);
    Some(api.url(&format!("/microsoft/approve/{token}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrators_word_is_not_the_ticket() {
        let token = approval_token("ticket");
        assert_eq!(token, approval_token("ticket"));
        assert_ne!(token, approval_token("ticket2"));
        assert!(!token.contains("ticket"));
        assert_eq!(token.len(), 43);
    }
}
