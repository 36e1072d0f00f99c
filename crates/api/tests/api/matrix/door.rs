//! The doors, and a call through each that is right in everything but its token.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{family::Family, scene::Scene};
use crate::support::tokens;

/// A way into the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Installed,
    Uninstalled,
    Enabled,
    Disabled,
    CommentCreated,
    IssueDeleted,
    PageByQuery,
    PageByHeader,
    PanelReadsByConnect,
    PanelChangesByConnect,
    PanelReadsByForge,
    PanelChangesByForge,
    ForgeEvents,
    ForgeTick,
    ForgeLifecycle,
    ForgeGoodbye,
    MicrosoftCallback,
    MicrosoftConfirmPage,
    MicrosoftConfirm,
    MicrosoftNotified,
    MicrosoftLifecycle,
}

/// How a token travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `Authorization: JWT …`
    Jwt,
    /// `Authorization: Bearer …`
    Bearer,
    /// The parameter `jwt` of the query.
    Query,
    /// `clientState` in each thing that the body tells.
    ClientState,
}

impl Way {
    /// A way of another kind of token.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Jwt | Self::Query | Self::ClientState => Self::Bearer,
            Self::Bearer => Self::Jwt,
        }
    }
}

/// What of acme's the request itself names, beside its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Nothing: the tenant is the token's.
    Nobody,
    /// The tenant, in a signed call's body.
    TenantInBody,
    /// A thing, in the path.
    ThingInPath,
}

/// Whose calls a door is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// A person's in the panel: their account is in the token.
    People,
    /// Forge's own: no account is in the token.
    Forge,
    /// Jira's, whether it names an account or not.
    Jira,
    /// Microsoft's.
    Microsoft,
}

/// A request without its token.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: Method,
    /// With its query.
    pub(super) path: String,
    pub(super) content: Content,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Nothing,
    Json(Value),
    Form(Vec<(&'static str, String)>),
}

impl Door {
    pub(super) const ALL: [Self; 21] = [
        Self::Installed,
        Self::Uninstalled,
        Self::Enabled,
        Self::Disabled,
        Self::CommentCreated,
        Self::IssueDeleted,
        Self::PageByQuery,
        Self::PageByHeader,
        Self::PanelReadsByConnect,
        Self::PanelChangesByConnect,
        Self::PanelReadsByForge,
        Self::PanelChangesByForge,
        Self::ForgeEvents,
        Self::ForgeTick,
        Self::ForgeLifecycle,
        Self::ForgeGoodbye,
        Self::MicrosoftCallback,
        Self::MicrosoftConfirmPage,
        Self::MicrosoftConfirm,
        Self::MicrosoftNotified,
        Self::MicrosoftLifecycle,
    ];

    /// The one kind of token that it is for; the pages of a sign-in take none.
    pub(super) fn takes(self) -> Option<Family> {
        match self {
            Self::Installed | Self::Uninstalled => Some(Family::Lifecycle),
            Self::Enabled | Self::Disabled | Self::CommentCreated | Self::IssueDeleted => {
                Some(Family::Bound)
            }
            Self::PageByQuery | Self::PageByHeader => Some(Family::Bound),
            Self::PanelReadsByConnect | Self::PanelChangesByConnect => Some(Family::Context),
            Self::PanelReadsByForge | Self::PanelChangesByForge => Some(Family::Invocation),
            Self::ForgeEvents | Self::ForgeTick | Self::ForgeLifecycle | Self::ForgeGoodbye => {
                Some(Family::Invocation)
            }
            Self::MicrosoftNotified | Self::MicrosoftLifecycle => Some(Family::ClientState),
            Self::MicrosoftCallback | Self::MicrosoftConfirmPage | Self::MicrosoftConfirm => None,
        }
    }

    pub(super) fn way(self) -> Way {
        match (self, self.takes()) {
            (Self::PageByQuery, _) => Way::Query,
            (_, Some(Family::Invocation)) => Way::Bearer,
            (_, Some(Family::ClientState)) => Way::ClientState,
            _ => Way::Jwt,
        }
    }

    pub(super) fn names(self) -> Names {
        match self {
            Self::Installed | Self::Uninstalled => Names::TenantInBody,
            Self::MicrosoftNotified | Self::MicrosoftLifecycle => Names::ThingInPath,
            _ if self.is_for() == For::People => Names::ThingInPath,
            _ => Names::Nobody,
        }
    }

    /// Whose calls it is for.
    pub(super) fn is_for(self) -> For {
        match self {
            Self::PanelReadsByConnect | Self::PanelChangesByConnect => For::People,
            Self::PanelReadsByForge | Self::PanelChangesByForge => For::People,
            Self::ForgeEvents | Self::ForgeTick | Self::ForgeLifecycle | Self::ForgeGoodbye => {
                For::Forge
            }
            Self::MicrosoftNotified | Self::MicrosoftLifecycle => For::Microsoft,
            _ => For::Jira,
        }
    }

    /// Whether the door of that kind of token is at the same address, told apart by the way alone.
    pub(super) fn is_beside(self, family: Family) -> bool {
        let is_panels = matches!(family, Family::Context | Family::Invocation);
        self.is_for() == For::People && is_panels && self.takes() != Some(family)
    }

    /// Whether a token that was used is refused with another content. Forge's are not bound to what they come with;
    /// Connect's body is not in the hash, but a secret must be younger than the one that we have.
    pub(super) fn refuses_replays(self) -> bool {
        match self {
            Self::Installed | Self::PanelChangesByForge => true,
            _ => self.is_for() == For::Forge,
        }
    }

    /// What it answers to whom it is for.
    pub(super) fn good(self) -> u16 {
        match self {
            Self::PageByQuery | Self::PageByHeader => 200,
            _ if self.is_for() == For::People => 200,
            _ if self.is_for() == For::Microsoft => 202,
            _ => 204,
        }
    }

    /// A call about acme's things. Contents of different `nth` differ.
    pub(super) fn call(self, scene: &Scene, nth: u8) -> Call {
        let post = |path: &str, body: Value| Call {
            method: Method::POST,
            path: path.to_owned(),
            content: Content::Json(body),
        };
        let get = |path: &str| Call {
            method: Method::GET,
            path: path.to_owned(),
            content: Content::Nothing,
        };
        match self {
            Self::Installed => post("/connect/installed", scene.installation(nth)),
            Self::Uninstalled => post(
                "/connect/uninstalled",
                json!({ "key": tokens::APP_KEY, "clientKey": scene.acme.connect.client_key, "n": nth }),
            ),
            Self::Enabled => post("/connect/enabled", json!({ "n": nth })),
            Self::Disabled => post("/connect/disabled", json!({ "n": nth })),
            Self::CommentCreated => post(
                "/connect/webhooks/comment-created?user_id=5b1&user_key=ann",
                comment(nth),
            ),
            Self::IssueDeleted => post(
                "/connect/webhooks/issue-deleted",
                json!({ "issue": { "id": "10001", "n": nth } }),
            ),
            Self::PageByQuery | Self::PageByHeader => {
                get("/panel?xdm_e=https%3A%2F%2Facme.atlassian.net&lic=none")
            }
            Self::PanelReadsByConnect => get(&source(&scene.acme.source)),
            Self::PanelReadsByForge => get(&source(&scene.acme.forge_source)),
            Self::PanelChangesByConnect => rename(&scene.acme.source, nth),
            Self::PanelChangesByForge => rename(&scene.acme.forge_source, nth),
            Self::ForgeEvents => post("/forge/events", commented(nth)),
            Self::ForgeTick => post("/forge/tick", json!({ "n": nth })),
            Self::ForgeLifecycle => post(
                "/forge/lifecycle",
                json!({ "eventType": "avi:forge:installed:app", "n": nth }),
            ),
            Self::ForgeGoodbye => post("/forge/goodbye", json!({ "n": nth })),
            Self::MicrosoftCallback => get(&scene.callback()),
            Self::MicrosoftConfirmPage => get(&scene.confirm_page()),
            Self::MicrosoftConfirm => Call {
                method: Method::POST,
                path: "/microsoft/confirm".to_owned(),
                content: Content::Form(scene.confirm_form()),
            },
            Self::MicrosoftNotified => post(
                &format!("/microsoft/notifications/{}", scene.acme.push_key),
                json!({ "value": [{ "changeType": "created", "n": nth }] }),
            ),
            Self::MicrosoftLifecycle => post(
                &format!("/microsoft/lifecycle/{}", scene.acme.push_key),
                json!({ "value": [{ "lifecycleEvent": "missed", "n": nth }] }),
            ),
        }
    }
}

impl Call {
    /// The same call with this word in each thing that it tells.
    pub(super) fn with_client_state(&self, word: &str) -> Self {
        let mut call = self.clone();
        if let Content::Json(body) = &mut call.content {
            for told in body["value"].as_array_mut().into_iter().flatten() {
                told["clientState"] = json!(word);
            }
        }
        call
    }
}

fn source(id: &str) -> String {
    format!("/api/v1/sources/{id}")
}

fn rename(id: &str, nth: u8) -> Call {
    Call {
        method: Method::PATCH,
        path: source(id),
        content: Content::Json(json!({ "name": format!("Name {nth}") })),
    }
}

fn commented(nth: u8) -> Value {
    json!({
        "eventType": "avi:jira:commented:issue", "selfGenerated": false,
        "issue": { "id": "10001", "key": "SUP-1" },
        "comment": { "id": format!("60{nth}"), "author": { "accountId": "account-agent" } },
    })
}

fn comment(nth: u8) -> Value {
    json!({
        "webhookEvent": "comment_created",
        "comment": {
            "id": format!("50{nth}"), "body": "x",
            "author": { "accountId": "account-agent", "accountType": "atlassian" },
        },
        "issue": { "id": "10001", "key": "SUP-1", "fields": { "summary": "x" } },
    })
}
