//! The Forge door: its tokens, events, clockwork and gateway.

mod backend;
mod events;
mod gateway;
mod lifecycle;
mod pages;
mod tokens;
