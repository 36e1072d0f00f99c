//! What it means for a request that a grant gives no access token.

use postroom_azure_oauth::GrantError;

use crate::Problem;

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
