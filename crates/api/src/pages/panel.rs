//! The panel: its page, made for the site that frames it, and its files.

pub(super) mod asset;
mod bundle;
pub(super) mod page;

pub(crate) use bundle::PanelBundle;
