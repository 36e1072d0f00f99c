use super::{Facts, Verdict};
use crate::{Plan, Reason};

/// A mail that we sent and that came back: one of our own Message-IDs, or our mark on a mail from one of our
/// mailboxes (some mail systems give a new Message-ID on the way). The mark alone is not enough: anybody can copy it.
pub(super) fn rule(facts: &Facts<'_>) -> Verdict {
    let ignore = Plan::Ignore {
        reason: Reason::OwnMail,
    };
    if facts.context.own_message_id {
        return Verdict::decide("the Message-ID is one of ours", ignore);
    }
    let Some(from) = &facts.mail.from else {
        return Verdict::go_on("no sender");
    };
    let own = facts
        .context
        .own_addresses
        .iter()
        .any(|address| from.is(address));
    match (own, facts.mail.own_mark.is_some()) {
        (true, true) => Verdict::decide("from a mailbox of ours, with our mark", ignore),
        (true, false) => Verdict::go_on("from a mailbox of ours, without our mark"),
        (false, _) => Verdict::go_on("from somebody else"),
    }
}
