//! The book of Postroom: tenants, grants, connections, the ledger, and what is due, in PostgreSQL.
//!
//! **No query without a tenant.** Rows of tenants are reached through a [`TenantTx`] only, and a [`TenantTx`] is
//! only had from [`Registry::begin`], which binds the transaction to one tenant. Row-level security holds the same
//! line in the database: the service's role owns nothing and cannot bypass it. What crosses tenants (the sweeps of
//! [`due`], and the questions that a door asks before it knows who knocks) goes through functions of the schema
//! that give away ids and due times.
//!
//! ```no_run
//! # use postroom_registry::{Registry, TenantId, MailId, mail};
//! # async fn example(registry: Registry, tenant: TenantId, id: MailId) -> Result<(), postroom_registry::RegistryError> {
//! let tx = registry.begin(tenant).await?;
//! let mail = mail::find(&tx, id).await?; // another tenant's mail is `Missing`, like one that never was
//! tx.commit().await?;
//! # Ok(())
//! # }
//! ```
//!
//! **Fences.** A worker that has a mail, a notification or a source in hand has its epoch; each of its writes names
//! that epoch, and a worker that was overtaken gets [`RegistryError::Superseded`] and writes nothing.
//!
//! **Lives.** What happens to a connection is an [`connection::Event`]; [`connection::life::next`] alone says which state
//! follows. [`source::apply`] and [`outbound::apply`] write it, with its history and its incident, and nobody else does.
//!
//! **Sealed.** Tokens, secrets, raw mails and the documents that went to Jira are sealed with the tenant's key
//! before they reach a row, and are opened by functions of this crate only.

pub mod alert;
pub mod alert_channel;
pub mod audit;
pub mod connection;
pub mod connection_history;
pub mod delivery;
pub mod due;
mod error;
pub mod grant;
mod ids;
pub mod incident;
mod key_ring;
pub mod mail;
pub mod mail_body;
pub mod notification;
pub mod outbound;
pub mod registration;
mod registry;
mod rewrap;
pub mod sign_in;
pub mod source;
pub mod statistics;
pub mod subscription;
pub mod tenant;
mod vocabulary;

pub use error::RegistryError;
pub use ids::{
    AlertChannelId, AlertId, AuditId, ChapterId, DeliveryId, GrantId, IncidentId, MailId,
    NotificationId, OutboundId, RegistrationId, SignInId, SourceId, SubscriptionId, TenantId,
};
pub use key_ring::KeySource;
pub use registry::{Registry, SERVICE_ROLE, TenantTx};
