use postroom_mailbox::Names;
use postroom_registry::{connection::Protocol, registration::Cloud};

/// Where a failure happened: what its words are filled with.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The mailbox's address.
    pub mailbox: &'a str,
    /// Who signed in.
    pub signer: &'a str,
    /// The application (client) id of the app registration.
    pub client_id: &'a str,
    /// The wire.
    pub protocol: Protocol,
    /// Microsoft's cloud.
    pub cloud: Cloud,
}

impl<'a> Circumstances<'a> {
    pub(crate) fn names(&self) -> Names<'a> {
        Names {
            mailbox: self.mailbox,
            signer: self.signer,
            client_id: self.client_id,
            admin_center: admin_center(self.cloud),
        }
    }
}

/// The Microsoft 365 admin center ("About the Microsoft 365 admin center", and that page for each national cloud).
fn admin_center(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "https://admin.microsoft.com/#/users",
        Cloud::UsGovL4 => "https://portal.office365.us/adminportal/home#/users",
        Cloud::UsGovL5 => "https://portal.apps.mil/adminportal/home#/users",
        Cloud::China => "https://portal.partner.microsoftonline.cn/adminportal/home#/users",
    }
}
