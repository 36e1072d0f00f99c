//! Installing and uninstalling an app: descriptor, secret, signed callbacks.

mod callback;
pub(crate) mod descriptor;
mod import;
mod install;
pub(crate) mod modules;
mod rename;
mod rotate;
pub(crate) mod scope;
mod toggle;
mod uninstall;

pub(crate) use self::{
    import::import,
    install::{InstallError, install},
    rename::rename,
    rotate::rotate,
    toggle::toggle,
    uninstall::{Farewell, uninstall},
};
