//! Access tokens for the handlers.

use postroom_azure_oauth::GrantError;
use postroom_registry::{GrantId, TenantId};
use secrecy::SecretString;

use crate::{Api, Problem};

impl Api {
    /// An access token of a grant.
    ///
    /// # Errors
    /// `conflict` where somebody must sign in again, `microsoft_unavailable` where it passes.
    pub(crate) async fn access_token(
        &self,
        tenant: TenantId,
        grant: GrantId,
    ) -> Result<SecretString, Problem> {
        Ok(self.grants.access_token(tenant, grant).await?)
    }
}

impl From<GrantError> for Problem {
    fn from(error: GrantError) -> Self {
        let diagnosis = match error {
            GrantError::Registry(error) => return error.into(),
            GrantError::Microsoft(ref error) => error.diagnosis(),
            _ => return Self::microsoft_unavailable("there is no access token").because(error),
        };
        match diagnosis.transient {
            true => Self::microsoft_unavailable("there is no access token").because(error),
            false => Self::conflict(diagnosis.meaning)
                .act(diagnosis.way_out)
                .because(error),
        }
    }
}
