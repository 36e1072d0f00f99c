//! One refresh at a time, and the newest token always the stored one.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait as _};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Column, Entity, Model, Resource, TABLE, token};
use crate::{GrantId, RegistryError, TenantTx};

/// The right to refresh a grant: nobody else has it until it is stored, released or run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshClaim {
    /// Which grant.
    pub grant: GrantId,
    /// The version that was read; the refresh makes the next one.
    pub version: i64,
    epoch: i64,
}

/// What a refresh brought.
#[derive(Debug)]
pub struct Refreshed {
    /// What the access token is for.
    pub resource: Resource,
    /// The rotated refresh token; Microsoft may send none, then the old one stays.
    pub refresh_token: Option<SecretString>,
    /// The new access token.
    pub access_token: SecretString,
    /// When it ends.
    pub access_expires_at: DateTime<Utc>,
    /// As granted now, of this resource.
    pub scopes: Vec<String>,
}

/// Takes the right to refresh a grant for `hold`. `None`: somebody else has it, or has refreshed since `read` was
/// read; read again, and wait while [`Model::refreshing_until`] lies ahead. Commit before Microsoft is asked, and let
/// `hold` be longer than Microsoft is waited for.
///
/// # Errors
/// When the database does not answer.
pub async fn claim_refresh(
    tx: &TenantTx,
    read: &Model,
    hold: TimeDelta,
) -> Result<Option<RefreshClaim>, RegistryError> {
    let now = tx.clock().now();
    let taken = Entity::update_many()
        .col_expr(Column::RefreshingUntil, Expr::value(now + hold))
        .col_expr(
            Column::RefreshingEpoch,
            Expr::col(Column::RefreshingEpoch).add(1),
        )
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .filter(
            Column::RefreshingUntil
                .is_null()
                .or(Column::RefreshingUntil.lte(now)),
        )
        .exec_with_returning(tx.conn())
        .await?;
    Ok(taken.first().map(|row| RefreshClaim {
        grant: row.id,
        version: row.version,
        epoch: row.refreshing_epoch,
    }))
}

/// Stores what a refresh brought, the refresh token together with the access token, and gives the claim back.
///
/// # Errors
/// [`RegistryError::Superseded`] when the claim ran out and another worker has it: read again and use what it stores.
pub async fn store_refreshed(
    tx: &TenantTx,
    claim: &RefreshClaim,
    refreshed: &Refreshed,
) -> Result<(), RegistryError> {
    let mut update = Entity::update_many()
        .col_expr(Column::RefreshedAt, Expr::value(tx.clock().now()))
        .col_expr(Column::Version, Expr::value(claim.version + 1))
        .col_expr(
            Column::RenewAfter,
            Expr::value(Option::<DateTime<Utc>>::None),
        );
    if let Some(token) = &refreshed.refresh_token {
        let plain = token.expose_secret().as_bytes();
        let sealed = tx.seal(TABLE, "sealed_refresh_token", plain).await?;
        update = update.col_expr(Column::SealedRefreshToken, Expr::value(sealed));
    }
    claimed(tx, claim, update).await?;
    let fresh = token::Fresh {
        resource: refreshed.resource,
        token: &refreshed.access_token,
        expires_at: refreshed.access_expires_at,
        scopes: &refreshed.scopes,
    };
    token::store(tx, claim.grant, &fresh).await?;
    let scopes = token::all_scopes(tx, claim.grant).await?;
    let update = Entity::update_many()
        .col_expr(Column::Scopes, Expr::value(scopes))
        .filter(Column::Id.eq(claim.grant));
    update.exec(tx.conn()).await?;
    Ok(())
}

/// Gives the claim back: Microsoft gave nothing. Without effect when it ran out and another worker has it.
///
/// # Errors
/// When the database does not answer.
pub async fn release_refresh(tx: &TenantTx, claim: &RefreshClaim) -> Result<(), RegistryError> {
    match claimed(tx, claim, Entity::update_many()).await {
        Ok(()) | Err(RegistryError::Superseded) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn claimed(
    tx: &TenantTx,
    claim: &RefreshClaim,
    update: sea_orm::UpdateMany<Entity>,
) -> Result<(), RegistryError> {
    let done = update
        .col_expr(
            Column::RefreshingUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(Column::Id.eq(claim.grant))
        .filter(Column::Version.eq(claim.version))
        .filter(Column::RefreshingEpoch.eq(claim.epoch))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(RegistryError::Superseded);
    }
    Ok(())
}

/// A renewal failed: the sweep leaves the grant alone until `at`.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_later(
    tx: &TenantTx,
    grant: GrantId,
    at: DateTime<Utc>,
) -> Result<(), RegistryError> {
    Entity::update_many()
        .col_expr(Column::RenewAfter, Expr::value(at))
        .filter(Column::Id.eq(grant))
        .exec(tx.conn())
        .await?;
    Ok(())
}
