//! Settings of Graph and of sending; each replaces all of its kind.

use actix_web::{HttpResponse, web};

use crate::{
    microsoft::{graph, mailbox::Sending},
    world::World,
};

pub(super) async fn graph(
    world: web::Data<World>,
    put: web::Json<graph::Settings>,
) -> HttpResponse {
    let mut cloud = world.cloud();
    cloud.graph = put.into_inner();
    HttpResponse::Ok().json(&cloud.graph)
}

pub(super) async fn sending(world: web::Data<World>, put: web::Json<Sending>) -> HttpResponse {
    let mut cloud = world.cloud();
    let times = std::mem::take(&mut cloud.sending.times);
    cloud.sending = put.into_inner();
    cloud.sending.times = times;
    HttpResponse::Ok().json(&cloud.sending)
}
