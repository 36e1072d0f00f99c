//! How a page of a sign-in ends.

mod words;

use actix_web::HttpResponse;
use postroom_azure_oauth::{TokenError, diagnose};
use postroom_registry::{
    RegistryError,
    sign_in::{Asked, Failure},
};
use secrecy::SecretString;

use super::browser;
use crate::{Api, Problem, pages::html};

/// How a window ends.
#[derive(Debug)]
pub(super) enum Ending {
    /// The link or the state is unknown, used, or of a sign-in that is elsewhere.
    CannotBeUsed,
    /// Another browser began.
    WrongBrowser,
    /// The owner's link is another browser's.
    LinkTaken,
    /// Whoever made the link took it back.
    Revoked,
    /// Its time is over.
    TooLate,
    /// The form did not come from our page.
    NotOurForm,
    /// It failed, with its reason.
    Failed {
        /// The reason.
        failure: Box<Failure>,
        /// How to begin anew, for who has nothing but this page.
        again: Option<Box<Again>>,
    },
    /// An administrator approved Postroom for the organisation.
    Approved,
    /// There is nothing left to approve.
    ApprovedBefore,
    /// An administrator did not approve.
    NotApproved(Refusal),
    /// Confirmed.
    Done {
        /// The Jira site.
        site: String,
        /// What is left to do.
        left: Left,
    },
}

/// What is left to do once the window is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The panel, which waits, goes on.
    Panel,
    /// Whoever sent the link finishes it.
    Sender,
    /// Nothing: mail flows again.
    Nothing,
}

impl Left {
    /// As it is before anything was taken.
    pub(super) fn to(asked: Asked) -> Self {
        match asked {
            Asked::Me => Self::Panel,
            Asked::Owner => Self::Sender,
        }
    }
}

/// A form that begins the sign-in anew in the same browser.
#[derive(Debug)]
pub(super) struct Again(html::Again);

impl Again {
    pub(super) fn of(api: &Api, secret: &SecretString, ticket: &str) -> Self {
        Self(html::Again {
            action: format!("{}/microsoft/again", api.base_path()),
            ticket: ticket.to_owned(),
            csrf: browser::csrf_token(secret, ticket),
        })
    }
}

/// Why an administrator's consent did not come about, in Microsoft's words as we explain them.
#[derive(Debug)]
pub(super) struct Refusal {
    meaning: String,
    way_out: String,
    code: String,
}

impl Refusal {
    pub(super) fn of(error: &TokenError) -> Self {
        let diagnosis = diagnose(error);
        Self {
            meaning: diagnosis.meaning,
            way_out: diagnosis.way_out,
            code: diagnosis.code,
        }
    }
}

/// Why a handler of this window stops early.
#[derive(Debug)]
pub(super) enum Stop {
    /// With a page.
    Ending(Box<Ending>),
    /// With a problem.
    Problem(Problem),
}

impl From<Ending> for Stop {
    fn from(ending: Ending) -> Self {
        Self::Ending(Box::new(ending))
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<RegistryError> for Stop {
    fn from(error: RegistryError) -> Self {
        Self::Problem(error.into())
    }
}

/// What the browser gets.
pub(super) fn answer(result: Result<HttpResponse, Stop>) -> Result<HttpResponse, Problem> {
    match result {
        Ok(response) => Ok(response),
        Err(Stop::Ending(ending)) => Ok(ending.response()),
        Err(Stop::Problem(problem)) => Err(problem),
    }
}
