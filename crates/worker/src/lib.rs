//! The jobs, one file each, and the sweep that finds what is due.
//!
//! ```text
//!  doorbell ──► run ──► jobs::poll       mailbox -> ledger (intake), cursor moved with the rows
//!  sweep ─────►         jobs::reconcile  the folder counted against the ledger
//!                       jobs::process    ledger -> plan -> deliver::* -> jobs::settle
//!                       jobs::send       comment -> mail
//!                       jobs::subscribe  Microsoft asked to tell of new mail
//!                       jobs::alert      an incident told to people
//!                       jobs::renew      grants that idle
//!                       jobs::forget     tenants whose retention is over
//!  every 30 s ────────► jobs::watch      silence, and what ends soon
//! ```
//!
//! A job is an id. It takes the row in hand (a fenced claim), does one thing, writes how it ended and lets go. What
//! it cannot finish is due again at a time that stands in the row, so that any process may die at any instruction.

mod backoff;
mod deliver;
mod environment;
mod failure;
mod intake;
mod job;
mod jobs;
mod run;
mod trace;

pub use environment::{Environment, Pace, Push};
pub use job::Job;
pub use run::{Worker, drain};
