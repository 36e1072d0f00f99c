//! Every metric of the product, declared once: as data in [`CATALOGUE`], and as typed instruments in
//! [`Metrics`].
//!
//! Gauges about the whole service (waiting mails, connections) are set from the database by whoever sweeps,
//! so several processes report the same number: dashboards take `max`, never `sum`, of them.

mod catalogue;
mod instrument;

pub use catalogue::{CATALOGUE, Metrics};
pub use instrument::{Counter, Entry, Gauge, Histogram, Kind};

#[cfg(test)]
mod tests;
