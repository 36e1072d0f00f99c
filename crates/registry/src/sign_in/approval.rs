//! What goes before or against a sign-in: an administrator's approval, and the panel user's change of mind.

use postroom_secrets::sha256;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, entity::prelude::*};

use super::{APPROVAL_LIVES, Failure, Model, SignInState};
use crate::{RegistryError, TenantTx, connection::WhoActs};

/// An administrator has to approve first: the sign-in waits up to a month. `token` is an unguessable word for the
/// administrator's link.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_approval(
    tx: &TenantTx,
    sign_in: Model,
    token: &str,
) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let asked_at = sign_in.approval_asked_at.unwrap_or(now);
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::WaitingForApproval);
    row.approval_hash = Set(Some(sha256(token.as_bytes()).to_vec()));
    row.approval_asked_at = Set(Some(asked_at));
    row.expires_at = Set(asked_at + APPROVAL_LIVES);
    row.failure = Set(None);
    Ok(row.update(tx.conn()).await?)
}

/// An administrator came back from Microsoft without an error. Only a sign-in that goes through proves it.
///
/// # Errors
/// When the database does not answer.
pub async fn approve(tx: &TenantTx, sign_in: Model) -> Result<Model, RegistryError> {
    let mut row = sign_in.into_active_model();
    row.approved_at = Set(Some(tx.clock().now()));
    Ok(row.update(tx.conn()).await?)
}

/// The panel user takes a sign-in back: its links open nothing any more.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(tx: &TenantTx, sign_in: Model) -> Result<Model, RegistryError> {
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::Failed);
    row.failure = Set(Some(Failure {
        code: "revoked".to_owned(),
        message: "The link was taken back.".to_owned(),
        action: "Ask for a new one.".to_owned(),
        who_acts: WhoActs::You,
        admin_url: None,
    }));
    row.revoked_at = Set(Some(tx.clock().now()));
    row.approval_hash = Set(None);
    row.state_hash = Set(None);
    row.sealed_exchange = Set(None);
    Ok(row.update(tx.conn()).await?)
}
