use super::{Facts, Verdict};
use crate::{Plan, Reason};

/// The same mail once more: a copy in the mailbox, or one that was moved back.
pub(super) fn rule(facts: &Facts<'_>) -> Verdict {
    match &facts.context.duplicate_of {
        Some(mail_id) => {
            let reason = Reason::Duplicate {
                mail_id: mail_id.clone(),
            };
            Verdict::decide(
                format!("same Message-ID and content as mail {mail_id}"),
                Plan::Ignore { reason },
            )
        }
        None => Verdict::go_on("not seen before"),
    }
}
