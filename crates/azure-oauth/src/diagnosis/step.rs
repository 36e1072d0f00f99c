//! Steps of a way out: a page of the Entra admin center, a command, or a thing to do.

use postroom_registry::connection::{Fix, FixKind};
use postroom_registry::registration::Cloud;

use crate::Endpoints;

/// One step, before it is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    kind: FixKind,
    label: &'static str,
    /// May hold `{client_id}` and `{signer}`.
    text: &'static str,
    page: Page,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    None,
    /// What follows `#view/` in the Entra admin center. May hold `{client_id}`.
    Portal(&'static str),
    /// A page that only the global cloud has.
    Global(&'static str),
}

/// Where a failure was: what the steps are filled in with.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Which cloud.
    pub cloud: Cloud,
    /// Where it is.
    pub endpoints: &'a Endpoints,
    /// Client id of the app registration.
    pub client_id: &'a str,
    /// Who signed in, or shall sign in.
    pub signer: &'a str,
}

impl Step {
    /// What it is.
    pub fn kind(&self) -> FixKind {
        self.kind
    }

    pub(super) fn fix(&self, place: &Place<'_>) -> Fix {
        let fill = |text: &str| {
            text.replace("{client_id}", place.client_id)
                .replace("{signer}", place.signer)
        };
        let url = match self.page {
            Page::Portal(view) => Some(place.endpoints.portal_page(&fill(view)).to_string()),
            Page::Global(url) if place.cloud == Cloud::Global => Some(url.to_owned()),
            Page::Global(_) | Page::None => None,
        };
        Fix {
            // A link without an address is a thing to do.
            kind: match (self.kind, &url) {
                (FixKind::Link, None) => FixKind::Step,
                (kind, _) => kind,
            },
            label: self.label.to_owned(),
            text: match self.kind {
                FixKind::Command => fill_command(self.text, place),
                FixKind::Link | FixKind::Step => fill(self.text),
            },
            url,
        }
    }
}

/// What comes from outside must not end the quotes that it stands in; PowerShell doubles them.
fn fill_command(text: &str, place: &Place<'_>) -> String {
    text.replace("{client_id}", &place.client_id.replace('\'', "''"))
        .replace("{signer}", &place.signer.replace('\'', "''"))
}

const fn page(label: &'static str, text: &'static str, view: &'static str) -> Step {
    Step {
        kind: FixKind::Link,
        label,
        text,
        page: Page::Portal(view),
    }
}

const fn global(label: &'static str, text: &'static str, url: &'static str) -> Step {
    Step {
        kind: FixKind::Link,
        label,
        text,
        page: Page::Global(url),
    }
}

const fn command(label: &'static str, text: &'static str) -> Step {
    Step {
        kind: FixKind::Command,
        label,
        text,
        page: Page::None,
    }
}

const fn todo(label: &'static str, text: &'static str) -> Step {
    Step {
        kind: FixKind::Step,
        label,
        text,
        page: Page::None,
    }
}

pub(super) const SIGN_IN_AGAIN: Step = todo(
    "Sign in again",
    "Choose \"Sign in again\" on the connection, or send the owner of the mailbox the link to do it.",
);

pub(super) const CONSENT_LINK: Step = todo(
    "Send the approval link",
    "Send the approval link to a Microsoft administrator. The connection goes on by itself when the app is approved.",
);

pub(super) const CONSENT_REQUESTS: Step = page(
    "Admin consent requests",
    "Review the request of the app {client_id} and grant it.",
    "Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AccessRequests",
);

pub(super) const CONDITIONAL_ACCESS: Step = page(
    "Conditional Access policies",
    "Exclude the app {client_id} from the policy that blocks it.",
    "Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies",
);

pub(super) const SIGN_IN_LOG: Step = page(
    "Sign-in log",
    "Look for {signer} or for the correlation id; the entry names what stood in the way.",
    "Microsoft_AAD_IAM/SignInEventsV3Blade",
);

pub(super) const ENTERPRISE_APPS: Step = page(
    "Enterprise applications",
    "Open the app {client_id}, then Properties: \"Enabled for users to sign-in\" must be Yes.",
    "Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
);

pub(super) const ASSIGN_USER: Step = page(
    "Enterprise applications",
    "Open the app {client_id}, then Users and groups, and add {signer}.",
    "Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
);

pub(super) const ENABLE_APP: Step = command(
    "Enable the app (Microsoft Graph PowerShell)",
    "Get-MgServicePrincipal -Filter \"appId eq '{client_id}'\" | \
     ForEach-Object { Update-MgServicePrincipal -ServicePrincipalId $_.Id -AccountEnabled:$true }",
);

pub(super) const EXCHANGE_PRINCIPAL: Step = command(
    "Add Exchange Online to the organisation (Microsoft Graph PowerShell)",
    "New-MgServicePrincipal -AppId '00000002-0000-0ff1-ce00-000000000000'",
);

pub(super) const ENABLE_USER: Step = command(
    "Enable the account (Microsoft Graph PowerShell)",
    "Update-MgUser -UserId '{signer}' -AccountEnabled:$true",
);

pub(super) const USERS: Step = page(
    "Users",
    "Look at the account {signer}.",
    "Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers",
);

pub(super) const DEVICES: Step = page(
    "Devices",
    "Look for the device of the sign-in, and enable or register it again.",
    "Microsoft_AAD_Devices/DevicesMenuBlade/~/Devices",
);

pub(super) const RISKY_USERS: Step = page(
    "Risky users",
    "Look at {signer}, and dismiss or remediate the risk.",
    "Microsoft_AAD_IAM/IdentityProtectionMenuBlade/~/RiskyUsers",
);

pub(super) const CROSS_TENANT: Step = page(
    "Cross-tenant access settings",
    "Allow the app {client_id} between the two organisations.",
    "Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/CrossTenantAccessSettings",
);

pub(super) const CREDENTIALS: Step = page(
    "Certificates & secrets of the app registration",
    "Make a new client secret, or upload the certificate.",
    "Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/{client_id}",
);

pub(super) const AUTHENTICATION: Step = page(
    "Authentication of the app registration",
    "Look at the platform (Web), the redirect URI and the supported account types.",
    "Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Authentication/appId/{client_id}",
);

pub(super) const API_PERMISSIONS: Step = page(
    "API permissions of the app registration",
    "Add the delegated permissions that the guide shows, and grant admin consent.",
    "Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/{client_id}",
);

pub(super) const SECURITY_INFO: Step = global(
    "Security info",
    "Let {signer} set up the second factor.",
    "https://mysignins.microsoft.com/security-info",
);

pub(super) const PASSWORD: Step = global(
    "Change the password",
    "Let {signer} change the password.",
    "https://passwordreset.microsoftonline.com/",
);

pub(super) const LICENCES: Step = global(
    "Licences",
    "Buy Exchange Online, or assign a licence that includes it.",
    "https://admin.microsoft.com/#/licenses",
);
