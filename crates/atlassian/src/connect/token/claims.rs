use serde::Deserialize;

use crate::jws::{Audience, Times};

/// The claims that Connect tokens share.
#[derive(Clone, Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: String,
    #[serde(flatten)]
    pub(crate) times: Times,
    pub(crate) qsh: Option<String>,
    pub(crate) sub: Option<String>,
    pub(crate) aud: Option<Audience>,
}

impl Claims {
    pub(crate) fn account_id(&self) -> Option<String> {
        self.sub.clone().filter(|account| !account.is_empty())
    }
}
