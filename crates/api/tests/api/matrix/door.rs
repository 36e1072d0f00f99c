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
    MicrosoftCallback,
    MicrosoftConfirmPage,
    MicrosoftConfirm,
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
}

impl Way {
    /// A way of another kind of token.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Jwt | Self::Query => Self::Bearer,
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
    pub(super) const ALL: [Self; 13] = [
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
        Self::MicrosoftCallback,
        Self::MicrosoftConfirmPage,
        Self::MicrosoftConfirm,
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
            Self::MicrosoftCallback | Self::MicrosoftConfirmPage | Self::MicrosoftConfirm => None,
        }
    }

    pub(super) fn way(self) -> Way {
        match self {
            Self::PageByQuery => Way::Query,
            _ => Way::Jwt,
        }
    }

    pub(super) fn names(self) -> Names {
        match self {
            Self::Installed | Self::Uninstalled => Names::TenantInBody,
            Self::PanelReadsByConnect | Self::PanelChangesByConnect => Names::ThingInPath,
            _ => Names::Nobody,
        }
    }

    /// Whether it changes something.
    pub(super) fn changes(self) -> bool {
        !matches!(
            self,
            Self::PageByQuery | Self::PageByHeader | Self::PanelReadsByConnect
        )
    }

    /// Whether a person must be behind the call.
    pub(super) fn is_for_people(self) -> bool {
        matches!(
            self,
            Self::PanelReadsByConnect | Self::PanelChangesByConnect
        )
    }

    /// What it answers to whom it is for.
    pub(super) fn good(self) -> u16 {
        match self {
            Self::PageByQuery | Self::PageByHeader => 200,
            Self::PanelReadsByConnect | Self::PanelChangesByConnect => 200,
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
                json!({ "key": tokens::APP_KEY, "clientKey": scene.acme.site.client_key, "n": nth }),
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
            Self::PanelReadsByConnect => get(&format!("/api/v1/sources/{}", scene.acme.source)),
            Self::PanelChangesByConnect => Call {
                method: Method::PATCH,
                path: format!("/api/v1/sources/{}", scene.acme.source),
                content: Content::Json(json!({ "name": format!("Name {nth}") })),
            },
            Self::MicrosoftCallback => get(&scene.callback()),
            Self::MicrosoftConfirmPage => get(&scene.confirm_page()),
            Self::MicrosoftConfirm => Call {
                method: Method::POST,
                path: "/microsoft/confirm".to_owned(),
                content: Content::Form(scene.confirm_form()),
            },
        }
    }
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
