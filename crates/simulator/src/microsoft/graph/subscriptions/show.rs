//! `GET /subscriptions` and one of them.

use actix_web::HttpResponse;
use serde_json::json;

use super::{Caller, GraphError, Subscription, held, is_of};

/// This application's, of this user.
pub(super) async fn list(caller: Caller) -> Result<HttpResponse, GraphError> {
    let cloud = caller.world.cloud();
    let all = cloud.subscriptions.all.values();
    let own: Vec<_> = all
        .filter(|held| is_of(&caller, held))
        .map(Subscription::json)
        .collect();
    Ok(HttpResponse::Ok().json(json!({
        "@odata.context": format!("{}/v1.0/$metadata#subscriptions", caller.base),
        "value": own,
    })))
}

pub(super) async fn one(caller: Caller) -> Result<HttpResponse, GraphError> {
    let cloud = caller.world.cloud();
    let mut shown = held(&caller, &cloud.subscriptions)?.json();
    let context = format!("{}/v1.0/$metadata#subscriptions/$entity", caller.base);
    shown["@odata.context"] = json!(context);
    Ok(HttpResponse::Ok().json(shown))
}
