//! Scopes, as a person reads them.

/// What Postroom may do with what was granted.
pub(crate) fn in_words<S: AsRef<str>>(granted: &[S]) -> Vec<String> {
    let words = granted.iter().filter_map(|scope| in_word(scope.as_ref()));
    words.map(str::to_owned).collect()
}

/// What a permission lets Postroom do; the permission itself where we have no words for it.
pub(crate) fn words_of(scope: &str) -> &str {
    in_word(scope).unwrap_or(scope)
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
        "mail.read.shared" => "read mail of mailboxes shared with you",
        "mail.readwrite.shared" => "read, mark and move mail of mailboxes shared with you",
        "mail.send.shared" => "send mail from mailboxes shared with you",
        "ews.accessasuser.all" => "reach your mailboxes through Exchange Web Services, as you do",
        "user.read" => "see your name and your address",
        _ => return None,
    })
}

/// What is missing, for the person who can grant it.
pub(crate) fn missing_words(missing: &[&str]) -> String {
    let words: Vec<_> = missing.iter().map(|scope| words_of(scope)).collect();
    words.join(", and to ")
}

#[cfg(test)]
mod tests {
    use postroom_azure_oauth::scopes::{Work, rights};
    use postroom_registry::connection::Protocol;

    use super::*;

    #[test]
    fn every_scope_that_we_ask_for_has_words() {
        for protocol in [Protocol::Graph, Protocol::Ews] {
            for shared in [false, true] {
                let outbound = Work::outbound(protocol, shared);
                for work in [Work::source(protocol, shared, false), outbound] {
                    for scope in rights(&work) {
                        assert!(in_word(scope).is_some(), "{scope}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_microsoft_adds_by_itself_is_not_shown() {
        let granted = ["https://graph.microsoft.com/Mail.Send", "email"];
        assert_eq!(in_words(&granted), ["send mail from this mailbox"]);
        assert_eq!(
            missing_words(&["Mail.Send", "Calendars.Read"]),
            "send mail from this mailbox, and to Calendars.Read"
        );
    }
}
