//! Scopes, as a person reads them.

use postroom_azure_oauth::scopes;
use postroom_registry::sign_in::Purpose;

/// What a sign-in asks for.
pub(super) fn needed(purpose: Purpose) -> &'static [&'static str] {
    scopes::needed(match purpose {
        Purpose::Source => scopes::Purpose::Source,
        Purpose::Outbound => scopes::Purpose::Outbound,
        Purpose::Both => scopes::Purpose::Both,
    })
}

/// What Postroom may do with what was granted.
pub(super) fn in_words(granted: &[String]) -> Vec<String> {
    let words = granted.iter().filter_map(|scope| in_word(scope));
    words.map(str::to_owned).collect()
}

fn in_word(scope: &str) -> Option<&'static str> {
    let bare = scope
        .rsplit('/')
        .next()
        .unwrap_or(scope)
        .to_ascii_lowercase();
    Some(match bare.as_str() {
        "mail.read" => "read the mail of this mailbox",
        "mail.readwrite" => "read, mark and move the mail of this mailbox",
        "mail.send" => "send mail from this mailbox",
        "mail.readwrite.shared" => "read, mark and move mail of mailboxes shared with you",
        "mail.send.shared" => "send mail from mailboxes shared with you",
        "user.read" => "see your name and your address",
        _ => return None,
    })
}

/// What is missing, for the person who can grant it.
pub(super) fn missing_words(missing: &[&str]) -> String {
    let words: Vec<_> = missing
        .iter()
        .map(|scope| in_word(scope).unwrap_or(scope))
        .collect();
    words.join(", and to ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_that_we_ask_for_and_get_has_words() {
        let wanted = needed(Purpose::Both);
        for scope in scopes::missing(&[], wanted) {
            assert!(in_word(scope).is_some(), "{scope}");
        }
        let granted = [
            "https://graph.microsoft.com/Mail.Send".to_owned(),
            "email".to_owned(),
        ];
        assert_eq!(in_words(&granted), ["send mail from this mailbox"]);
    }
}
