//! Where a channel leads: only to where it may.

use postroom_registry::alert_channel::ChannelKind;
use secrecy::SecretString;
use url::Url;

use crate::{Api, Problem, mail_address::mail_address};

/// Characters of the longest target.
const LONGEST: usize = 2_000;

/// A target that a person gives.
///
/// # Errors
/// `invalid`: no mail address; no address of a chat tool that the operator lets us call.
pub(super) fn read(api: &Api, kind: ChannelKind, given: &str) -> Result<SecretString, Problem> {
    let given = given.trim();
    if given.len() > LONGEST {
        return Err(Problem::invalid("target", "This is too long."));
    }
    match kind {
        ChannelKind::Mail => mail_address("target", given).map(SecretString::from),
        ChannelKind::Webhook => {
            webhook(api, given)?;
            Ok(given.to_owned().into())
        }
    }
}

/// A page of a stranger's network is not called because somebody typed its address here.
fn webhook(api: &Api, given: &str) -> Result<(), Problem> {
    let url = Url::parse(given).map_err(|error| {
        let message = "Give the whole address of the webhook, as the chat tool shows it.";
        Problem::invalid("target", message).because(error)
    })?;
    match api.alert_origins.admit(&url) {
        true => Ok(()),
        false => {
            let message = "Postroom may not call this address.";
            let action = "Use a webhook of Microsoft Teams, Slack, Google Chat or Discord, or ask Postroom's operator to \
                          allow the host.";
            Err(Problem::invalid("target", message).act(action))
        }
    }
}

/// As much of a target as tells it apart: whoever has a webhook's path can write into the chat.
pub(super) fn masked(kind: ChannelKind, target: &str) -> String {
    match kind {
        ChannelKind::Mail => match target.split_once('@') {
            Some((name, domain)) => {
                let first: String = name.chars().take(1).collect();
                format!("{first}\u{2026}@{domain}")
            }
            None => "\u{2026}".to_owned(),
        },
        ChannelKind::Webhook => {
            let url = Url::parse(target).ok();
            let origin = url.map(|it| it.origin().ascii_serialization());
            format!("{}/\u{2026}", origin.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_target_has_no_secret() {
        let of = |kind, target| masked(kind, target);
        assert_eq!(
            of(ChannelKind::Mail, "ops@acme.example"),
            "o\u{2026}@acme.example"
        );
        assert_eq!(of(ChannelKind::Mail, "rubbish"), "\u{2026}");
        assert_eq!(
            of(
                ChannelKind::Webhook,
                "https://hooks.slack.com/services/T0/B0/secret?x=secret"
            ),
            "https://hooks.slack.com/\u{2026}"
        );
    }
}
