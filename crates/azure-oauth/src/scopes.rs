//! Which permissions a connection needs, no more, and which of them a sign-in did not bring.
//!
//! Scopes are named bare here (`Mail.Read`, `EWS.AccessAsUser.All`); [`Microsoft`](crate::Microsoft) writes the
//! resource of its cloud in front where Entra ID wants one. From "Microsoft Graph permissions reference" and
//! "Authenticate an EWS application by using OAuth".

use postroom_registry::{connection::Protocol, grant::Resource};

/// What a connection, or several on one mailbox, will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Reads mail.
    pub reads: bool,
    /// Changes mail: marks, moves, categorises, deletes, or makes drafts.
    pub changes: bool,
    /// Sends mail.
    pub sends: bool,
    /// On another mailbox than the signer's.
    pub shared: bool,
    /// Over this wire.
    pub protocol: Protocol,
}

impl Work {
    /// A message source; `changes` when it settles otherwise than by leaving the mail alone.
    pub fn source(protocol: Protocol, shared: bool, changes: bool) -> Self {
        Self {
            reads: true,
            changes,
            sends: false,
            shared,
            protocol,
        }
    }

    /// A message outbound. It reads to see in Sent Items whether a send of unknown outcome happened, and makes drafts
    /// of mails that are too large to be sent in one request.
    pub fn outbound(protocol: Protocol, shared: bool) -> Self {
        Self {
            reads: true,
            changes: true,
            sends: true,
            shared,
            protocol,
        }
    }

    /// Both of these, on the same mailbox and wire.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            reads: self.reads || other.reads,
            changes: self.changes || other.changes,
            sends: self.sends || other.sends,
            shared: self.shared || other.shared,
            protocol: self.protocol,
        }
    }
}

/// Asked for in every sign-in. Not all of them come back in `scope`: `openid` shows as an id token,
/// `offline_access` as a refresh token.
const SIGN_IN: [&str; 3] = ["openid", "profile", "offline_access"];

/// What Exchange Web Services knows: everything or nothing.
pub(crate) const EWS: &str = "EWS.AccessAsUser.All";

/// The scopes to ask for, the fewest that the work can be done with.
pub fn needed(work: &Work) -> Vec<&'static str> {
    let mut scopes = SIGN_IN.to_vec();
    scopes.extend(rights(work));
    scopes
}

/// As [`needed`], without those that every sign-in asks for: what an administrator is shown.
pub fn rights(work: &Work) -> Vec<&'static str> {
    if work.protocol == Protocol::Ews {
        return vec![EWS];
    }
    let read = match (work.reads, work.changes, work.shared) {
        (_, true, false) => Some("Mail.ReadWrite"),
        (_, true, true) => Some("Mail.ReadWrite.Shared"),
        (true, false, false) => Some("Mail.Read"),
        (true, false, true) => Some("Mail.Read.Shared"),
        (false, false, _) => None,
    };
    let send = work.sends.then_some(if work.shared {
        "Mail.Send.Shared"
    } else {
        "Mail.Send"
    });
    ["User.Read"].into_iter().chain(read).chain(send).collect()
}

/// What of `needed` was not granted. Microsoft returns scopes in any case, with or without the resource in
/// front of them; the right to write mail includes the right to read it.
pub fn missing<'a>(granted: &[String], needed: &[&'a str]) -> Vec<&'a str> {
    let has = |scope: &str| granted.iter().any(|granted| covers(granted, scope));
    needed
        .iter()
        .copied()
        .filter(|scope| !SIGN_IN.contains(scope) && !has(scope))
        .collect()
}

/// What a token of `resource` can be asked for, out of everything that was granted.
pub(crate) fn of_resource(granted: &[String], resource: Resource) -> Vec<&str> {
    let outlook = resource == Resource::Outlook;
    granted
        .iter()
        .map(String::as_str)
        .filter(|scope| is_of_outlook(scope) == outlook && !SIGN_IN.contains(scope))
        .collect()
}

/// Exchange's own scopes; all others that we ask for are of Graph.
pub(crate) fn is_of_outlook(scope: &str) -> bool {
    bare(scope).to_ascii_lowercase().contains(".accessasuser.")
}

pub(crate) fn bare(scope: &str) -> &str {
    scope.rsplit('/').next().unwrap_or(scope)
}

fn covers(granted: &str, scope: &str) -> bool {
    let (granted, scope) = (
        bare(granted).to_ascii_lowercase(),
        bare(scope).to_ascii_lowercase(),
    );
    granted == scope || granted.replacen("mail.readwrite", "mail.read", 1) == scope
}

#[cfg(test)]
mod tests;
