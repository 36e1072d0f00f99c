use postroom_mailbox::{PingRequest, Right, RightName, all_proven};
use postroom_registry::connection::Verdict;

use crate::{Failure, Opened};

/// What a ping found.
#[derive(Debug)]
pub struct Pinged {
    /// All five rights, in order.
    pub rights: Vec<Right>,
    /// What the first missing right says about the connection.
    pub verdict: Option<Verdict>,
}

impl Pinged {
    /// Whether every right that the connection needs is there.
    pub fn is_ok(&self) -> bool {
        all_proven(&self.rights)
    }
}

impl Opened {
    /// Proves, right by right, that the connection can do its work on its mailbox. What Microsoft answers is the result.
    ///
    /// # Errors
    /// [`Failure::Registry`] when our own book does not answer.
    pub async fn ping(&self, wanted: &PingRequest<'_>) -> Result<Pinged, Failure> {
        let names = self.circumstances().names();
        let found = self
            .attempt(|token| async move {
                let pinged = self.mailbox.ping(&token, wanted, &names).await;
                // A token that ended before its time says nothing yet; a fresh one does.
                let token_refused = !pinged.rights[0].ok;
                match pinged.failure {
                    Some(failure) if token_refused => Err(failure),
                    failure => Ok((pinged.rights, failure)),
                }
            })
            .await;
        match found {
            Ok((rights, failure)) => Ok(Pinged {
                verdict: failure.and_then(|error| self.verdict(&error.into())),
                rights,
            }),
            Err(Failure::Registry(error)) => Err(error.into()),
            Err(failure) => Ok(self.without_token(&failure)),
        }
    }

    fn without_token(&self, failure: &Failure) -> Pinged {
        let verdict = self.verdict(failure);
        let token = match (failure, &verdict) {
            (Failure::Mailbox(error), _) => {
                Right::failed(RightName::Token, error, &self.circumstances().names())
            }
            (_, Some(verdict)) => crate::verdict::missing_token(verdict),
            (_, None) => Right::missing(
                RightName::Token,
                "The sign-in could not be used. Try again in a moment.",
                None,
            ),
        };
        let mut rights = vec![token];
        let others = [
            RightName::Mailbox,
            RightName::Read,
            RightName::Write,
            RightName::Send,
        ];
        rights.extend(others.map(Right::blocked));
        Pinged { rights, verdict }
    }
}
