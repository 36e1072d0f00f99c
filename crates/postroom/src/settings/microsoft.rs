use std::{collections::HashMap, fmt, path::PathBuf, str::FromStr};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use postroom_azure_oauth::{AppRegistration, Certificate, Clouds, Credential, Elsewhere};
use postroom_registry::registration::Cloud;
use secrecy::SecretString;
use url::Url;

/// The service's own app registration, and where Microsoft is.
#[derive(Clone, Args)]
#[command(next_help_heading = "Microsoft")]
pub struct MicrosoftSettings {
    /// Client id of our app registration
    #[arg(long, env = "POSTROOM_MICROSOFT_CLIENT_ID")]
    pub microsoft_client_id: String,
    /// Its secret; or name a certificate
    #[arg(
        long,
        env = "POSTROOM_MICROSOFT_CLIENT_SECRET",
        hide_env_values = true,
        required_unless_present = "microsoft_certificate_file",
        conflicts_with = "microsoft_certificate_file"
    )]
    pub microsoft_client_secret: Option<SecretString>,
    /// A PEM file with its private key and certificate, instead of a secret
    #[arg(long, env = "POSTROOM_MICROSOFT_CERTIFICATE_FILE")]
    pub microsoft_certificate_file: Option<PathBuf>,
    /// The day on which its secret expires (2027-06-30), so that a warning comes before; a certificate knows it by itself
    #[arg(long, env = "POSTROOM_MICROSOFT_SECRET_EXPIRES")]
    pub microsoft_secret_expires: Option<NaiveDate>,
    /// The one directory, by id or domain, whose people may sign in; without it those of every organisation may
    #[arg(long, env = "POSTROOM_MICROSOFT_DIRECTORY")]
    pub microsoft_directory: Option<String>,
    /// The cloud of our app registration: global, us_gov_l4, us_gov_l5 or china
    #[arg(long, env = "POSTROOM_MICROSOFT_CLOUD", default_value = "global", value_parser = cloud)]
    pub microsoft_cloud: Cloud,
    /// Entra ID, if it is not where that cloud has it
    #[arg(long, env = "POSTROOM_MICROSOFT_LOGIN_URL")]
    pub microsoft_login_url: Option<Url>,
    /// Microsoft Graph with its version, if it is not where that cloud has it
    #[arg(long, env = "POSTROOM_MICROSOFT_GRAPH_URL")]
    pub microsoft_graph_url: Option<Url>,
    /// Exchange Web Services, if they are not where that cloud has them
    #[arg(long, env = "POSTROOM_MICROSOFT_EWS_URL")]
    pub microsoft_ews_url: Option<Url>,
    /// What tokens for EWS are for, if it is not what that cloud says
    #[arg(long, env = "POSTROOM_MICROSOFT_OUTLOOK_RESOURCE")]
    pub microsoft_outlook_resource: Option<Url>,
    /// Other addresses of the other clouds, as JSON: {"china": {"login": …, "graph": …, "ews": …, "outlook_resource": …}}
    #[arg(long, env = "POSTROOM_MICROSOFT_CLOUDS", default_value = "{}")]
    pub microsoft_clouds: Overrides,
    /// Requests at once for one mailbox; Microsoft allows four
    #[arg(long, env = "POSTROOM_GRAPH_AT_ONCE", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=4))]
    pub graph_at_once: u8,
}

impl fmt::Debug for MicrosoftSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MicrosoftSettings")
            .field("client_id", &self.microsoft_client_id)
            .field("cloud", &self.microsoft_cloud)
            .finish_non_exhaustive()
    }
}

impl MicrosoftSettings {
    /// Where each cloud is.
    pub(crate) fn clouds(&self) -> anyhow::Result<Clouds> {
        let own = Elsewhere {
            login: self.microsoft_login_url.clone(),
            graph: self.microsoft_graph_url.clone(),
            ews: self.microsoft_ews_url.clone(),
            outlook_resource: self.microsoft_outlook_resource.clone(),
            portal: None,
        };
        let overrides = self.microsoft_clouds.0.iter();
        let clouds = overrides.fold(Clouds::known()?, |clouds, (cloud, elsewhere)| {
            clouds.with(*cloud, elsewhere)
        });
        Ok(clouds.with(self.microsoft_cloud, &own))
    }

    /// Our app registration; a certificate is read here.
    pub(crate) async fn registration(&self, now: DateTime<Utc>) -> anyhow::Result<AppRegistration> {
        let credential = match (
            &self.microsoft_client_secret,
            &self.microsoft_certificate_file,
        ) {
            (Some(secret), _) => Credential::Secret(secret.clone()),
            (None, Some(path)) => {
                let unreadable = || format!("{} cannot be used", path.display());
                let pem = tokio::fs::read_to_string(path)
                    .await
                    .with_context(unreadable)?;
                let certificate = Certificate::parse(&pem.into(), now).with_context(unreadable)?;
                Credential::Certificate(certificate)
            }
            (None, None) => anyhow::bail!(
                "set POSTROOM_MICROSOFT_CLIENT_SECRET or POSTROOM_MICROSOFT_CERTIFICATE_FILE"
            ),
        };
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        Ok(AppRegistration {
            directory: self.microsoft_directory.clone(),
            cloud: self.microsoft_cloud,
            secret_expires_at: self.microsoft_secret_expires.map(midnight),
            ..AppRegistration::new(self.microsoft_client_id.as_str(), credential)
        })
    }
}

/// Other addresses, by cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides(HashMap<Cloud, Elsewhere>);

impl FromStr for Overrides {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

fn cloud(name: &str) -> Result<Cloud, &'static str> {
    serde_json::from_value(name.into()).map_err(|_| "write global, us_gov_l4, us_gov_l5 or china")
}

#[cfg(test)]
mod tests;
