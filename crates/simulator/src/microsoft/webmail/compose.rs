//! Writing a mail, or an answer to one.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{form::Draft, missing};
use crate::{
    microsoft::{
        mailbox::{Mail, Person},
        pages,
    },
    world::World,
};

#[derive(Debug, Deserialize)]
pub(super) struct Which {
    reply: Option<String>,
    to: Option<String>,
}

pub(super) async fn show(
    world: web::Data<World>,
    address: web::Path<String>,
    which: web::Query<Which>,
) -> HttpResponse {
    let mut cloud = world.cloud();
    let Some(user) = cloud.user(&address).cloned() else {
        return missing("mailbox");
    };
    let mut draft = Draft {
        to: which.to.clone().unwrap_or_default(),
        ..Draft::default()
    };
    if let Some(id) = &which.reply {
        let mailbox = cloud.mailbox_mut(&user.address);
        let Some(mail) = mailbox.and_then(|mailbox| mailbox.find(id).ok().cloned()) else {
            return missing("message");
        };
        draft = reply(&mail);
    }
    pages::show(
        StatusCode::OK,
        "compose.html",
        serde_json::json!({ "user": user, "draft": draft, "address": user.address }),
    )
}

/// An answer: to Reply-To or From, in the thread (RFC 5322 section 3.6.4), the text quoted.
fn reply(mail: &Mail) -> Draft {
    let summary = &mail.summary;
    let to = match summary.reply_to.as_slice() {
        [] => summary.from.as_slice(),
        people => people,
    };
    let message = mail.parsed();
    let earlier = message
        .as_ref()
        .and_then(|message| message.references().as_text_list());
    let mut references: Vec<String> = earlier
        .unwrap_or_default()
        .iter()
        .map(|id| format!("<{id}>"))
        .collect();
    references.push(summary.internet_message_id.clone());
    let text = message
        .as_ref()
        .and_then(|message| message.body_text(0))
        .unwrap_or_default();
    let quoted: String = text.lines().map(|line| format!("> {line}\n")).collect();
    let writer = summary
        .from
        .as_ref()
        .map_or("somebody", |from| from.address.as_str());
    let again = summary.subject.to_lowercase().starts_with("re:");
    Draft {
        to: to
            .iter()
            .map(|person: &Person| person.address.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        subject: if again {
            summary.subject.clone()
        } else {
            format!("Re: {}", summary.subject)
        },
        body: format!(
            "\n\nOn {}, {writer} wrote:\n{quoted}",
            mail.received.format("%a, %d %b %Y at %H:%M")
        ),
        in_reply_to: summary.internet_message_id.clone(),
        references: references.join(" "),
        ..Draft::default()
    }
}
