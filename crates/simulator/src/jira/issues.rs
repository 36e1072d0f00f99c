//! Making, changing and deleting issues, with the webhooks that follow.

mod create;
mod edit;
mod fields;
pub(crate) mod properties;

pub(crate) use self::{
    create::create,
    edit::{delete, edit},
};

/// Jira's id for the name of a priority.
pub(crate) fn priority_id(name: &str) -> u8 {
    PRIORITIES
        .iter()
        .position(|known| known.eq_ignore_ascii_case(name))
        .and_then(|at| u8::try_from(at + 1).ok())
        .unwrap_or(3)
}

const PRIORITIES: [&str; 5] = ["Highest", "High", "Medium", "Low", "Lowest"];
