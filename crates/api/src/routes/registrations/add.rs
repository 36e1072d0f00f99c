use actix_web::{HttpResponse, post, web};
use postroom_azure_oauth::AppRegistration;
use postroom_registry::{
    audit::{self, Action, SubjectKind},
    registration::{self, NewRegistration},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    check::tried,
    credential::GivenCredential,
    view::{Cloud, Registration, view},
};
use crate::{
    Api, Problem,
    doors::Administrator,
    problem::ErrorBody,
    routes::{name, trail::did},
};

/// An app registration of the site's own.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AddRegistration {
    /// For people.
    name: String,
    cloud: Cloud,
    /// Application (client) id.
    client_id: String,
    /// The one directory whose people may sign in, by its id or a domain of it; of all organisations where nothing is
    /// said.
    directory_id: Option<String>,
    #[serde(flatten)]
    credential: GivenCredential,
}

/// Adds an app registration, and tries it. One that Microsoft does not accept is kept, too, and says why.
#[utoipa::path(
    tag = "registrations",
    request_body = AddRegistration,
    responses((status = CREATED, body = Registration), (status = "default", body = ErrorBody))
)]
#[post("/registrations")]
pub(crate) async fn add_registration(
    api: web::Data<Api>,
    caller: Administrator,
    given: web::Json<AddRegistration>,
) -> Result<HttpResponse, Problem> {
    let given = given.into_inner();
    let name = name(&given.name)?;
    let client_id = client_id(&given.client_id)?;
    let directory = given.directory_id.as_deref().map(directory).transpose()?;
    let cloud = given.cloud.into();
    let Some(credential) = given.credential.check(api.clock().now())? else {
        let message = "Give a client secret or a certificate.";
        return Err(Problem::invalid("secret", message));
    };
    let state_detail = tried(&api.registrations.brought(AppRegistration {
        client_id: client_id.clone(),
        credential: credential.used,
        directory: directory.clone(),
        cloud,
        secret_expires_at: credential.expires_at,
    }))
    .await?;
    let new = NewRegistration {
        name,
        cloud,
        client_id,
        directory_id: directory,
        credential: credential.kept,
        thumbprint: credential.thumbprint,
        expires_at: credential.expires_at,
        state_detail,
    };
    let tx = api.registry.begin(caller.tenant).await?;
    let row = registration::insert(&tx, new).await?;
    let entry = did(&caller, Action::RegistrationAdded)
        .on(SubjectKind::Registration, &row.id, Some(&row.name))
        .changed("client_id", None, Some(&row.client_id))
        .changed("credential", None, Some(row.credential_kind.word()));
    audit::record(&tx, &entry).await?;
    let seen = view(&tx, row).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(seen))
}

fn client_id(given: &str) -> Result<String, Problem> {
    let id = Uuid::try_parse(given.trim());
    id.map(|id| id.to_string()).map_err(|_| {
        Problem::invalid(
            "client_id",
            "An application (client) id looks like 11111111-2222-3333-4444-555555555555.",
        )
    })
}

/// The id of a directory, or a domain of it. The words that stand for many directories are none.
fn directory(given: &str) -> Result<String, Problem> {
    let given = given.trim().to_lowercase();
    let letters = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '.';
    let id = Uuid::try_parse(&given).is_ok();
    let domain = given.contains('.') && given.len() <= 253 && given.chars().all(letters);
    let whole =
        !given.starts_with(['.', '-']) && !given.ends_with(['.', '-']) && !given.contains("..");
    match id || (domain && whole) {
        true => Ok(given),
        false => Err(Problem::invalid(
            "directory_id",
            "Give the directory (tenant) id, or a domain of the directory.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_one_directory() {
        for good in ["7b9103a5-4610-446b-9670-80643382c1fa", "Contoso.example"] {
            assert!(directory(good).is_ok(), "{good}");
        }
        for odd in [
            "common",
            "organizations",
            "../x.y",
            "a/b.c",
            "a..b",
            "",
            ".",
            "a.b?x=1",
        ] {
            assert!(directory(odd).is_err(), "{odd}");
        }
    }
}
