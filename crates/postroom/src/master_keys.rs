//! Where the operator's master keys come from: the environment, a file or a key command.

use std::{fmt, path::PathBuf, process::Stdio, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use clap::Args;
use futures_util::FutureExt as _;
use postroom_registry::KeySource;
use postroom_secrets::MasterKeys;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{process::Command, time::timeout};

/// A key command that takes longer has failed.
const SLOWEST_COMMAND: Duration = Duration::from_secs(10);

/// Where the list of master keys is: exactly one of the three. A file or a command is read again while the service
/// runs, so that keys can be rotated without a restart.
#[derive(Clone, Args)]
#[group(id = "master_key_source", required = true, multiple = false)]
pub struct MasterKeySource {
    /// Master keys, `id:base64` of 32 bytes each, separated by commas: the first seals, all open
    #[arg(long, env = "POSTROOM_MASTER_KEYS", hide_env_values = true)]
    master_keys: Option<SecretString>,
    /// A file with that list; commas or line ends between the keys
    #[arg(long, env = "POSTROOM_MASTER_KEYS_FILE", value_name = "PATH")]
    master_keys_file: Option<PathBuf>,
    /// A command that prints that list; run by `sh -c`, at most ten seconds
    #[arg(
        long,
        env = "POSTROOM_MASTER_KEYS_COMMAND",
        hide_env_values = true,
        value_name = "COMMAND"
    )]
    master_keys_command: Option<SecretString>,
}

impl MasterKeySource {
    /// Reads the list.
    ///
    /// # Errors
    /// When the file cannot be read, the command fails or takes too long, or the list is not one. Says which setting
    /// is meant and never what it holds; what a command writes to stderr is thrown away.
    pub async fn load(&self) -> anyhow::Result<MasterKeys> {
        let setting = self.setting();
        let list = self
            .read()
            .await
            .with_context(|| format!("{setting} cannot be read"))?;
        MasterKeys::parse(list.expose_secret()).with_context(|| format!("{setting} cannot be used"))
    }

    /// Whether a later [`MasterKeySource::load`] may bring another list.
    pub fn can_change(&self) -> bool {
        self.master_keys.is_none()
    }

    /// For [`postroom_registry::Registry::on_unknown_master_key`].
    pub fn for_registry(&self) -> KeySource {
        let source = self.clone();
        Arc::new(move || {
            let source = source.clone();
            async move {
                source
                    .load()
                    .await
                    .inspect_err(|error| {
                        tracing::error!(cause = format!("{error:#}"), "no new master keys");
                    })
                    .ok()
            }
            .boxed()
        })
    }

    /// The environment variable that an operator would look at.
    fn setting(&self) -> &'static str {
        match self {
            Self {
                master_keys: Some(_),
                ..
            } => "POSTROOM_MASTER_KEYS",
            Self {
                master_keys_file: Some(_),
                ..
            } => "POSTROOM_MASTER_KEYS_FILE",
            _ => "POSTROOM_MASTER_KEYS_COMMAND",
        }
    }

    async fn read(&self) -> anyhow::Result<SecretString> {
        if let Some(list) = &self.master_keys {
            return Ok(list.clone());
        }
        if let Some(path) = &self.master_keys_file {
            return Ok(tokio::fs::read_to_string(path).await?.into());
        }
        match &self.master_keys_command {
            Some(command) => printed_by(command.expose_secret(), SLOWEST_COMMAND).await,
            None => bail!("no source of master keys is set"),
        }
    }
}

async fn printed_by(command: &str, slowest: Duration) -> anyhow::Result<SecretString> {
    let child = Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("sh cannot be run")?;
    let output = timeout(slowest, child.wait_with_output())
        .await
        .context("the command took too long")??;
    if !output.status.success() {
        bail!("the command failed: {}", output.status);
    }
    // The error of a list that is not UTF-8 would hold the list.
    match String::from_utf8(output.stdout) {
        Ok(list) => Ok(list.into()),
        Err(_) => bail!("the command printed something that is not text"),
    }
}

impl fmt::Debug for MasterKeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MasterKeySource")
            .field(&self.setting())
            .finish()
    }
}

#[cfg(test)]
mod tests;
