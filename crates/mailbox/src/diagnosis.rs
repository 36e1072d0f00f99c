//! What Microsoft's codes mean, as data: the kind of failure, whose it is, the words and the way out.
//!
//! Three tables of codes (Exchange's own, which both protocols say; those of Graph; those of EWS) and one of kinds, for
//! failures that have no code in them. A code is compared in any case and never beside its message.

mod exchange;
mod kinds;

use crate::{ErrorKind, FixTemplate, MailboxError, Names, WhoActs};

/// What one or more codes mean, or a kind of failure without any.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Microsoft's codes; none in a row for a kind.
    pub codes: &'static [&'static str],
    /// What it comes down to.
    pub kind: ErrorKind,
    /// Who has to act.
    pub who: WhoActs,
    /// What happened, in one sentence with places for names.
    pub meaning: &'static str,
    /// What to do about it, with places for names.
    pub way_out: &'static str,
    /// The exact steps, in their order.
    pub fixes: &'static [FixTemplate],
}

impl Row {
    /// It can go away by itself.
    pub fn is_transient(&self) -> bool {
        self.kind.is_transient()
    }

    /// What happened, for a person.
    pub fn meaning(&self, names: &Names<'_>) -> String {
        names.say(self.meaning)
    }

    /// What to do about it, for a person.
    pub fn way_out(&self, names: &Names<'_>) -> String {
        names.say(self.way_out)
    }
}

/// One row: `[codes] kind who: "what happened", "the way out", [steps];`
macro_rules! rows {
    ($([$($code:literal),*] $kind:ident $who:ident: $meaning:literal, $way_out:literal, [$($fix:expr),*];)+) => {
        pub(crate) const ROWS: &[crate::diagnosis::Row] = &[$(crate::diagnosis::Row {
            codes: &[$($code),*],
            kind: crate::ErrorKind::$kind,
            who: crate::WhoActs::$who,
            meaning: $meaning,
            way_out: $way_out,
            fixes: &[$($fix),*],
        }),+];
    };
}
pub(crate) use rows;

/// The steps that more than one row needs. Commands are of Exchange Online PowerShell.
pub(crate) mod steps {
    use crate::FixTemplate;

    pub(crate) const SIGN_IN: FixTemplate = FixTemplate::step(
        "Sign in again",
        "Let the owner of {mailbox} sign in again, here or by the owner's link.",
    );
    pub(crate) const FULL_ACCESS: FixTemplate = FixTemplate::command(
        "Give full access (Exchange Online PowerShell)",
        "Add-MailboxPermission -Identity {mailbox} -User {signer} -AccessRights FullAccess -AutoMapping $false",
    );
    pub(crate) const SEND_AS: FixTemplate = FixTemplate::command(
        "Give the right to send as the mailbox (Exchange Online PowerShell)",
        "Add-RecipientPermission -Identity {mailbox} -Trustee {signer} -AccessRights SendAs -Confirm:$false",
    );
    pub(crate) const SEND_AS_ALIAS: FixTemplate = FixTemplate::command(
        "If the sender is an alias: let mailboxes send from their aliases (Exchange Online PowerShell)",
        "Set-OrganizationConfig -SendFromAliasEnabled $true",
    );
    pub(crate) const WAIT_AN_HOUR: FixTemplate = FixTemplate::step(
        "Wait, then ping",
        "Exchange can take up to an hour until a new right works. Then ping the connection.",
    );
    pub(crate) const LOOK_AT_MAILBOX: FixTemplate = FixTemplate::command(
        "See whether the mailbox is there (Exchange Online PowerShell)",
        "Get-Mailbox -Identity {mailbox} | Format-List RecipientTypeDetails,PrimarySmtpAddress,WhenMailboxCreated",
    );
    pub(crate) const LICENCE: FixTemplate = FixTemplate::link(
        "Look at the licences of the user",
        "Give {mailbox} a licence with Exchange Online, or convert it to a shared mailbox.",
        "{admin_center}",
    );
    pub(crate) const CHOOSE_FOLDER: FixTemplate = FixTemplate::step(
        "Choose the folder again",
        "Open the connection's settings and choose a folder that is in {mailbox}.",
    );
    pub(crate) const EWS_OF_MAILBOX: FixTemplate = FixTemplate::command(
        "See what the mailbox allows (Exchange Online PowerShell)",
        "Get-CASMailbox -Identity {mailbox} | Format-List Ews*",
    );
    pub(crate) const EWS_SEE: FixTemplate = FixTemplate::command(
        "See the present list (Exchange Online PowerShell)",
        "Get-OrganizationConfig | Format-List EwsEnabled,EwsAllowedAppIDs",
    );
    /// The value replaces the whole list.
    pub(crate) const EWS_ALLOW: FixTemplate = FixTemplate::command(
        "Allow this application beside those of the present list (Exchange Online PowerShell)",
        "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs \"<the present list>,{client_id}\"",
    );
    pub(crate) const EWS_LEAVE: FixTemplate = FixTemplate::step(
        "Move to Microsoft Graph",
        "Press \u{201c}Move to Graph\u{201d}: Exchange Online switches EWS off for good on 2027-04-01. Nothing is read \
         twice.",
    );
    pub(crate) const MAILBOX_SIZE: FixTemplate = FixTemplate::command(
        "See how full it is (Exchange Online PowerShell)",
        "Get-MailboxStatistics -Identity {mailbox} | Format-List TotalItemSize,ItemCount",
    );
}

/// Everything there is: the rows of codes, then those of kinds. For tests that go through every code.
pub fn catalogue() -> impl Iterator<Item = &'static Row> {
    let codes = [
        exchange::ROWS,
        crate::graph::codes::ROWS,
        crate::ews::codes::ROWS,
    ];
    codes.into_iter().chain([kinds::ROWS]).flatten()
}

/// The row of a code, in whatever case it came.
pub fn find(code: &str) -> Option<&'static Row> {
    let has = |row: &&Row| {
        row.codes
            .iter()
            .any(|known| known.eq_ignore_ascii_case(code))
    };
    catalogue().find(has)
}

/// The row of a kind of failure that has no code.
pub fn of_kind(kind: ErrorKind) -> &'static Row {
    let rows = kinds::ROWS;
    rows.iter().find(|row| row.kind == kind).unwrap_or(&rows[0])
}

impl MailboxError {
    /// Whose it is, what it means and the way out: by its code, else by its kind.
    pub fn explain(&self) -> &'static Row {
        let kind = self.kind();
        // The same code means another thing for a folder than for a message: then the kind has the words.
        self.code()
            .and_then(find)
            .filter(|row| row.kind == kind)
            .unwrap_or_else(|| of_kind(kind))
    }
}

#[cfg(test)]
mod tests;
