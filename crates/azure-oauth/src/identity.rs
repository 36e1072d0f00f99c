use std::fmt;

use uuid::Uuid;

/// Who signed in, proven by a verified id token. `(directory_id, object_id)` is the key of a person; the
/// names can change ("ID token claims reference").
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The directory: `tid`.
    pub directory_id: Uuid,
    /// The person in it: `oid`.
    pub object_id: Uuid,
    /// `preferred_username`. For showing, never for authorising.
    pub user_principal_name: String,
    /// `name`.
    pub display_name: Option<String>,
    /// `email`, which Microsoft leaves out more often than not.
    pub email: Option<String>,
}

impl fmt::Debug for Identity {
    /// Shows the ids, no names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("directory_id", &self.directory_id)
            .field("object_id", &self.object_id)
            .finish_non_exhaustive()
    }
}
