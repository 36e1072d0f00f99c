//! Which permissions a connection needs, and which of them a sign-in did not bring.

/// What a sign-in is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A message source.
    Source,
    /// A message outbound.
    Outbound,
    /// Both on one mailbox.
    Both,
}

/// Asked for in every sign-in. Not all of them come back in `scope`: `openid` shows as an id token,
/// `offline_access` as a refresh token.
const SIGN_IN: [&str; 3] = ["openid", "profile", "offline_access"];

const SOURCE: &[&str] = &[
    "openid",
    "profile",
    "offline_access",
    "User.Read",
    "Mail.ReadWrite",
];

/// Reading is for the look into Sent Items that tells whether a send of unknown outcome happened.
const OUTBOUND: &[&str] = &[
    "openid",
    "profile",
    "offline_access",
    "User.Read",
    "Mail.ReadWrite",
    "Mail.Send",
];

/// The scopes to ask for. They name no resource, which means Microsoft Graph.
pub fn needed(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::Source => SOURCE,
        // Everything that a source needs is in it.
        Purpose::Outbound | Purpose::Both => OUTBOUND,
    }
}

/// What of `needed` was not granted. Microsoft returns scopes in any case, with or without the resource in
/// front of them.
pub fn missing<'a>(granted: &[String], needed: &[&'a str]) -> Vec<&'a str> {
    let has = |scope: &str| {
        granted
            .iter()
            .any(|granted| bare(granted).eq_ignore_ascii_case(bare(scope)))
    };
    needed
        .iter()
        .copied()
        .filter(|scope| !SIGN_IN.contains(scope) && !has(scope))
        .collect()
}

fn bare(scope: &str) -> &str {
    scope.rsplit('/').next().unwrap_or(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_is_the_union() {
        for scope in SOURCE.iter().chain(OUTBOUND) {
            assert!(needed(Purpose::Both).contains(scope), "{scope}");
        }
        assert!(!needed(Purpose::Source).contains(&"Mail.Send"));
    }

    #[test]
    fn granted_scopes_are_compared_as_microsoft_writes_them() {
        let granted = [
            "https://graph.microsoft.com/mail.readwrite",
            "email",
            "USER.READ",
        ];
        let granted = granted.map(str::to_owned);
        assert_eq!(missing(&granted, needed(Purpose::Source)), [""; 0]);
        assert_eq!(missing(&granted, needed(Purpose::Both)), ["Mail.Send"]);
    }

    #[test]
    fn a_scope_is_not_taken_for_a_longer_or_shorter_one() {
        let granted = ["Mail.Read".to_owned(), "Mail.ReadWrite.Shared".to_owned()];
        assert_eq!(missing(&granted, &["Mail.ReadWrite"]), ["Mail.ReadWrite"]);
    }
}
