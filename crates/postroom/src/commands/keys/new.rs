//! `postroom keys new`

use std::io::Write as _;

use clap::Args;
use postroom_secrets::MasterKeys;
use secrecy::ExposeSecret as _;

/// A key that is to be made.
#[derive(Clone, Debug, Args)]
pub struct New {
    /// Its id: 1 to 32 letters, digits, `-` or `_`; a date is a good one
    id: String,
}

pub(super) fn run(new: &New) -> anyhow::Result<()> {
    let entry = MasterKeys::generate(&new.id)?;
    writeln!(std::io::stdout().lock(), "{}", entry.expose_secret())?;
    Ok(())
}
