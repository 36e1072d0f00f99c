//! `POST /jira/{site}/forge/install`

use actix_web::{HttpResponse, web};

use crate::{
    control::ControlError,
    jira::{
        control::find,
        forge::installation::{Wanted, install},
    },
    world::World,
};

pub(super) async fn handle(
    world: web::Data<World>,
    site: web::Path<String>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ControlError> {
    let site = find(&world, &site)?;
    Ok(HttpResponse::Ok().json(install(&site, &wanted).await?))
}
