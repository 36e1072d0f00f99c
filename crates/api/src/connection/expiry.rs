//! What a connection loses by the calendar, and when.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_registry::{grant, registration};
use serde::Serialize;
use utoipa::ToSchema;

/// A refresh token that nobody uses ends so long after it was issued (Microsoft: *Refresh tokens in the Microsoft
/// identity platform*).
const IDLE: TimeDelta = TimeDelta::days(90);

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Expiring {
    /// The client secret of the app registration.
    Secret,
    /// The certificate of the app registration.
    Certificate,
    /// A sign-in that is not used.
    Idle,
    /// Exchange Web Services in Exchange Online.
    EwsEnd,
    /// Microsoft's promise to tell of new mail.
    Subscription,
}

/// Something that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Expiry {
    /// What.
    pub(crate) what: Expiring,
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// What it means, and whether somebody must act.
    pub(crate) sentence: String,
}

impl Expiry {
    /// The credential of the app registration that a tenant brought, where its end is known.
    pub(crate) fn of_registration(row: &registration::Model) -> Option<Self> {
        let at = row.expires_at?;
        let (what, word) = match row.credential_kind {
            registration::CredentialKind::Secret => (Expiring::Secret, "client secret"),
            registration::CredentialKind::Certificate => (Expiring::Certificate, "certificate"),
        };
        let sentence = format!(
            "The {word} of the app registration \u{201c}{}\u{201d} ends on {}. Put a new one into it before.",
            row.name,
            date(at),
        );
        Some(Self { what, at, sentence })
    }

    /// When the sign-in would end if nobody used it.
    pub(crate) fn of_idle(grant: &grant::Model) -> Self {
        let at = grant.refreshed_at + IDLE;
        let sentence = format!(
            "The sign-in of {} would end on {} if it were not used. Postroom renews it long before.",
            grant.user_principal_name,
            date(at),
        );
        Self {
            what: Expiring::Idle,
            at,
            sentence,
        }
    }

    /// When Exchange Online switches EWS off.
    pub(crate) fn of_ews() -> Self {
        let at = postroom_mailbox::ews::END;
        let sentence = format!(
            "Microsoft switches Exchange Web Services off on {}. Move this connection to Microsoft Graph before.",
            date(at),
        );
        Self {
            what: Expiring::EwsEnd,
            at,
            sentence,
        }
    }

    /// When Microsoft stops to tell of new mail, unless it is asked again.
    pub(crate) fn of_subscription(at: DateTime<Utc>) -> Self {
        let sentence = format!(
            "Microsoft tells of new mail until {}. Postroom asks again by itself.",
            date(at),
        );
        Self {
            what: Expiring::Subscription,
            at,
            sentence,
        }
    }
}

/// `13 March 2027`.
fn date(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y").to_string()
}
