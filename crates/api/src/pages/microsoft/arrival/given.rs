//! Microsoft gave a code.

use actix_web::HttpResponse;
use postroom_azure_oauth::{OAuthError, SignedIn, scopes};
use postroom_mailbox::AccessToken;
use postroom_registry::{
    RegistrationId, RegistryError, TenantTx,
    connection::{Protocol, WhoActs},
    grant::{self, Consent, NewGrant, Resource},
    registration::Cloud,
    sign_in::{self, Asked, Failure},
};
use secrecy::SecretString;

use super::{Arrival, Opened};
use crate::{
    Api,
    pages::microsoft::{
        departure::{Manner, depart},
        ending::Stop,
        owner::to_confirm,
    },
    routes::sign_ins::{Aim, microsoft_of, missing_words, same_address},
};

/// What of a sign-in goes into its grant.
#[derive(Clone, Copy)]
struct Origin {
    registration_id: Option<RegistrationId>,
    cloud: Cloud,
    consent: Consent,
    resource: Resource,
}

impl Arrival {
    /// Redeems the code and keeps the grant.
    pub(in super::super) async fn authorize(
        self,
        api: &Api,
        code: &SecretString,
    ) -> Result<HttpResponse, Stop> {
        let Opened { tx, row, .. } = self.reopen(api).await?;
        let microsoft = microsoft_of(api, &tx, row.registration_id).await?;
        tx.commit().await?;
        // Nobody in the panel looks at what an owner brings, so by a name that Graph did not say nobody is an owner.
        let must_be_known = row.asked == Asked::Owner && row.protocol == Protocol::Graph;
        let origin = Origin {
            registration_id: row.registration_id,
            cloud: row.cloud,
            consent: match row.approved_at {
                Some(_) => Consent::Admin,
                None => Consent::User,
            },
            resource: match row.protocol {
                Protocol::Graph => Resource::Graph,
                Protocol::Ews => Resource::Outlook,
            },
        };
        let verifier = SecretString::from(self.exchange.pkce_verifier.as_str());
        let nonce = SecretString::from(self.exchange.nonce.as_str());
        let asked: Vec<&str> = self.exchange.scopes.iter().map(String::as_str).collect();
        let redeemed = microsoft.redeem(code, &verifier, &nonce, &asked).await;
        let signed_in = match redeemed {
            Ok(signed_in) => signed_in,
            Err(error) => return self.not_redeemed(api, &error).await,
        };
        let missing = scopes::missing(&signed_in.tokens.scopes, &asked);
        let address = address(api, &signed_in, origin).await;
        let failure = if !missing.is_empty() {
            Some(missing_scopes(&missing))
        } else if must_be_known && address.is_none() {
            Some(unknown_mailbox())
        } else {
            None
        };
        let Some(grant) = new_grant(signed_in, origin, address) else {
            return self.not_redeemed(api, &OAuthError::NoRefreshToken).await;
        };
        self.keep(api, grant, failure).await
    }

    /// Writes down what Microsoft gave, and goes on: to the page that asks, or back to Microsoft for what the owner of
    /// the mailbox needs and a delegate does not.
    async fn keep(
        self,
        api: &Api,
        grant: NewGrant,
        failure: Option<Failure>,
    ) -> Result<HttpResponse, Stop> {
        let opened = self.reopen(api).await?;
        let signer = grant.user_principal_name.clone();
        let aim = Aim::of(&opened.tx, &opened.row).await?;
        let lacks = aim.lacks(&grant.scopes, &signer);
        let own = aim
            .mailbox
            .as_deref()
            .is_some_and(|mailbox| same_address(mailbox, &signer));
        let grant = NewGrant {
            consent: consent(&opened.tx, &grant).await?,
            ..grant
        };
        let id = grant::insert(&opened.tx, grant).await?;
        let row = sign_in::authorize(&opened.tx, opened.row, id).await?;
        if let Some(failure) = failure {
            let row = sign_in::fail(&opened.tx, row, failure.clone()).await?;
            opened.tx.commit().await?;
            return Err(self.failed(api, failure, row.asked));
        }
        if own && aim.is_shared() && !lacks.is_empty() {
            let opened = Opened { row, ..opened };
            let manner = Manner::More { signer };
            let departed = depart(api, opened, Some(self.browser), &manner).await?;
            return Ok(departed.redirect());
        }
        opened.tx.commit().await?;
        Ok(to_confirm(api, &self.ticket))
    }
}

/// Who allowed it, as far as we saw: what an administrator approved for a directory holds for all that sign in there.
async fn consent(tx: &TenantTx, new: &NewGrant) -> Result<Consent, RegistryError> {
    let there = |it: &grant::Model| {
        it.directory_id == new.directory_id
            && it.cloud == new.cloud
            && it.registration_id == new.registration_id
    };
    let before = grant::list(tx).await?;
    let mut before = before.iter().filter(|it| there(it));
    match before.any(|it| it.consent == Consent::Admin) {
        true => Ok(Consent::Admin),
        false => Ok(new.consent),
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

fn unknown_mailbox() -> Failure {
    Failure {
        code: "unknown_mailbox".to_owned(),
        message: "Microsoft did not say whose mailbox this is.".to_owned(),
        action: "Sign in again in a few minutes.".to_owned(),
        who_acts: WhoActs::MailboxOwner,
        admin_url: None,
    }
}

/// The address of the signer's mailbox, where Graph says one: by it, the signer's own mailbox is told from a shared
/// one.
async fn address(api: &Api, signed_in: &SignedIn, origin: Origin) -> Option<String> {
    match origin.resource {
        Resource::Graph => {
            let token = AccessToken::from(signed_in.tokens.access_token.clone());
            let me = api.connections.me(origin.cloud, &token).await;
            me.ok().map(|me| me.address)
        }
        // A token for Exchange opens nothing of Graph.
        Resource::Outlook => None,
    }
}

/// The grant to keep, under the name that people know: the address, else what they sign in with.
fn new_grant(signed_in: SignedIn, origin: Origin, address: Option<String>) -> Option<NewGrant> {
    let (tokens, identity) = (signed_in.tokens, signed_in.identity);
    let address = address.unwrap_or(identity.user_principal_name);
    Some(NewGrant {
        directory_id: identity.directory_id.to_string(),
        object_id: identity.object_id.to_string(),
        display_name: identity.display_name.unwrap_or_else(|| address.clone()),
        user_principal_name: address,
        scopes: tokens.scopes,
        refresh_token: tokens.refresh_token?,
        access_token: tokens.access_token,
        access_expires_at: tokens.expires_at,
        resource: origin.resource,
        registration_id: origin.registration_id,
        cloud: origin.cloud,
        consent: origin.consent,
    })
}
