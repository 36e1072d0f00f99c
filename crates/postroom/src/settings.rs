//! Every setting: a flag and an environment variable.

mod alert;
mod atlassian;
mod limit;
mod microsoft;

use std::{fmt, net::SocketAddr, path::PathBuf};

use clap::Args;
use postroom_telemetry::LogFormat;
use postroom_worker::Push;
use secrecy::SecretString;
use url::Url;

use crate::MasterKeySource;
pub use alert::AlertSettings;
pub use atlassian::AtlassianSettings;
pub use limit::LimitSettings;
pub use microsoft::MicrosoftSettings;

/// What the service is told. Secrets do not print.
#[derive(Clone, Args)]
pub struct Settings {
    /// PostgreSQL, as a user who owns the database; the service's sessions run as role `postroom_service`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: SecretString,
    /// Sessions with PostgreSQL at most
    #[arg(long, env = "POSTROOM_DATABASE_CONNECTIONS", default_value_t = 24)]
    pub database_connections: u32,
    /// Redis
    #[arg(
        long,
        env = "REDIS_URL",
        hide_env_values = true,
        default_value = "redis://127.0.0.1:6379"
    )]
    pub redis_url: SecretString,
    /// What every key in Redis begins with
    #[arg(long, env = "POSTROOM_REDIS_PREFIX", default_value = "postroom")]
    pub redis_prefix: String,
    /// Where browsers and Jira reach us; may carry a path
    #[arg(
        long,
        env = "POSTROOM_BASE_URL",
        default_value = "http://localhost:8080"
    )]
    pub base_url: Url,
    /// The public listener
    #[arg(long, env = "POSTROOM_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The operator's listener: /healthz, /readyz, /metrics
    #[arg(
        long,
        env = "POSTROOM_INTERNAL_LISTEN",
        default_value = "127.0.0.1:8081"
    )]
    pub internal_listen: SocketAddr,
    /// Master keys
    #[command(flatten)]
    pub master_keys: MasterKeySource,
    /// Folder of the built panel
    #[arg(long, env = "POSTROOM_PANEL_DIR", default_value = "frontend/dist")]
    pub panel_dir: PathBuf,
    /// Seconds between two looks into a mailbox where mail flows
    #[arg(long, env = "POSTROOM_POLL_MIN_SECONDS", default_value_t = 15, value_parser = clap::value_parser!(i32).range(1..))]
    pub poll_min_seconds: i32,
    /// Seconds between two looks into a quiet mailbox
    #[arg(long, env = "POSTROOM_POLL_MAX_SECONDS", default_value_t = 900, value_parser = clap::value_parser!(i32).range(1..))]
    pub poll_max_seconds: i32,
    /// Days that the data of a site that removed the app is kept; then its key is destroyed
    #[arg(long, env = "POSTROOM_RETENTION_DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(0..=3650))]
    pub retention_days: i64,
    /// Our app registration
    #[command(flatten)]
    pub microsoft: MicrosoftSettings,
    /// Whether Microsoft is asked to tell of new mail: on, off, or insecure (also where our address is not https)
    #[arg(long, env = "POSTROOM_PUSH", default_value = "on", value_parser = push)]
    pub push: Push,
    /// Who is told when a connection is down
    #[command(flatten)]
    pub alerts: AlertSettings,
    /// The two front doors
    #[command(flatten)]
    pub atlassian: AtlassianSettings,
    /// What the public listener puts up with
    #[command(flatten)]
    pub limits: LimitSettings,
}

/// How the process logs; apart from [`Settings`], because every command does.
#[derive(Clone, Debug, Args)]
pub struct Logging {
    /// What is logged: a level, or directives such as `info,postroom_worker=debug`
    #[arg(long, env = "POSTROOM_LOG", default_value = "info", global = true)]
    pub log: String,
    /// `json` or `text`
    #[arg(
        long,
        env = "POSTROOM_LOG_FORMAT",
        default_value = "json",
        global = true
    )]
    pub log_format: LogFormat,
    /// An OpenTelemetry collector (OTLP over HTTP); traces are sent when it is named
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", global = true)]
    pub otlp_endpoint: Option<String>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("base_url", &self.base_url.as_str())
            .field("listen", &self.listen)
            .field("app_key", &self.atlassian.app_key)
            .finish_non_exhaustive()
    }
}

fn push(word: &str) -> Result<Push, &'static str> {
    match word {
        "on" => Ok(Push::On),
        "off" => Ok(Push::Off),
        "insecure" => Ok(Push::Insecure),
        _ => Err("write on, off or insecure"),
    }
}
