use actix_web::{HttpResponse, get, http::StatusCode, web};
use serde::Serialize;

use super::{Opened, open};
use crate::{
    Api, Problem,
    pages::{
        html,
        microsoft::ending::{Stop, answer},
    },
    routes::sign_ins::{Aim, microsoft_of, words_of},
};

/// What the administrator reads.
#[derive(Serialize)]
struct Request<'a> {
    site: String,
    mailbox: Option<&'a str>,
    client_id: &'a str,
    permissions: Vec<Permission>,
    action: String,
    token: &'a str,
}

#[derive(Serialize)]
struct Permission {
    words: &'static str,
    scope: &'static str,
}

/// The link that somebody sent to an administrator. Opening it does nothing.
#[get("/microsoft/approve/{token}")]
pub(crate) async fn approval_page(
    api: web::Data<Api>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    answer(show(&api, &token).await)
}

async fn show(api: &Api, token: &str) -> Result<HttpResponse, Stop> {
    let Opened { tx, row, site } = open(api, token).await?;
    let aim = Aim::of(&tx, &row).await?;
    let microsoft = microsoft_of(api, &tx, row.registration_id).await?;
    let asked = Request {
        site: site.name(),
        mailbox: aim.mailbox.as_deref(),
        client_id: microsoft.client_id(),
        permissions: aim
            .permissions(aim.is_shared())
            .into_iter()
            .map(|scope| Permission {
                words: words_of(scope),
                scope,
            })
            .collect(),
        action: format!("{}/microsoft/approve", api.base_path()),
        token,
    };
    Ok(html::page(StatusCode::OK, "approve.html", asked))
}
