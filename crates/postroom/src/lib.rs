//! The one binary of Postroom: it reads the settings, wires the crates and runs them.
//!
//! `postroom serve` is the service (all of it, or the API or a worker alone), `postroom migrate` brings the schema
//! up to date, `postroom keys …` makes and rotates master keys, `postroom mail …` shows how a mail is understood. `postroom --help` is the operator's manual.

pub mod commands;
mod master_keys;
mod service;
mod settings;

pub use master_keys::MasterKeySource;
pub use service::{Role, Service};
pub use settings::{
    AlertSettings, AtlassianSettings, LimitSettings, Logging, MicrosoftSettings, Settings,
};
