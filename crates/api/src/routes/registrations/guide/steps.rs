use postroom_registry::connection::Protocol;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::routes::registrations::view::{Audience, CredentialKind};

/// One step.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Step {
    title: String,
    /// What to do.
    text: String,
    /// What to copy.
    #[schema(required)]
    copy: Option<String>,
    /// Where it is done.
    #[schema(required)]
    url: Option<String>,
}

/// What the steps are for.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// The Entra admin center of the cloud.
    pub(super) portal: &'a Url,
    pub(super) redirect_uri: String,
    pub(super) audience: Audience,
    pub(super) credential: CredentialKind,
    pub(super) protocol: Protocol,
    pub(super) permissions: Vec<String>,
}

/// One that makes key and certificate, as Entra ID takes them.
const OPENSSL: &str = "openssl req -x509 -newkey rsa:3072 -noenc -days 365 -subj \"/CN=Postroom\" \
                       -keyout postroom.key -out postroom.crt && cat postroom.key postroom.crt > postroom.pem";

impl Case<'_> {
    /// In their order.
    pub(super) fn steps(&self) -> Vec<Step> {
        vec![
            self.register(),
            self.redirect(),
            self.permit(),
            self.prove(),
            step(
                "Bring it here",
                format!(
                    "Copy the application (client) id from the page \u{201c}Overview\u{201d} of the registration{}, \
                     and add the registration in Postroom.",
                    match self.audience {
                        Audience::Single => " and the directory (tenant) id",
                        Audience::Multi => "",
                    }
                ),
            ),
        ]
    }

    fn register(&self) -> Step {
        let who = match self.audience {
            Audience::Single => "Accounts in this organizational directory only",
            Audience::Multi => "Accounts in any organizational directory",
        };
        let text = format!(
            "Open \u{201c}App registrations\u{201d}, press \u{201c}New registration\u{201d}, give it a name, and \
             choose \u{201c}{who}\u{201d}."
        );
        let page = "Microsoft_AAD_RegisteredApps/ApplicationsListBlade";
        step("Register an application", text)
            .at(self.page(page))
            .copied(who)
    }

    fn redirect(&self) -> Step {
        let text = "Add this redirect URI, with the platform \u{201c}Web\u{201d}. With another platform sign-ins end \
                    after a day, or fail at once.";
        step("Say where it comes back to", text).copied(&self.redirect_uri)
    }

    fn permit(&self) -> Step {
        let of = match self.protocol {
            Protocol::Graph => "Microsoft Graph \u{2192} Delegated permissions",
            Protocol::Ews => {
                "APIs my organization uses \u{2192} Office 365 Exchange Online \u{2192} Delegated permissions"
            }
        };
        let text = format!(
            "On \u{201c}API permissions\u{201d}, add these under {of}. Then press \u{201c}Grant admin consent\u{201d}, \
             or approve later by the link that Postroom makes."
        );
        step("Say what it may do", text).copied(&self.permissions.join(" "))
    }

    fn prove(&self) -> Step {
        match self.credential {
            CredentialKind::Secret => step(
                "Make a client secret",
                "On \u{201c}Certificates & secrets\u{201d}, press \u{201c}New client secret\u{201d}. Copy the column \
                 \u{201c}Value\u{201d}, not \u{201c}Secret ID\u{201d}: it is shown once only. Note when it ends.",
            ),
            CredentialKind::Certificate => step(
                "Make a certificate",
                "Make a key and a certificate with this command. Upload postroom.crt on \u{201c}Certificates & \
                 secrets\u{201d}; give postroom.pem to Postroom, and to nobody else.",
            )
            .copied(OPENSSL),
        }
    }

    fn page(&self, view: &str) -> String {
        let mut url = self.portal.clone();
        url.set_fragment(Some(&format!("view/{view}")));
        url.to_string()
    }
}

fn step(title: &str, text: impl Into<String>) -> Step {
    Step {
        title: title.to_owned(),
        text: text.into(),
        copy: None,
        url: None,
    }
}

impl Step {
    fn copied(mut self, copy: &str) -> Self {
        self.copy = Some(copy.to_owned());
        self
    }

    fn at(mut self, url: String) -> Self {
        self.url = Some(url);
        self
    }
}
