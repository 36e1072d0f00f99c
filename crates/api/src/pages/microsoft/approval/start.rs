use actix_web::{HttpRequest, HttpResponse, post, web};
use postroom_azure_oauth::Directory;
use postroom_secrets::random_token;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{Approval, Opened, browser, open};
use crate::{
    Api, Problem,
    pages::microsoft::{
        departure::leaving,
        ending::{Stop, answer},
    },
    routes::sign_ins::{Aim, microsoft_of},
};

#[derive(Deserialize)]
pub(crate) struct Begin {
    token: String,
}

/// The administrator goes to Microsoft's admin consent.
#[post("/microsoft/approve")]
pub(crate) async fn approval_begins(
    api: web::Data<Api>,
    request: HttpRequest,
    form: web::Form<Begin>,
) -> Result<HttpResponse, Problem> {
    answer(begin(&api, &request, &form.token).await)
}

async fn begin(api: &Api, request: &HttpRequest, token: &str) -> Result<HttpResponse, Stop> {
    browser::our_own_form(request.headers())?;
    let Opened { tx, row, .. } = open(api, token).await?;
    let aim = Aim::of(&tx, &row).await?;
    let microsoft = microsoft_of(api, &tx, row.registration_id).await?;
    // The directory of the mailbox, where it is known: an approval for another one would not help.
    let known = aim.before.as_ref().map(|grant| grant.directory_id.parse());
    let directory = known
        .and_then(Result::ok)
        .map_or(Directory::Organizations, Directory::Id);
    let secret = random_token(32);
    let approval = Approval::new(token, secret.expose_secret());
    let scopes = aim.scopes(aim.is_shared());
    let state = SecretString::from(approval.state.as_str());
    let url = microsoft.admin_consent_url(directory, &scopes, &state);
    let cookie = approval.cookie(api, secret.expose_secret());
    Ok(leaving(&url, &cookie))
}
