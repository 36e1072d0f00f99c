//! One file for each job.

pub(crate) mod forget;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod renew;
pub(crate) mod send;
pub(crate) mod settle;
pub(crate) mod sweep;
