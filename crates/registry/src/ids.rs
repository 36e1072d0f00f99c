//! Ids that cannot be taken for one another.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        /// Our ids are never numbers of a sequence.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A Jira site that installed Postroom.
    TenantId
);
id!(
    /// What a sign-in with Microsoft left.
    GrantId
);
id!(
    /// A sign-in on its way.
    SignInId
);
id!(
    /// A connection that receives.
    SourceId
);
id!(
    /// A connection that sends.
    OutboundId
);
id!(
    /// A row of the ledger.
    MailId
);
id!(
    /// One effect in Jira.
    DeliveryId
);
id!(
    /// A mail that goes out.
    NotificationId
);
id!(
    /// A row of the audit trail.
    AuditId
);
id!(
    /// An app registration that a tenant brought.
    RegistrationId
);
id!(
    /// Microsoft's promise to tell of new mail.
    SubscriptionId
);
id!(
    /// One trouble of one connection.
    IncidentId
);
id!(
    /// Where a tenant wants to be told of trouble.
    AlertChannelId
);
id!(
    /// One message about an incident.
    AlertId
);
id!(
    /// A time in which a connection was in one state.
    ChapterId
);
