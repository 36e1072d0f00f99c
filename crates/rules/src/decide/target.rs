use super::Facts;
use crate::{Plan, Reason};

/// A new issue, also for mail without a sender: it is somebody's words all the same.
pub(super) fn rule(facts: &Facts<'_>) -> (String, Plan) {
    let Some(target) = &facts.profile.target else {
        return (
            "no project is chosen".to_owned(),
            Plan::Hold {
                reason: Reason::NoTarget,
            },
        );
    };
    let sender = if facts.mail.from.is_some() {
        "a sender"
    } else {
        "no sender"
    };
    let plan = Plan::Create {
        project_id: target.project_id.clone(),
        issue_type_id: target.issue_type_id.clone(),
    };
    (
        format!(
            "a new conversation, {sender}, project {}",
            target.project_id
        ),
        plan,
    )
}
