use std::fmt;

use serde::{Deserialize, Serialize};

/// One rule that was looked at.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The rule's name.
    pub rule: String,
    /// What it saw in the mail.
    pub saw: String,
    /// What it decided; `go on` where it left the decision to the next.
    pub decided: String,
}

/// Without what it saw, which is of the mail.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step")
            .field("rule", &self.rule)
            .field("decided", &self.decided)
            .finish_non_exhaustive()
    }
}
