//! What a failure says about a connection. What is nobody's says nothing.

use postroom_azure_oauth::{self as oauth, Class, Diagnosis, GrantError};
use postroom_mailbox::graph::GraphError;
use postroom_registry::connection::{ConnectionState, StateDetail, WhoActs};

/// The state that a failure proves, with its reason.
pub(crate) type Verdict = (ConnectionState, StateDetail);

/// What it says that a grant gave no access token.
pub(crate) fn of_grant_error(error: &GrantError) -> Option<Verdict> {
    match error {
        GrantError::Microsoft(error) => of_diagnosis(&error.diagnosis()),
        _ => None,
    }
}

fn of_diagnosis(diagnosis: &Diagnosis) -> Option<Verdict> {
    let state = match diagnosis.class {
        Class::Nobody => return None,
        Class::Ours => ConnectionState::Ours,
        Class::Theirs if diagnosis.transient => return None,
        Class::Theirs if diagnosis.needs_admin_consent => ConnectionState::WaitingForApproval,
        Class::Theirs => ConnectionState::NeedsSignIn,
    };
    let detail = StateDetail {
        error_code: Some(diagnosis.code.clone()),
        meaning: Some(diagnosis.meaning.clone()),
        way_out: Some(diagnosis.way_out.clone()),
        who_acts: Some(who_acts(diagnosis.who_acts)),
        ..StateDetail::default()
    };
    Some((state, detail))
}

/// What a refusal of Graph says.
pub(crate) fn of_graph_error(error: &GraphError) -> Option<Verdict> {
    let (state, who, meaning, way_out) = match error {
        GraphError::Unauthorized(_) | GraphError::Claims { .. } => (
            ConnectionState::NeedsSignIn,
            WhoActs::MailboxOwner,
            "Microsoft does not accept the sign-in any more.",
            "Let the owner of the mailbox sign in again.",
        ),
        GraphError::AccessDenied(_) => (
            ConnectionState::Refused,
            WhoActs::MicrosoftAdministrator,
            "Exchange does not let Postroom open this mailbox.",
            "Give the person who signed in full access to the mailbox, or sign in as its owner.",
        ),
        GraphError::SendAsDenied(_) => (
            ConnectionState::Refused,
            WhoActs::MicrosoftAdministrator,
            "Exchange does not let Postroom send as this mailbox.",
            "Give the person who signed in the \u{201c}Send as\u{201d} right on the mailbox.",
        ),
        GraphError::MailboxMissing(_) => (
            ConnectionState::Refused,
            WhoActs::MicrosoftAdministrator,
            "Microsoft 365 has no mailbox for this address.",
            "Check the address, and that the account has an Exchange Online licence.",
        ),
        GraphError::FolderMissing(_) => (
            ConnectionState::Refused,
            WhoActs::You,
            "The folder is not in the mailbox any more.",
            "Delete this source and connect the mailbox again.",
        ),
        _ => return None,
    };
    let detail = StateDetail {
        error_code: error.code().map(str::to_owned),
        meaning: Some(meaning.to_owned()),
        way_out: Some(way_out.to_owned()),
        who_acts: Some(who),
        reference: error.request_id().map(str::to_owned),
        ..StateDetail::default()
    };
    Some((state, detail))
}

/// The sign-in crate and the registry have the same words and do not know each other's.
pub(crate) fn who_acts(who: oauth::WhoActs) -> WhoActs {
    match who {
        oauth::WhoActs::You => WhoActs::You,
        oauth::WhoActs::MailboxOwner => WhoActs::MailboxOwner,
        oauth::WhoActs::MicrosoftAdministrator => WhoActs::MicrosoftAdministrator,
        oauth::WhoActs::Nobody => WhoActs::Nobody,
        oauth::WhoActs::Us => WhoActs::Us,
    }
}

#[cfg(test)]
mod tests {
    use postroom_azure_oauth::{OAuthError, TokenError};
    use postroom_mailbox::graph::Support;

    use super::*;

    fn refused(error: &str, codes: &[u32]) -> GrantError {
        let error = TokenError {
            error: error.into(),
            codes: codes.to_vec(),
            ..TokenError::default()
        };
        OAuthError::Refused(Box::new(error)).into()
    }

    #[test]
    fn invalid_client_is_ours_and_invalid_grant_is_one_connections() {
        let (state, _) = of_grant_error(&refused("invalid_client", &[7_000_222])).unwrap();
        assert_eq!(state, ConnectionState::Ours);
        let (state, detail) = of_grant_error(&refused("invalid_grant", &[50_173])).unwrap();
        assert_eq!(state, ConnectionState::NeedsSignIn);
        assert_eq!(detail.error_code.as_deref(), Some("AADSTS50173"));
    }

    #[test]
    fn what_is_nobodys_changes_no_state() {
        let busy = OAuthError::Busy {
            status: 503,
            retry_after: None,
        };
        assert!(of_grant_error(&busy.into()).is_none());
        let throttled = GraphError::Throttled {
            retry_after: None,
            support: Support::default(),
        };
        assert!(of_graph_error(&throttled).is_none());
    }

    #[test]
    fn a_denied_mailbox_is_refused_with_supports_numbers() {
        let support = Support {
            request_id: Some("r-1".into()),
            code: Some("ErrorAccessDenied".into()),
        };
        let (state, detail) = of_graph_error(&GraphError::AccessDenied(support)).unwrap();
        assert_eq!(state, ConnectionState::Refused);
        assert_eq!(detail.reference.as_deref(), Some("r-1"));
        assert_eq!(detail.error_code.as_deref(), Some("ErrorAccessDenied"));
    }
}
