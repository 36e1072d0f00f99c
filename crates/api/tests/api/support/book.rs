//! Rows that a test needs before it begins.

use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use postroom_registry::{
    GrantId, MailId, OutboundId, SourceId, TenantId,
    grant::{self, NewGrant},
    mail::{self, Finish, MailState, NewMail},
    outbound,
    source::{self, NewSource},
    tenant::{self, Door, Installation, TenantState},
};
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
        };
        let id = grant::insert(&tx, grant).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn source(&self, of: &Tenant) -> SourceId {
        let grant_id = self.grant(of).await;
        let tx = self.registry.begin(of.id).await.unwrap();
        let new = NewSource {
            grant_id,
            outbound_id: None,
            mailbox: "ann@contoso.example".into(),
            folder_id: "inbox-id".into(),
            folder_name: "Inbox".into(),
            poll_interval_seconds: 15,
        };
        let id = source::create(&tx, new).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn outbound(&self, of: &Tenant) -> OutboundId {
        let grant = self.grant(of).await;
        let tx = self.registry.begin(of.id).await.unwrap();
        let id = outbound::create(&tx, grant, "ann@contoso.example")
            .await
            .unwrap()
            .id;
        tx.commit().await.unwrap();
        id
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
        let row = mail::claim(&tx, id, TimeDelta::minutes(1))
            .await
            .unwrap()
            .unwrap();
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
