//! The mail log.

mod detail;
mod find;
mod list;
mod raw;
mod reading;
mod retry;
mod row;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use reading::Readings;

pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list::list_mails)
        .service(find::get_mail)
        .service(raw::get_raw_mail)
        .service(retry::retry_mail);
}
