use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use super::LifecycleError;

/// The body of a lifecycle call. Which optional fields come varies; none of them is worth refusing an install.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecyclePayload {
    /// The tenant.
    pub client_key: String,
    /// The key of the app.
    #[serde(default, deserialize_with = "text")]
    pub key: Option<String>,
    /// Only on `installed`.
    #[serde(default, deserialize_with = "secret")]
    pub shared_secret: Option<SecretString>,
    /// Base URL of the site's REST API.
    #[serde(default, deserialize_with = "text")]
    pub base_url: Option<String>,
    /// Base URL that people see.
    #[serde(default, deserialize_with = "text")]
    pub display_url: Option<String>,
    /// The site's id in Atlassian's cloud, the same for Connect and Forge.
    #[serde(default, deserialize_with = "text")]
    pub cloud_id: Option<String>,
    /// Forge installation, for an app that is on its way from Connect to Forge.
    #[serde(default, deserialize_with = "text")]
    pub installation_id: Option<String>,
    /// The app's client id for acting as a user.
    #[serde(default, deserialize_with = "text")]
    pub oauth_client_id: Option<String>,
    /// Who installed.
    #[serde(default, deserialize_with = "text")]
    pub account_id: Option<String>,
    /// `jira` or `confluence`.
    #[serde(default, deserialize_with = "text")]
    pub product_type: Option<String>,
    /// What the site says of itself.
    #[serde(default, deserialize_with = "text")]
    pub description: Option<String>,
    /// `installed`, `enabled`, `disabled` or `uninstalled`.
    #[serde(default, deserialize_with = "text")]
    pub event_type: Option<String>,
}

impl LifecyclePayload {
    /// Reads a body.
    ///
    /// # Errors
    /// [`LifecycleError::Payload`] when it is not JSON with a `clientKey`.
    pub fn parse(body: &[u8]) -> Result<Self, LifecycleError> {
        let payload: Self =
            serde_json::from_slice(body).map_err(|_| LifecycleError::Payload("clientKey"))?;
        if payload.client_key.is_empty() {
            return Err(LifecycleError::Payload("clientKey"));
        }
        Ok(payload)
    }
}

/// A non-empty string; anything else counts as absent.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned))
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    Ok(text(deserializer)?.map(SecretString::from))
}
