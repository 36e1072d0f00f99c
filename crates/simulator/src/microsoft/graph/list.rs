//! `GET /messages` and `GET /mailFolders/{folder}/messages`.

use actix_web::HttpResponse;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{
    caller::{Caller, Right},
    error::GraphError,
    message::View,
    query::Listing,
};

/// Page size without `$top` and without a preference.
const PAGE: usize = 10;

pub(super) async fn messages(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let query = caller.query();
    let listing = Listing::read(&query, caller.prefer.page_size.unwrap_or(PAGE))?;
    let mut cloud = caller.world.cloud();
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let folder = match caller.part("folder") {
        name if name.is_empty() => None,
        name => Some(
            mailbox
                .folder_key(&name)
                .ok_or_else(GraphError::item_not_found)?,
        ),
    };
    let mut mails: Vec<_> = mailbox
        .mails(folder)
        .into_iter()
        .filter(|mail| listing.filter.passes(mail))
        .collect();
    if listing.ascending {
        mails.reverse();
    }
    let view = View::new(&caller, mailbox);
    let page: Vec<_> = mails
        .iter()
        .skip(listing.skip)
        .take(listing.top)
        .map(|mail| Value::Object(view.message(mail, &listing.select)))
        .collect();
    let mut body = json!({
        "@odata.context": format!("{}/v1.0/$metadata#users('{}')/messages", caller.base, caller.mailbox),
        "value": page,
    });
    if listing.count {
        body["@odata.count"] = json!(mails.len());
    }
    if mails.len() > listing.skip + listing.top {
        body["@odata.nextLink"] = json!(next(&caller, listing.skip + listing.top));
    }
    Ok(HttpResponse::Ok().json(body))
}

/// This request with another `$skip`.
fn next(caller: &Caller, skip: usize) -> String {
    let query = caller.request.query_string();
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "$skip");
    let rest = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .finish();
    // Clients look for a literal `$`.
    let rest = rest.replace("%24", "$");
    let join = if rest.is_empty() { "" } else { "&" };
    format!("{}?{rest}{join}$skip={skip}", caller.here())
}
