//! A browser that comes back from Microsoft: which sign-in it belongs to, and what comes of it.

use actix_web::HttpRequest;
use postroom_azure_oauth::{
    Authorization, Diagnosis, Directory, OAuthError, SignedIn, TokenError, diagnose, scopes,
};
use postroom_mailbox::AccessToken;
use postroom_registry::{
    RegistryError, SignInId, TenantId,
    connection::WhoActs,
    grant::{self, NewGrant},
    sign_in::{self, Failure, SignInState},
};
use postroom_secrets::random_token;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    browser,
    ending::{Ending, Stop},
    opened::Opened,
    rights::{missing_words, needed},
};
use crate::{Api, Problem, connection::who_acts};

/// What must come back with a browser, kept sealed meanwhile.
#[derive(Serialize, Deserialize)]
pub(super) struct Exchange {
    nonce: String,
    pkce_verifier: String,
}

impl Exchange {
    pub(super) fn of(begun: &Authorization) -> Self {
        Self {
            nonce: begun.nonce.expose_secret().to_owned(),
            pkce_verifier: begun.pkce_verifier.expose_secret().to_owned(),
        }
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, Problem> {
        serde_json::to_vec(self)
            .map_err(|error| Problem::internal("an exchange cannot be written").because(error))
    }
}

/// A sign-in whose browser came back. Its state is used up.
pub(super) struct Arrival {
    tenant: TenantId,
    id: SignInId,
    pub(super) ticket: String,
    purpose: sign_in::Purpose,
    browser_hash: Option<Vec<u8>>,
    exchange: Exchange,
}

impl Arrival {
    /// Recognises state and browser, and uses the state up. A browser that is not the one that began uses nothing
    /// up: it could be anybody's.
    pub(super) async fn of(
        api: &Api,
        request: &HttpRequest,
        state: &SecretString,
    ) -> Result<Self, Stop> {
        let found = api.registry.sign_in_by_state(state.expose_secret()).await?;
        let Opened { tx, row, .. } = Opened::find(api, found).await?;
        if row.state != SignInState::Started {
            return Err(Ending::CannotBeUsed.into());
        }
        browser::recognise(request, &row)?;
        let (row, exchange) =
            sign_in::take_exchange(&tx, row)
                .await
                .map_err(|error| match error {
                    RegistryError::Missing => Stop::from(Ending::CannotBeUsed),
                    other => Stop::from(other),
                })?;
        tx.commit().await?;
        let exchange = serde_json::from_slice(exchange.as_slice())
            .map_err(|error| Problem::internal("a kept exchange cannot be read").because(error))?;
        Ok(Self {
            tenant: row.tenant_id,
            id: row.id,
            ticket: row.ticket,
            purpose: row.purpose,
            browser_hash: row.browser_hash,
            exchange,
        })
    }

    /// Redeems the code and keeps the grant.
    pub(super) async fn authorize(self, api: &Api, code: &SecretString) -> Result<Self, Stop> {
        let verifier = SecretString::from(self.exchange.pkce_verifier.as_str());
        let nonce = SecretString::from(self.exchange.nonce.as_str());
        let signed_in = match api.microsoft.redeem(code, &verifier, &nonce).await {
            Ok(signed_in) => signed_in,
            Err(error) => return Err(self.not_redeemed(api, &error).await),
        };
        let missing = scopes::missing(&signed_in.tokens.scopes, needed(self.purpose));
        if !missing.is_empty() {
            return Err(self.fail(api, missing_scopes(&missing)).await);
        }
        let Some(grant) = new_grant(api, signed_in).await else {
            return Err(self.not_redeemed(api, &OAuthError::NoRefreshToken).await);
        };
        let opened = self.reopen(api).await?;
        let grant = grant::insert(&opened.tx, grant).await?;
        sign_in::authorize(&opened.tx, opened.row, grant).await?;
        opened.tx.commit().await?;
        Ok(self)
    }

    /// Microsoft sent the browser back with an error.
    pub(super) async fn refuse(self, api: &Api, error: &TokenError) -> Stop {
        let failure = self.explain(api, diagnose(error));
        self.fail(api, failure).await
    }

    async fn not_redeemed(&self, api: &Api, error: &OAuthError) -> Stop {
        tracing::warn!(cause = %error, "a code was not redeemed");
        self.fail(api, self.explain(api, error.diagnosis())).await
    }

    fn explain(&self, api: &Api, diagnosis: Diagnosis) -> Failure {
        let admin_url = diagnosis.needs_admin_consent.then(|| {
            let scopes = needed(self.purpose);
            let state = random_token(16);
            api.microsoft
                .admin_consent_url(Directory::Organizations, scopes, &state)
                .to_string()
        });
        Failure {
            code: diagnosis.code,
            message: diagnosis.meaning,
            action: diagnosis.way_out,
            who_acts: who_acts(diagnosis.who_acts),
            admin_url,
        }
    }

    /// Writes the failure down for the panel, and ends the window with it.
    async fn fail(&self, api: &Api, failure: Failure) -> Stop {
        let written = async {
            let opened = self.reopen(api).await?;
            sign_in::fail(&opened.tx, opened.row, failure.clone()).await?;
            opened.tx.commit().await?;
            Ok::<_, Stop>(())
        };
        match written.await {
            Ok(()) => Ending::Failed(failure).into(),
            Err(stop) => stop,
        }
    }

    /// The sign-in again, unless the window was reloaded meanwhile: then the newer departure counts.
    async fn reopen(&self, api: &Api) -> Result<Opened, Stop> {
        let opened = Opened::find(api, Some((self.tenant, self.id))).await?;
        let untouched = opened.row.state == SignInState::Started
            && opened.row.browser_hash == self.browser_hash;
        match untouched {
            true => Ok(opened),
            false => Err(Ending::CannotBeUsed.into()),
        }
    }
}

fn missing_scopes(missing: &[&str]) -> Failure {
    Failure {
        code: "missing_permissions".to_owned(),
        message: format!(
            "Postroom was not given the permission to {}.",
            missing_words(missing)
        ),
        action: "Sign in again and accept all permissions.".to_owned(),
        who_acts: WhoActs::MailboxOwner,
        admin_url: None,
    }
}

/// The grant to keep. The name that people know is the address of the mailbox where Graph says one: by it, the
/// signer's own mailbox is told from a shared one.
async fn new_grant(api: &Api, signed_in: SignedIn) -> Option<NewGrant> {
    let (tokens, identity) = (signed_in.tokens, signed_in.identity);
    let me = api
        .graph
        .me(&AccessToken::from(tokens.access_token.clone()))
        .await;
    let address = me.map_or(identity.user_principal_name, |me| me.address);
    Some(NewGrant {
        directory_id: identity.directory_id.to_string(),
        object_id: identity.object_id.to_string(),
        display_name: identity.display_name.unwrap_or_else(|| address.clone()),
        user_principal_name: address,
        scopes: tokens.scopes,
        refresh_token: tokens.refresh_token?,
        access_token: tokens.access_token,
        access_expires_at: tokens.expires_at,
    })
}
