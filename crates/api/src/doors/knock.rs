//! What all doors look at.

use std::{pin::Pin, sync::Arc};

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header::{self, HeaderName},
    web,
};
use postroom_atlassian::connect::{Canonical, TokenError, UnverifiedToken};
use postroom_registry::{TenantId, tenant::TenantState};
use secrecy::SecretString;
use tracing::Span;

use super::memory::{Known, Name, Refusal};
use crate::{Api, Problem};

/// The API behind the doors.
pub(super) fn api(request: &HttpRequest) -> Result<Api, Problem> {
    request
        .app_data::<web::Data<Api>>()
        .map(|api| api.get_ref().clone())
        .ok_or_else(|| Problem::internal("the routes were configured without an API"))
}

/// What an extractor is to actix until it is through its door.
pub(super) type Entering<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// Takes a request through a door that looks at all of it.
pub(super) fn enter<T, F>(
    request: &HttpRequest,
    payload: &mut Payload,
    door: impl FnOnce(Api, HttpRequest, Payload) -> F + 'static,
) -> Entering<T>
where
    F: Future<Output = Result<T, Problem>>,
{
    let (request, payload) = (request.clone(), payload.take());
    Box::pin(async move { door(api(&request)?, request, payload).await })
}

/// The value of the `Authorization` header. Two of them would let two readers see two callers.
pub(super) fn authorization(request: &HttpRequest) -> Result<&str, Problem> {
    only(request, &header::AUTHORIZATION)
        .ok_or_else(|| Problem::unauthorized("there is not one readable Authorization header"))
}

/// A header that comes once and can be read.
pub(super) fn only<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    let mut values = request.headers().get_all(name);
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// The request in the form that both sides hash.
pub(super) fn canonical(api: &Api, request: &HttpRequest) -> Canonical {
    let uri = request.uri();
    Canonical::below(
        api.base_url.path(),
        request.method().as_str(),
        uri.path(),
        uri.query(),
    )
}

/// Proves a Connect token against the tenant that it names as its issuer.
///
/// # Errors
/// 401, whichever rule it breaks.
pub(super) async fn proved<T>(
    api: &Api,
    token: &UnverifiedToken<'_>,
    at_work: AtWork,
    verify: impl Fn(&[SecretString]) -> Result<T, TokenError>,
) -> Result<(Arc<Known>, T), Problem> {
    let name = Name::ClientKey(token.client_key().to_owned());
    let judge = |known: &Known| {
        if at_work == AtWork::Needed && known.row.state != TenantState::Installed {
            let problem = Problem::unauthorized("the app is switched off or removed on this site");
            return Err(Refusal::is_doubtful(problem));
        }
        verify(&known.secrets).map_err(|error| match error {
            TokenError::BadSignature => Refusal::is_doubtful(refused(error)),
            _ => Refusal::is_final(refused(error)),
        })
    };
    let (known, verified) = api.recall(&name, judge).await?.ok_or_else(|| {
        Problem::unauthorized("the token comes from a site that is not installed")
    })?;
    Ok((known, verified))
}

/// Whether a door is shut for a site that switched the app off or removed it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AtWork {
    Needed,
    Any,
}

/// Notes on the request's span who calls.
pub(super) fn note(tenant: TenantId, account_id: Option<&str>) {
    let span = Span::current();
    span.record("tenant", tracing::field::display(tenant));
    if let Some(account_id) = account_id {
        span.record("account", account_id);
    }
}

/// A token that was refused.
pub(super) fn refused(error: TokenError) -> Problem {
    Problem::unauthorized("the token was refused").because(error)
}
