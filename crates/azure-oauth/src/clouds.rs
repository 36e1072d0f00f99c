//! The clouds of Microsoft: the same product at other addresses. Tokens of one are worth nothing in another
//! ("National clouds", Microsoft identity platform).

use std::sync::Arc;

use postroom_registry::registration::Cloud;
use serde::Deserialize;
use url::Url;

/// Where one cloud is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Entra ID's sign-in host.
    pub login: Url,
    /// Microsoft Graph with its version.
    pub graph: Url,
    /// Who a token for EWS is for: what stands in front of `/EWS.AccessAsUser.All`.
    pub outlook_resource: Url,
    /// Exchange Web Services.
    pub ews_url: Url,
    /// The administrators' pages, the Entra admin center.
    pub portal: Url,
}

impl Endpoints {
    /// A scope as the token endpoint wants it: a name alone is one of Graph, so those of Exchange get their resource
    /// in front.
    pub fn scope(&self, name: &str) -> String {
        if crate::scopes::is_of_outlook(name) {
            format!(
                "{}/{}",
                origin(&self.outlook_resource),
                crate::scopes::bare(name)
            )
        } else {
            name.to_owned()
        }
    }

    /// Whatever was ever allowed on Graph.
    pub(crate) fn graph_default(&self) -> String {
        format!("{}/.default", origin(&self.graph))
    }

    /// A page of the Entra admin center, named by what follows `#view/`.
    pub fn portal_page(&self, view: &str) -> Url {
        let mut url = self.portal.clone();
        url.set_fragment(Some(&format!("view/{view}")));
        url
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Other addresses for a cloud, as a setting names them; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Elsewhere {
    /// Entra ID's sign-in host.
    pub login: Option<Url>,
    /// Microsoft Graph with its version.
    pub graph: Option<Url>,
    /// Exchange Web Services.
    pub ews: Option<Url>,
    /// Who a token for EWS is for.
    pub outlook_resource: Option<Url>,
    /// The Entra admin center.
    pub portal: Option<Url>,
}

/// Where each cloud is. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clouds(Arc<Table>);

#[derive(Clone, Debug)]
struct Table {
    global: Endpoints,
    us_gov_l4: Endpoints,
    us_gov_l5: Endpoints,
    china: Endpoints,
}

impl Clouds {
    /// Microsoft's own addresses.
    ///
    /// # Errors
    /// None, unless an address of this table was mistyped; a test reads them all.
    pub fn known() -> Result<Self, url::ParseError> {
        Ok(Self(Arc::new(Table {
            global: endpoints(GLOBAL)?,
            us_gov_l4: endpoints(US_GOV_L4)?,
            us_gov_l5: endpoints(US_GOV_L5)?,
            china: endpoints(CHINA)?,
        })))
    }

    /// The same, with one cloud elsewhere.
    #[must_use]
    pub fn with(self, cloud: Cloud, elsewhere: &Elsewhere) -> Self {
        let mut table = Arc::unwrap_or_clone(self.0);
        let endpoints = match cloud {
            Cloud::Global => &mut table.global,
            Cloud::UsGovL4 => &mut table.us_gov_l4,
            Cloud::UsGovL5 => &mut table.us_gov_l5,
            Cloud::China => &mut table.china,
        };
        for (slot, other) in [
            (&mut endpoints.login, &elsewhere.login),
            (&mut endpoints.graph, &elsewhere.graph),
            (&mut endpoints.ews_url, &elsewhere.ews),
            (&mut endpoints.outlook_resource, &elsewhere.outlook_resource),
            (&mut endpoints.portal, &elsewhere.portal),
        ] {
            if let Some(other) = other {
                slot.clone_from(other);
            }
        }
        Self(Arc::new(table))
    }

    /// Where a cloud is.
    pub fn of(&self, cloud: Cloud) -> &Endpoints {
        match cloud {
            Cloud::Global => &self.0.global,
            Cloud::UsGovL4 => &self.0.us_gov_l4,
            Cloud::UsGovL5 => &self.0.us_gov_l5,
            Cloud::China => &self.0.china,
        }
    }
}

/// Login, Graph, who EWS tokens are for, EWS, portal. "National clouds" and "Microsoft Graph national cloud
/// deployments"; Exchange's hosts from "Microsoft 365 URLs and IP address ranges" of each cloud.
type Addresses = [&'static str; 5];

const GLOBAL: Addresses = [
    "https://login.microsoftonline.com",
    "https://graph.microsoft.com/v1.0",
    "https://outlook.office365.com",
    "https://outlook.office365.com/EWS/Exchange.asmx",
    "https://entra.microsoft.com",
];

/// GCC High.
const US_GOV_L4: Addresses = [
    "https://login.microsoftonline.us",
    "https://graph.microsoft.us/v1.0",
    "https://outlook.office365.us",
    "https://outlook.office365.us/EWS/Exchange.asmx",
    "https://entra.microsoft.us",
];

/// DoD.
const US_GOV_L5: Addresses = [
    "https://login.microsoftonline.us",
    "https://dod-graph.microsoft.us/v1.0",
    "https://outlook.office365.us",
    "https://webmail.apps.mil/EWS/Exchange.asmx",
    "https://entra.microsoft.us",
];

/// Operated by 21Vianet.
const CHINA: Addresses = [
    "https://login.partner.microsoftonline.cn",
    "https://microsoftgraph.chinacloudapi.cn/v1.0",
    "https://partner.outlook.cn",
    "https://partner.outlook.cn/EWS/Exchange.asmx",
    "https://entra.microsoftonline.cn",
];

fn endpoints(addresses: Addresses) -> Result<Endpoints, url::ParseError> {
    let [login, graph, outlook_resource, ews_url, portal] = addresses.map(Url::parse);
    Ok(Endpoints {
        login: login?,
        graph: graph?,
        outlook_resource: outlook_resource?,
        ews_url: ews_url?,
        portal: portal?,
    })
}

#[cfg(test)]
mod tests;
