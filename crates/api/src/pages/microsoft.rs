//! The pages of a sign-in with Microsoft.
//!
//! ```text
//!  panel ── POST /sign-ins ──► ticket
//!  window ─ GET sign-in/{ticket} ───────────┐
//!  owner ── GET owner/{ticket} ─ POST owner ┴► cookie, OAuth state ─► Microsoft ─► GET callback (state, cookie)
//!         ─► GET confirm ─► POST confirm (cookie, CSRF token) ─► "Done"
//!  panel ── POST /sign-ins/{id}/take ──► connected
//!
//!  an administrator must approve:
//!  callback ─► GET waiting, which looks and goes on by itself
//!  administrator ─ GET approve/{token} ─ POST approve ─► Microsoft ─► GET callback ─► "approved"
//! ```
//!
//! Nothing is connected here, but for one case: the window only proves who signed in, in the browser that began, and
//! that this person wants the mailbox on that Jira site. The panel user who began takes it. The one case is an owner
//! who signs in anew, by the link that was made for that connection, as exactly who they were.

mod again;
mod approval;
mod arrival;
mod browser;
mod callback;
mod confirm;
mod departure;
mod ending;
mod opened;
mod owner;
mod waiting;
mod window;

use actix_web::web::ServiceConfig;

pub(super) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(window::open_window)
        .service(owner::owner_page)
        .service(owner::owner_begins)
        .service(again::sign_in_again)
        .service(approval::approval_page)
        .service(approval::approval_begins)
        .service(waiting::waiting_page)
        .service(waiting::waiting_look)
        .service(callback::callback)
        .service(confirm::confirm_page)
        .service(confirm::confirm);
}
