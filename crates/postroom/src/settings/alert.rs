use std::str::FromStr;

use clap::Args;
use postroom_telemetry::{OriginPatternError, Origins};

/// How the service says that a connection is down.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Alerts")]
pub struct AlertSettings {
    /// Hosts whose webhooks may be called, separated by commas; https, unless it is this machine
    #[arg(
        long,
        env = "POSTROOM_ALERT_HOSTS",
        default_value = "*.webhook.office.com,*.logic.azure.com,*.powerplatform.com,hooks.slack.com,\
                         chat.googleapis.com,discord.com"
    )]
    pub alert_hosts: AlertHosts,
    /// Minutes without a successful look into a mailbox after which the alarm is raised
    #[arg(long, env = "POSTROOM_SILENCE_MINUTES", default_value_t = 60, value_parser = clap::value_parser!(i64).range(1..=10_080))]
    pub silence_minutes: i64,
}

/// Origins, written as hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertHosts(Origins);

impl AlertHosts {
    /// The same as origins.
    pub fn origins(&self) -> Origins {
        self.0.clone()
    }
}

impl FromStr for AlertHosts {
    type Err = OriginPatternError;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        let hosts = list
            .split(',')
            .map(str::trim)
            .filter(|host| !host.is_empty());
        let origins: Vec<String> = hosts.flat_map(origins_of).collect();
        origins.join(",").parse().map(Self)
    }
}

/// A webhook's address is a secret, so it travels by https; on this machine it may be read.
fn origins_of(host: &str) -> Vec<String> {
    if matches!(host, "localhost" | "127.0.0.1") {
        return vec![format!("http://{host}:*"), format!("https://{host}:*")];
    }
    vec![format!("https://{host}")]
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn admits(hosts: &str, url: &str) -> bool {
        let hosts: AlertHosts = hosts.parse().unwrap();
        hosts.origins().admit(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_host_is_called_by_https_only_and_this_machine_anyhow() {
        assert!(admits(
            "*.webhook.office.com",
            "https://a.webhook.office.com/x"
        ));
        assert!(!admits(
            "*.webhook.office.com",
            "http://a.webhook.office.com/x"
        ));
        assert!(!admits(
            "*.webhook.office.com",
            "https://webhook.office.com.evil.example/x"
        ));
        assert!(!admits("hooks.slack.com", "https://hooks.slack.com:8443/x"));
        assert!(admits(
            "hooks.slack.com, localhost",
            "http://localhost:4000/chat/x"
        ));
        assert!(!admits("hooks.slack.com", "http://localhost:4000/chat/x"));
        assert!(!admits("", "https://hooks.slack.com/x"));
        assert!("https://hooks.slack.com".parse::<AlertHosts>().is_err());
    }
}
