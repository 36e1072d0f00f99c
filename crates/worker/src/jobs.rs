//! One file for each job.

pub(crate) mod alert;
pub(crate) mod forget;
pub(crate) mod move_to_graph;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod reconcile;
pub(crate) mod renew;
pub(crate) mod send;
pub(crate) mod settle;
pub(crate) mod subscribe;
pub(crate) mod sweep;
pub(crate) mod watch;
