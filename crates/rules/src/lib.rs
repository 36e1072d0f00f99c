//! What shall happen to one mail, and why. A profile, a mail and what is known about both go in; a [`Plan`] and
//! the trace that explains it come out. No I/O, so it can be done again at will.
//!
//! ```
//! use postroom_mail::ParsedMail;
//! use postroom_rules::{Context, Plan, Profile, Target, decide};
//!
//! let target = Target { project_id: "10000".into(), issue_type_id: "10001".into() };
//! let profile = Profile { target: Some(target), accept_automatic: false };
//! let mail = ParsedMail::parse(b"From: Ann <ann@example.com>\r\nSubject: Printer\r\n\r\nHelp!\r\n");
//!
//! let decision = decide(&profile, &mail, &Context::default());
//! assert!(matches!(decision.plan, Plan::Create { .. }));
//! assert_eq!(decision.trace.last().unwrap().rule, "target");
//! ```
//!
//! [`Plan`] and [`Step`] are kept in the database for years. Variants and fields are only added, with defaults;
//! names are never given another meaning.

mod context;
mod decide;
mod plan;
mod profile;
mod reason;
mod step;

pub use context::{Context, MatchedBy, ThreadMatch};
pub use decide::{Decision, decide};
pub use plan::Plan;
pub use profile::{Profile, Target};
pub use reason::Reason;
pub use step::Step;
