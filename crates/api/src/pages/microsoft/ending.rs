//! How a window can end, in words.

use actix_web::{HttpResponse, http::StatusCode};
use postroom_registry::sign_in::Failure;

use crate::{Problem, pages::html::Message};

/// How a window ends.
#[derive(Debug)]
pub(super) enum Ending {
    /// The link or the state is unknown, used, or of a sign-in that is elsewhere.
    CannotBeUsed,
    /// Another browser began.
    WrongBrowser,
    /// Half an hour has passed.
    TooLate,
    /// The form did not come from our page.
    NotOurForm,
    /// It failed, with its reason.
    Failed(Failure),
    /// An administrator approved Postroom for the organisation.
    Approved,
    /// Confirmed.
    Done {
        /// The Jira site.
        site: String,
    },
}

/// Why a handler of this window stops early.
#[derive(Debug)]
pub(super) enum Stop {
    /// With a page.
    Ending(Ending),
    /// With a problem.
    Problem(Problem),
}

impl From<Ending> for Stop {
    fn from(ending: Ending) -> Self {
        Self::Ending(ending)
    }
}

impl<E: Into<Problem>> From<E> for Stop {
    fn from(error: E) -> Self {
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

impl Ending {
    pub(super) fn response(self) -> HttpResponse {
        let (status, message) = match self {
            Self::CannotBeUsed => (
                StatusCode::BAD_REQUEST,
                say(
                    "This sign-in cannot be used any more",
                    "It was used already, or it was begun in another place. Nothing was connected.",
                    "Go back to Postroom in Jira. If the mailbox is not there, begin the sign-in again.",
                ),
            ),
            Self::WrongBrowser => (
                StatusCode::BAD_REQUEST,
                say(
                    "This is the wrong browser",
                    "The sign-in was begun in another browser, or this one does not keep cookies. Nothing was \
                     connected.",
                    "Open the link of the sign-in again, and go through it in one browser.",
                ),
            ),
            Self::TooLate => (
                StatusCode::GONE,
                say(
                    "This sign-in took too long",
                    "A sign-in must be finished within 30 minutes. Nothing was connected.",
                    "Go back to Postroom in Jira and begin it again.",
                ),
            ),
            Self::NotOurForm => (
                StatusCode::BAD_REQUEST,
                say(
                    "This cannot be confirmed",
                    "The confirmation did not come from our own page. Nothing was connected.",
                    "Go back to Postroom in Jira and begin the sign-in again.",
                ),
            ),
            Self::Failed(failure) => (StatusCode::OK, failed(failure)),
            Self::Approved => (
                StatusCode::OK,
                say(
                    "Postroom is approved",
                    "Your organisation has approved Postroom. No mailbox is connected by that.",
                    "The owner of the mailbox can sign in now: begin the sign-in again in Jira.",
                ),
            ),
            Self::Done { site } => (StatusCode::OK, done(&site)),
        };
        message.response(status)
    }
}

fn say(title: &str, sentence: &str, action: &str) -> Message {
    Message {
        title: title.to_owned(),
        sentences: vec![sentence.to_owned()],
        action: Some(action.to_owned()),
        ..Message::default()
    }
}

fn failed(failure: Failure) -> Message {
    use postroom_registry::connection::WhoActs;
    let who = match failure.who_acts {
        WhoActs::You | WhoActs::MailboxOwner => "You can mend this yourself.",
        WhoActs::MicrosoftAdministrator => "Your Microsoft administrator has to act.",
        WhoActs::Nobody => "It passes by itself.",
        WhoActs::Us => "This is ours to mend.",
    };
    Message {
        title: "The mailbox was not connected".to_owned(),
        sentences: vec![failure.message, who.to_owned()],
        action: Some(failure.action),
        admin_url: failure.admin_url,
        reference: Some(failure.code),
        closes: false,
    }
}

fn done(site: &str) -> Message {
    Message {
        title: "Done".to_owned(),
        sentences: vec![
            format!("Postroom in {site} goes on by itself."),
            "You can close this window.".to_owned(),
        ],
        closes: true,
        ..Message::default()
    }
}
