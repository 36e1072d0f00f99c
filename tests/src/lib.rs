//! What the demo and the end-to-end tests have in common: the product and the simulators as real processes
//! ([`Stack`]), a person's browser ([`Browser`]), the story of a mail told over HTTP ([`story`]), and a search for
//! secrets where none may be ([`Leaks`]).

mod browser;
mod http;
mod leaks;
mod stack;
pub mod story;
mod wait;

pub use browser::Browser;
pub use http::Http;
pub use leaks::{Find, Leaks, tokens_in};
pub use stack::{Ports, Second, Setup, Stack};
pub use wait::until;
