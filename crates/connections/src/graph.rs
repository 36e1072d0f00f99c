//! What only Graph does.

use postroom_mailbox::{
    Mailbox, MailboxAddress, MailboxError, Support,
    graph::{GraphClient, NewSubscription, Subscription, Translated},
};

use crate::{Failure, Opened};

/// A call that Graph alone has, made over EWS.
const NOT_OF_EWS: u16 = 0;

impl Opened {
    /// Subscribes to messages that appear in a folder, for as long as Microsoft lets us.
    ///
    /// # Errors
    /// [`Failure`]; `AccessDenied` on another's mailbox, `Refused` when a URL did not prove itself.
    pub async fn subscribe(&self, new: &NewSubscription<'_>) -> Result<Subscription, Failure> {
        let (graph, at) = self.graph()?;
        self.attempt(|token| async move { graph.subscribe(&token, at, new).await })
            .await
    }

    /// Gives a subscription as much life again as Microsoft lets us.
    ///
    /// # Errors
    /// [`Failure`]; `ItemMissing` when it is gone: subscribe anew.
    pub async fn renew_subscription(&self, id: &str) -> Result<Subscription, Failure> {
        let (graph, _) = self.graph()?;
        self.attempt(|token| async move { graph.renew_subscription(&token, id).await })
            .await
    }

    /// Shows Microsoft that the sign-in is still good, after it asked.
    ///
    /// # Errors
    /// [`Failure`]; `ItemMissing` when the subscription is gone: subscribe anew.
    pub async fn reauthorise_subscription(&self, id: &str) -> Result<(), Failure> {
        let (graph, _) = self.graph()?;
        self.attempt(|token| async move { graph.reauthorise_subscription(&token, id).await })
            .await
    }

    /// Ends a subscription. One that is gone already is no failure.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn delete_subscription(&self, id: &str) -> Result<(), Failure> {
        let (graph, _) = self.graph()?;
        self.attempt(|token| async move { graph.delete_subscription(&token, id).await })
            .await
    }

    /// The immutable ids of messages that a connection knows by their EWS ids, in their order.
    ///
    /// # Errors
    /// [`Failure`]; then none of them is to be used.
    pub async fn translate_ews_ids(&self, ews_ids: &[String]) -> Result<Vec<Translated>, Failure> {
        let (graph, at) = self.graph()?;
        self.attempt(|token| async move { graph.translate_ews_ids(&token, at, ews_ids).await })
            .await
    }

    /// The same for a folder; `None` where Graph does not know it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn translate_ews_folder_id(&self, ews_id: &str) -> Result<Option<String>, Failure> {
        let (graph, at) = self.graph()?;
        self.attempt(|token| async move { graph.translate_ews_folder_id(&token, at, ews_id).await })
            .await
    }

    fn graph(&self) -> Result<(&GraphClient, &MailboxAddress), Failure> {
        match &*self.mailbox {
            Mailbox::Graph(graph, at) => Ok((graph, at)),
            Mailbox::Ews(..) => Err(Failure::Mailbox(MailboxError::Refused {
                status: NOT_OF_EWS,
                support: Support::default(),
            })),
        }
    }
}
