use actix_web::{get, web};
use postroom_atlassian::connect::Descriptor;
use serde_json::Value;

use crate::Api;

/// What Postroom tells Jira about itself.
#[get("/atlassian-connect.json")]
pub(crate) async fn descriptor(api: web::Data<Api>) -> web::Json<Value> {
    let app_key = api.lifecycle.app_key.clone();
    web::Json(Descriptor::new(app_key, api.base_url.clone()).to_json())
}
