//! What a person reads about a failed check. Support's numbers stand at the end of the sentence.

use super::super::error::GraphError;

/// What went wrong, for the person who pressed the button.
pub(super) fn detail(error: &GraphError) -> String {
    let sentence = sentence(error);
    match (error.code(), error.request_id()) {
        (None, None) => sentence.to_owned(),
        (Some(code), None) => format!("{sentence} ({code})"),
        (None, Some(id)) => format!("{sentence} (request {id})"),
        (Some(code), Some(id)) => format!("{sentence} ({code}, request {id})"),
    }
}

fn sentence(error: &GraphError) -> &'static str {
    match error {
        GraphError::Unauthorized(_) => "Microsoft does not accept the sign-in any more.",
        GraphError::Claims { .. } => "Microsoft wants the mailbox user to sign in again.",
        GraphError::AccessDenied(_) => "The person who signed in may not do this in the mailbox.",
        GraphError::SendAsDenied(_) => "The person who signed in may not send as this mailbox.",
        GraphError::MailboxMissing(_) => "Microsoft 365 has no mailbox for this address.",
        GraphError::FolderMissing(_) => "The folder is not in the mailbox any more.",
        GraphError::ItemMissing(_) => "The test draft vanished before it could be deleted.",
        GraphError::Throttled { .. } => "Microsoft asks us to slow down for this mailbox.",
        GraphError::Server { .. } | GraphError::Garbled { .. } => {
            "Microsoft 365 has a problem of its own."
        }
        GraphError::Unreachable { .. } => "Microsoft 365 could not be reached.",
        _ => "Microsoft 365 refused the request.",
    }
}

/// The way out, where there is one.
pub(super) fn action(error: &GraphError) -> Option<&'static str> {
    Some(match error {
        GraphError::Unauthorized(_) | GraphError::Claims { .. } => {
            "Let the owner of the mailbox sign in again."
        }
        GraphError::AccessDenied(_) => {
            "Sign in as the owner of the mailbox, or ask the Microsoft 365 administrator to give the person \
             who signed in full access to it."
        }
        GraphError::SendAsDenied(_) => {
            "Ask the Microsoft 365 administrator for the \u{201c}Send as\u{201d} right on the mailbox."
        }
        GraphError::MailboxMissing(_) => {
            "Check the address, and that the account has an Exchange Online licence. A new mailbox can take \
             some hours."
        }
        GraphError::FolderMissing(_) => "Choose the folder again.",
        error if error.is_transient() => "Nothing to do; check again in a few minutes.",
        _ => return None,
    })
}
