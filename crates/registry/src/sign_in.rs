//! Sign-ins on their way: begun in the panel, carried through one browser, taken by the panel user who began.

use chrono::{DateTime, TimeDelta, Utc};
use postroom_secrets::{Plain, sha256};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait as _, DbBackend, FromJsonQueryResult, IntoActiveModel as _,
    QueryOrder as _, QuerySelect as _, Statement, entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use crate::{
    GrantId, OutboundId, RegistrationId, Registry, RegistryError, SignInId, SourceId, TenantId,
    TenantTx,
    connection::{Protocol, WhoActs},
    grant::Consent,
    registration::Cloud,
    tenant::may_be_a_name,
    vocabulary::vocabulary,
};

mod approval;

pub use approval::{approve, ask_approval, revoke};

const TABLE: &str = "sign_in";
/// How long a person has from the click in the panel to the last button.
const LIVES: TimeDelta = TimeDelta::minutes(30);
/// How long the owner of a mailbox has, who is sent a link.
const OWNERS_LINK_LIVES: TimeDelta = TimeDelta::days(7);
/// How long an administrator has to approve.
const APPROVAL_LIVES: TimeDelta = TimeDelta::days(30);

vocabulary! {
    /// What the connection shall do.
    Purpose {
        /// Receive.
        Source = "source",
        /// Send.
        Outbound = "outbound",
        /// Both, with one grant.
        Both = "both",
    }
}

vocabulary! {
    /// How far a sign-in is.
    SignInState {
        /// The panel user pressed the button.
        Started = "started",
        /// An administrator of the directory has to approve first; it goes on by itself.
        WaitingForApproval = "waiting_for_approval",
        /// Microsoft gave a grant; the person in the window has not confirmed yet.
        Authorized = "authorized",
        /// Confirmed in the window; the panel may take it.
        Confirmed = "confirmed",
        /// Taken: the connections exist.
        Connected = "connected",
        /// Ended without a connection, with its reason.
        Failed = "failed",
    }
}

vocabulary! {
    /// Who shall sign in.
    Asked {
        /// The panel user, in a window.
        Me = "me",
        /// The owner of the mailbox, by a link.
        Owner = "owner",
    }
}

impl Asked {
    fn lives(self) -> TimeDelta {
        match self {
            Self::Me => LIVES,
            Self::Owner => OWNERS_LINK_LIVES,
        }
    }
}

/// What came into a mailbox while its connection was offline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Gap {
    /// When the mailbox was last read to its end.
    pub since: DateTime<Utc>,
    /// For how many seconds nobody read it.
    pub offline_seconds: i64,
    /// Mails of that time that the ledger lacks.
    pub mails: i64,
    /// There are more; they were not counted to the end.
    pub more: bool,
}

/// Why a sign-in failed, in the panel's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Failure {
    /// `AADSTS65004`, or a word of ours such as `wrong_browser`.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub action: String,
    /// Who does it.
    pub who_acts: WhoActs,
    /// A link for the directory's administrator, where that helps.
    #[serde(default)]
    pub admin_url: Option<String>,
}

/// A sign-in's row.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignInId,
    /// The panel user who began.
    pub account_id: String,
    /// What for.
    pub purpose: Purpose,
    /// The source whose sign-in is replaced in place.
    pub reauthorise_id: Option<SourceId>,
    /// How far it is.
    pub state: SignInState,
    /// Opens the window, once.
    pub ticket: String,
    /// When it did.
    pub ticket_used_at: Option<DateTime<Utc>>,
    state_hash: Option<Vec<u8>>,
    /// SHA-256 of the browser's cookie.
    pub browser_hash: Option<Vec<u8>>,
    sealed_exchange: Option<Vec<u8>>,
    /// What Microsoft gave.
    pub grant_id: Option<GrantId>,
    /// Why it failed.
    #[sea_orm(column_type = "JsonBinary")]
    pub failure: Option<Failure>,
    /// The source that came of it.
    pub source_id: Option<SourceId>,
    /// The outbound that came of it.
    pub outbound_id: Option<OutboundId>,
    /// When it is too late.
    pub expires_at: DateTime<Utc>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Who shall sign in.
    pub asked: Asked,
    /// The mailbox, where it was asked for; none: the signer's own.
    pub mailbox: Option<String>,
    /// The wire of the connection.
    pub protocol: Protocol,
    /// The tenant's app registration; none: the service's own.
    pub registration_id: Option<RegistrationId>,
    /// Microsoft's cloud.
    pub cloud: Cloud,
    /// Whose consent is asked for.
    pub consent: Consent,
    /// The outbound whose sign-in is replaced in place.
    pub reauthorise_outbound_id: Option<OutboundId>,
    approval_hash: Option<Vec<u8>>,
    /// When an approval was first asked for.
    pub approval_asked_at: Option<DateTime<Utc>>,
    /// When an administrator came back from Microsoft without an error.
    pub approved_at: Option<DateTime<Utc>>,
    /// When the panel user took it back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Whom the owner's link is for.
    pub owner_hint: Option<String>,
    /// What Microsoft wants to be asked for at the next try (claims challenge).
    pub claims: Option<String>,
    /// What came into the mailbox while the connection was offline.
    #[sea_orm(column_type = "JsonBinary")]
    pub gap: Option<Gap>,
}

/// Rows are joined by the schema's keys; no query needs a relation.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Model {
    /// Whether it is too late to go on.
    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.state != SignInState::Connected && self.expires_at <= now
    }
}

impl Registry {
    /// The sign-in whose window this ticket opens.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in_by_ticket(
        &self,
        ticket: &str,
    ) -> Result<Option<(TenantId, SignInId)>, RegistryError> {
        if !may_be_a_name(ticket) {
            return Ok(None);
        }
        self.sign_in_by(
            "SELECT tenant_id, id FROM sign_in_by_ticket($1)",
            ticket.into(),
        )
        .await
    }

    /// The sign-in that sent this OAuth `state` to Microsoft and has not seen it again yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in_by_state(
        &self,
        state: &str,
    ) -> Result<Option<(TenantId, SignInId)>, RegistryError> {
        let hash = sha256(state.as_bytes()).to_vec();
        self.sign_in_by(
            "SELECT tenant_id, id FROM sign_in_by_state($1)",
            hash.into(),
        )
        .await
    }

    /// The sign-in whose administrator's link has this word.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in_by_approval(
        &self,
        token: &str,
    ) -> Result<Option<(TenantId, SignInId)>, RegistryError> {
        let hash = sha256(token.as_bytes()).to_vec();
        self.sign_in_by(
            "SELECT tenant_id, id FROM sign_in_by_approval($1)",
            hash.into(),
        )
        .await
    }

    async fn sign_in_by(
        &self,
        sql: &str,
        value: Value,
    ) -> Result<Option<(TenantId, SignInId)>, RegistryError> {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [value]);
        let Some(row) = self.db().query_one_raw(statement).await? else {
            return Ok(None);
        };
        Ok(Some((
            row.try_get("", "tenant_id")?,
            row.try_get("", "id")?,
        )))
    }
}

/// What begins a sign-in.
#[derive(Debug)]
pub struct NewSignIn {
    /// The panel user.
    pub account_id: String,
    /// What for.
    pub purpose: Purpose,
    /// Who shall sign in.
    pub asked: Asked,
    /// The mailbox; none: the signer's own.
    pub mailbox: Option<String>,
    /// The wire of the connection.
    pub protocol: Protocol,
    /// The tenant's app registration; none: the service's own.
    pub registration_id: Option<RegistrationId>,
    /// Microsoft's cloud.
    pub cloud: Cloud,
    /// Whose consent is asked for.
    pub consent: Consent,
    /// The source whose sign-in is replaced in place.
    pub reauthorise_id: Option<SourceId>,
    /// The outbound whose sign-in is replaced in place.
    pub reauthorise_outbound_id: Option<OutboundId>,
    /// Whom the owner's link is for.
    pub owner_hint: Option<String>,
    /// What Microsoft wants to be asked for.
    pub claims: Option<String>,
    /// An unguessable word that opens the window, or stands in the owner's link.
    pub ticket: String,
}

/// Begins a sign-in: half an hour for the panel user, a week for the owner of a mailbox.
///
/// # Errors
/// When the database does not answer.
pub async fn start(tx: &TenantTx, new: NewSignIn) -> Result<Model, RegistryError> {
    let now = tx.clock().now();
    let lives = new.asked.lives();
    let row = ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(SignInId(tx.clock().new_id())),
        account_id: Set(new.account_id),
        purpose: Set(new.purpose),
        reauthorise_id: Set(new.reauthorise_id),
        state: Set(SignInState::Started),
        ticket: Set(new.ticket),
        ticket_used_at: Set(None),
        state_hash: Set(None),
        browser_hash: Set(None),
        sealed_exchange: Set(None),
        grant_id: Set(None),
        failure: Set(None),
        source_id: Set(None),
        outbound_id: Set(None),
        expires_at: Set(now + lives),
        created_at: Set(now),
        asked: Set(new.asked),
        mailbox: Set(new.mailbox),
        protocol: Set(new.protocol),
        registration_id: Set(new.registration_id),
        cloud: Set(new.cloud),
        consent: Set(new.consent),
        reauthorise_outbound_id: Set(new.reauthorise_outbound_id),
        approval_hash: Set(None),
        approval_asked_at: Set(None),
        approved_at: Set(None),
        revoked_at: Set(None),
        owner_hint: Set(new.owner_hint),
        claims: Set(new.claims),
        gap: Set(None),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// The sign-ins that a panel user began, the newest first; `open`: only those that can still be gone on with.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    tx: &TenantTx,
    account_id: &str,
    open: bool,
) -> Result<Vec<Model>, RegistryError> {
    let mut select = Entity::find().filter(Column::AccountId.eq(account_id));
    if open {
        select = select
            .filter(Column::State.is_not_in([SignInState::Connected, SignInState::Failed]))
            .filter(Column::RevokedAt.is_null())
            .filter(Column::ExpiresAt.gt(tx.clock().now()));
    }
    Ok(select
        .order_by_desc(Column::CreatedAt)
        .limit(100)
        .all(tx.conn())
        .await?)
}

/// The sign-in, locked until the transaction ends, so that each step happens once.
///
/// # Errors
/// [`RegistryError::Missing`] when this tenant has none of this id.
pub async fn lock(tx: &TenantTx, id: SignInId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .lock_exclusive()
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// The sign-in, to look at.
///
/// # Errors
/// [`RegistryError::Missing`] when this tenant has none of this id.
pub async fn find(tx: &TenantTx, id: SignInId) -> Result<Model, RegistryError> {
    Entity::find_by_id((tx.tenant(), id))
        .one(tx.conn())
        .await?
        .ok_or(RegistryError::Missing)
}

/// What goes with a browser to Microsoft and must come back with it.
#[derive(Debug)]
pub struct Departure<'a> {
    /// OAuth `state`.
    pub state: &'a str,
    /// The cookie that was set in the browser.
    pub browser: &'a str,
    /// PKCE verifier and nonce, in the caller's own encoding.
    pub exchange: &'a [u8],
}

/// The window opened and goes to Microsoft. A reload of the window makes a new departure; the one before is void, and
/// so is what it brought: the person may want to be somebody else.
///
/// # Errors
/// When the database does not answer.
pub async fn depart(
    tx: &TenantTx,
    sign_in: Model,
    departure: &Departure<'_>,
) -> Result<Model, RegistryError> {
    let sealed = tx
        .seal(TABLE, "sealed_exchange", departure.exchange)
        .await?;
    let state = match sign_in.state {
        SignInState::WaitingForApproval => SignInState::WaitingForApproval,
        _ => SignInState::Started,
    };
    let mut row = sign_in.into_active_model();
    row.state = Set(state);
    row.grant_id = Set(None);
    row.failure = Set(None);
    row.ticket_used_at = Set(Some(tx.clock().now()));
    row.state_hash = Set(Some(sha256(departure.state.as_bytes()).to_vec()));
    row.browser_hash = Set(Some(sha256(departure.browser.as_bytes()).to_vec()));
    row.sealed_exchange = Set(Some(sealed));
    Ok(row.update(tx.conn()).await?)
}

/// Takes the exchange out, once: afterwards the state that came back is known to nobody.
///
/// # Errors
/// [`RegistryError::Missing`] when it was taken before.
pub async fn take_exchange(tx: &TenantTx, sign_in: Model) -> Result<(Model, Plain), RegistryError> {
    let sealed = sign_in
        .sealed_exchange
        .clone()
        .ok_or(RegistryError::Missing)?;
    let plain = tx.open(TABLE, "sealed_exchange", &sealed).await?;
    let mut row = sign_in.into_active_model();
    row.state_hash = Set(None);
    row.sealed_exchange = Set(None);
    Ok((row.update(tx.conn()).await?, plain))
}

/// Microsoft gave a grant.
///
/// # Errors
/// When the database does not answer.
pub async fn authorize(
    tx: &TenantTx,
    sign_in: Model,
    grant: GrantId,
) -> Result<Model, RegistryError> {
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::Authorized);
    row.grant_id = Set(Some(grant));
    row.failure = Set(None);
    Ok(row.update(tx.conn()).await?)
}

/// The person in the window pressed "Connect". `gap` is what the panel user may choose from. The panel user has half an
/// hour to take it, and a week where it was an owner who signed in: the two may be at work at different times.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm(
    tx: &TenantTx,
    sign_in: Model,
    gap: Option<Gap>,
) -> Result<Model, RegistryError> {
    let ends = sign_in.expires_at;
    let lives = sign_in.asked.lives();
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::Confirmed);
    row.gap = Set(gap);
    row.expires_at = Set(ends.max(tx.clock().now() + lives));
    Ok(row.update(tx.conn()).await?)
}

/// It ended without a connection.
///
/// # Errors
/// When the database does not answer.
pub async fn fail(tx: &TenantTx, sign_in: Model, failure: Failure) -> Result<Model, RegistryError> {
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::Failed);
    row.failure = Set(Some(failure));
    Ok(row.update(tx.conn()).await?)
}

/// The panel user took it.
///
/// # Errors
/// When the database does not answer.
pub async fn connect(
    tx: &TenantTx,
    sign_in: Model,
    source: Option<SourceId>,
    outbound: Option<OutboundId>,
) -> Result<Model, RegistryError> {
    let mut row = sign_in.into_active_model();
    row.state = Set(SignInState::Connected);
    row.source_id = Set(source);
    row.outbound_id = Set(outbound);
    Ok(row.update(tx.conn()).await?)
}
