//! Send: an agent's comment goes to the sender of the mail, once, and never as an echo.

mod hand_over;
mod letter;

use chrono::{DateTime, TimeDelta, Utc};
use postroom_atlassian::jira::JiraError;
use postroom_registry::{
    NotificationId, RegistryError, TenantId,
    connection::ConnectionState,
    mail,
    notification::{self, NotificationState},
    outbound, source,
    tenant::{self, TenantState},
};

use crate::{Environment, backoff, failure::Failure};

const HOLD: TimeDelta = TimeDelta::minutes(5);
/// After so many tries and so long a time a notification that Microsoft refuses is dead. Tries that found no token
/// for Jira count, too, and say nothing about Microsoft: hence the time.
const TRIES: i32 = 12;
const PATIENCE: TimeDelta = TimeDelta::hours(12);

const QUEUED: &str =
    "Exchange Online takes 30 mails a minute from a mailbox; this one goes with the next.";

/// How a try ended.
enum End {
    Finished(NotificationState, String),
    /// Microsoft took it.
    Out(String, Box<hand_over::Out>),
    Wait(TimeDelta, &'static str),
    /// The mailbox took as many mails in the last minute as Exchange Online allows.
    Turn(DateTime<Utc>),
}

/// Takes a notification as far as it goes.
pub(crate) async fn run(
    environment: &Environment,
    tenant: TenantId,
    id: NotificationId,
) -> Result<(), Failure> {
    let tx = environment.registry.begin(tenant).await?;
    if tenant::this(&tx).await?.state != TenantState::Installed {
        return Ok(());
    }
    let Some(row) = notification::claim(&tx, id, HOLD).await? else {
        return Ok(());
    };
    tx.commit().await?;
    let end = try_once(environment, tenant, &row).await;
    let now = environment.clock().now();
    let tx = environment.registry.begin(tenant).await?;
    let finished = match &end {
        Ok(End::Finished(state, _)) => Some(*state),
        Ok(End::Out(..)) => Some(NotificationState::Sent),
        _ => None,
    };
    if let Some(state) = finished {
        environment.metrics.notifications.add([state.word()]);
        tracing::info!(%tenant, notification = %id, state = state.word(), "notification ended");
    }
    let ended = match &end {
        Ok(End::Finished(state, reason)) => notification::finish(&tx, &row, *state, reason).await,
        Ok(End::Out(reason, _)) => {
            notification::finish(&tx, &row, NotificationState::Sent, reason).await
        }
        Ok(End::Wait(wait, why)) => {
            notification::retry_at(&tx, &row, now + *wait, why, false).await
        }
        Ok(End::Turn(at)) => {
            notification::retry_at(&tx, &row, *at, QUEUED, row.tried_at.is_none()).await
        }
        Err(failure) if failure.is_refusal() && is_tired(&row, now) => {
            environment
                .metrics
                .notifications
                .add([NotificationState::Dead.word()]);
            notification::finish(&tx, &row, NotificationState::Dead, &failure.sentence()).await
        }
        Err(failure) => {
            let at = backoff::next_try(
                now,
                row.attempts,
                failure.retry_after(),
                backoff::spread(id.0),
            );
            // What an earlier try left open, a failure of another kind does not answer.
            let open = row.tried_at.is_some() || failure.maybe_done();
            notification::retry_at(&tx, &row, at, &failure.sentence(), !open).await
        }
    };
    match ended {
        Err(RegistryError::Superseded) => return Ok(()),
        other => other?,
    }
    tx.commit().await?;
    match end? {
        // Only now: a process that dies here has sent one mail, and knows it.
        End::Out(_, out) => out.read_back(environment, tenant, id).await,
        _ => Ok(()),
    }
}

fn is_tired(row: &notification::Model, now: DateTime<Utc>) -> bool {
    row.attempts >= TRIES && now - row.created_at >= PATIENCE
}

async fn try_once(
    environment: &Environment,
    tenant: TenantId,
    row: &notification::Model,
) -> Result<End, Failure> {
    let tx = environment.registry.begin(tenant).await?;
    let jira = environment.jira(&tx).await?;
    let mails = mail::of_issue(&tx, &row.issue_id).await?;
    let outbounds = outbound::list(&tx).await?;
    let sources = source::list(&tx).await?;
    let app_account = tenant::this(&tx).await?.app_account_id;
    tx.commit().await?;

    let own = |address: &str| {
        sources
            .iter()
            .any(|source| source.mailbox.eq_ignore_ascii_case(address))
            || outbounds.iter().any(|outbound| is_of(outbound, address))
    };
    let Some(answered) = mails
        .iter()
        .find(|mail| !mail.from_address.is_empty() && !own(&mail.from_address))
    else {
        return Ok(ignored("No mail of this issue has a sender to answer."));
    };
    let source = sources
        .iter()
        .find(|source| source.id == answered.source_id);
    let outbound = source.and_then(|source| {
        let bound = outbounds
            .iter()
            .find(|outbound| Some(outbound.id) == source.outbound_id);
        bound.or_else(|| {
            outbounds
                .iter()
                .find(|outbound| outbound.mailbox.eq_ignore_ascii_case(&source.mailbox))
        })
    });
    let Some(outbound) = outbound else {
        return Ok(ignored(
            "The message source has no message outbound, so answers stay in Jira.",
        ));
    };
    if matches!(
        outbound.state,
        ConnectionState::Paused | ConnectionState::NeedsSignIn
    ) {
        return Ok(End::Wait(
            TimeDelta::hours(1),
            "The message outbound is paused or needs a sign-in.",
        ));
    }
    let comment = match jira.comment(&row.issue_id, &row.comment_id).await {
        Ok(comment) => comment,
        Err(JiraError::NotFound) => return Ok(ignored("The comment was deleted.")),
        Err(error) => return Err(error.into()),
    };
    if comment.mail_id.is_some() {
        return Ok(ignored("The comment came by mail."));
    }
    let author = comment.author.as_ref();
    if author.is_some_and(|author| Some(author.account_id.as_str()) == app_account.as_deref()) {
        return Ok(ignored("Postroom itself wrote the comment."));
    }
    let internal = comment
        .properties
        .get("sd.public.comment")
        .and_then(|value| value.get("internal"));
    if internal.and_then(serde_json::Value::as_bool) == Some(true) {
        return Ok(ignored("The comment is internal."));
    }
    let letter = letter::write(environment, tenant, row, answered, outbound, &comment).await?;
    let Some(letter) = letter else {
        return Ok(End::Finished(
            NotificationState::Dead,
            "The sender's address is not one that a mail can go to.".to_owned(),
        ));
    };
    hand_over::run(environment, tenant, row, outbound, &letter).await
}

fn ignored(reason: &str) -> End {
    End::Finished(NotificationState::Ignored, reason.to_owned())
}

/// The address that an outbound's mails come from.
fn sender(outbound: &outbound::Model) -> &str {
    outbound
        .from_address
        .as_deref()
        .unwrap_or(&outbound.mailbox)
}

fn is_of(outbound: &outbound::Model, address: &str) -> bool {
    outbound.mailbox.eq_ignore_ascii_case(address) || sender(outbound).eq_ignore_ascii_case(address)
}
