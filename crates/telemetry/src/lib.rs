//! Logs, traces, metrics and the one HTTP client with spans.
//!
//! ```no_run
//! use postroom_telemetry::{LogFormat, Metrics, logs};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let guard = logs::init(LogFormat::Json, "info", None)?; // first thing in `main`
//! let metrics = Metrics::new(); // one for the process; clones share it
//! metrics.mails.add(["delivered"]);
//! println!("{}", metrics.render()); // what GET /metrics answers
//! guard.shutdown(); // sends the last spans
//! # Ok(())
//! # }
//! ```
//!
//! What must never be logged: tokens, secrets, mail content, query strings, whole addresses
//! (see [`mask_address`]).

pub mod http;
pub mod logs;
pub mod metrics;

mod mask;

pub use http::{HttpClient, OriginPatternError, Origins, ReadError, SendError, read_limited};
pub use logs::LogFormat;
pub use mask::{MaskedAddress, mask_address};
pub use metrics::Metrics;
