//! What people see of a site.

use actix_web::web::ServiceConfig;

pub(crate) fn configure(_: &mut ServiceConfig) {}
