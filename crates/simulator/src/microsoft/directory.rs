//! Directories, users, app registrations and who may open whose mailbox.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{Uuid, uuid};

use super::{
    certificate::Certificate,
    conditions::{Access, Device},
    ews::Policy,
    national::National,
};

/// A Microsoft Entra tenant.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Directory {
    pub(crate) tid: Uuid,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) cloud: National,
    pub(crate) consent_policy: ConsentPolicy,
    pub(crate) conditional_access: Access,
    /// Which applications may use EWS.
    pub(crate) ews: Policy,
}

/// What users of a directory may consent to themselves ("Configure how users consent to applications").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConsentPolicy {
    /// All delegated scopes that need no administrator.
    #[default]
    UserAllowed,
    /// The default of new directories: no mail scopes, except to send.
    MicrosoftManaged,
    /// As before, and users may ask an administrator to consent.
    Workflow,
    /// Nothing.
    AdminOnly,
}

impl Directory {
    pub(super) fn defaults() -> Vec<Self> {
        let directory = |tid, name: &str| Self {
            tid,
            name: name.to_owned(),
            domain: format!("{name}.example"),
            cloud: National::default(),
            consent_policy: ConsentPolicy::default(),
            conditional_access: Access::default(),
            ews: Policy::default(),
        };
        vec![
            directory(uuid!("c0a70500-0000-4000-8000-000000000001"), "contoso"),
            directory(uuid!("c0570e00-0000-4000-8000-000000000002"), "customer"),
        ]
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct User {
    pub(crate) oid: Uuid,
    pub(crate) tid: Uuid,
    pub(crate) address: String,
    pub(crate) display_name: String,
    pub(crate) admin: bool,
    /// Sign-in is refused with AADSTS50057.
    pub(crate) disabled: bool,
    /// Without a licence there is an account, but no mailbox that Graph can open.
    pub(crate) licensed: bool,
    /// Where the application wants its users assigned; without it AADSTS50105.
    pub(crate) assigned: bool,
    /// What became of the device that was signed in with.
    pub(crate) device: Device,
    pub(crate) tokens_valid_from: DateTime<Utc>,
    /// Counts revocations; a refresh token of an earlier one is dead.
    #[serde(skip)]
    pub(crate) revocations: u32,
}

impl User {
    pub(super) fn new(
        oid: Uuid,
        tid: Uuid,
        address: &str,
        display_name: &str,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            oid,
            tid,
            address: address.to_owned(),
            display_name: display_name.to_owned(),
            admin: false,
            disabled: false,
            licensed: true,
            assigned: true,
            device: Device::default(),
            tokens_valid_from: now,
            revocations: 0,
        }
    }

    pub(super) fn defaults(directories: &[Directory], now: DateTime<Utc>) -> Vec<Self> {
        const PEOPLE: [(Uuid, usize, &str, &str); 3] = [
            (
                uuid!("a0000000-0000-4000-8000-0000000000a1"),
                0,
                "ann@contoso.example",
                "Ann Agent",
            ),
            (
                uuid!("a0000000-0000-4000-8000-0000000000a2"),
                0,
                "support@contoso.example",
                "Support Mailbox",
            ),
            (
                uuid!("a0000000-0000-4000-8000-0000000000c1"),
                1,
                "carl@customer.example",
                "Carl Customer",
            ),
        ];
        let person = |(oid, directory, address, name): (Uuid, usize, &str, &str)| {
            let tid = directories
                .get(directory)
                .map_or(Uuid::nil(), |directory| directory.tid);
            let admin = address == "ann@contoso.example";
            Self {
                admin,
                ..Self::new(oid, tid, address, name, now)
            }
        };
        PEOPLE.into_iter().map(person).collect()
    }
}

/// An app registration.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Registration {
    pub(crate) client_id: String,
    /// Empty when there is none.
    #[serde(default)]
    pub(crate) client_secret: String,
    /// When the secret ends: AADSTS7000222 from then on.
    #[serde(default)]
    pub(crate) secret_expires: Option<DateTime<Utc>>,
    /// Each in PEM.
    #[serde(default)]
    pub(crate) certificates: Vec<Certificate>,
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    #[serde(default = "unnamed")]
    pub(crate) name: String,
    /// The secret is right but too old: AADSTS7000222.
    #[serde(default)]
    pub(crate) secret_expired: bool,
    /// AADSTS7000112.
    #[serde(default)]
    pub(crate) disabled: bool,
    /// What `.default` asks for.
    #[serde(default = "mail_permissions")]
    pub(crate) permissions: Vec<String>,
}

fn unnamed() -> String {
    "Postroom".to_owned()
}

fn mail_permissions() -> Vec<String> {
    [
        "User.Read",
        "Mail.ReadWrite",
        "Mail.Send",
        "Mail.ReadWrite.Shared",
        "Mail.Send.Shared",
    ]
    .map(String::from)
    .into()
}

impl Registration {
    pub(super) fn default_one() -> Self {
        Self {
            client_id: "11111111-2222-3333-4444-555555555555".into(),
            client_secret: "simulator-secret".into(),
            secret_expires: None,
            certificates: Vec::new(),
            redirect_uris: Vec::new(),
            name: unnamed(),
            secret_expired: false,
            disabled: false,
            permissions: mail_permissions(),
        }
    }
}

/// Full access of one user to another's mailbox (Exchange), perhaps with Send As.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Delegation {
    pub(crate) mailbox: String,
    pub(crate) delegate: String,
    #[serde(default)]
    pub(crate) send_as: bool,
    /// May act as the mailbox altogether, through EWS.
    #[serde(default)]
    pub(crate) impersonate: bool,
}
