//! National clouds ("Microsoft Entra authentication and national clouds"): separate instances of Entra ID and Graph.
//!
//! Every cloud has the same hosts as the global one, below `/clouds/{name}`: `/clouds/china/common/oauth2/…`,
//! `/clouds/china/v1.0/…`, `/clouds/china/EWS/…`. A directory lives in one of them, and a token is good in one alone.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Uri,
    middleware::Next,
};
use serde::{Deserialize, Serialize};

const PREFIX: &str = "/clouds/";

/// A cloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum National {
    /// Also of GCC.
    #[default]
    Global,
    UsGovL4,
    UsGovL5,
    China,
}

impl National {
    const APART: [Self; 3] = [Self::UsGovL4, Self::UsGovL5, Self::China];

    fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGovL4 => "us_gov_l4",
            Self::UsGovL5 => "us_gov_l5",
            Self::China => "china",
        }
    }

    /// What stands before the paths of its hosts.
    pub(super) fn prefix(self) -> String {
        match self {
            Self::Global => String::new(),
            apart => format!("{PREFIX}{}", apart.name()),
        }
    }

    /// The cloud that a request came to.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let held = request.extensions().get::<Self>().copied();
        held.unwrap_or_default()
    }

    /// The number with which Entra ID sends somebody of this cloud away from another.
    pub(super) fn elsewhere(self) -> u32 {
        match self {
            Self::UsGovL4 | Self::UsGovL5 => 900_439,
            Self::Global | Self::China => 90_038,
        }
    }

    pub(super) fn graph_host(self) -> &'static str {
        match self {
            Self::Global => "graph.microsoft.com",
            Self::UsGovL4 => "graph.microsoft.us",
            Self::UsGovL5 => "dod-graph.microsoft.us",
            Self::China => "microsoftgraph.chinacloudapi.cn",
        }
    }
}

/// Middleware of the Microsoft hosts: remembers the cloud and takes its prefix away.
pub(crate) async fn enter(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let target = request.uri().path_and_query();
    let target = target.map_or("/", |target| target.as_str()).to_owned();
    let here = National::APART.into_iter().find_map(|cloud| {
        let rest = target.strip_prefix(&cloud.prefix())?;
        let uri: Uri = rest.parse().ok()?;
        rest.starts_with('/').then_some((cloud, uri))
    });
    if let Some((cloud, uri)) = here {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
        request.extensions_mut().insert(cloud);
    }
    next.call(request).await
}
