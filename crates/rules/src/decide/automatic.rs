use postroom_mail::Kind;

use super::{Facts, Verdict};
use crate::{Plan, Reason};

/// Bounces, out-of-office notes and other mail of machines. An answer to one could go round for ever, so they are
/// ignored unless the profile wants them; bounces and automatic answers never make anything. Mail to lists and
/// to many is no automatic mail.
pub(super) fn rule(facts: &Facts<'_>) -> Verdict {
    let told = &facts.mail.automatic;
    let because = told.because.clone().unwrap_or_default();
    if !told.is_automatic {
        let saw = if because.is_empty() {
            "nothing of a machine".to_owned()
        } else {
            because
        };
        return Verdict::go_on(saw);
    }
    if facts.profile.accept_automatic && told.kind == Kind::Generated {
        return Verdict::go_on(format!("{because}, and this source accepts automatic mail"));
    }
    let reason = Reason::Automatic {
        kind: told.kind,
        because: because.clone(),
    };
    Verdict::decide(because, Plan::Ignore { reason })
}
