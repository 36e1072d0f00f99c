//! Exchange Web Services, as a client meets them.

mod access;
mod client;
mod faults;
mod folders;
mod ids;
mod items;
mod send;
mod sync;
