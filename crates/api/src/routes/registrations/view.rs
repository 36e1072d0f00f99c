use chrono::{DateTime, Utc};
use postroom_registry::{RegistryError, TenantTx, grant, outbound, registration, source};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::vocabulary::words;

words! {
    /// One of Microsoft's clouds.
    Cloud of registration::Cloud {
        /// The usual one, and GCC.
        Global,
        /// GCC High.
        UsGovL4,
        /// DoD.
        UsGovL5,
        /// Operated by 21Vianet.
        China,
    }
}

words! {
    /// How a registration proves itself.
    CredentialKind of registration::CredentialKind {
        /// A client secret.
        Secret,
        /// A certificate.
        Certificate,
    }
}

/// Who may be signed in with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Audience {
    /// People of one directory.
    Single,
    /// People of any organisation.
    Multi,
}

/// A thing and its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    pub(crate) id: Uuid,
    pub(crate) name: String,
}

/// An app registration that the site brought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Registration {
    id: Uuid,
    /// For people.
    name: String,
    cloud: Cloud,
    /// Application (client) id.
    client_id: String,
    audience: Audience,
    /// The one directory whose people may sign in.
    #[schema(required)]
    directory_id: Option<String>,
    credential: Credential,
    state: RegistrationState,
    /// How many connections use it.
    used_by: usize,
    created_at: DateTime<Utc>,
}

/// How it proves itself. The credential itself never comes back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Credential {
    kind: CredentialKind,
    /// When it ends, where that is known.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
    /// Of the certificate, as the Entra admin center shows it.
    #[schema(required)]
    thumbprint: Option<String>,
}

/// What Microsoft said when it was last tried.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegistrationState {
    ok: bool,
    /// For a person, with the way out.
    sentence: String,
    /// Microsoft's code.
    #[schema(required)]
    code: Option<String>,
}

/// What the panel sees of a registration.
pub(super) async fn view(
    tx: &TenantTx,
    row: registration::Model,
) -> Result<Registration, RegistryError> {
    let used_by = used_by(tx, &row).await?;
    let state = state(&row, tx.clock().now());
    Ok(Registration {
        id: row.id.0,
        name: row.name,
        cloud: row.cloud.into(),
        client_id: row.client_id,
        audience: match row.directory_id {
            Some(_) => Audience::Single,
            None => Audience::Multi,
        },
        directory_id: row.directory_id,
        credential: Credential {
            kind: row.credential_kind.into(),
            expires_at: row.expires_at,
            thumbprint: row.thumbprint,
        },
        state,
        used_by,
        created_at: row.created_at,
    })
}

fn state(row: &registration::Model, now: DateTime<Utc>) -> RegistrationState {
    let detail = &row.state_detail;
    if row.expires_at.is_some_and(|at| at <= now) {
        return RegistrationState {
            ok: false,
            sentence: "Its credential has ended. Put a new one into it.".to_owned(),
            code: Some("expired".to_owned()),
        };
    }
    match &detail.error_code {
        None => RegistrationState {
            ok: true,
            sentence: "Microsoft accepts it.".to_owned(),
            code: None,
        },
        Some(code) => {
            let meaning = detail.meaning.as_deref().unwrap_or("Microsoft refuses it.");
            let way_out = detail.way_out.as_deref().unwrap_or_default();
            RegistrationState {
                ok: false,
                sentence: format!("{meaning} {way_out}").trim_end().to_owned(),
                code: Some(code.clone()),
            }
        }
    }
}

/// How many connections use a registration.
pub(super) async fn used_by(
    tx: &TenantTx,
    row: &registration::Model,
) -> Result<usize, RegistryError> {
    let grants = grant::list(tx).await?;
    let its = |id| {
        let of = grants.iter().find(|it| it.id == id);
        of.is_some_and(|grant| grant.registration_id == Some(row.id))
    };
    let sources = source::list(tx).await?;
    let outbounds = outbound::list(tx).await?;
    Ok(sources.iter().filter(|it| its(it.grant_id)).count()
        + outbounds.iter().filter(|it| its(it.grant_id)).count())
}
