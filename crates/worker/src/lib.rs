//! The jobs: poll, process (understand, deliver, settle), send, renew, forget, and the sweep that finds what is due.
//!
//! ```text
//!  doorbell ──► run ──► jobs::poll     mailbox -> ledger, cursor moved with the rows
//!  sweep ─────►         jobs::process  ledger -> plan -> deliver::* -> jobs::settle
//!                       jobs::send     comment -> mail
//!                       jobs::renew    grants that idle
//!                       jobs::forget   tenants whose retention is over
//! ```
//!
//! A job is an id. It takes the row in hand (a fenced claim), does one thing, writes how it ended and lets go. What
//! it cannot finish is due again at a time that stands in the row, so that any process may die at any instruction.

mod backoff;
mod deliver;
mod environment;
mod failure;
mod job;
mod jobs;
mod run;
mod trace;

pub use environment::{Environment, Pace};
pub use job::Job;
pub use run::{Worker, drain};
