//! The REST API under `/rest`, version 3 of the platform as Atlassian's OpenAPI document has it.

mod app_properties;
mod attachment_add;
mod attachment_content;
mod attachment_delete;
mod attachment_get;
mod attachment_meta;
mod comment_add;
mod comment_delete;
mod comment_edit;
mod comment_get;
mod comment_list;
mod comment_properties;
mod create_meta;
mod fields;
mod issue_create;
mod issue_delete;
mod issue_edit;
mod issue_get;
mod issue_properties;
mod issue_types;
mod myself;
mod permissions_check;
mod plugins;
mod project_get;
mod project_list;
mod project_search;
mod request;
mod search_jql;
mod server_info;
mod user_bulk;
mod user_email;
mod user_get;
mod user_search;

use actix_web::{
    HttpRequest, HttpResponse,
    middleware::from_fn,
    web::{ServiceConfig, delete, get, post, put, scope, to},
};
use serde_json::json;

use super::gate;

/// Routes with the gate before them.
pub(crate) fn configure(cfg: &mut ServiceConfig) {
    let rest = scope("/rest")
        .configure(issues)
        .configure(comments)
        .configure(attachments)
        .configure(others)
        .configure(plugins::configure)
        .default_service(to(nothing))
        .wrap(from_fn(gate::check));
    cfg.service(rest);
}

fn issues(cfg: &mut ServiceConfig) {
    cfg.route("/api/3/issue", post().to(issue_create::handle))
        .route(
            "/api/3/issue/createmeta/{project}/issuetypes",
            get().to(create_meta::handle),
        )
        .route("/api/3/issue/{issue}", get().to(issue_get::handle))
        .route("/api/3/issue/{issue}", put().to(issue_edit::handle))
        .route("/api/3/issue/{issue}", delete().to(issue_delete::handle))
        .route(
            "/api/3/issue/{issue}/properties",
            get().to(issue_properties::keys),
        )
        .route(
            "/api/3/issue/{issue}/properties/{key}",
            get().to(issue_properties::read),
        )
        .route(
            "/api/3/issue/{issue}/properties/{key}",
            put().to(issue_properties::write),
        )
        .route(
            "/api/3/issue/{issue}/properties/{key}",
            delete().to(issue_properties::remove),
        )
        .route("/api/3/search/jql", post().to(search_jql::posted))
        .route("/api/3/search/jql", get().to(search_jql::asked))
        .route("/api/3/search", to(search_jql::gone));
}

fn comments(cfg: &mut ServiceConfig) {
    cfg.route(
        "/api/3/issue/{issue}/comment",
        post().to(comment_add::handle),
    )
    .route(
        "/api/3/issue/{issue}/comment",
        get().to(comment_list::handle),
    )
    .route(
        "/api/3/issue/{issue}/comment/{id}",
        get().to(comment_get::handle),
    )
    .route(
        "/api/3/issue/{issue}/comment/{id}",
        put().to(comment_edit::handle),
    )
    .route(
        "/api/3/issue/{issue}/comment/{id}",
        delete().to(comment_delete::handle),
    )
    .route(
        "/api/3/comment/{id}/properties",
        get().to(comment_properties::keys),
    )
    .route(
        "/api/3/comment/{id}/properties/{key}",
        get().to(comment_properties::read),
    )
    .route(
        "/api/3/comment/{id}/properties/{key}",
        put().to(comment_properties::write),
    );
}

fn attachments(cfg: &mut ServiceConfig) {
    cfg.route(
        "/api/3/issue/{issue}/attachments",
        post().to(attachment_add::handle),
    )
    .route("/api/3/attachment/meta", get().to(attachment_meta::handle))
    .route(
        "/api/3/attachment/content/{id}",
        get().to(attachment_content::handle),
    )
    .route("/api/3/attachment/{id}", get().to(attachment_get::handle))
    .route(
        "/api/3/attachment/{id}",
        delete().to(attachment_delete::handle),
    );
}

fn others(cfg: &mut ServiceConfig) {
    let app = "/atlassian-connect/1/addons/{app}/properties";
    cfg.route("/api/3/user/search", get().to(user_search::handle))
        .route("/api/3/user/bulk", get().to(user_bulk::handle))
        .route("/api/3/user/email", get().to(user_email::handle))
        .route("/api/3/user", get().to(user_get::handle))
        .route("/api/3/myself", get().to(myself::handle))
        .route(
            "/api/3/permissions/check",
            post().to(permissions_check::handle),
        )
        .route("/api/3/project/search", get().to(project_search::handle))
        .route("/api/3/project/{project}", get().to(project_get::handle))
        .route("/api/3/project", get().to(project_list::handle))
        .route("/api/3/field", get().to(fields::handle))
        .route("/api/3/issuetype", get().to(issue_types::handle))
        .route("/api/3/serverInfo", get().to(server_info::handle))
        // The path without a version number is the oldest alias, which Python's client asks.
        .route("/api/2/serverInfo", get().to(server_info::handle))
        .route(app, get().to(app_properties::keys))
        .route(&format!("{app}/{{key}}"), get().to(app_properties::read))
        .route(&format!("{app}/{{key}}"), put().to(app_properties::write))
        .route(
            &format!("{app}/{{key}}"),
            delete().to(app_properties::remove),
        );
}

async fn nothing(request: HttpRequest) -> HttpResponse {
    let message = format!("null for uri: {}", request.uri());
    HttpResponse::NotFound().json(json!({"message": message, "status-code": 404}))
}
