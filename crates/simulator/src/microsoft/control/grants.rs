//! Signing many people in at once, as if each had been in front of a browser, and counting what they refresh.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::{
    control::ControlError,
    microsoft::{
        directory::Registration,
        grants::{Holder, Refresh},
        scopes::{Asked, BadScope},
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Put {
    client_id: Option<String>,
    addresses: Vec<String>,
    scope: String,
}

/// Consents for each and gives each a refresh token.
pub(super) async fn put(
    world: web::Data<World>,
    put: web::Json<Put>,
) -> Result<HttpResponse, ControlError> {
    let put = put.into_inner();
    let client_id = put
        .client_id
        .unwrap_or_else(|| Registration::default_one().client_id);
    let asked =
        Asked::parse(&put.scope).map_err(|BadScope(_, text)| ControlError::Invalid(text))?;
    let now = world.clock.now();
    let mut cloud = world.cloud();
    let mut rows = Vec::with_capacity(put.addresses.len());
    for address in &put.addresses {
        let missing = || ControlError::NotFound(format!("there is no user {address:?} here"));
        let user = cloud.user(address).ok_or_else(missing)?.clone();
        let home = cloud.directory(user.tid);
        let national = home.map(|home| home.cloud).unwrap_or_default();
        cloud
            .grants
            .consent_user(user.tid, user.oid, &client_id, &asked.scopes);
        let family = cloud.grants.new_family();
        let token = cloud.grants.add_refresh(Refresh {
            holder: Holder {
                tid: user.tid,
                oid: user.oid,
                address: user.address.clone(),
                client_id: client_id.clone(),
                cloud: national,
                revocations: user.revocations,
            },
            scope: put.scope.clone(),
            issued: now,
            used: now,
            family,
            signed_in: now,
            mfa: true,
        });
        rows.push(json!({
            "address": user.address, "tid": user.tid, "oid": user.oid, "display_name": user.display_name,
            "refresh_token": token,
        }));
    }
    Ok(HttpResponse::Created().json(rows))
}

/// How often each was refreshed, and how often with a token that was not the newest of its sign-in.
pub(super) async fn refreshes(world: web::Data<World>) -> HttpResponse {
    let cloud = world.cloud();
    let row = |((client_id, user), (count, older)): (&(String, String), &(u32, u32))| json!({ "user": user, "client_id": client_id, "count": count, "with_an_older_token": older });
    let rows: Vec<_> = cloud.grants.refreshes().iter().map(row).collect();
    HttpResponse::Ok().json(rows)
}

pub(super) async fn forget_refreshes(world: web::Data<World>) -> HttpResponse {
    world.cloud().grants.forget_refreshes();
    HttpResponse::NoContent().finish()
}
