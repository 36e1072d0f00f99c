//! What Microsoft is asked to do, and whether it may be asked at all.

use postroom_mailbox::graph::NewSubscription;
use secrecy::SecretString;
use url::Url;

use crate::{Environment, environment::Push};

/// Where Microsoft shall call.
#[derive(Debug)]
pub(super) struct Terms {
    notifications: Url,
    lifecycle: Url,
}

impl Terms {
    /// # Errors
    /// Why Microsoft is not asked, for people.
    pub(super) fn of(environment: &Environment, key: &str) -> Result<Self, &'static str> {
        Self::at(&environment.base_url, environment.push, key)
    }

    /// Microsoft calls https only ("Receive change notifications through webhooks").
    fn at(base: &Url, push: Push, key: &str) -> Result<Self, &'static str> {
        match push {
            Push::Off => return Err("Push is switched off"),
            Push::On if base.scheme() != "https" => {
                return Err("Push needs an https address of Postroom");
            }
            Push::On | Push::Insecure => {}
        }
        let below = |word: &str| {
            let mut url = base.clone();
            url.path_segments_mut()
                .map_err(|()| "Push needs an https address of Postroom")?
                .pop_if_empty()
                .extend(["microsoft", word, key]);
            Ok::<_, &'static str>(url)
        };
        Ok(Self {
            notifications: below("notifications")?,
            lifecycle: below("lifecycle")?,
        })
    }

    pub(super) fn asked<'a>(
        &'a self,
        folder: &'a str,
        word: &'a SecretString,
    ) -> NewSubscription<'a> {
        NewSubscription {
            folder,
            notification_url: &self.notifications,
            lifecycle_url: &self.lifecycle,
            client_state: word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(base: &str, push: Push) -> Result<Terms, &'static str> {
        Terms::at(&Url::parse(base).unwrap(), push, "k-1")
    }

    #[test]
    fn microsoft_calls_below_our_own_address_by_https() {
        let terms = at("https://postroom.example.com/a/", Push::On).unwrap();
        let (told, life) = (terms.notifications.as_str(), terms.lifecycle.as_str());
        assert_eq!(
            told,
            "https://postroom.example.com/a/microsoft/notifications/k-1"
        );
        assert_eq!(
            life,
            "https://postroom.example.com/a/microsoft/lifecycle/k-1"
        );
        assert!(at("http://localhost:7100", Push::On).is_err());
        assert!(at("http://localhost:7100", Push::Insecure).is_ok());
        assert!(at("https://postroom.example.com", Push::Off).is_err());
    }
}
