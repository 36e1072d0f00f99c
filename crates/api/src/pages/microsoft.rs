//! The window of a sign-in with Microsoft.
//!
//! ```text
//!  panel ── POST /sign-ins ──► ticket
//!  window ─ GET sign-in/{ticket} ─► cookie, OAuth state ─► Microsoft ─► GET callback (state, cookie)
//!         ─► GET confirm ─► POST confirm (cookie, CSRF token) ─► "Done"
//!  panel ── POST /sign-ins/{id}/take ──► connected
//! ```
//!
//! Nothing is connected here: the window only proves who signed in, in the browser that began, and that this
//! person wants the mailbox on that Jira site. The panel user who began takes it.

mod arrival;
mod browser;
mod callback;
mod confirm;
mod ending;
mod opened;
mod rights;
mod window;

use actix_web::web::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(window::open_window)
        .service(callback::callback)
        .service(confirm::confirm_page)
        .service(confirm::confirm);
}
