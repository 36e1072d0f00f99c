//! `GET /me` and `GET /users/{user}`.

use actix_web::{HttpResponse, http::StatusCode};
use serde_json::json;

use super::{caller::Caller, error::GraphError};

pub(super) async fn show(caller: Caller) -> Result<HttpResponse, GraphError> {
    let names: &[&str] = match caller.is_own() {
        true => &["User.Read", "User.ReadBasic.All", "User.Read.All"],
        false => &["User.ReadBasic.All", "User.Read.All"],
    };
    if !names.iter().any(|name| caller.has(name)) {
        let text = "Insufficient privileges to complete the operation.";
        return Err(GraphError::new(
            StatusCode::FORBIDDEN,
            "Authorization_RequestDenied",
            text,
        ));
    }
    let cloud = caller.world.cloud();
    let user = cloud
        .user(&caller.mailbox)
        .ok_or_else(|| GraphError::invalid_user(&caller.mailbox))?;
    let (given_name, surname) = user
        .display_name
        .split_once(' ')
        .unwrap_or((&user.display_name, ""));
    // `mail` is null for accounts without a licence, as in many real directories.
    let mail = user.licensed.then_some(&user.address);
    Ok(HttpResponse::Ok().json(json!({
        "@odata.context": format!("{}/v1.0/$metadata#users/$entity", caller.base),
        "id": user.oid,
        "displayName": user.display_name,
        "givenName": given_name,
        "surname": surname,
        "mail": mail,
        "userPrincipalName": user.address,
        "businessPhones": [],
        "jobTitle": null,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": null,
    })))
}
