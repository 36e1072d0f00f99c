//! What Graph tells a subscriber (Microsoft Graph: "Receive change notifications through webhooks", "Lifecycle
//! notifications"). A notification is a hint to look, never the truth, so an odd field costs the field alone.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::answer::text;

/// One notification out of a request.
#[derive(Clone)]
pub struct Notification {
    /// Microsoft's id of the subscription.
    pub subscription_id: Option<String>,
    /// What it tells.
    pub about: About,
    client_state: Option<SecretString>,
}

/// What a notification tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Something changed in the folder.
    Change,
    /// Microsoft wants to see that the sign-in is still good (`reauthorizationRequired`).
    ReauthorizationRequired,
    /// The subscription is gone: subscribe anew (`subscriptionRemoved`).
    SubscriptionRemoved,
    /// Notifications were lost: look (`missed`).
    Missed,
    /// Something about the subscription that we do not know.
    Other,
}

impl Notification {
    /// Whether it comes with the state that we gave to the subscription. Takes as long for a wrong one.
    pub fn has_state(&self, expected: &SecretString) -> bool {
        let given = self
            .client_state
            .as_ref()
            .map_or("", |state| state.expose_secret());
        let same = given.as_bytes().ct_eq(expected.expose_secret().as_bytes());
        self.client_state.is_some() && bool::from(same)
    }

    fn of(item: &Value) -> Self {
        let about = match text(item, "lifecycleEvent").as_deref() {
            None => About::Change,
            Some("reauthorizationRequired") => About::ReauthorizationRequired,
            Some("subscriptionRemoved") => About::SubscriptionRemoved,
            Some("missed") => About::Missed,
            Some(_) => About::Other,
        };
        Self {
            subscription_id: text(item, "subscriptionId"),
            about,
            client_state: text(item, "clientState").map(SecretString::from),
        }
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Notification");
        shown.field("about", &self.about).finish_non_exhaustive()
    }
}

/// The notifications of a request's body, changes and lifecycle alike. `None`: it is not such a body.
pub fn notifications(body: &[u8]) -> Option<Vec<Notification>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let items = body.get("value")?.as_array()?;
    Some(
        items
            .iter()
            .filter(|item| item.is_object())
            .map(Notification::of)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parsed(body: &Value) -> Vec<Notification> {
        notifications(body.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn changes_and_lifecycle_are_told_apart() {
        let change = json!({
            "subscriptionId": "s", "clientState": "secret", "changeType": "created",
            "resource": "Users/1/Messages/2", "resourceData": {"id": "2"}, "tenantId": "t",
        });
        let told = parsed(&json!({"value": [
            change,
            {"subscriptionId": "s", "clientState": "secret", "lifecycleEvent": "missed"},
            {"lifecycleEvent": "reauthorizationRequired"},
            {"lifecycleEvent": "subscriptionRemoved"},
            {"lifecycleEvent": "tomorrow's"},
            {"clientState": 7},
            "odd",
        ]}));
        let about: Vec<About> = told.iter().map(|one| one.about).collect();
        assert_eq!(
            about,
            [
                About::Change,
                About::Missed,
                About::ReauthorizationRequired,
                About::SubscriptionRemoved,
                About::Other,
                About::Change
            ]
        );
        assert_eq!(told[0].subscription_id.as_deref(), Some("s"));
    }

    #[test]
    fn only_the_right_state_is_ours() {
        let told = parsed(&json!({"value": [{"clientState": "secret"}, {}, {"clientState": ""}]}));
        assert!(told[0].has_state(&"secret".into()));
        for wrong in ["", "secre", "secret2", "SECRET"] {
            assert!(!told[0].has_state(&wrong.into()), "{wrong}");
        }
        assert!(!told[1].has_state(&"".into()), "none is not an empty one");
        assert!(!format!("{told:?}").contains("secret"));
    }

    #[test]
    fn what_is_no_such_body_is_none() {
        for body in ["", "[]", "{}", "{\"value\": 1}", "<xml/>"] {
            assert!(notifications(body.as_bytes()).is_none(), "{body}");
        }
    }
}
