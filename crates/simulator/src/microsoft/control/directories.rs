//! Directories and their consent policy.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::{
    control::ControlError,
    microsoft::{
        conditions::Access,
        directory::{ConsentPolicy, Directory},
        ews::Policy,
        national::National,
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Put {
    name: String,
    domain: Option<String>,
    cloud: Option<National>,
    consent_policy: Option<ConsentPolicy>,
    /// All of it.
    conditional_access: Option<Access>,
    /// `EwsEnabled`: null takes it back to "not set".
    #[serde(default, deserialize_with = "given")]
    ews_enabled: Option<Option<bool>>,
    /// `EwsAllowedAppIDs`, all of them.
    ews_allowed_app_ids: Option<Vec<String>>,
}

/// A value that is there, be it null.
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<bool>>, D::Error> {
    Option::deserialize(value).map(Some)
}

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(&world.cloud().directories)
}

/// Adds one, or changes the one of that name.
pub(super) async fn put(world: web::Data<World>, put: web::Json<Put>) -> HttpResponse {
    let mut cloud = world.cloud();
    let found = cloud
        .directories
        .iter()
        .position(|directory| directory.name.eq_ignore_ascii_case(&put.name));
    let place = found.unwrap_or_else(|| {
        cloud.directories.push(Directory {
            tid: world.clock.new_id(),
            name: put.name.clone(),
            domain: format!("{}.example", put.name),
            cloud: National::default(),
            consent_policy: ConsentPolicy::default(),
            conditional_access: Access::default(),
            ews: Policy::default(),
        });
        cloud.directories.len() - 1
    });
    let directory = &mut cloud.directories[place];
    if let Some(domain) = &put.domain {
        directory.domain.clone_from(domain);
    }
    directory.cloud = put.cloud.unwrap_or(directory.cloud);
    directory.consent_policy = put.consent_policy.unwrap_or(directory.consent_policy);
    if let Some(access) = &put.conditional_access {
        directory.conditional_access.clone_from(access);
    }
    directory.ews.enabled = put.ews_enabled.unwrap_or(directory.ews.enabled);
    if let Some(ids) = &put.ews_allowed_app_ids {
        directory.ews.allowed_app_ids.clone_from(ids);
    }
    HttpResponse::Ok().json(&*directory)
}

/// Takes back every consent given in a directory.
pub(super) async fn forget_consents(
    world: web::Data<World>,
    name: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    let tid = cloud.directory_named(&name).map(|directory| directory.tid);
    let tid =
        tid.ok_or_else(|| ControlError::NotFound(format!("there is no directory {name:?} here")))?;
    cloud.grants.forget_consents(tid);
    Ok(HttpResponse::NoContent().finish())
}
