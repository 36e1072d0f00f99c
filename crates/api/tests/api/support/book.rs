//! Rows that a test needs before it begins.

use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use postroom_registry::{
    AlertChannelId, GrantId, MailId, OutboundId, RegistrationId, SourceId, TenantId,
    alert_channel::{self, ChannelKind, NewChannel},
    connection::{Protocol, StateDetail},
    grant::{self, Consent, NewGrant, Resource},
    mail::{self, Finish, MailState, NewMail},
    outbound::{self, NewOutbound},
    registration::{self, Cloud, Credential, NewRegistration},
    sign_in::{self, Asked, NewSignIn, Purpose},
    source::{self, NewSource},
    subscription,
    tenant::{self, Door, Installation, TenantState},
};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{Stage, jira, tokens};

/// A site that installed the app.
pub(crate) struct Tenant {
    pub(crate) id: TenantId,
    pub(crate) client_key: String,
    pub(crate) secret: String,
}

impl Tenant {
    /// A token as `AP.context.getToken` gives it.
    pub(crate) fn context_token(&self, account: &str) -> String {
        let mut claims = tokens::claims(&self.client_key, "context-qsh");
        claims["sub"] = json!(account);
        tokens::hs(Algorithm::HS256, &self.secret, &claims)
    }

    /// A token that is bound to one request.
    pub(crate) fn request_token(&self, method: &str, path_and_query: &str) -> String {
        let mut claims = tokens::claims(&self.client_key, &tokens::qsh(method, path_and_query));
        claims["sub"] = json!(jira::ADMIN);
        tokens::hs(Algorithm::HS256, &self.secret, &claims)
    }
}

pub(crate) fn raw_mail(subject: &str) -> Vec<u8> {
    format!(
        "From: Carl Customer <carl@customer.example>\r\nTo: ann@contoso.example\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@customer.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nThe printer is on fire.\r\n\
         --b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1,2\r\n\
         --b--\r\n"
    )
    .into_bytes()
}

/// One that another panel user began.
fn a_sign_in(ticket: &str) -> NewSignIn {
    NewSignIn {
        account_id: "another".into(),
        purpose: Purpose::Both,
        asked: Asked::Me,
        mailbox: None,
        protocol: Protocol::Graph,
        registration_id: None,
        cloud: Cloud::Global,
        consent: Consent::User,
        reauthorise_id: None,
        reauthorise_outbound_id: None,
        owner_hint: None,
        claims: None,
        ticket: ticket.into(),
    }
}

impl Stage {
    /// A site whose REST API is the stage's Jira.
    pub(crate) async fn tenant(&self, name: &str) -> Tenant {
        let secret = format!("secret of {name}");
        let installation = Installation {
            client_key: name.to_owned(),
            cloud_id: None,
            site_url: self.jira.uri(),
            display_url: Some("https://jira.acme.example".to_owned()),
            shared_secret: secret.as_str().into(),
            issued_at: self.clock.now(),
        };
        let id = self.registry.install(&installation).await.unwrap().tenant;
        Tenant {
            id,
            client_key: name.to_owned(),
            secret,
        }
    }

    pub(crate) async fn set_tenant_state(&self, of: &Tenant, state: TenantState) {
        let tx = self.registry.begin(of.id).await.unwrap();
        match state {
            TenantState::Installed => tenant::set_enabled(&tx, true).await,
            TenantState::Disabled => tenant::set_enabled(&tx, false).await,
            TenantState::Uninstalled => tenant::close(&tx, Door::Connect).await,
            TenantState::Forgotten => panic!("a tenant is forgotten by the end of retention alone"),
        }
        .unwrap();
        tx.commit().await.unwrap();
        // As if another process had heard it: this one believes what it remembers for five seconds.
        self.clock.advance(TimeDelta::seconds(5));
    }

    /// A grant of Ann, with an access token that lives an hour.
    pub(crate) async fn grant(&self, of: &Tenant) -> GrantId {
        let tx = self.registry.begin(of.id).await.unwrap();
        let grant = NewGrant {
            directory_id: super::entra::TID.into(),
            object_id: super::entra::OID.into(),
            user_principal_name: "ann@contoso.example".into(),
            display_name: "Ann Agent".into(),
            scopes: ["User.Read", "Mail.ReadWrite", "Mail.Send"]
                .map(str::to_owned)
                .to_vec(),
            refresh_token: "refresh".into(),
            access_token: "access".into(),
            access_expires_at: self.clock.now() + TimeDelta::hours(1),
            resource: Resource::Graph,
            registration_id: None,
            cloud: Cloud::Global,
            consent: Consent::User,
        };
        let id = grant::insert(&tx, grant).await.unwrap();
        let begun = sign_in::start(&tx, a_sign_in(&id.to_string()))
            .await
            .unwrap();
        let signed_in = sign_in::authorize(&tx, begun, id).await.unwrap();
        sign_in::connect(&tx, signed_in, None, None).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn source(&self, of: &Tenant) -> SourceId {
        self.source_by(of, Protocol::Graph).await
    }

    /// A source of this protocol.
    pub(crate) async fn source_by(&self, of: &Tenant, protocol: Protocol) -> SourceId {
        let grant_id = self.grant(of).await;
        let tx = self.registry.begin(of.id).await.unwrap();
        let new = NewSource {
            grant_id,
            outbound_id: None,
            mailbox: "ann@contoso.example".into(),
            protocol,
            folder_id: "inbox-id".into(),
            folder_name: "Inbox".into(),
            poll_interval_seconds: 15,
        };
        let id = source::create(&tx, new).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn outbound(&self, of: &Tenant) -> OutboundId {
        self.outbound_by(of, Protocol::Graph).await
    }

    /// An outbound of this protocol.
    pub(crate) async fn outbound_by(&self, of: &Tenant, protocol: Protocol) -> OutboundId {
        let grant = self.grant(of).await;
        let tx = self.registry.begin(of.id).await.unwrap();
        let new = NewOutbound {
            grant_id: grant,
            mailbox: "ann@contoso.example".into(),
            protocol,
            from_address: None,
        };
        let id = outbound::create(&tx, new).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    /// A channel for alerts.
    pub(crate) async fn alert_channel(&self, of: &Tenant) -> AlertChannelId {
        let tx = self.registry.begin(of.id).await.unwrap();
        let new = NewChannel {
            kind: ChannelKind::Mail,
            name: "Operations".into(),
            target: "ops@acme.example".into(),
            format: None,
            outbound_id: None,
        };
        let id = alert_channel::insert(&tx, new).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    /// An app registration that the tenant brought.
    pub(crate) async fn registration(&self, of: &Tenant) -> RegistrationId {
        let tx = self.registry.begin(of.id).await.unwrap();
        let new = NewRegistration {
            name: "Acme".into(),
            cloud: Cloud::Global,
            client_id: "0f7a4c5e-22b1-4a09-9a0d-4f4c8f0f2a11".into(),
            directory_id: None,
            credential: Credential::Secret("a secret".into()),
            thumbprint: None,
            expires_at: None,
            state_detail: StateDetail::default(),
        };
        let id = registration::insert(&tx, new).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    /// The key and the word of a source's subscription, as Microsoft was told them.
    pub(crate) async fn subscription(&self, of: &Tenant, source: &str) -> (String, String) {
        let id = SourceId(source.parse().unwrap());
        let tx = self.registry.begin(of.id).await.unwrap();
        let row = subscription::of_source(&tx, id).await.unwrap().unwrap();
        let hold = TimeDelta::minutes(1);
        let row = subscription::claim(&tx, row.id, hold)
            .await
            .unwrap()
            .unwrap();
        let word = subscription::new_client_state(&tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        (row.key, word.expose_secret().to_owned())
    }

    /// A mail that waits.
    pub(crate) async fn mail(&self, of: &Tenant, source: SourceId, subject: &str) -> MailId {
        let tx = self.registry.begin(of.id).await.unwrap();
        let raw = raw_mail(subject);
        let message_id = format!("{subject}@customer.example");
        let new = NewMail {
            source_id: source,
            immutable_id: subject,
            message_id: Some(&message_id),
            received_at: self.clock.now(),
            from_name: "Carl Customer",
            from_address: "carl@customer.example",
            subject,
            raw: &raw,
        };
        let id = mail::insert(&tx, &new).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A mail that ended.
    pub(crate) async fn ended_mail(
        &self,
        of: &Tenant,
        source: SourceId,
        subject: &str,
        state: MailState,
        issue: Option<(&str, &str)>,
    ) -> MailId {
        let id = self.mail(of, source, subject).await;
        let tx = self.registry.begin(of.id).await.unwrap();
        mail::release_fresh(&tx, source).await.unwrap();
        let hold = TimeDelta::minutes(1);
        // Those that came before it go first, and wait for another try.
        let row = loop {
            let first = mail::next_fresh(&tx, source).await.unwrap().unwrap();
            let claim = mail::claim(&tx, first, hold).await.unwrap();
            let row = claim.taken().unwrap();
            if row.id == id {
                break row;
            }
            let later = self.clock.now() + hold;
            mail::retry_at(&tx, &row, later, "for a test")
                .await
                .unwrap();
        };
        let finish = Finish {
            reason: "for a test".into(),
            issue_id: issue.map(|(id, _)| id.to_owned()),
            issue_key: issue.map(|(_, key)| key.to_owned()),
            trace: json!([{ "step": "decide", "rule": "r", "saw": "s", "decided": "d", "at": null }]),
            ..Finish::default()
        };
        mail::finish(&tx, &row, state, finish).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}
