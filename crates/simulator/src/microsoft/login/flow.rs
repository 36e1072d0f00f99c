//! A sign-in under way, from the authorize request to the redirect back.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{refusal::Refusal, send_back::Target};
use crate::microsoft::{
    cloud::Cloud,
    directory::{ConsentPolicy, Registration, User},
    grants::Challenge,
    national::National,
    scopes::{Asked, Scope, Scopes},
};

/// A form of the sign-in pages is good for so long.
const LIFE: TimeDelta = TimeDelta::minutes(15);

/// What an authorize or adminconsent request asked for.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    /// For a whole directory; ends without a code.
    pub(super) admin_consent: bool,
    /// Tenant segment of the URL.
    pub(super) segment: String,
    pub(super) client_id: String,
    pub(super) cloud: National,
    pub(super) target: Target,
    pub(super) scope: String,
    pub(super) asked: Asked,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<Challenge>,
    pub(super) prompt: Prompt,
    pub(super) client_info: bool,
    /// Address of the user who was chosen.
    pub(super) user: Option<String>,
    pub(super) begun: DateTime<Utc>,
}

/// `prompt` of the authorize request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prompt {
    /// Not given: no page that is not needed.
    Unset,
    Login,
    None,
    Consent,
    SelectAccount,
}

impl Prompt {
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Refusal> {
        match text {
            None => Ok(Self::Unset),
            Some("login") => Ok(Self::Login),
            Some("none") => Ok(Self::None),
            Some("consent") => Ok(Self::Consent),
            Some("select_account") => Ok(Self::SelectAccount),
            Some(other) => Err(Refusal::saying(
                90_023,
                format!("Unsupported 'prompt' value '{other}'."),
            )),
        }
    }
}

impl Flow {
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        now - self.begun > LIFE
    }

    /// All scopes asked for, `.default` spelled out.
    pub(super) fn wanted(&self, registration: &Registration) -> Scopes {
        let mut wanted = self.asked.scopes.clone();
        if let Some(resource) = self.asked.default_of
            && let Ok(permissions) = Asked::parse(&registration.permissions.join(" "))
        {
            let of_it = |scope: &Scope| scope.resource == resource;
            wanted.extend(permissions.scopes.into_iter().filter(of_it));
        }
        wanted
    }
}

impl Cloud {
    /// Whether a user of this directory may sign in at this tenant segment.
    pub(super) fn admits(&self, segment: &str, user: &User) -> bool {
        match segment {
            "common" | "organizations" => true,
            "consumers" => false,
            _ => self
                .directory_named(segment)
                .is_some_and(|directory| directory.tid == user.tid),
        }
    }

    /// Whether the login host of a cloud knows this tenant segment.
    pub(super) fn knows_segment(&self, segment: &str, cloud: National) -> Result<(), Refusal> {
        if matches!(segment, "common" | "organizations" | "consumers") {
            return Ok(());
        }
        let unknown = || {
            let text = format!(
                "Tenant '{segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
            );
            Refusal::saying(90_002, text)
        };
        let directory = self.directory_named(segment).ok_or_else(unknown)?;
        match directory.cloud == cloud {
            true => Ok(()),
            false => Err(Refusal::new(directory.cloud.elsewhere())),
        }
    }

    /// The scopes that the chosen user still has to consent to, and whether the directory lets him.
    pub(super) fn open_scopes(
        &self,
        flow: &Flow,
        user: &User,
        registration: &Registration,
    ) -> (Scopes, bool) {
        let consented = self.grants.consented(user.tid, user.oid, &flow.client_id);
        let wanted = flow.wanted(registration);
        let held = |resource| consented.iter().any(|scope| scope.resource == resource);
        let settled = flow.asked.default_of.is_some_and(held);
        let missing: Scopes = match settled {
            true => BTreeSet::new(),
            false => wanted.difference(&consented).cloned().collect(),
        };
        let policy = self
            .directory(user.tid)
            .map_or(ConsentPolicy::default(), |directory| {
                directory.consent_policy
            });
        let allowed = user.admin
            || missing.iter().all(|scope| {
                !scope.is_admin_only()
                    && match policy {
                        ConsentPolicy::UserAllowed => true,
                        ConsentPolicy::MicrosoftManaged | ConsentPolicy::Workflow => {
                            !scope.is_kept_for_admins()
                        }
                        ConsentPolicy::AdminOnly => false,
                    }
            });
        let asked = if flow.prompt == Prompt::Consent {
            wanted
        } else {
            missing
        };
        (asked, allowed)
    }

    /// Remembers a flow; the id goes into its forms.
    pub(super) fn begin(&mut self, id: Uuid, flow: Flow) -> String {
        let now = flow.begun;
        self.flows.retain(|_, flow| !flow.is_over(now));
        let id = id.simple().to_string();
        self.flows.insert(id.clone(), flow);
        id
    }

    /// A flow that is still good.
    pub(super) fn flow(&self, id: &str, now: DateTime<Utc>) -> Result<&Flow, Refusal> {
        let flow = self.flows.get(id).filter(|flow| !flow.is_over(now));
        flow.ok_or_else(|| Refusal::new(50_089))
    }
}
