use std::{fmt, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use postroom_registry::{SourceId, SubscriptionId, TenantId, subscription};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use subtle::ConstantTimeEq as _;

use super::knock::{self, Entering};
use crate::{Api, Problem, body};

/// Microsoft is served late after three seconds (*Set up notifications for changes in resource data*, Microsoft Graph).
const IN_TIME: Duration = Duration::from_millis(1_500);
/// Characters of the longest token that is told back.
const LONGEST_TOKEN: usize = 4_096;

/// Proof that Microsoft calls about a subscription of ours: the address carries a key that only Microsoft was told, and
/// what it tells carries the word that goes with it. The tenant is the subscription's; nothing that the call says of
/// tenants or mailboxes is looked at.
pub(crate) struct Subscriber<T> {
    /// Whose subscription.
    pub(crate) tenant: TenantId,
    /// Which.
    pub(crate) subscription: SubscriptionId,
    /// What it watches.
    pub(crate) source: SourceId,
    /// What Microsoft says.
    pub(crate) said: Said<T>,
}

/// What Microsoft says to a subscriber.
pub(crate) enum Said<T> {
    /// "Tell me this back", before a subscription is made.
    Validate(String),
    /// Something happened.
    Told(Vec<T>),
}

/// One thing that Microsoft tells, with the word that proves it.
pub(crate) trait Notice: DeserializeOwned + 'static {
    /// The `clientState`, if it has one.
    fn client_state(&self) -> Option<&str>;
}

#[derive(Deserialize)]
struct Query {
    #[serde(rename = "validationToken")]
    validation_token: Option<String>,
}

#[derive(Deserialize)]
struct Body<T> {
    value: Vec<T>,
}

impl<T: Notice> FromRequest for Subscriber<T> {
    type Error = Problem;
    type Future = Entering<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        knock::enter(request, payload, Self::enter)
    }
}

impl<T: Notice> Subscriber<T> {
    async fn enter(api: Api, request: HttpRequest, mut payload: Payload) -> Result<Self, Problem> {
        // Nothing of a stranger's body is read.
        let known = in_time(Known::by(&api, request.match_info().query("key"))).await?;
        knock::note(known.tenant, None);
        api.shared().counters.count_told(known.tenant)?;
        let said = match validation_token(&request) {
            Some(token) => Said::Validate(token),
            None => Said::Told(known.prove(&body::whole(&mut payload, body::NOTICE).await?)?),
        };
        Ok(Self {
            tenant: known.tenant,
            subscription: known.row.id,
            source: known.row.source_id,
            said,
        })
    }
}

/// What the key in the address belongs to.
struct Known {
    tenant: TenantId,
    row: subscription::Model,
    client_state: SecretString,
}

impl Known {
    /// A key that is nobody's and a word that is wrong are told alike: there is nothing here.
    async fn by(api: &Api, key: &str) -> Result<Self, Problem> {
        let found = api.registry.subscription_by_key(key).await?;
        let (tenant, id) = found.ok_or_else(|| nothing("no subscription has the key"))?;
        let tx = api.registry.begin(tenant).await?;
        let row = subscription::find(&tx, id).await?;
        let client_state = subscription::client_state(&tx, &row).await?;
        tx.commit().await?;
        Ok(Self {
            tenant,
            row,
            client_state: client_state
                .ok_or_else(|| nothing("the subscription was never asked for"))?,
        })
    }

    fn prove<T: Notice>(&self, body: &[u8]) -> Result<Vec<T>, Problem> {
        let body: Body<T> = serde_json::from_slice(body)
            .map_err(|error| nothing("the notification cannot be read").because(error))?;
        let proved = |notice: &T| {
            let said = notice.client_state().unwrap_or_default().as_bytes();
            let word = self.client_state.expose_secret().as_bytes();
            bool::from(said.ct_eq(word))
        };
        match !body.value.is_empty() && body.value.iter().all(proved) {
            true => Ok(body.value),
            false => Err(nothing("the clientState is another")),
        }
    }
}

fn nothing(context: &'static str) -> Problem {
    Problem::not_found().context(context)
}

fn validation_token(request: &HttpRequest) -> Option<String> {
    let query = web::Query::<Query>::from_query(request.query_string()).ok()?;
    let token = query.into_inner().validation_token?;
    (token.len() <= LONGEST_TOKEN).then_some(token)
}

/// What takes longer is not waited for: Microsoft calls again, for four hours.
pub(crate) async fn in_time<T>(
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    tokio::time::timeout(IN_TIME, work)
        .await
        .unwrap_or_else(|_| {
            Err(Problem::unavailable(
                "a notification could not be taken in time",
            ))
        })
}

impl<T> fmt::Debug for Subscriber<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriber")
            .field("tenant", &self.tenant)
            .field("subscription", &self.subscription)
            .finish_non_exhaustive()
    }
}
