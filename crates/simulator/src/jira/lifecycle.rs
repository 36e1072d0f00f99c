//! Installing and uninstalling an app: descriptor, secret, signed callbacks.

mod callback;
pub(crate) mod descriptor;
mod install;
pub(crate) mod modules;
pub(crate) mod scope;
mod uninstall;

pub(crate) use self::{install::install, uninstall::uninstall};
