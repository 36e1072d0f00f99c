//! What a sign-in is for: the mailbox, the least scopes that do the work, and what they are in words.

use postroom_azure_oauth::scopes::{self, Work};
use postroom_registry::{
    RegistryError, TenantTx, grant, outbound,
    sign_in::{self, Asked, Purpose},
    source::{self, Settle},
};

use super::Replaced;

/// The same address, as mail systems compare them.
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What a sign-in shall make possible.
#[derive(Debug)]
pub(crate) struct Aim {
    /// The mailbox, where it is known before somebody signs in.
    pub(crate) mailbox: Option<String>,
    /// The connection whose sign-in is replaced.
    pub(crate) replaced: Option<Replaced>,
    /// Whose sign-in that one has now.
    pub(crate) before: Option<grant::Model>,
    shared: bool,
    own: Work,
}

impl Aim {
    /// Reads what a sign-in is for.
    ///
    /// # Errors
    /// [`RegistryError::Missing`] when the connection that it was for is gone.
    pub(crate) async fn of(tx: &TenantTx, row: &sign_in::Model) -> Result<Self, RegistryError> {
        let replaced = Replaced::of(tx, row).await?;
        let before = match &replaced {
            Some(replaced) => Some(replaced.grant(tx).await?),
            None => None,
        };
        let mailbox = match &replaced {
            Some(replaced) => Some(replaced.mailbox().to_owned()),
            None => row.mailbox.clone(),
        };
        let shared = match (&before, &mailbox) {
            (Some(before), Some(mailbox)) => !same_address(&before.user_principal_name, mailbox),
            // Who names another mailbox than their own means to sign in as themselves; an owner is its owner.
            (None, Some(_)) => row.asked == Asked::Me,
            _ => false,
        };
        Ok(Self {
            own: own_work(row, replaced.as_ref()),
            mailbox,
            replaced,
            before,
            shared,
        })
    }

    /// Whether the scopes of shared mailboxes are asked for before it is known who signs in.
    pub(crate) fn is_shared(&self) -> bool {
        self.shared
    }

    /// Whether a signer needs the scopes of shared mailboxes.
    pub(crate) fn is_shared_for(&self, signer: &str) -> bool {
        self.mailbox
            .as_deref()
            .is_some_and(|mailbox| !same_address(mailbox, signer))
    }

    /// The mailbox, given who signed in.
    pub(crate) fn mailbox_for(&self, signer: &str) -> String {
        self.mailbox.clone().unwrap_or_else(|| signer.to_owned())
    }

    /// The scopes to ask for.
    pub(crate) fn scopes(&self, shared: bool) -> Vec<&'static str> {
        scopes::needed(&Work { shared, ..self.own })
    }

    /// The same without those that every sign-in has.
    pub(crate) fn permissions(&self, shared: bool) -> Vec<&'static str> {
        scopes::rights(&Work { shared, ..self.own })
    }

    /// What these scopes lack for a signer.
    pub(crate) fn lacks(&self, granted: &[String], signer: &str) -> Vec<&'static str> {
        scopes::missing(granted, &self.scopes(self.is_shared_for(signer)))
    }
}

fn own_work(row: &sign_in::Model, replaced: Option<&Replaced>) -> Work {
    let protocol = row.protocol;
    let changes = match replaced {
        Some(Replaced::Source(source)) => source.settle != Settle::Leave,
        _ => true,
    };
    let source = Work::source(protocol, false, changes);
    let outbound = Work::outbound(protocol, false);
    match row.purpose {
        Purpose::Source => source,
        Purpose::Outbound => outbound,
        Purpose::Both => source.and(outbound),
    }
}

/// Whether a grant carries what a source does.
pub(crate) fn carries_source(grant: &grant::Model, source: &source::Model) -> bool {
    let shared = !same_address(&source.mailbox, &grant.user_principal_name);
    let work = Work::source(source.protocol, shared, source.settle != Settle::Leave);
    scopes::missing(&grant.scopes, &scopes::needed(&work)).is_empty()
}

/// Whether a grant carries what an outbound does.
pub(crate) fn carries_outbound(grant: &grant::Model, outbound: &outbound::Model) -> bool {
    let shared = !same_address(&outbound.mailbox, &grant.user_principal_name);
    let work = Work::outbound(outbound.protocol, shared);
    scopes::missing(&grant.scopes, &scopes::needed(&work)).is_empty()
}
