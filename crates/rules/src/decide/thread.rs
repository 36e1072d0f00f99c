use super::{Facts, Verdict};
use crate::{MatchedBy, Plan};

/// An answer to a message that belongs to an issue.
pub(super) fn rule(facts: &Facts<'_>) -> Verdict {
    let Some(found) = &facts.context.thread else {
        let answers = postroom_mail::thread::candidates(facts.mail).len();
        let saw = if answers == 0 {
            "answers nothing".to_owned()
        } else {
            format!("answers {answers} unknown messages")
        };
        return Verdict::go_on(saw);
    };
    let whose = match found.by {
        MatchedBy::OurMessage => "our notification",
        MatchedBy::KnownMail => "a mail received before",
    };
    let plan = Plan::Comment {
        issue_id: found.issue_id.clone(),
        issue_key: found.issue_key.clone(),
    };
    Verdict::decide(
        format!("answers {whose} <{}>", found.matched_message_id),
        plan,
    )
}
