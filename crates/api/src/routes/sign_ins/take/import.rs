//! Which mails of the time offline are imported.

use chrono::{DateTime, Utc};
use postroom_registry::{
    RegistryError, SourceId, TenantTx, sign_in,
    source::{self, Change},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Problem;

/// How to take a sign-in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeSignIn {
    /// What of the time offline is imported; all of it where nothing is said.
    import: Option<Wanted>,
}

/// What of the time offline is imported.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// All of it.
    All,
    /// What was received from then on.
    From(DateTime<Utc>),
}

impl TakeSignIn {
    /// No body asks for nothing in particular. One that cannot be read is no wish at all: taking it for none would
    /// import what somebody wanted left out.
    ///
    /// # Errors
    /// `invalid`.
    pub(super) fn read(body: &[u8]) -> Result<Self, Problem> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_slice(body).map_err(|error| {
            let message = "Say \u{201c}all\u{201d}, or from when on.";
            Problem::invalid("import", message).because(error)
        })
    }
}

/// The same, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Import {
    /// The source goes on where it stopped.
    All,
    /// What was received before is left alone.
    From(DateTime<Utc>),
}

impl Import {
    /// What the panel user chose.
    ///
    /// # Errors
    /// `invalid` when there is nothing to choose, or the time is none in which the mailbox was not read.
    pub(super) fn asked(
        asked: &TakeSignIn,
        row: &sign_in::Model,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        let Some(Wanted::From(from)) = asked.import else {
            return Ok(Self::All);
        };
        let Some(gap) = row.gap.as_ref() else {
            let message = "There is no time to choose: nothing was offline.";
            return Err(Problem::invalid("import", message));
        };
        match gap.since <= from && from <= now {
            true => Ok(Self::From(from)),
            false => Err(Problem::invalid(
                "import",
                "Choose a time between the last check and now.",
            )),
        }
    }

    /// Mail from before is not read; the folder is walked anew into a ledger that knows what it has.
    pub(super) async fn apply(
        self,
        tx: &TenantTx,
        source: Option<SourceId>,
    ) -> Result<(), RegistryError> {
        let (Self::From(from), Some(id)) = (self, source) else {
            return Ok(());
        };
        let change = Change {
            start_from: Some(Some(from)),
            ..Change::default()
        };
        let row = source::find(tx, id).await?;
        source::change(tx, row, change).await?;
        Ok(())
    }
}
