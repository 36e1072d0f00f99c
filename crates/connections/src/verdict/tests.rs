use postroom_azure_oauth::{OAuthError, TokenError};
use postroom_mailbox::{Support, diagnosis};
use postroom_registry::{RegistryError, connection::Protocol, registration::Cloud};

use super::*;

const HERE: Circumstances<'_> = Circumstances {
    mailbox: "help@contoso.example",
    signer: "ann@contoso.example",
    client_id: "11111111-2222-3333-4444-555555555555",
    protocol: Protocol::Graph,
    cloud: Cloud::Global,
};

fn refused(error: &str, codes: &[u32]) -> Failure {
    let error = TokenError {
        error: error.into(),
        codes: codes.to_vec(),
        trace_id: Some("t-1".into()),
        correlation_id: Some("c-1".into()),
        ..TokenError::default()
    };
    GrantError::from(OAuthError::Refused(Box::new(error))).into()
}

fn support(code: &str) -> Support {
    Support {
        request_id: Some("r-1".into()),
        code: Some(code.into()),
    }
}

fn state(failure: &Failure) -> Option<ConnectionState> {
    failure.verdict(&HERE).map(|verdict| verdict.state)
}

#[test]
fn invalid_client_is_ours_and_invalid_grant_is_one_connections() {
    let ours = refused("invalid_client", &[7_000_222]);
    assert_eq!(state(&ours), Some(ConnectionState::Ours));
    let verdict = refused("invalid_grant", &[50_173]).verdict(&HERE).unwrap();
    assert_eq!(verdict.state, ConnectionState::NeedsSignIn);
    let detail = verdict.detail;
    assert_eq!(detail.error_code.as_deref(), Some("AADSTS50173"));
    assert_eq!(
        (detail.reference.as_deref(), detail.correlation.as_deref()),
        (Some("t-1"), Some("c-1"))
    );
    let consent = refused("invalid_grant", &[65_001]);
    assert_eq!(state(&consent), Some(ConnectionState::WaitingForApproval));
}

#[test]
fn what_is_nobodys_shows_a_wait_and_nobody() {
    let busy = OAuthError::Busy {
        status: 503,
        retry_after: None,
    };
    let throttled = MailboxError::Throttled {
        retry_after: None,
        support: support("ErrorServerBusy"),
    };
    for (failure, expected) in [
        (
            Failure::from(GrantError::from(busy)),
            ConnectionState::Retrying,
        ),
        (throttled.into(), ConnectionState::Slowed),
        (
            MailboxError::Server {
                status: 500,
                support: support("UnknownError"),
            }
            .into(),
            ConnectionState::Retrying,
        ),
    ] {
        let verdict = failure.verdict(&HERE).unwrap();
        assert!(failure.is_transient());
        assert_eq!(
            (verdict.state, verdict.detail.who_acts),
            (expected, Some(WhoActs::Nobody))
        );
    }
    assert_eq!(state(&RegistryError::Missing.into()), None);
}

#[test]
fn a_denied_mailbox_is_refused_with_supports_numbers_and_the_command() {
    let failure = Failure::from(MailboxError::AccessDenied(support("ErrorAccessDenied")));
    let verdict = failure.verdict(&HERE).unwrap();
    assert_eq!(verdict.state, ConnectionState::Refused);
    let detail = verdict.detail;
    assert_eq!(detail.reference.as_deref(), Some("r-1"));
    assert_eq!(detail.error_code.as_deref(), Some("ErrorAccessDenied"));
    assert_eq!(detail.who_acts, Some(WhoActs::MicrosoftAdministrator));
    assert_eq!(
        detail.meaning.as_deref(),
        Some("Exchange does not let ann@contoso.example open help@contoso.example.")
    );
    assert_eq!(detail.fix[0].kind, FixKind::Command);
    assert!(
        detail.fix[0]
            .text
            .contains("-Identity 'help@contoso.example' -User 'ann@contoso.example'")
    );
}

#[test]
fn blocked_ews_names_the_application_and_the_list() {
    let verdict = of_mailbox(&MailboxError::Blocked(Support::default()), &HERE).unwrap();
    assert_eq!(verdict.state, ConnectionState::Refused);
    let allow = "-EwsAllowedAppIDs \"<the present list>,11111111-2222-3333-4444-555555555555\"";
    assert!(
        verdict
            .detail
            .fix
            .iter()
            .any(|fix| fix.text.ends_with(allow))
    );
}

/// Whoever has to act is asked to; whatever is nobody's, or one message's, troubles nobody.
#[test]
fn every_row_of_the_catalogue_has_the_verdict_that_its_person_needs() {
    for row in diagnosis::catalogue() {
        let error = match row.kind {
            ErrorKind::Unauthorized => MailboxError::Unauthorized(Support::default()),
            ErrorKind::WrongResource => MailboxError::WrongResource(Support::default()),
            ErrorKind::ScopeMissing => MailboxError::ScopeMissing(Support::default()),
            ErrorKind::Claims => MailboxError::Claims {
                claims: None,
                support: Support::default(),
            },
            ErrorKind::Blocked => MailboxError::Blocked(Support::default()),
            ErrorKind::AccessDenied => MailboxError::AccessDenied(Support::default()),
            ErrorKind::SendAsDenied => MailboxError::SendAsDenied(Support::default()),
            ErrorKind::MailboxMissing => MailboxError::MailboxMissing(Support::default()),
            ErrorKind::FolderMissing => MailboxError::FolderMissing(Support::default()),
            ErrorKind::MailboxFull => MailboxError::MailboxFull(Support::default()),
            kind => {
                assert!(kind.is_transient() || kind.is_of_one_message(), "{kind:?}");
                continue;
            }
        };
        let verdict = of_mailbox(&error, &HERE).unwrap();
        let ours = row.who == mailbox::WhoActs::Us;
        assert_eq!(verdict.state == ConnectionState::Ours, ours, "{row:?}");
        assert!(
            postroom_registry::connection::life::alarms(verdict.state),
            "{row:?}"
        );
        assert_eq!(verdict.detail.fix.is_empty(), ours, "{row:?}");
    }
    for error in [
        MailboxError::ItemMissing(Support::default()),
        MailboxError::Resync(Support::default()),
        MailboxError::BadId,
    ] {
        assert_eq!(state(&error.into()), None);
    }
}
