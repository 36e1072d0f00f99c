//! Microsoft Graph v1.0: users, mail folders, messages, delta queries and sending.

mod answers;
mod attachment;
mod attachments;
mod body;
mod caller;
mod delete;
mod delta;
mod draft;
mod error;
mod fault;
mod filter;
mod folders;
mod get;
mod link;
mod list;
mod message;
mod patch;
mod prefer;
mod query;
mod relocate;
mod select;
mod send;
mod subscriptions;
mod translate;
mod upload;
mod user;

use actix_web::{HttpRequest, middleware::from_fn, web};

use self::error::GraphError;
pub(super) use self::{
    attachment::{bytes as attachment_bytes, media_type, name as attachment_name},
    body::has_html,
    upload::Upload,
};
pub(crate) use self::{error::usual_error, fault::fault};

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::scope("/v1.0")
            .wrap(from_fn(answers::finish))
            .configure(subscriptions::configure)
            .service(web::scope("/me").configure(mailbox))
            .service(web::scope("/users/{user}").configure(mailbox))
            .default_service(web::to(nothing_there)),
    )
    .configure(upload::configure);
}

/// What shall go otherwise than usual; the control API replaces all of it.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    /// So many delta answers are empty and lead on.
    pub(super) empty_pages: u32,
    /// So many delta answers lead to themselves.
    pub(super) repeat_pages: u32,
    /// So many delta answers tell their items twice.
    pub(super) replay_items: u32,
    /// Reading the MIME of a larger message takes too long, as beyond some 25 MB with the real one.
    pub(super) value_limit: Option<usize>,
}

/// The routes of one user, the same under `/me` and `/users/{user}`.
fn mailbox(cfg: &mut web::ServiceConfig) {
    cfg.route("", web::get().to(user::show))
        .route("/mailFolders", web::get().to(folders::list))
        .route("/mailFolders", web::post().to(folders::create))
        .route("/mailFolders/{folder}", web::get().to(folders::show))
        .route(
            "/mailFolders/{folder}/childFolders",
            web::get().to(folders::list),
        )
        .route(
            "/mailFolders/{folder}/childFolders",
            web::post().to(folders::create),
        )
        .route(
            "/mailFolders/{folder}/messages",
            web::get().to(list::messages),
        )
        .route(
            "/mailFolders/{folder}/messages/delta",
            web::get().to(delta::messages),
        )
        .route(
            "/mailFolders/{folder}/messages/delta()",
            web::get().to(delta::messages),
        )
        .route("/messages", web::get().to(list::messages))
        .route("/messages", web::post().to(draft::create))
        .route("/sendMail", web::post().to(send::mail))
        .route("/translateExchangeIds", web::post().to(translate::ids))
        .route(
            "/microsoft.graph.translateExchangeIds",
            web::post().to(translate::ids),
        )
        .configure(|cfg| message_routes(cfg, "/messages/{message}"))
        .configure(|cfg| message_routes(cfg, "/mailFolders/{folder}/messages/{message}"))
        .default_service(web::to(nothing_there));
}

fn message_routes(cfg: &mut web::ServiceConfig, path: &str) {
    let at = |rest: &str| format!("{path}{rest}");
    cfg.route(path, web::get().to(get::message))
        .route(path, web::patch().to(patch::message))
        .route(path, web::delete().to(delete::message))
        .route(&at("/$value"), web::get().to(get::raw))
        .route(&at("/move"), web::post().to(relocate::message))
        .route(&at("/send"), web::post().to(draft::submit))
        .route(&at("/attachments"), web::get().to(attachments::list))
        .route(&at("/attachments"), web::post().to(attachments::add))
        .route(
            &at("/attachments/createUploadSession"),
            web::post().to(upload::create),
        )
        .route(
            &at("/attachments/microsoft.graph.createUploadSession"),
            web::post().to(upload::create),
        )
        .route(
            &at("/attachments/{attachment}"),
            web::get().to(attachments::show),
        )
        .route(
            &at("/attachments/{attachment}/$value"),
            web::get().to(attachments::raw),
        );
}

async fn nothing_there(request: HttpRequest) -> Result<&'static str, GraphError> {
    let last = request.path().rsplit('/').next().unwrap_or_default();
    Err(GraphError::bad_request(format!(
        "Resource not found for the segment '{last}'."
    )))
}
