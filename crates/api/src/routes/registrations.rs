//! App registrations that a site brings. Their credentials go in and never come out.

mod add;
mod change;
mod check;
mod credential;
mod delete;
mod find;
mod guide;
mod list;
mod view;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use list::all;
pub(crate) use view::{Cloud, Named, Registration};

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_registrations)
        .service(add::add_registration)
        // Before `{id}`: it would be taken for one.
        .service(guide::guide_registration)
        .service(find::get_registration)
        .service(change::change_registration)
        .service(delete::delete_registration)
        .service(check::check_registration);
}
