//! The HTTP face of Postroom: the doors, the panel's API, Connect's calls and the pages of a sign-in.
//!
//! ```no_run
//! # use actix_web::{App, HttpServer};
//! # use postroom_api::{Api, Listening, Parts};
//! # fn serve(parts: Parts) -> std::io::Result<()> {
//! let api = Api::new(parts);
//! let inside = api.clone();
//! let server = postroom_api::listen(&api, std::net::TcpListener::bind("127.0.0.1:8080")?, &Listening::default())?;
//! HttpServer::new(move || App::new().configure(|cfg| postroom_api::internal(cfg, &inside)));
//! # Ok(()) }
//! ```
//!
//! **A door for each kind of caller.** A handler gets its caller from an extractor of [`doors`](self), and each
//! extractor accepts one kind of token and no other:
//!
//! | extractor | who | token |
//! |---|---|---|
//! | `Installed`, `Uninstalled` | Atlassian's install service | RS256 |
//! | `Toggled` | a site that switches the app on or off | HS256, hash of the request |
//! | `Hook` | a site that tells of an event | HS256, hash of the request |
//! | `PageVisitor` | a browser that opens the panel's page | HS256, hash of the request |
//! | `Caller` | the panel's script, by either front door | HS256, `context-qsh`; or an invocation of Forge with an account |
//! | `Viewer` | the same, and Jira says that the account administers it or a project that mail goes to | the same |
//! | `Administrator` | the same, and Jira says that the account administers it | the same |
//! | `ForgeEvent`, `ForgeLifecycle`, `ForgeGoodbye` | Forge itself | an invocation of Forge without an account |
//! | `Subscriber` | Microsoft, about a subscription | the key in the address, and the `clientState` with it |
//!
//! Behind the doors there is a tenant and nothing that says how it came in. What goes wrong is one [`Problem`].

mod bell;
mod body;
mod comment;
mod connection;
mod doors;
mod limits;
mod mail_address;
mod names;
mod observe;
pub mod openapi;
mod pages;
mod paging;
mod problem;
mod routes;
mod server;
mod state;
mod tenant_jira;
mod turns;

pub use limits::Limits;
pub use problem::Problem;
pub use server::{Listening, configure, internal, listen};
pub use state::{Api, Parts};
