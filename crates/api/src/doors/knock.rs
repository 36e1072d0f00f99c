//! What all doors look at.

use actix_web::{FromRequest as _, HttpRequest, dev::Payload, http::header, web};
use postroom_atlassian::connect::{Canonical, TokenError, UnverifiedToken};
use postroom_registry::{TenantId, tenant};
use secrecy::SecretString;
use tracing::Span;

use crate::{Api, Problem, body};

/// The API behind the doors.
pub(super) fn api(request: &HttpRequest) -> Result<Api, Problem> {
    request
        .app_data::<web::Data<Api>>()
        .map(|api| api.get_ref().clone())
        .ok_or_else(|| Problem::internal("the routes were configured without an API"))
}

/// The value of the `Authorization` header.
pub(super) fn authorization(request: &HttpRequest) -> Result<&str, Problem> {
    request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .ok_or_else(|| Problem::unauthorized("there is no readable Authorization header"))
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

/// The body as it came, up to the limit of a call of Jira.
pub(super) async fn whole_body(
    request: &HttpRequest,
    payload: &mut Payload,
) -> Result<web::Bytes, Problem> {
    let body = web::Payload::from_request(request, payload)
        .await
        .map_err(|_| Problem::internal("the payload was taken before"))?;
    match body.to_bytes_limited(body::WEBHOOK).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::invalid(
            "body",
            "The body of the request broke off.",
        )),
        Err(_) => Err(Problem::too_large()),
    }
}

/// A tenant that a token claims to come from, with the secrets that can prove it.
pub(super) struct Claimed {
    pub(super) tenant: TenantId,
    pub(super) row: tenant::Model,
    pub(super) secrets: Vec<SecretString>,
}

impl Claimed {
    /// The tenant that `token` names as its issuer.
    pub(super) async fn by(api: &Api, token: &UnverifiedToken<'_>) -> Result<Self, Problem> {
        let Some(tenant) = api
            .registry
            .tenant_by_client_key(token.client_key())
            .await?
        else {
            return Err(Problem::unauthorized(
                "the token comes from a site that is not installed",
            ));
        };
        let tx = api.registry.begin(tenant).await?;
        let row = tenant::this(&tx).await?;
        let secrets = tenant::secrets(&tx, &row).await?;
        tx.commit().await?;
        Ok(Self {
            tenant,
            row,
            secrets,
        })
    }

    /// Refuses a site that switched the app off or removed it.
    pub(super) fn at_work(self) -> Result<Self, Problem> {
        match self.row.state {
            tenant::TenantState::Installed => Ok(self),
            _ => Err(Problem::unauthorized(
                "the app is switched off or removed on this site",
            )),
        }
    }
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
