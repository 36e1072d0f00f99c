//! The OpenAPI document of the panel's API: made of the routes themselves, kept as `openapi.json`.

use actix_web::App;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_actix_web::AppExt as _;

use crate::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Postroom",
        description = "The API of Postroom's panel in Jira. Every call carries a fresh token: in Connect that of \
                       `AP.context.getToken` in `Authorization: JWT …`, in Forge the invocation token that Forge \
                       adds to what `invokeRemote` calls.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1")),
    security(("context_token" = []), ("invocation_token" = [])),
    modifiers(&Tokens)
)]
struct Document;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let header = ApiKeyValue::with_description(
            "Authorization",
            "`JWT ` and a context token of Connect (`qsh` is `context-qsh`).",
        );
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(header));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("context_token", scheme);
        let invocation = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("An invocation token of Forge, with an account in it."))
            .build();
        components.add_security_scheme("invocation_token", SecurityScheme::Http(invocation));
    }
}

/// The document. Paths are relative to the server's `/api/v1`.
pub fn document() -> utoipa::openapi::OpenApi {
    App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .configure(routes::panel)
        .split_for_parts()
        .1
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_in_the_repository_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let built = super::document().to_pretty_json().unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &built).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == built,
            "run this test with UPDATE=1 and commit openapi.json"
        );
    }
}
