//! What a Microsoft error means: whose it is, who has to act, and the way out.
//!
//! Microsoft asks programs to branch on `error` and says that AADSTS numbers may change ("Microsoft Entra
//! authentication and authorization error codes"). So `error` decides the class, and the number picks the
//! words out of a table; an unknown number falls back on `suberror` and `error`.

mod fallback;
mod step;
mod table;
mod token_error;

use postroom_registry::connection::Fix;
use serde::Serialize;

pub use step::{Place, Step};
pub use table::{Cure, Row, catalogue};
pub use token_error::TokenError;

/// Whose app registration was used. What is wrong with the service's own is the operator's; a tenant's is the tenant's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// The service's own.
    #[default]
    Service,
    /// One that the tenant brought.
    Tenant,
}

/// Whose failure it is. Decides whether a connection changes its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The operator's: a credential, a registration, a bug. Never touches a customer's connection.
    Ours,
    /// This one connection's, or this one sign-in's.
    Theirs,
    /// Nobody's: no state changes, it is tried again.
    Nobody,
}

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoActs {
    /// The person in front of the panel.
    You,
    /// The owner of the mailbox.
    MailboxOwner,
    /// An administrator of the directory or of Exchange.
    MicrosoftAdministrator,
    /// Nobody.
    Nobody,
    /// The operator of Postroom.
    Us,
}

/// An error explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// `AADSTS50173`, or a word where there is no number.
    pub code: String,
    /// Whose it is.
    pub class: Class,
    /// Who has to act.
    pub who_acts: WhoActs,
    /// What happened, in one sentence for a person.
    pub meaning: String,
    /// What to do about it.
    pub way_out: String,
    /// The grant is of no use any more (or there is none): somebody has to sign in.
    pub needs_sign_in: bool,
    /// An administrator's consent helps: show the admin consent link.
    pub needs_admin_consent: bool,
    /// It can go away by itself.
    pub transient: bool,
    /// The steps of the way out; [`Diagnosis::fixes`] fills them in.
    #[serde(skip)]
    pub steps: &'static [Step],
}

/// Explains an error of the token endpoint or of a callback.
pub fn diagnose(error: &TokenError) -> Diagnosis {
    let known = error
        .codes
        .iter()
        .find_map(|code| Some((*code, table::find(*code)?)));
    let row = known.map_or_else(|| fallback::row(error), |(_, row)| row);
    let number = known
        .map(|(code, _)| code)
        .or_else(|| error.codes.first().copied());
    let code = number.map_or_else(|| error.error.clone(), |number| format!("AADSTS{number}"));
    let class = class(error, row);
    let mut diagnosis = Diagnosis::of(code, class, row);
    if class == Class::Ours && error.whose == Whose::Tenant {
        diagnosis.hand_to_tenant(error, row);
    }
    if let Some(at) = error.tokens_valid_from() {
        let at = at.format("%-d %B %Y at %H:%M UTC");
        diagnosis.meaning = format!("Microsoft revoked this sign-in on {at}.");
    }
    diagnosis
}

/// The rule that keeps tenants safe: the protocol's word counts more than the table.
fn class(error: &TokenError, row: &Row) -> Class {
    match error.error.to_ascii_lowercase().as_str() {
        "invalid_client" => Class::Ours,
        "temporarily_unavailable" | "server_error" => Class::Nobody,
        "invalid_grant" | "interaction_required" if row.class() == Class::Ours => Class::Theirs,
        _ => row.class(),
    }
}

impl Diagnosis {
    fn of(code: String, class: Class, row: &Row) -> Self {
        let theirs = class == Class::Theirs;
        Self {
            code,
            class,
            who_acts: if class == Class::Ours {
                WhoActs::Us
            } else {
                row.who
            },
            meaning: row.meaning.to_owned(),
            way_out: row.way_out.to_owned(),
            needs_sign_in: theirs && matches!(row.cure, Cure::SignIn | Cure::Consent | Cure::Fix),
            needs_admin_consent: theirs && row.cure == Cure::Consent,
            transient: class == Class::Nobody || theirs && row.cure == Cure::Wait,
            steps: row.steps,
        }
    }

    /// What is wrong with a registration that the tenant brought is the tenant's to mend; a mistake of the program stays
    /// ours. No new sign-in helps, and none is asked for.
    fn hand_to_tenant(&mut self, error: &TokenError, row: &Row) {
        let refused = error.error.eq_ignore_ascii_case("invalid_client");
        let unknown = (fallback::BROUGHT_MEANING, fallback::BROUGHT_WAY_OUT);
        let Some((meaning, way_out)) = row.brought().or(refused.then_some(unknown)) else {
            return;
        };
        self.class = Class::Theirs;
        self.who_acts = WhoActs::You;
        self.meaning = meaning.to_owned();
        self.way_out = way_out.to_owned();
    }

    /// The exact steps out, for this place.
    pub fn fixes(&self, place: &Place<'_>) -> Vec<Fix> {
        // What the operator has to do is nothing for a tenant's eyes.
        if self.class == Class::Ours {
            return Vec::new();
        }
        self.steps.iter().map(|step| step.fix(place)).collect()
    }

    /// The assertion could not be signed: a key that was read once and does not sign is the operator's.
    pub(crate) fn unsigned() -> Self {
        Self::of("assertion".to_owned(), Class::Ours, &fallback::UNSIGNED)
    }

    /// 429, 5xx, sockets.
    pub(crate) fn nobodys(code: String) -> Self {
        Self::of(code, Class::Nobody, &fallback::SERVICE)
    }

    /// The id token does not prove who signed in.
    pub(crate) fn unproven(code: &str) -> Self {
        Self::of(code.to_owned(), Class::Ours, &fallback::UNPROVEN)
    }

    pub(crate) fn no_refresh_token() -> Self {
        Self::of(
            "no_refresh_token".to_owned(),
            Class::Theirs,
            &fallback::NO_REFRESH_TOKEN,
        )
    }
}

#[cfg(test)]
mod tests;
