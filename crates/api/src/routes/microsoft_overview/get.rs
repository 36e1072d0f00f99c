use std::collections::BTreeMap;

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use postroom_registry::{RegistryError, TenantTx, grant, outbound, source};
use serde::Serialize;
use utoipa::ToSchema;

use super::expiries::{Ends, expiries};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{
        registrations::{self, Cloud, Registration},
        sign_ins::Consent,
    },
};

/// What we have agreed with Microsoft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Microsoft {
    own: Own,
    /// The directories that people signed in from.
    directories: Vec<Directory>,
    /// The app registrations that the site brought.
    registrations: Vec<Registration>,
    /// What ends, the next first.
    expiries: Vec<Ends>,
}

/// Postroom's own app registration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Own {
    /// Its application (client) id.
    client_id: String,
    cloud: Cloud,
    /// When its credential ends, where that is known. Postroom's operator sees to it.
    #[schema(required)]
    expires_at: Option<DateTime<Utc>>,
}

/// A directory (Entra tenant).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Directory {
    /// Microsoft's id of it.
    directory_id: String,
    cloud: Cloud,
    /// Who allowed Postroom, as far as we saw: `admin` when an administrator approved for everybody.
    consent: Consent,
    /// How many people's sign-ins are used.
    grants: usize,
    /// How many connections use them.
    connections: usize,
}

/// What we have agreed with Microsoft.
#[utoipa::path(
    tag = "microsoft",
    responses((status = OK, body = Microsoft), (status = "default", body = ErrorBody))
)]
#[get("/microsoft")]
pub(crate) async fn get_microsoft(
    api: web::Data<Api>,
    caller: Administrator,
) -> Result<web::Json<Microsoft>, Problem> {
    let own = api.registrations.own();
    let tx = api.registry.begin(caller.tenant).await?;
    let seen = Microsoft {
        own: Own {
            client_id: own.client_id().to_owned(),
            cloud: own.cloud().into(),
            expires_at: own.expires_at(),
        },
        directories: directories(&tx).await?,
        registrations: registrations::all(&tx).await?,
        expiries: expiries(&tx).await?,
    };
    tx.commit().await?;
    Ok(web::Json(seen))
}

/// The directories whose sign-ins are used.
async fn directories(tx: &TenantTx) -> Result<Vec<Directory>, RegistryError> {
    let sources = source::list(tx).await?.into_iter().map(|it| it.grant_id);
    let outbounds = outbound::list(tx).await?.into_iter().map(|it| it.grant_id);
    let used: Vec<_> = sources.chain(outbounds).collect();
    let mut directories: BTreeMap<String, Directory> = BTreeMap::new();
    for row in grant::list(tx).await? {
        let connections = used.iter().filter(|id| **id == row.id).count();
        if connections == 0 {
            continue;
        }
        let directory = directories
            .entry(row.directory_id.clone())
            .or_insert_with(|| Directory {
                directory_id: row.directory_id,
                cloud: row.cloud.into(),
                consent: Consent::User,
                grants: 0,
                connections: 0,
            });
        directory.grants += 1;
        directory.connections += connections;
        if row.consent == grant::Consent::Admin {
            directory.consent = Consent::Admin;
        }
    }
    Ok(directories.into_values().collect())
}
