use std::{sync::Arc, time::Duration};

use postroom_clock::Clock;
use redis::{
    Client, Cmd, FromRedisValue, Pipeline, RedisResult, ScriptInvocation,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use crate::QueueError;

/// How long a command may take before the caller goes on without Redis.
const ANSWER: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_secs(2);

/// The shared connection for commands that answer at once, and what is needed to make another.
#[derive(Clone)]
pub(crate) struct Connection {
    client: Client,
    quick: ConnectionManager,
    prefix: Arc<str>,
    clock: Clock,
}

impl Connection {
    /// Connects with the first command, so that a service starts while Redis is away.
    pub(crate) fn new(url: &str, prefix: &str, clock: &Clock) -> Result<Self, QueueError> {
        let client = Client::open(url).map_err(QueueError::Address)?;
        let quick = manager(&client, Some(ANSWER))?;
        Ok(Self {
            client,
            quick,
            prefix: Arc::from(prefix),
            clock: clock.clone(),
        })
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// A key of the stream's family: they share a slot, because one script touches several.
    pub(crate) fn bells_key(&self, name: &str) -> String {
        format!("{{{}}}:v1:{name}", self.prefix)
    }

    /// A key that stands alone, spread over the slots by its own name.
    pub(crate) fn own_key(&self, family: &str, name: &str) -> String {
        format!("{}:v1:{family}:{{{name}}}", self.prefix)
    }

    /// A connection of its own for blocking reads. The client's response timeout (500 ms unless told
    /// otherwise) would end them, and on a shared connection every other command would wait behind them.
    pub(crate) fn blocking(&self) -> Result<ConnectionManager, QueueError> {
        manager(&self.client, None)
    }

    /// Runs a command, once more when the connection turned out to be gone: Redis restarts, and every
    /// command of this crate may be done twice.
    pub(crate) async fn run<T: FromRedisValue + Send>(
        &self,
        command: &impl Command,
    ) -> Result<T, QueueError> {
        let mut redis = self.quick.clone();
        match command.send(&mut redis).await {
            Err(error) if error.is_connection_dropped() => Ok(command.send(&mut redis).await?),
            answer => Ok(answer?),
        }
    }
}

/// What can be sent: the client has no one word for its three.
pub(crate) trait Command: Sync {
    fn send<T: FromRedisValue + Send>(
        &self,
        redis: &mut ConnectionManager,
    ) -> impl Future<Output = RedisResult<T>> + Send;
}

impl Command for Cmd {
    async fn send<T: FromRedisValue + Send>(
        &self,
        redis: &mut ConnectionManager,
    ) -> RedisResult<T> {
        self.query_async(redis).await
    }
}

impl Command for Pipeline {
    async fn send<T: FromRedisValue + Send>(
        &self,
        redis: &mut ConnectionManager,
    ) -> RedisResult<T> {
        self.query_async(redis).await
    }
}

impl Command for ScriptInvocation<'_> {
    async fn send<T: FromRedisValue + Send>(
        &self,
        redis: &mut ConnectionManager,
    ) -> RedisResult<T> {
        self.invoke_async(redis).await
    }
}

fn manager(client: &Client, answer: Option<Duration>) -> Result<ConnectionManager, QueueError> {
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(CONNECT))
        .set_response_timeout(answer)
        // Whoever calls decides whether to wait: a ring must fail at once, not after a back-off.
        .set_number_of_retries(0);
    Ok(ConnectionManager::new_lazy_with_config(
        client.clone(),
        config,
    )?)
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client knows the password of the address.
        f.debug_struct("Connection")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
