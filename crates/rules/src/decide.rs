mod automatic;
mod duplicate;
mod own_mail;
mod target;
mod thread;

use postroom_mail::ParsedMail;
use serde::Serialize;

use crate::{Context, Plan, Profile, Step};

/// What shall happen, and every rule that was looked at on the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What shall happen.
    pub plan: Plan,
    /// The rules in order; the last one decided.
    pub trace: Vec<Step>,
}

/// All that a rule may look at.
struct Facts<'a> {
    profile: &'a Profile,
    mail: &'a ParsedMail,
    context: &'a Context,
}

/// What a rule says: what it saw, and the plan if it decides.
struct Verdict {
    saw: String,
    plan: Option<Plan>,
}

impl Verdict {
    fn go_on(saw: impl Into<String>) -> Self {
        Self {
            saw: saw.into(),
            plan: None,
        }
    }

    fn decide(saw: impl Into<String>, plan: Plan) -> Self {
        Self {
            saw: saw.into(),
            plan: Some(plan),
        }
    }
}

type Rule = (&'static str, fn(&Facts<'_>) -> Verdict);

/// The rules in the order in which they are asked. The last one, [`target`], always decides.
const RULES: [Rule; 4] = [
    ("own_mail", own_mail::rule),
    ("duplicate", duplicate::rule),
    ("automatic", automatic::rule),
    ("thread", thread::rule),
];

/// Decides about one mail.
pub fn decide(profile: &Profile, mail: &ParsedMail, context: &Context) -> Decision {
    let facts = Facts {
        profile,
        mail,
        context,
    };
    let mut trace = Vec::with_capacity(RULES.len() + 1);
    for (name, rule) in RULES {
        let verdict = rule(&facts);
        trace.push(step(name, verdict.saw, verdict.plan.as_ref()));
        if let Some(plan) = verdict.plan {
            return Decision { plan, trace };
        }
    }
    let (saw, plan) = target::rule(&facts);
    trace.push(step("target", saw, Some(&plan)));
    Decision { plan, trace }
}

fn step(rule: &str, saw: String, plan: Option<&Plan>) -> Step {
    let decided = match plan {
        None => "go on".to_owned(),
        Some(Plan::Create { .. }) => "create an issue".to_owned(),
        Some(Plan::Comment { issue_key, .. }) => format!("comment on {issue_key}"),
        Some(Plan::Ignore { reason }) => format!("ignore: {}", reason.code()),
        Some(Plan::Reject { reason }) => format!("reject: {}", reason.code()),
        Some(Plan::Hold { reason }) => format!("hold: {}", reason.code()),
    };
    Step {
        rule: rule.to_owned(),
        saw,
        decided,
    }
}

#[cfg(test)]
mod tests;
