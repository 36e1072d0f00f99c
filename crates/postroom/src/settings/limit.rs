use clap::Args;
use ipnet::IpNet;
use postroom_api::Limits;

/// What the public listener puts up with.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitSettings {
    /// Panel calls of one tenant in a second, four times as many at once; 0: no limit
    #[arg(long, env = "POSTROOM_TENANT_RATE", default_value_t = 50)]
    pub tenant_rate: u32,
    /// Requests of one address in a second, four times as many at once; 0: no limit
    #[arg(long, env = "POSTROOM_ADDRESS_RATE", default_value_t = 200)]
    pub address_rate: u32,
    /// Networks of your own proxies, whose X-Forwarded-For is believed, separated by commas
    #[arg(long, env = "POSTROOM_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,
    /// Networks whose addresses are not counted, such as Atlassian's, separated by commas
    #[arg(long, env = "POSTROOM_UNLIMITED_NETWORKS", value_delimiter = ',')]
    pub unlimited_networks: Vec<IpNet>,
}

impl From<&LimitSettings> for Limits {
    fn from(settings: &LimitSettings) -> Self {
        Self {
            tenant_per_second: settings.tenant_rate,
            address_per_second: settings.address_rate,
            trusted_proxies: settings.trusted_proxies.clone(),
            unlimited_networks: settings.unlimited_networks.clone(),
            ..Self::default()
        }
    }
}
