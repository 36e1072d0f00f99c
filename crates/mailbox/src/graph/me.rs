use super::call::Call;
use super::classify::Target;
use super::client::GraphClient;
use super::path::query;
use crate::{AccessToken, MailboxAddress, MailboxError};

/// The person who signed in, as Graph knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Me {
    /// The directory's object id of the person.
    pub id: String,
    /// Name for people.
    pub display_name: Option<String>,
    /// The address of the mailbox, or the user principal name where Graph has no `mail`.
    pub address: String,
    /// The name that the person signs in with.
    pub user_principal_name: String,
}

impl std::fmt::Debug for Me {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Me")
            .field("id", &self.id)
            .field("address", &crate::address::masked(&self.address))
            .finish_non_exhaustive()
    }
}

impl GraphClient {
    /// Who the token stands for. Scope: `User.Read`.
    ///
    /// # Errors
    /// [`MailboxError`]; `Unauthorized` when the token is not accepted.
    pub async fn me(&self, token: &AccessToken) -> Result<Me, MailboxError> {
        let url = query(
            self.url(&MailboxAddress::Me, &[])?,
            &[("$select", "id,displayName,mail,userPrincipalName")],
        );
        let json = self
            .read(&Call::get("me", token, url, Target::Mailbox))
            .await?
            .json()?;
        let user_principal_name = json.required("userPrincipalName")?;
        let mail = json.text("mail").filter(|mail| !mail.is_empty());
        Ok(Me {
            id: json.required("id")?,
            display_name: json.text("displayName"),
            address: mail.unwrap_or_else(|| user_principal_name.clone()),
            user_principal_name,
        })
    }
}
