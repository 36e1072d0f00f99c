//! The doors: one extractor for each kind of caller. Each accepts its own kind of token and no other, and what it
//! does not accept gets 401.
//!
//! Hashes are made of the raw path and the raw query, as they came over the wire, with the base path taken off:
//! a decoded or re-encoded one has another hash.

mod administrator;
mod caller;
mod event;
mod hook;
mod installed;
mod invocation;
mod knock;
mod memory;
mod page_visitor;
mod panel_only;
mod replay;
mod site;
mod subscriber;
mod system_token;
mod toggled;
mod uninstalled;
mod viewer;

pub(crate) use administrator::{Administrator, Administrators};
pub(crate) use caller::Caller;
pub(crate) use event::{ForgeEvent, ForgeGoodbye, ForgeLifecycle};
pub(crate) use hook::Hook;
pub(crate) use installed::Installed;
pub(crate) use memory::Memory;
pub(crate) use page_visitor::PageVisitor;
pub(crate) use panel_only::panel_only;
pub(crate) use site::Site;
pub(crate) use subscriber::{Notice, Said, Subscriber, in_time};
pub(crate) use toggled::Toggled;
pub(crate) use uninstalled::Uninstalled;
pub(crate) use viewer::{ProjectAdministrators, Scope, Viewer};
