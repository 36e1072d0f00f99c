//! The bearer token: for Outlook, not expired, of a user who is still there, with the scope of EWS.

use actix_web::{HttpRequest, HttpResponse, http::header::AUTHORIZATION};

use crate::{
    microsoft::{grants::Access, national::National, public_base, scopes::Resource},
    world::World,
};

/// Office 365 Exchange Online, the application that EWS tokens are for.
const RESOURCE: &str = "00000002-0000-0ff1-ce00-000000000000";

/// The access that the token gives, or the answer that says why there is none.
pub(super) fn access(world: &World, request: &HttpRequest) -> Result<Access, Box<HttpResponse>> {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = header
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    let base = public_base(world, request);
    if token.is_empty() {
        return Err(unauthorized(&base, None));
    }
    let refuse = |diagnostics| Err(unauthorized(&base, Some(diagnostics)));
    let cloud = world.cloud();
    match cloud.grants.access(token) {
        None => refuse(
            "2000001;reason=\"The token is malformed or its signature is invalid.\";error_category=\"invalid_token\"",
        ),
        Some(access)
            if access.resource != Resource::Outlook || access.cloud != National::of(request) =>
        {
            refuse(
                "2000003;reason=\"The audience claim value is invalid 'https://graph.microsoft.com'.\";error_category=\"invalid_resource\"",
            )
        }
        Some(access) if access.expires <= world.clock.now() => {
            refuse("2000008;reason=\"The token has expired.\";error_category=\"invalid_lifetime\"")
        }
        Some(access) if cloud.user(&access.address).is_none_or(|user| user.disabled) => refuse(
            "2000010;reason=\"The user specified by the user-context in the token is ambiguous or disabled.\";error_category=\"invalid_user\"",
        ),
        Some(access)
            if !access
                .scopes
                .iter()
                .any(|scope| scope.name == "EWS.AccessAsUser.All") =>
        {
            let text = "2000007;reason=\"The token contains no permissions, or permissions can not be understood.\";error_category=\"invalid_grant\"";
            Err(Box::new(
                HttpResponse::Forbidden()
                    .insert_header(("x-ms-diagnostics", text))
                    .finish(),
            ))
        }
        Some(access) => Ok(access.clone()),
    }
}

fn unauthorized(base: &str, diagnostics: Option<&str>) -> Box<HttpResponse> {
    let error = diagnostics.map_or("", |_| ", error=\"invalid_token\"");
    let challenge = format!(
        "Bearer client_id=\"{RESOURCE}\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\", authorization_uri=\"{base}/common/oauth2/authorize\"{error}"
    );
    let mut answer = HttpResponse::Unauthorized();
    answer.insert_header(("www-authenticate", challenge));
    if let Some(diagnostics) = diagnostics {
        answer.insert_header(("x-ms-diagnostics", diagnostics));
    }
    Box::new(answer.finish())
}
