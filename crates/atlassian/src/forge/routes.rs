//! Where Forge calls us, below our base URL. `deploy/forge/manifest.yml` names the same paths.

/// Events of Jira.
pub const EVENTS: &str = "/forge/events";
/// The hourly call that brings a new system token.
pub const TICK: &str = "/forge/tick";
/// Installed and upgraded.
pub const LIFECYCLE: &str = "/forge/lifecycle";
/// Before the app is removed.
pub const GOODBYE: &str = "/forge/goodbye";

/// The key in the manifest of each endpoint that Atlassian itself calls, with its path.
pub const ENDPOINTS: [(&str, &str); 4] = [
    ("events", EVENTS),
    ("tick", TICK),
    ("lifecycle", LIFECYCLE),
    ("goodbye", GOODBYE),
];

/// The modules of the manifest behind which people are: its pages, and the endpoint that their calls go through.
pub const PAGES: [&str; 3] = ["postroom-panel", "postroom-project-panel", "api"];
