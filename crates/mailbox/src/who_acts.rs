use serde::Serialize;

/// Who has to act on a failure of a mailbox. The words are those of the sign-in's diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoActs {
    /// The person in front of the panel.
    You,
    /// The owner of the mailbox.
    MailboxOwner,
    /// An administrator of the directory or of Exchange.
    MicrosoftAdministrator,
    /// Nobody.
    Nobody,
    /// The operator of Postroom.
    Us,
}
