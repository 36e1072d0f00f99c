//! Scopes: reading what was asked for and saying in words what it allows.

use std::{collections::BTreeSet, fmt};

/// The service a scope belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resource {
    /// OpenID Connect's own (`openid`, `profile`, `email`, `offline_access`).
    OpenId,
    Graph,
    /// Exchange Online (EWS, IMAP).
    Outlook,
}

/// One delegated permission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scope {
    pub(crate) resource: Resource,
    /// As Microsoft spells it.
    pub(crate) name: &'static str,
}

/// A set of scopes; the order of asking is not kept.
pub(crate) type Scopes = BTreeSet<Scope>;

/// What a `scope` parameter asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) scopes: Scopes,
    /// `{resource}/.default` was among them.
    pub(crate) default_of: Option<Resource>,
    /// Graph scopes were written with their resource, so the answer is too.
    pub(crate) spelled_out: bool,
}

/// Why a `scope` parameter is refused: AADSTS number, and what it complains about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadScope(pub(crate) u32, pub(crate) String);

const OPENID: [(&str, &str); 4] = [
    ("openid", "Sign you in"),
    ("profile", "View your basic profile"),
    ("email", "View your email address"),
    (
        "offline_access",
        "Maintain access to data you have given it access to",
    ),
];

const GRAPH: [(&str, &str); 14] = [
    ("User.Read", "Sign you in and read your profile"),
    ("User.ReadBasic.All", "Read all users' basic profiles"),
    ("User.Read.All", "Read all users' full profiles"),
    ("Mail.ReadBasic", "Read your mail without its body"),
    ("Mail.Read", "Read your mail"),
    ("Mail.ReadWrite", "Read and write access to your mail"),
    ("Mail.Send", "Send mail as you"),
    (
        "Mail.ReadBasic.Shared",
        "Read mail without its body that you can access",
    ),
    ("Mail.Read.Shared", "Read mail that you can access"),
    (
        "Mail.ReadWrite.Shared",
        "Read and write mail that you can access",
    ),
    (
        "Mail.Send.Shared",
        "Send mail on behalf of others or yourself",
    ),
    ("MailboxSettings.Read", "Read your mailbox settings"),
    (
        "MailboxSettings.ReadWrite",
        "Read and write your mailbox settings",
    ),
    ("Calendars.Read", "Read your calendars"),
];

const OUTLOOK: [(&str, &str); 3] = [
    (
        "EWS.AccessAsUser.All",
        "Access your mailboxes through Exchange Web Services",
    ),
    (
        "IMAP.AccessAsUser.All",
        "Read and write access to your mail through IMAP",
    ),
    ("SMTP.Send", "Send mail from your mailbox through SMTP AUTH"),
];

impl Resource {
    fn known(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::OpenId => &OPENID,
            Self::Graph => &GRAPH,
            Self::Outlook => &OUTLOOK,
        }
    }

    fn at(url: &str) -> Option<Self> {
        let host = url.split_once("://")?.1;
        match host.split(['/', ':']).next()? {
            "graph.microsoft.com"
            | "graph.microsoft.us"
            | "dod-graph.microsoft.us"
            | "microsoftgraph.chinacloudapi.cn"
            | "localhost"
            | "127.0.0.1" => Some(Self::Graph),
            "outlook.office365.com"
            | "outlook.office.com"
            | "outlook.office365.us"
            | "webmail.apps.mil"
            | "partner.outlook.cn" => Some(Self::Outlook),
            _ => None,
        }
    }
}

impl Scope {
    fn find(resource: Resource, name: &str) -> Option<Self> {
        let known = resource
            .known()
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(name, _)| Self { resource, name })
    }

    /// What it allows, for the consent page.
    pub(crate) fn words(&self) -> &'static str {
        let known = self
            .resource
            .known()
            .iter()
            .find(|(name, _)| *name == self.name);
        known.map_or(self.name, |(_, words)| words)
    }

    /// Outside of what Microsoft's managed policy lets a user consent to ("Manage app consent policies").
    pub(crate) fn is_kept_for_admins(&self) -> bool {
        let mail = self.name.starts_with("Mail.") && self.name != "Mail.Send";
        mail || self.name.starts_with("MailboxSettings.") || self.name.contains("AccessAsUser")
    }

    /// Needs an administrator in every directory.
    pub(crate) fn is_admin_only(&self) -> bool {
        self.name == "User.Read.All"
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.resource {
            Resource::OpenId => f.write_str(self.name),
            Resource::Graph => write!(f, "https://graph.microsoft.com/{}", self.name),
            Resource::Outlook => write!(f, "https://outlook.office365.com/{}", self.name),
        }
    }
}

impl Asked {
    /// Reads a `scope` parameter ("Scopes and permissions in the Microsoft identity platform").
    pub(crate) fn parse(text: &str) -> Result<Self, BadScope> {
        let mut asked = Self::default();
        for word in text.split_ascii_whitespace() {
            asked.add(word)?;
        }
        let dynamic = asked
            .scopes
            .iter()
            .any(|scope| scope.resource != Resource::OpenId);
        if asked.default_of.is_some() && dynamic {
            let problem = format!(
                "The provided value for the input parameter 'scope' is not valid. The scope {text} is not valid: .default cannot be combined with resource-specific scopes."
            );
            return Err(BadScope(70011, problem));
        }
        Ok(asked)
    }

    fn add(&mut self, word: &str) -> Result<(), BadScope> {
        if let Some(scope) = Scope::find(Resource::OpenId, word) {
            self.scopes.insert(scope);
            return Ok(());
        }
        let (resource, name) = match word.rsplit_once('/') {
            None => (Resource::Graph, word),
            Some((url, name)) => {
                let missing = || {
                    BadScope(
                        500_011,
                        format!("The resource principal named {url} was not found in the tenant."),
                    )
                };
                (Resource::at(url).ok_or_else(missing)?, name)
            }
        };
        self.spelled_out |= word.contains('/');
        if name == ".default" {
            self.default_of = Some(resource);
            return Ok(());
        }
        let unknown = || {
            BadScope(
                650_053,
                format!(
                    "The application asked for scope '{name}' that doesn't exist on the resource."
                ),
            )
        };
        self.scopes
            .insert(Scope::find(resource, name).ok_or_else(unknown)?);
        Ok(())
    }

    /// The services named, without OpenID Connect's own scopes.
    pub(crate) fn resources(&self) -> BTreeSet<Resource> {
        let named = self
            .scopes
            .iter()
            .map(|scope| scope.resource)
            .chain(self.default_of);
        named
            .filter(|resource| *resource != Resource::OpenId)
            .collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_without_a_resource_is_of_graph_whatever_its_case() {
        let asked =
            Asked::parse("openid mail.readwrite https://graph.microsoft.com/Mail.Send").unwrap();
        assert!(asked.has("Mail.ReadWrite") && asked.has("Mail.Send") && asked.has("openid"));
        assert_eq!(asked.resources().len(), 1);
    }

    #[test]
    fn two_services_are_two_resources() {
        let asked =
            Asked::parse("Mail.Read https://outlook.office365.com/EWS.AccessAsUser.All").unwrap();
        assert_eq!(asked.resources().len(), 2);
    }

    #[test]
    fn what_does_not_exist_is_refused_with_its_number() {
        assert_eq!(Asked::parse("Mail.Everything").unwrap_err().0, 650_053);
        assert_eq!(
            Asked::parse("https://example.com/Mail.Read").unwrap_err().0,
            500_011
        );
        assert_eq!(
            Asked::parse("https://graph.microsoft.com/.default Mail.Read")
                .unwrap_err()
                .0,
            70011
        );
    }

    #[test]
    fn the_managed_policy_lets_users_allow_sending_only() {
        let kept = |name| {
            Scope::find(Resource::Graph, name)
                .unwrap()
                .is_kept_for_admins()
        };
        assert!(kept("Mail.Read") && kept("Mail.Send.Shared"));
        assert!(!kept("Mail.Send") && !kept("User.Read"));
    }
}
