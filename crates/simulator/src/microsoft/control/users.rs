//! Users.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::{control::ControlError, microsoft::directory::User, world::World};

#[derive(Debug, Deserialize)]
pub(super) struct Put {
    address: String,
    display_name: Option<String>,
    /// Name, domain or id of the directory; without it, the one of the address, or the first.
    directory: Option<String>,
    admin: Option<bool>,
    disabled: Option<bool>,
    licensed: Option<bool>,
}

pub(super) async fn list(world: web::Data<World>) -> HttpResponse {
    HttpResponse::Ok().json(world.cloud().users.values().collect::<Vec<_>>())
}

/// Adds one with a mailbox, or changes the one of that address.
pub(super) async fn put(
    world: web::Data<World>,
    put: web::Json<Put>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    let Some((local, domain)) = put
        .address
        .split_once('@')
        .filter(|(local, domain)| !local.is_empty() && !domain.is_empty())
    else {
        return Err(ControlError::Invalid(format!(
            "{:?} is no address",
            put.address
        )));
    };
    let directory = match &put.directory {
        Some(name) => {
            let missing = || ControlError::NotFound(format!("there is no directory {name:?} here"));
            Some(cloud.directory_named(name).ok_or_else(missing)?)
        }
        None => cloud
            .directory_named(domain)
            .or_else(|| cloud.directories.first()),
    };
    let tid = directory.map(|directory| directory.tid).unwrap_or_default();
    let mut user = match cloud.user(&put.address) {
        Some(user) => user.clone(),
        None => User::new(
            world.clock.new_id(),
            tid,
            &put.address,
            local,
            world.clock.now(),
        ),
    };
    if put.directory.is_some() {
        user.tid = tid;
    }
    if let Some(name) = &put.display_name {
        user.display_name.clone_from(name);
    }
    user.admin = put.admin.unwrap_or(user.admin);
    user.disabled = put.disabled.unwrap_or(user.disabled);
    user.licensed = put.licensed.unwrap_or(user.licensed);
    cloud.put_user(user.clone());
    Ok(HttpResponse::Ok().json(user))
}

/// "Revoke sessions": every refresh token of the user is dead from now on.
pub(super) async fn revoke(
    world: web::Data<World>,
    address: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let mut cloud = world.cloud();
    let user = cloud.users.get_mut(&address.to_lowercase());
    let user =
        user.ok_or_else(|| ControlError::NotFound(format!("there is no user {address:?} here")))?;
    user.revocations += 1;
    user.tokens_valid_from = world.clock.now();
    Ok(HttpResponse::Ok().json(&*user))
}
