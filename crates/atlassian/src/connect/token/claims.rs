use serde::Deserialize;

use crate::jws::{Audience, Times};

/// The claims that Connect tokens share.
#[derive(Clone, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    // Not flattened `Times`: serde would copy every claim first, the whole context among them.
    exp: Option<f64>,
    iat: Option<f64>,
    nbf: Option<f64>,
    pub(crate) qsh: Option<String>,
    pub(crate) sub: Option<String>,
    pub(crate) aud: Option<Audience>,
}

impl Claims {
    pub(crate) fn times(&self) -> Times {
        Times {
            exp: self.exp,
            iat: self.iat,
            nbf: self.nbf,
        }
    }

    pub(crate) fn account_id(&self) -> Option<String> {
        self.sub.clone().filter(|account| !account.is_empty())
    }
}
