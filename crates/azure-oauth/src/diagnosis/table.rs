//! The AADSTS numbers that a mail connection can meet, as data. From "Microsoft Entra authentication and
//! authorization error codes" and the troubleshooting pages behind it; one file for each kind of trouble.

use super::{Class, Step, WhoActs};

mod consent;
mod grants;
mod ours;
mod people;
mod policies;
mod service;

/// What one or more numbers mean.
#[derive(Debug)]
pub struct Row {
    /// The AADSTS numbers.
    pub codes: &'static [u32],
    /// Who has to act.
    pub who: WhoActs,
    /// What helps.
    pub cure: Cure,
    /// What happened, in one sentence for a person.
    pub meaning: &'static str,
    /// What to do about it.
    pub way_out: &'static str,
    /// At most one: the same two sentences where the tenant brought the registration.
    pub(super) brought: &'static [(&'static str, &'static str)],
    /// The steps of the way out.
    pub steps: &'static [Step],
}

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// A new sign-in.
    SignIn,
    /// An administrator's consent, then a new sign-in.
    Consent,
    /// Somebody changes something at Microsoft; the grant itself may live on.
    Change,
    /// Time.
    Wait,
    /// The operator repairs something.
    Fix,
}

impl Row {
    /// It can go away by itself.
    pub fn is_transient(&self) -> bool {
        self.cure == Cure::Wait
    }

    pub(super) fn brought(&self) -> Option<(&'static str, &'static str)> {
        self.brought.first().copied()
    }

    /// Whose it is, unless the protocol's word says otherwise.
    pub fn class(&self) -> Class {
        match self.who {
            WhoActs::Us => Class::Ours,
            WhoActs::Nobody => Class::Nobody,
            WhoActs::You | WhoActs::MailboxOwner | WhoActs::MicrosoftAdministrator => Class::Theirs,
        }
    }
}

/// One row: `[numbers] who cure: "what happened", "the way out" or "…", "…" => [steps];`. After `or`: the same where the
/// tenant brought the app registration.
macro_rules! rows {
    ($([$($code:literal),+] $who:ident $cure:ident: $meaning:literal, $way_out:literal
        $(or $brought:literal, $mend:literal)? $(=> [$($step:ident),+])?;)+) => {
        pub(super) const ROWS: &[crate::diagnosis::table::Row] = &[$(crate::diagnosis::table::Row {
            codes: &[$($code),+],
            who: crate::diagnosis::WhoActs::$who,
            cure: crate::diagnosis::table::Cure::$cure,
            meaning: $meaning,
            way_out: $way_out,
            brought: &[$(($brought, $mend))?],
            steps: &[$($(crate::diagnosis::step::$step),+)?],
        }),+];
    };
}
use rows;

const ALL: [&[Row]; 6] = [
    grants::ROWS,
    people::ROWS,
    policies::ROWS,
    consent::ROWS,
    ours::ROWS,
    service::ROWS,
];

/// Every row: what a table test goes through.
pub fn catalogue() -> impl Iterator<Item = &'static Row> {
    ALL.into_iter().flatten()
}

/// The row of a number.
pub(super) fn find(code: u32) -> Option<&'static Row> {
    catalogue().find(|row| row.codes.contains(&code))
}

#[cfg(test)]
mod tests;
