//! What a person reads about a failure of EWS: what it means, whose it is, and the way out.

use super::challenge::Rejected;
use super::error::EwsError;
use crate::WhoActs;

impl EwsError {
    /// What went wrong, in one sentence for the panel.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Unauthorized { rejected, .. } => match rejected {
                Rejected::Resource => {
                    "The sign-in is not for Exchange Web Services but for another service."
                }
                Rejected::Scope => {
                    "The sign-in does not include the permission EWS.AccessAsUser.All."
                }
                Rejected::Expired | Rejected::Other => {
                    "Exchange does not accept the sign-in any more."
                }
            },
            Self::Claims { .. } => "Microsoft wants the mailbox user to sign in again.",
            Self::Blocked(_) => {
                "Exchange Web Services are switched off for the organisation or for this application."
            }
            Self::AccessDenied(_) => "The person who signed in may not do this in the mailbox.",
            Self::SendAsDenied(_) => "The person who signed in may not send as this mailbox.",
            Self::MailboxMissing(_) => "Microsoft 365 has no mailbox for this address.",
            Self::ItemMissing(_) => "The message is not where it was any more.",
            Self::FolderMissing(_) => "The folder is not in the mailbox any more.",
            Self::Resync(_) => {
                "Exchange forgot how far it was read. The folder is read again; nothing is taken in twice."
            }
            Self::Throttled { .. } => "Exchange asks us to slow down for this mailbox.",
            Self::Conflict(_) => "Somebody else changed the message at the same moment.",
            Self::Server { .. } | Self::Garbled { .. } | Self::Repeating => {
                "Exchange has a problem of its own."
            }
            Self::Unreachable { .. } => "Exchange could not be reached.",
            Self::TooLarge { .. } => "The message is larger than Exchange or Postroom takes.",
            Self::MailboxFull(_) => "The mailbox is full.",
            Self::Refused { .. } | Self::Unwritable => "Exchange refused the request.",
        }
    }

    /// Who has to act on the connection. `None`: it is one message's failure, not the connection's.
    pub fn who_acts(&self) -> Option<WhoActs> {
        Some(match self {
            Self::Unauthorized { rejected, .. } => match rejected {
                Rejected::Resource => WhoActs::Us,
                Rejected::Scope => WhoActs::MailboxOwner,
                Rejected::Expired | Rejected::Other => WhoActs::Nobody,
            },
            Self::Claims { .. } | Self::MailboxFull(_) => WhoActs::MailboxOwner,
            Self::Blocked(_)
            | Self::AccessDenied(_)
            | Self::SendAsDenied(_)
            | Self::MailboxMissing(_) => WhoActs::MicrosoftAdministrator,
            Self::FolderMissing(_) => WhoActs::You,
            Self::ItemMissing(_)
            | Self::TooLarge { .. }
            | Self::Refused { .. }
            | Self::Unwritable => return None,
            Self::Resync(_)
            | Self::Throttled { .. }
            | Self::Conflict(_)
            | Self::Server { .. }
            | Self::Garbled { .. }
            | Self::Repeating
            | Self::Unreachable { .. } => WhoActs::Nobody,
        })
    }

    /// The way out, where there is one.
    pub fn way_out(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unauthorized {
                rejected: Rejected::Resource,
                ..
            } => "Postroom's operator must look at it. Signing in again does not help.",
            Self::Unauthorized { .. } | Self::Claims { .. } => {
                "Let the owner of the mailbox sign in again."
            }
            Self::Blocked(_) => {
                "Move the connection to Microsoft Graph: Exchange Online switches EWS off for good on 2027-04-01. Until \
                 then an Exchange administrator can allow it with Set-OrganizationConfig -EwsEnabled $true \
                 -EwsAllowedAppIDs \"<the ids that are there>,<the id of this application>\"; the value replaces the \
                 whole list, so keep the ids that are there."
            }
            Self::AccessDenied(_) => {
                "Sign in as the owner of the mailbox, or ask the Microsoft 365 administrator to give the person who \
                 signed in full access to it."
            }
            Self::SendAsDenied(_) => {
                "Ask the Microsoft 365 administrator for the \u{201c}Send as\u{201d} right on the mailbox."
            }
            Self::MailboxMissing(_) => {
                "Check the address, and that the account is enabled and has an Exchange Online licence. A new mailbox \
                 can take some hours."
            }
            Self::FolderMissing(_) => "Choose the folder again.",
            Self::MailboxFull(_) => {
                "Make room in the mailbox, or ask the Microsoft 365 administrator for more."
            }
            error if error.is_transient() => "Nothing to do; it is tried again by itself.",
            _ => return None,
        })
    }
}
