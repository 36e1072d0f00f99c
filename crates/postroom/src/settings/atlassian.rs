use clap::Args;
use postroom_atlassian::{connect::AllowedSites, forge::Environment};
use url::Url;

/// The two front doors, and Atlassian behind them.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Atlassian")]
pub struct AtlassianSettings {
    /// Key of the Connect app
    #[arg(long, env = "POSTROOM_APP_KEY", default_value = "com.postroom.jira")]
    pub app_key: String,
    /// Base URLs that older installs of the Connect app still name, separated by commas
    #[arg(long, env = "POSTROOM_FORMER_BASE_URLS", value_delimiter = ',')]
    pub former_base_urls: Vec<Url>,
    /// Origins of the sites that may install the app
    #[arg(
        long,
        env = "POSTROOM_ALLOWED_SITES",
        default_value = "https://*.atlassian.net,https://*.jira.com"
    )]
    pub allowed_sites: AllowedSites,
    /// Atlassian's key server for installs
    #[arg(
        long,
        env = "POSTROOM_CONNECT_KEYS_URL",
        default_value = "https://connect-install-keys.atlassian.com"
    )]
    pub connect_keys_url: Url,
    /// The bridge script that the panel page loads
    #[arg(
        long,
        env = "POSTROOM_CONNECT_SCRIPT_URL",
        default_value = "https://connect-cdn.atl-paas.net/all.js"
    )]
    pub connect_script_url: Url,
    /// Id of the Forge app, `ari:cloud:ecosystem::app/…`; without it the Forge door is shut
    #[arg(long, env = "POSTROOM_FORGE_APP_ID")]
    pub forge_app_id: Option<String>,
    /// The environment of the Forge app that this deployment serves; calls of another are refused
    #[arg(
        long,
        env = "POSTROOM_FORGE_ENVIRONMENT",
        default_value = "production",
        value_parser = environment
    )]
    pub forge_environment: Environment,
    /// Forge's key set
    #[arg(
        long,
        env = "POSTROOM_FORGE_JWKS_URL",
        default_value = "https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json"
    )]
    pub forge_jwks_url: Url,
    /// Atlassian's API, through which a Forge app reaches its sites
    #[arg(
        long,
        env = "POSTROOM_ATLASSIAN_API_URL",
        default_value = "https://api.atlassian.com"
    )]
    pub api_url: Url,
}

fn environment(name: &str) -> Result<Environment, &'static str> {
    match name {
        "development" => Ok(Environment::Development),
        "staging" => Ok(Environment::Staging),
        "production" => Ok(Environment::Production),
        _ => Err("write development, staging or production"),
    }
}
