//! Logs to stderr, and traces to an OpenTelemetry collector when one is named.

use std::{fmt, str::FromStr};

use opentelemetry::{KeyValue, global, trace::TracerProvider as _};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use thiserror::Error;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer, filter::filter_fn, layer::SubscriberExt as _, registry::LookupSpan,
    util::SubscriberInitExt as _,
};

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// One JSON object a line, for a log store.
    #[default]
    Json,
    /// For a person at a terminal.
    Text,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "json" => Ok(Self::Json),
            "text" => Ok(Self::Text),
            other => Err(format!("\"{other}\" is neither json nor text")),
        }
    }
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "json",
            Self::Text => "text",
        })
    }
}

/// Why logging could not be set up.
#[derive(Debug, Error)]
pub enum InitError {
    /// The filter is not `level` or `target=level,…`.
    #[error("the log filter \"{filter}\" cannot be read")]
    Filter {
        /// The filter as it was given.
        filter: String,
        /// What is wrong with it.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// The collector's address cannot be used.
    #[error("traces cannot be sent to {endpoint}")]
    Exporter {
        /// The address as it was given.
        endpoint: String,
        /// What is wrong with it.
        #[source]
        source: ExporterBuildError,
    },
    /// `init` was called twice in this process.
    #[error("logging is already set up")]
    Twice(#[source] tracing_subscriber::util::TryInitError),
}

/// Keeps the exporter alive; sends what is left when it is shut down or dropped.
#[derive(Debug)]
#[must_use = "spans are sent until the guard is dropped"]
pub struct Guard(Option<SdkTracerProvider>);

impl Guard {
    /// Sends the spans that wait and stops. Blocks, at most for the five seconds of the exporter.
    pub fn shutdown(self) {
        drop(self);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(provider) = self.0.take()
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Sets up logging for the whole process: call it once, first thing in `main`.
///
/// `filter` is a level or directives (`info,postroom_worker=debug`); `trace` is for our own crates alone. `otlp_endpoint` is the base address
/// of a collector, as `OTEL_EXPORTER_OTLP_ENDPOINT` gives it; traces go to `{endpoint}/v1/traces` as
/// protobuf (OpenTelemetry Protocol Exporter specification).
///
/// # Errors
/// A filter or an address that cannot be used, or a second call.
pub fn init(
    format: LogFormat,
    filter: &str,
    otlp_endpoint: Option<&str>,
) -> Result<Guard, InitError> {
    let levels = EnvFilter::try_new(filter).map_err(|source| InitError::Filter {
        filter: filter.to_owned(),
        source,
    })?;
    let provider = otlp_endpoint.map(traces_to).transpose()?;
    let traces = provider.as_ref().map(|provider| {
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("postroom"))
            .with_filter(filter_fn(is_ours))
    });
    tracing_subscriber::registry()
        .with(levels)
        .with(filter_fn(is_fit_to_be_told))
        .with(traces)
        .with(lines(format))
        .try_init()
        .map_err(InitError::Twice)?;
    // Lets the API continue the trace that a proxy in front of it began (W3C Trace Context).
    global::set_text_map_propagator(TraceContextPropagator::new());
    Ok(Guard(provider))
}

fn lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Text => lines.compact().boxed(),
    }
}

/// Libraries never speak at the level of traces, whatever the filter says: at that level sea-orm tells the address of
/// the database with its password, and nobody can know what the next version of another will tell.
fn is_fit_to_be_told(metadata: &Metadata<'_>) -> bool {
    *metadata.level() < Level::TRACE || metadata.target().starts_with("postroom")
}

/// The exporter speaks HTTP itself: its own spans must not become traces, or each export would cause one.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    const NOT_OURS: [&str; 4] = ["h2", "hyper", "opentelemetry", "reqwest"];
    !NOT_OURS.iter().any(|t| metadata.target().starts_with(t))
}

fn traces_to(endpoint: &str) -> Result<SdkTracerProvider, InitError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .build()
        .map_err(|source| InitError::Exporter {
            endpoint: endpoint.to_owned(),
            source,
        })?;
    let resource = Resource::builder()
        .with_service_name("postroom")
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource)
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_tell_nothing_at_the_level_of_traces() {
        let subscriber = tracing_subscriber::registry()
            .with(EnvFilter::new("trace"))
            .with(filter_fn(is_fit_to_be_told));
        tracing::subscriber::with_default(subscriber, || {
            assert!(!tracing::enabled!(target: "sea_orm::driver", Level::TRACE));
            assert!(tracing::enabled!(target: "sea_orm::driver", Level::DEBUG));
            assert!(tracing::enabled!(target: "postroom_worker", Level::TRACE));
        });
    }
}
