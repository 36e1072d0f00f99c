use actix_web::{HttpResponse, get, http::header::LOCATION, web};
use postroom_azure_oauth::{Prompt, SignInRequest, scopes};
use postroom_registry::{
    RegistryError, TenantTx, grant,
    sign_in::{self, Departure, SignInState},
    source,
};
use postroom_secrets::random_token;
use secrecy::ExposeSecret as _;

use super::{
    arrival::Exchange,
    browser,
    ending::{Ending, Stop, answer},
    opened::Opened,
    rights::needed,
};
use crate::{Api, Problem};

/// Opens the window: sends the browser to Microsoft, with a cookie by which it is known again. A reload begins anew.
#[get("/microsoft/sign-in/{ticket}")]
pub(crate) async fn open_window(
    api: web::Data<Api>,
    ticket: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    answer(depart(&api, &ticket).await)
}

async fn depart(api: &Api, ticket: &str) -> Result<HttpResponse, Stop> {
    let Opened { tx, row, .. } = Opened::by_ticket(api, ticket).await?;
    if row.state != SignInState::Started {
        return Err(Ending::CannotBeUsed.into());
    }
    let begun = api.microsoft.authorize(&request(&tx, &row).await?);
    let secret = random_token(32);
    let cookie = browser::cookie(api, row.id, &secret);
    let departure = Departure {
        state: begun.state.expose_secret(),
        browser: secret.expose_secret(),
        exchange: &Exchange::of(&begun).to_bytes()?,
    };
    sign_in::depart(&tx, row, &departure).await?;
    tx.commit().await?;
    Ok(HttpResponse::Found()
        .insert_header((LOCATION, begun.url.as_str()))
        .cookie(cookie)
        .finish())
}

/// The person chooses the account. Where a scope was missing the last time, consent is asked for again: else
/// Microsoft would silently give what it gave before.
async fn request(tx: &TenantTx, row: &sign_in::Model) -> Result<SignInRequest, RegistryError> {
    let wanted = needed(row.purpose);
    let mut request = SignInRequest::for_scopes(wanted);
    if let Some(replaced) = row.reauthorise_id
        && let Ok(source) = source::find(tx, replaced).await
    {
        let old = grant::find(tx, source.grant_id).await?;
        if !scopes::missing(&old.scopes, wanted).is_empty() {
            request.prompt = Some(Prompt::Consent);
        }
    }
    Ok(request)
}
