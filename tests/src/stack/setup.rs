//! What a test wants otherwise than the demo has it.

use std::path::PathBuf;

use postroom_clock::Clock;

/// Any 32 bytes: the demo's secrets protect nothing.
const MASTER_KEYS: &str = "demo:ZGVtby1kZW1vLWRlbW8tZGVtby1kZW1vLWRlbW8tZGU=";

/// How a [`Stack`](crate::Stack) is started.
#[derive(Clone, Debug)]
pub struct Setup {
    pub(super) settings: Vec<(String, String)>,
    pub(super) master_keys: (&'static str, String),
    pub(super) client_secret: String,
    pub(super) database_password: Option<String>,
    pub(super) log: Option<PathBuf>,
    pub(super) redis_prefix: String,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            settings: Vec::new(),
            master_keys: ("POSTROOM_MASTER_KEYS", MASTER_KEYS.to_owned()),
            client_secret: "simulator-secret".to_owned(),
            database_password: None,
            log: None,
            redis_prefix: format!("demo-{}", Clock::system().new_id().simple()),
        }
    }
}

impl Setup {
    /// A setting of the service, by its environment variable.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The list of master keys.
    #[must_use]
    pub fn master_keys(mut self, list: &str) -> Self {
        self.master_keys = ("POSTROOM_MASTER_KEYS", list.to_owned());
        self
    }

    /// The list of master keys is in this file.
    #[must_use]
    pub fn master_keys_file(mut self, path: &std::path::Path) -> Self {
        self.master_keys = ("POSTROOM_MASTER_KEYS_FILE", path.display().to_string());
        self
    }

    /// The secret of the app registration, at Microsoft and in the service.
    #[must_use]
    pub fn client_secret(mut self, secret: &str) -> Self {
        secret.clone_into(&mut self.client_secret);
        self
    }

    /// The service gives this password to PostgreSQL, whose own settings decide whether it is looked at.
    #[must_use]
    pub fn database_password(mut self, password: &str) -> Self {
        self.database_password = Some(password.to_owned());
        self
    }

    /// Everything that the service writes goes into this file, in place of our own stderr.
    #[must_use]
    pub fn log_to(mut self, path: PathBuf) -> Self {
        self.log = Some(path);
        self
    }
}
