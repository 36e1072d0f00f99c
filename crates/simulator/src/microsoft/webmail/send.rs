//! `POST /webmail/{address}/send`: from the form, with or without files.

use actix_multipart::Multipart;
use actix_web::{
    FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse, dev::Payload, http::StatusCode,
    web,
};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, message_id::MessageId},
};
use url::form_urlencoded;

use super::{
    form::{Draft, File},
    missing,
};
use crate::{
    microsoft::{
        directory::User,
        mailbox::{Outgoing, post, recipients},
        pages,
    },
    world::World,
};

pub(super) async fn submit(
    world: web::Data<World>,
    request: HttpRequest,
    address: web::Path<String>,
    payload: web::Payload,
) -> actix_web::Result<HttpResponse> {
    let Some(user) = world.cloud().user(&address).cloned() else {
        return Ok(missing("mailbox"));
    };
    let draft = read(&request, payload.into_inner()).await?;
    let raw = build(&world, &user, &draft).map_err(actix_web::error::ErrorBadRequest)?;
    if recipients(&raw).is_empty() {
        let problem = "Enter at least one address in To, for example support@contoso.example.";
        let page = serde_json::json!({ "user": user, "draft": draft, "problem": problem, "address": user.address });
        return Ok(pages::show(
            StatusCode::UNPROCESSABLE_ENTITY,
            "compose.html",
            page,
        ));
    }
    let outgoing = Outgoing {
        mailbox: user.address.clone(),
        raw,
        save_copy: true,
        at: world.clock.now(),
        id: world.clock.new_id(),
    };
    let sent = post(&mut world.cloud(), outgoing);
    let back = format!("/webmail/{}?sent={sent}", user.address);
    Ok(HttpResponse::SeeOther()
        .insert_header(("location", back))
        .finish())
}

/// The form, url-encoded or multipart.
async fn read(request: &HttpRequest, mut payload: Payload) -> actix_web::Result<Draft> {
    let mut draft = Draft::default();
    if !request.content_type().starts_with("multipart/") {
        let body = Bytes::from_request(request, &mut payload).await?;
        for (name, value) in form_urlencoded::parse(&body).into_owned() {
            draft.set(&name, value);
        }
        return Ok(draft);
    }
    let mut form = Multipart::new(request.headers(), payload);
    while let Some(mut field) = form.try_next().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let media_type = field
            .content_type()
            .map_or_else(|| "application/octet-stream".into(), ToString::to_string);
        let file = field
            .content_disposition()
            .and_then(|it| it.get_filename())
            .map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await? {
            bytes.extend_from_slice(&chunk);
        }
        match file {
            // A browser sends an empty part for a file that was not chosen.
            Some(name) if !name.is_empty() => draft.files.push(File {
                name,
                media_type,
                bytes,
            }),
            Some(_) => {}
            None => draft.set(&name, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    Ok(draft)
}

fn build(world: &World, user: &User, draft: &Draft) -> std::io::Result<Vec<u8>> {
    let domain = user
        .address
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    let mut mail = MessageBuilder::new()
        .message_id(format!("{}@{domain}", world.clock.new_id().simple()))
        .date(world.clock.now().timestamp())
        .from((user.display_name.as_str(), user.address.as_str()))
        .subject(draft.subject.as_str());
    for (name, list) in [("To", &draft.to), ("Cc", &draft.cc)] {
        let people: Vec<_> = addresses(list)
            .map(|address| Address::new_address(None::<&str>, address))
            .collect();
        if !people.is_empty() {
            mail = mail.header(name, Address::new_list(people));
        }
    }
    let ids = |text: &'_ str| -> Vec<String> {
        text.split_whitespace()
            .map(bare)
            .filter(|id| !id.is_empty())
            .collect()
    };
    let (answered, mut thread) = (ids(&draft.in_reply_to), ids(&draft.references));
    if thread.is_empty() {
        thread.clone_from(&answered);
    }
    if !answered.is_empty() {
        mail = mail.in_reply_to(MessageId::new_list(answered.into_iter()));
        mail = mail.references(MessageId::new_list(thread.into_iter()));
    }
    mail = mail.text_body(draft.body.as_str());
    if !draft.html.trim().is_empty() {
        mail = mail.html_body(draft.html.as_str());
    }
    for file in &draft.files {
        mail = mail.attachment(
            file.media_type.as_str(),
            file.name.as_str(),
            file.bytes.as_slice(),
        );
    }
    mail.write_to_vec()
}

fn addresses(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', ';'])
        .map(str::trim)
        .filter(|address| address.contains('@'))
}

/// A message id without its angle brackets.
fn bare(id: &str) -> String {
    id.trim_matches(['<', '>']).to_owned()
}
