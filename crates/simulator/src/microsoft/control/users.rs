//! Users.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::{
    control::ControlError,
    microsoft::{conditions::Device, directory::User},
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Put {
    address: String,
    display_name: Option<String>,
    /// Name, domain or id of the directory; without it, the one of the address, or the first.
    directory: Option<String>,
    admin: Option<bool>,
    disabled: Option<bool>,
    licensed: Option<bool>,
    assigned: Option<bool>,
    device: Option<Device>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Bulk {
    count: u32,
    domain: String,
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
    user.assigned = put.assigned.unwrap_or(user.assigned);
    user.device = put.device.unwrap_or(user.device);
    cloud.put_user(user.clone());
    Ok(HttpResponse::Ok().json(user))
}

/// Many at once, each with a mailbox: `user-0001@domain` and so on.
pub(super) async fn bulk(
    world: web::Data<World>,
    bulk: web::Json<Bulk>,
) -> Result<HttpResponse, ControlError> {
    const MOST: u32 = 10_000;
    if !(1..=MOST).contains(&bulk.count) {
        return Err(ControlError::Invalid(format!(
            "count must be between 1 and {MOST}"
        )));
    }
    let mut cloud = world.cloud();
    let directory = cloud
        .directory_named(&bulk.domain)
        .or_else(|| cloud.directories.first());
    let tid = directory.map(|directory| directory.tid).unwrap_or_default();
    let now = world.clock.now();
    let mut addresses = Vec::new();
    for number in 1..=bulk.count {
        let address = format!("user-{number:04}@{}", bulk.domain);
        let name = format!("User {number:04}");
        if cloud.user(&address).is_none() {
            cloud.put_user(User::new(world.clock.new_id(), tid, &address, &name, now));
        }
        addresses.push(address);
    }
    Ok(HttpResponse::Created().json(addresses))
}

/// Deletes one, with the mailbox.
pub(super) async fn remove(
    world: web::Data<World>,
    address: web::Path<String>,
) -> Result<HttpResponse, ControlError> {
    let removed = world.cloud().remove_user(&address);
    let missing = || ControlError::NotFound(format!("there is no user {address:?} here"));
    removed
        .map(|_| HttpResponse::NoContent().finish())
        .ok_or_else(missing)
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
