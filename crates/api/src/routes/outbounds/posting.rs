//! A mail that a person sends from the panel, to see that it arrives.

use postroom_mail::{Address, compose, compose::Outgoing};
use postroom_mailbox::Outgoing as ToSend;
use postroom_registry::{TenantId, grant, outbound};

use crate::{
    Api, Problem,
    connection::{AtWork, problem_of},
};

/// What to say, and to whom.
#[derive(Debug)]
pub(crate) struct Posting<'a> {
    pub(crate) to: &'a str,
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl Api {
    /// Sends it by an outbound, within what Exchange takes from a mailbox in a minute; returns its Message-ID.
    ///
    /// # Errors
    /// `invalid` for an address that is none; a conflict with its way out; that Microsoft does not answer.
    pub(crate) async fn post(
        &self,
        tenant: TenantId,
        by: &outbound::Model,
        posting: Posting<'_>,
    ) -> Result<String, Problem> {
        let tx = self.registry.begin(tenant).await?;
        let grant = grant::find(&tx, by.grant_id).await?;
        tx.commit().await?;
        let mail = self.written(by, posting);
        let mime = compose::compose(&mail).map_err(|error| {
            Problem::invalid("to", "This is not a mail address.").because(error)
        })?;
        self.take_turn(tenant, by).await?;
        let outgoing = ToSend {
            mime: &mime,
            message_id: &mail.message_id,
            from: by.from_address.as_deref(),
        };
        let opened = self.prepared(AtWork::outbound(&grant, by)).await?;
        match opened.send(&outgoing).await {
            Ok(_) => Ok(mail.message_id),
            Err(failure) => Err(problem_of(&opened, failure)),
        }
    }

    async fn take_turn(&self, tenant: TenantId, by: &outbound::Model) -> Result<(), Problem> {
        let tx = self.registry.begin(tenant).await?;
        let turn = outbound::take_turn(&tx, by.id).await?;
        tx.commit().await?;
        match turn {
            outbound::Turn::Go => Ok(()),
            outbound::Turn::Wait { .. } => {
                let message =
                    "Exchange takes 30 mails a minute from a mailbox, and this one sent so many.";
                Err(Problem::conflict(message).act("Try again in a minute."))
            }
        }
    }

    fn written(&self, by: &outbound::Model, posting: Posting<'_>) -> Outgoing {
        let from = by.from_address.as_deref().unwrap_or(&by.mailbox);
        let domain = from
            .rsplit_once('@')
            .map_or("postroom.invalid", |(_, domain)| domain);
        Outgoing {
            from: Address::bare(from),
            to: vec![Address::bare(posting.to.trim())],
            cc: Vec::new(),
            subject: posting.subject,
            message_id: format!("{}@{domain}", self.clock().new_id().simple()),
            in_reply_to: None,
            references: Vec::new(),
            date: self.clock().now(),
            html: format!("<p>{}</p>", escaped(&posting.text)),
            text: posting.text,
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
