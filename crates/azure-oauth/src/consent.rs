use secrecy::{ExposeSecret as _, SecretString};
use url::Url;
use uuid::Uuid;

use crate::Microsoft;

/// For which directory an administrator consents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directory {
    /// Whichever the administrator signs in to; of a registration for one directory, that one.
    Organizations,
    /// This one.
    Id(Uuid),
}

impl Microsoft {
    /// The page where an administrator consents for a whole directory ("Admin consent on the Microsoft
    /// identity platform"). It brings no code: the mailbox user still signs in afterwards. The answer's
    /// `tenant` is not proof of anything; bind by `state`.
    pub fn admin_consent_url(
        &self,
        directory: Directory,
        scopes: &[&str],
        state: &SecretString,
    ) -> Url {
        let path = ["v2.0", "adminconsent"];
        let mut url = match directory {
            Directory::Organizations => self.endpoint(&path),
            Directory::Id(id) => self.endpoint_of(&id.to_string(), &path),
        };
        url.query_pairs_mut()
            .append_pair("client_id", &self.registration.client_id)
            .append_pair("redirect_uri", self.redirect_uri.as_str())
            .append_pair("scope", &self.spelled(scopes))
            .append_pair("state", state.expose_secret());
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::offline;

    #[test]
    fn the_page_of_a_registration_for_one_directory_is_that_directorys() {
        let registration = crate::AppRegistration {
            directory: Some("contoso.example".into()),
            ..crate::testing::own()
        };
        let clock = postroom_clock::Clock::manual(crate::testing::now());
        let microsoft = crate::testing::through(registration, "https://login.test", clock);
        let state = SecretString::from("s");
        let page = microsoft.admin_consent_url(Directory::Organizations, &[], &state);
        assert_eq!(page.path(), "/contoso.example/v2.0/adminconsent");
    }

    #[test]
    fn the_page_is_that_of_the_directory() {
        let state = SecretString::from("s");
        let microsoft = offline();
        let any = microsoft.admin_consent_url(Directory::Organizations, &["Mail.Send"], &state);
        assert_eq!(
            any.as_str(),
            "https://login.test/organizations/v2.0/adminconsent?client_id=client\
             &redirect_uri=https%3A%2F%2Fpostroom.test%2Fmicrosoft%2Fcallback&scope=Mail.Send&state=s"
        );
        let one = microsoft.admin_consent_url(Directory::Id(Uuid::nil()), &[], &state);
        assert!(
            one.path()
                .starts_with("/00000000-0000-0000-0000-000000000000/v2.0/")
        );
    }
}
