use std::time::Duration;

use opentelemetry::{
    KeyValue,
    metrics::{self, Meter},
};

/// What a metric is, to Prometheus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows; its name ends in `_total`.
    Counter,
    /// A number that goes up and down.
    Gauge,
    /// Durations in seconds, sorted into buckets: `_bucket`, `_sum` and `_count`.
    Histogram,
}

/// One metric as the catalogue declares it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// The name, exactly as `/metrics` shows it (a histogram's without its suffixes).
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// The help text.
    pub help: &'static str,
    /// The labels, in the order in which values are given.
    pub labels: &'static [&'static str],
    /// The upper bounds of a histogram's buckets, in seconds.
    pub buckets: &'static [f64],
}

/// An instrument that can be made from its entry. Used by the declaration of the catalogue alone.
pub(super) trait Instrument {
    const KIND: Kind;
    fn on(meter: &Meter, entry: &'static Entry) -> Self;
}

/// Counts. `N` is the number of labels.
#[derive(Clone, Debug)]
pub struct Counter<const N: usize> {
    inner: metrics::Counter<u64>,
    entry: &'static Entry,
}

/// Holds the last value set. `N` is the number of labels.
#[derive(Clone, Debug)]
pub struct Gauge<const N: usize> {
    inner: metrics::Gauge<f64>,
    entry: &'static Entry,
}

/// Sorts durations into buckets. `N` is the number of labels.
#[derive(Clone, Debug)]
pub struct Histogram<const N: usize> {
    inner: metrics::Histogram<f64>,
    entry: &'static Entry,
}

impl<const N: usize> Counter<N> {
    /// Counts one more, with the values of the labels in the catalogue's order.
    pub fn add(&self, values: [&str; N]) {
        self.add_many(1, values);
    }

    /// Counts `n` more.
    pub fn add_many(&self, n: u64, values: [&str; N]) {
        self.inner.add(n, &labelled(self.entry, values));
    }
}

impl<const N: usize> Gauge<N> {
    /// Sets the value.
    pub fn set(&self, value: f64, values: [&str; N]) {
        self.inner.record(value, &labelled(self.entry, values));
    }
}

impl<const N: usize> Histogram<N> {
    /// Records how long something took.
    pub fn record(&self, took: Duration, values: [&str; N]) {
        self.inner
            .record(took.as_secs_f64(), &labelled(self.entry, values));
    }
}

fn labelled<const N: usize>(entry: &Entry, values: [&str; N]) -> [KeyValue; N] {
    let mut labels = entry.labels.iter();
    values.map(|value| {
        let label = labels.next().copied().unwrap_or_default();
        KeyValue::new(label, value.to_owned())
    })
}

impl<const N: usize> Instrument for Counter<N> {
    const KIND: Kind = Kind::Counter;
    fn on(meter: &Meter, entry: &'static Entry) -> Self {
        let inner = meter
            .u64_counter(entry.name)
            .with_description(entry.help)
            .build();
        Self { inner, entry }
    }
}

impl<const N: usize> Instrument for Gauge<N> {
    const KIND: Kind = Kind::Gauge;
    fn on(meter: &Meter, entry: &'static Entry) -> Self {
        let inner = meter
            .f64_gauge(entry.name)
            .with_description(entry.help)
            .build();
        Self { inner, entry }
    }
}

impl<const N: usize> Instrument for Histogram<N> {
    const KIND: Kind = Kind::Histogram;
    fn on(meter: &Meter, entry: &'static Entry) -> Self {
        let inner = meter
            .f64_histogram(entry.name)
            .with_description(entry.help)
            .with_boundaries(entry.buckets.to_vec())
            .build();
        Self { inner, entry }
    }
}
