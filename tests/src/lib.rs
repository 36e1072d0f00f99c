//! What the demo and the end-to-end tests have in common: the product and the simulators as real processes
//! ([`Stack`]), a person's browser ([`Browser`]), and the story of a mail told over HTTP ([`story`]).

mod browser;
mod http;
mod stack;
pub mod story;
mod wait;

pub use browser::Browser;
pub use http::Http;
pub use stack::{Ports, Stack};
pub use wait::until;
