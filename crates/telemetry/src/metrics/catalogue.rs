use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_prometheus_text_exporter::PrometheusExporter;
use opentelemetry_sdk::metrics::SdkMeterProvider;

use super::instrument::{Counter, Entry, Gauge, Histogram, Instrument};

/// A request to another host: from 5 ms, and up to the longest timeout.
const REQUEST: &[f64] = &[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
];
/// A job: many requests and the database.
const WORK: &[f64] = &[
    0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0,
];
/// From the mailbox to Jira: seconds when all is well, an hour when a host was away.
const JOURNEY: &[f64] = &[
    0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 1800.0, 3600.0, 21600.0, 86400.0,
];
const NONE: &[f64] = &[];

/// Declares each metric once and makes of it a field of `Metrics` and an entry of `CATALOGUE`.
macro_rules! catalogue {
    ($($field:ident: $instrument:ident $labels:tt $buckets:ident = $name:literal, $help:literal;)+) => {
        /// The instruments of this process. Cheap to clone; clones share what was recorded.
        #[derive(Clone, Debug)]
        pub struct Metrics {
            exporter: PrometheusExporter,
            // Recorded values live in the provider: it must live as long as the instruments.
            _provider: SdkMeterProvider,
            $(#[doc = $help] pub $field: $instrument<{ count(&$labels) }>,)+
        }

        /// Every metric that `/metrics` can show. Dashboards and alerts may name no other.
        pub static CATALOGUE: &[Entry] = &[$(Entry {
            name: $name,
            kind: <$instrument<{ count(&$labels) }> as Instrument>::KIND,
            help: $help,
            labels: &$labels,
            buckets: $buckets,
        },)+];

        impl Metrics {
            fn on(provider: SdkMeterProvider, exporter: PrometheusExporter) -> Self {
                let meter = provider.meter("postroom");
                let mut entries = CATALOGUE.iter();
                $(let $field = instrument(&meter, &mut entries);)+
                Self { exporter, _provider: provider, $($field,)+ }
            }
        }
    };
}

catalogue! {
    mails: Counter ["state"] NONE = "postroom_mails_total",
        "Mails that reached a state: received, then one of delivered, ignored, rejected, held, dead.";
    mails_waiting: Gauge [] NONE = "postroom_mails_waiting",
        "Mails in the ledger without a terminal state.";
    oldest_waiting: Gauge [] NONE = "postroom_oldest_waiting_seconds",
        "Age of the oldest mail without a terminal state.";
    mail_latency: Histogram [] JOURNEY = "postroom_mail_latency_seconds",
        "From the arrival in the mailbox until delivered in Jira.";
    poll_duration: Histogram [] WORK = "postroom_poll_duration_seconds",
        "How long one poll of one message source took.";
    poll_failures: Counter ["class"] NONE = "postroom_poll_failures_total",
        "Polls that failed, by whose failure it is: connection, ours, nobody.";
    connections: Gauge ["kind", "state"] NONE = "postroom_connections",
        "Connections by kind (source, outbound) and state.";
    notifications: Counter ["state"] NONE = "postroom_notifications_total",
        "Notifications that reached a state: sent, ignored, dead.";
    jobs: Counter ["job", "outcome"] NONE = "postroom_jobs_total",
        "Jobs run, by job and outcome: done, retried, failed.";
    job_duration: Histogram ["job"] WORK = "postroom_job_duration_seconds",
        "How long one run of a job took.";
    http_client_duration: Histogram ["system", "operation", "status"] REQUEST =
        "postroom_http_client_duration_seconds",
        "Requests to other hosts until the head of the answer, by status or by why none came.";
    http_server_duration: Histogram ["route", "method", "status"] REQUEST =
        "postroom_http_server_duration_seconds",
        "Requests answered, by route template.";
    queue_pending: Gauge [] NONE = "postroom_queue_pending",
        "Bells that wait on the doorbell or are in a worker's hands.";
    token_refreshes: Counter ["outcome"] NONE = "postroom_token_refreshes_total",
        "Refreshes of Microsoft access tokens by outcome.";
    sweep_overdue: Gauge [] NONE = "postroom_sweep_overdue",
        "Due rows that the last sweep had to ring again.";
    tenants_forgotten: Counter [] NONE = "postroom_tenants_forgotten_total",
        "Removed tenants whose retention was over and whose key was destroyed.";
    build_info: Gauge ["version"] NONE = "postroom_build_info",
        "Always 1; the label says which version runs.";
}

/// The number of labels, with a type for the list that may be empty.
const fn count(labels: &[&str]) -> usize {
    labels.len()
}

fn instrument<I: Instrument>(
    meter: &opentelemetry::metrics::Meter,
    entries: &mut std::slice::Iter<'static, Entry>,
) -> I {
    // The macro writes fields and entries from one list, so there is always a next one.
    I::on(meter, entries.next().unwrap_or(&CATALOGUE[0]))
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Makes the instruments. Call it once for a process and pass clones around.
    pub fn new() -> Self {
        // Names and units are the catalogue's: the exporter must not add suffixes of its own.
        let exporter = PrometheusExporter::builder()
            .without_units()
            .without_counter_suffixes()
            .without_scope_info()
            .without_target_info()
            .build();
        let provider = SdkMeterProvider::builder()
            .with_reader(exporter.clone())
            .build();
        let metrics = Self::on(provider, exporter);
        metrics.build_info.set(1.0, [env!("CARGO_PKG_VERSION")]);
        metrics
    }

    /// Everything recorded so far, in the Prometheus text format (version 0.0.4).
    pub fn render(&self) -> String {
        let mut text = Vec::new();
        if let Err(error) = self.exporter.export(&mut text) {
            tracing::error!(%error, "the metrics could not be collected");
            text.clear();
        }
        String::from_utf8(text).unwrap_or_default()
    }
}
