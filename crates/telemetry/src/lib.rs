//! Logs, traces, metrics and the one HTTP client with spans.

pub mod http;

pub use http::HttpClient;
