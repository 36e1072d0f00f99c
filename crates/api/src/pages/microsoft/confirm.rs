//! The page that asks before anything is connected, and its button.

mod agree;
mod question;

pub(super) use agree::confirm;
pub(super) use question::confirm_page;

use postroom_registry::sign_in::SignInState;

use super::{
    ending::{Ending, Left},
    opened::Opened,
};

/// A reload, or a second press: the same answer again.
pub(super) fn elsewhere(opened: Opened) -> Ending {
    let left = match opened.row.state {
        SignInState::Connected => Left::Nothing,
        _ => Left::to(opened.row.asked),
    };
    match (opened.row.state, opened.row.failure) {
        (SignInState::Confirmed | SignInState::Connected, _) => Ending::Done {
            site: opened.site.name(),
            left,
        },
        (SignInState::Failed, Some(failure)) => Ending::Failed {
            failure: Box::new(failure),
            again: None,
        },
        _ => Ending::CannotBeUsed,
    }
}
