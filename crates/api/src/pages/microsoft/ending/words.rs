use actix_web::{HttpResponse, http::StatusCode};
use postroom_registry::{connection::WhoActs, sign_in::Failure};

use super::{Again, Ending, Left, Refusal};
use crate::pages::html::Message;

impl Ending {
    pub(in super::super) fn response(self) -> HttpResponse {
        let status = match self {
            Self::TooLate | Self::Revoked => StatusCode::GONE,
            Self::CannotBeUsed | Self::WrongBrowser | Self::LinkTaken | Self::NotOurForm => {
                StatusCode::BAD_REQUEST
            }
            Self::Failed { .. }
            | Self::Approved
            | Self::ApprovedBefore
            | Self::NotApproved(_)
            | Self::Done { .. } => StatusCode::OK,
        };
        self.message().response(status)
    }

    fn message(self) -> Message {
        match self {
            Self::CannotBeUsed => say(
                "This sign-in cannot be used any more",
                "It was used already, or it was begun in another place. Nothing was connected.",
                "Go back to Postroom in Jira. If the mailbox is not there, begin the sign-in again.",
            ),
            Self::WrongBrowser => say(
                "This is the wrong browser",
                "The sign-in was begun in another browser, or this one does not keep cookies. Nothing was connected.",
                "Open the link of the sign-in again, and go through it in one browser.",
            ),
            Self::LinkTaken => say(
                "This link was opened in another browser",
                "It works in the browser that began first, and in no other. Nothing was connected.",
                "Go on there, or ask whoever sent you the link for a new one.",
            ),
            Self::Revoked => say(
                "This link was taken back",
                "Whoever sent it does not need it any more. Nothing was connected.",
                "Ask them for a new link if you expected to sign in.",
            ),
            Self::TooLate => say(
                "This sign-in took too long",
                "A sign-in must be finished within 30 minutes, and by a link within 7 days. Nothing was connected.",
                "Begin it again from Postroom in Jira, or ask for a new link.",
            ),
            Self::NotOurForm => say(
                "This cannot be confirmed",
                "The confirmation did not come from our own page. Nothing was connected.",
                "Go back to Postroom in Jira and begin the sign-in again.",
            ),
            Self::Approved => say(
                "Postroom is approved",
                "The sign-in that waits is tried again now. Your approval itself connects no mailbox.",
                "The owner of the mailbox signs in; a window that waits goes on by itself. You can close this one.",
            ),
            Self::ApprovedBefore => say(
                "There is nothing left to approve",
                "The sign-in that asked for your approval went through.",
                "You can close this window.",
            ),
            Self::NotApproved(refusal) => not_approved(refusal),
            Self::Failed { failure, again } => failed(*failure, again.map(|it| *it)),
            Self::Done { site, left } => done(&site, left),
        }
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

fn not_approved(refusal: Refusal) -> Message {
    Message {
        title: "Postroom was not approved".to_owned(),
        sentences: vec![refusal.meaning, "Nothing was changed.".to_owned()],
        action: Some(refusal.way_out),
        reference: Some(refusal.code),
        ..Message::default()
    }
}

fn failed(failure: Failure, again: Option<Again>) -> Message {
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
        again: again.map(|it| it.0),
        admin_url: failure.admin_url,
        reference: Some(failure.code),
        closes: false,
    }
}

fn done(site: &str, left: Left) -> Message {
    let next = match left {
        Left::Panel => format!("Postroom in {site} goes on by itself."),
        Left::Sender => format!("Whoever sent you the link finishes it in {site}."),
        Left::Nothing => format!("The mail of this mailbox goes to {site} again."),
    };
    Message {
        title: "Done".to_owned(),
        sentences: vec![next, "You can close this window.".to_owned()],
        closes: left == Left::Panel,
        ..Message::default()
    }
}
