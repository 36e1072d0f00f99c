//! The AADSTS numbers that a mail connection can meet, as data. From "Microsoft Entra authentication and
//! authorization error codes" and the troubleshooting pages behind it; one file for each kind of trouble.

use super::{Class, WhoActs};

mod consent;
mod grants;
mod ours;
mod people;
mod policies;
mod service;

/// What one or more numbers mean.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) codes: &'static [u32],
    pub(super) who: WhoActs,
    pub(super) cure: Cure,
    pub(super) meaning: &'static str,
    pub(super) way_out: &'static str,
}

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cure {
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
    pub(super) fn class(&self) -> Class {
        match self.who {
            WhoActs::Us => Class::Ours,
            WhoActs::Nobody => Class::Nobody,
            WhoActs::You | WhoActs::MailboxOwner | WhoActs::MicrosoftAdministrator => Class::Theirs,
        }
    }
}

/// One row: `[numbers] who cure: "what happened", "the way out";`
macro_rules! rows {
    ($([$($code:literal),+] $who:ident $cure:ident: $meaning:literal, $way_out:literal;)+) => {
        pub(super) const ROWS: &[crate::diagnosis::table::Row] = &[$(crate::diagnosis::table::Row {
            codes: &[$($code),+],
            who: crate::diagnosis::WhoActs::$who,
            cure: crate::diagnosis::table::Cure::$cure,
            meaning: $meaning,
            way_out: $way_out,
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

/// The row of a number.
pub(super) fn find(code: u32) -> Option<&'static Row> {
    ALL.into_iter()
        .flatten()
        .find(|row| row.codes.contains(&code))
}

#[cfg(test)]
mod tests;
