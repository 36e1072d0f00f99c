//! One effect: written down, tried, concluded.

use postroom_atlassian::jira::JiraError;
use postroom_registry::{
    DeliveryId,
    delivery::{self, EffectKind, EffectState, Intent, Outcome},
};

use crate::{failure::Failure, jobs::process::InHand};

/// Writes down that an effect is about to be tried; durable before the call.
pub(super) async fn intend(
    hand: &InHand<'_>,
    kind: EffectKind,
    target: &str,
) -> Result<Intent, Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    let intent = delivery::intend(&tx, hand.mail.id, kind, target).await?;
    tx.commit().await?;
    Ok(intent)
}

/// It is about to be tried once more: from now on its outcome is unknown again.
pub(super) async fn again(hand: &InHand<'_>, id: DeliveryId) -> Result<(), Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    delivery::try_again(&tx, id).await?;
    Ok(tx.commit().await?)
}

/// It happened.
pub(super) async fn done(
    hand: &InHand<'_>,
    id: DeliveryId,
    jira_id: &str,
    document: Option<&serde_json::Value>,
) -> Result<(), Failure> {
    let content = document.map(serde_json::to_vec).transpose()?;
    conclude(
        hand,
        id,
        Outcome {
            state: EffectState::Done,
            jira_id: Some(jira_id),
            detail: None,
            content: content.as_deref(),
        },
    )
    .await
}

/// Jira will not have it.
pub(super) async fn refused(hand: &InHand<'_>, id: DeliveryId, why: &str) -> Result<(), Failure> {
    conclude(
        hand,
        id,
        Outcome {
            state: EffectState::Refused,
            jira_id: None,
            detail: Some(why),
            content: None,
        },
    )
    .await
}

/// The call failed. Where it certainly did nothing the intent is withdrawn, else it stays and is looked up.
pub(super) async fn failed(
    hand: &InHand<'_>,
    id: DeliveryId,
    error: &JiraError,
) -> Result<(), Failure> {
    if error.outcome_unknown() {
        return Ok(());
    }
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    delivery::withdraw(&tx, id).await?;
    Ok(tx.commit().await?)
}

async fn conclude(hand: &InHand<'_>, id: DeliveryId, outcome: Outcome<'_>) -> Result<(), Failure> {
    let tx = hand.environment.registry.begin(hand.tenant).await?;
    delivery::conclude(&tx, id, outcome).await?;
    Ok(tx.commit().await?)
}
