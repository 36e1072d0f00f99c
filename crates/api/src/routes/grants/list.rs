use std::collections::HashMap;

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use postroom_registry::{
    GrantId, RegistrationId, RegistryError, TenantTx, grant, outbound, registration, source,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::Expiry,
    doors::Administrator,
    problem::ErrorBody,
    routes::{
        registrations::{Cloud, Named},
        sign_ins::Consent,
    },
};

/// What a sign-in left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grant {
    id: Uuid,
    /// The address of who signed in.
    signed_in_as: String,
    /// Their name.
    display_name: String,
    /// The directory (Entra tenant) that they are of.
    directory_id: String,
    cloud: Cloud,
    /// The app registration that a site brought; null for Postroom's own.
    #[schema(required)]
    registration: Option<Named>,
    /// What Microsoft granted.
    scopes: Vec<String>,
    /// `graph`, `outlook`: for what Microsoft gives tokens.
    resources: Vec<String>,
    /// Who allowed it, as far as we saw.
    consent: Consent,
    /// When Microsoft last gave a token.
    refreshed_at: DateTime<Utc>,
    /// When it would end if nobody used it.
    idle_ends_at: DateTime<Utc>,
    /// The connections that use it.
    used_by: Vec<User>,
}

/// A connection that uses a grant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct User {
    /// `source` or `outbound`.
    kind: String,
    id: Uuid,
    name: String,
}

/// Grants, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grants {
    items: Vec<Grant>,
}

/// The sign-ins that connections use, or can use.
#[utoipa::path(
    tag = "microsoft",
    responses((status = OK, body = Grants), (status = "default", body = ErrorBody))
)]
#[get("/grants")]
pub(crate) async fn list_grants(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<Grants>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let users = users(&tx).await?;
    let names = names(&tx).await?;
    let rows = newest_of_each(grant::taken(&tx).await?, &users);
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let resources = grant::resources(&tx, row.id).await?;
        items.push(Grant::of(row, &resources, &users, &names));
    }
    tx.commit().await?;
    Ok(web::Json(Grants { items }))
}

/// Those that are used, and of each person's others the newest: what came before it is of no use to anybody.
fn newest_of_each(
    rows: Vec<grant::Model>,
    users: &HashMap<GrantId, Vec<User>>,
) -> Vec<grant::Model> {
    let mut seen = std::collections::HashSet::new();
    let mut kept = rows;
    kept.retain(|row| {
        let person = (row.directory_id.clone(), row.object_id.clone());
        let newest = seen.insert((person, row.registration_id));
        newest || users.contains_key(&row.id)
    });
    kept
}

async fn users(tx: &TenantTx) -> Result<HashMap<GrantId, Vec<User>>, RegistryError> {
    let mut users: HashMap<GrantId, Vec<User>> = HashMap::new();
    for row in source::list(tx).await? {
        users.entry(row.grant_id).or_default().push(User {
            kind: "source".to_owned(),
            id: row.id.0,
            name: row.name,
        });
    }
    for row in outbound::list(tx).await? {
        users.entry(row.grant_id).or_default().push(User {
            kind: "outbound".to_owned(),
            id: row.id.0,
            name: row.name,
        });
    }
    Ok(users)
}

async fn names(tx: &TenantTx) -> Result<HashMap<RegistrationId, String>, RegistryError> {
    let rows = registration::list(tx).await?.into_iter();
    Ok(rows.map(|row| (row.id, row.name)).collect())
}

impl Grant {
    fn of(
        row: grant::Model,
        resources: &[grant::Resource],
        users: &HashMap<GrantId, Vec<User>>,
        names: &HashMap<RegistrationId, String>,
    ) -> Self {
        let idle_ends_at = Expiry::of_idle(&row).at;
        let registration = row.registration_id.map(|id| Named {
            id: id.0,
            name: names.get(&id).cloned().unwrap_or_default(),
        });
        Self {
            id: row.id.0,
            signed_in_as: row.user_principal_name,
            display_name: row.display_name,
            directory_id: row.directory_id,
            cloud: row.cloud.into(),
            registration,
            scopes: row.scopes,
            resources: resources.iter().map(|it| it.word().to_owned()).collect(),
            consent: row.consent.into(),
            refreshed_at: row.refreshed_at,
            idle_ends_at,
            used_by: users.get(&row.id).cloned().unwrap_or_default(),
        }
    }
}
