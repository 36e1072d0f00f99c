//! `GET /mailFolders/{folder}/messages/delta` ("message: delta").

use std::collections::HashMap;

use actix_web::HttpResponse;
use serde_json::{Value, json};

use super::{
    caller::{Caller, Right},
    error::GraphError,
    filter::Filter,
    link::Link,
    message::View,
    query::{number, unsupported},
    select::Select,
};
use crate::microsoft::{
    mailbox::{ChangeKind, Entry, Mailbox},
    subscriptions::take,
};

/// Page size without a preference.
const PAGE: usize = 10;
/// With a filter, a first round tells no more messages than this.
const FILTERED_MOST: usize = 5000;

pub(super) async fn messages(caller: Caller) -> Result<HttpResponse, GraphError> {
    caller.may(Right::Read)?;
    let query = caller.query();
    let mut cloud = caller.world.cloud();
    let secret = cloud.link_secret;
    let settings = &mut cloud.graph;
    let empty = take(&mut settings.empty_pages);
    let again = take(&mut settings.repeat_pages);
    let twice = take(&mut settings.replay_items);
    let mailbox = cloud
        .mailbox_mut(&caller.mailbox)
        .ok_or_else(GraphError::no_mailbox)?;
    let link = match query.get("$skiptoken").or_else(|| query.get("$deltatoken")) {
        Some(token) => kept(&caller, mailbox, token, &secret)?,
        None => first(&caller, mailbox, &query)?,
    };
    let (mut items, mut next) = page(&caller, mailbox, &link)?;
    if empty {
        let until = link.until.unwrap_or_else(|| mailbox.now_at());
        items.clear();
        next = Link {
            until: Some(until),
            empty: link.empty + 1,
            ..link.clone()
        };
    } else if again {
        let until = link.until.unwrap_or_else(|| mailbox.now_at());
        next = Link {
            until: Some(until),
            ..link
        };
    }
    if twice {
        items.extend(items.clone());
    }
    let (name, option) = if next.until.is_some() {
        ("@odata.nextLink", "$skiptoken")
    } else {
        ("@odata.deltaLink", "$deltatoken")
    };
    Ok(HttpResponse::Ok().json(json!({
        "@odata.context": format!("{}/v1.0/$metadata#Collection(message)", caller.base),
        name: format!("{}?{option}={}", caller.here(), next.token(&secret)),
        "value": items,
    })))
}

/// The link of a first request, from its options.
fn first(
    caller: &Caller,
    mailbox: &Mailbox,
    query: &HashMap<String, String>,
) -> Result<Link, GraphError> {
    let folder = mailbox
        .folder_key(&caller.part("folder"))
        .ok_or_else(GraphError::item_not_found)?;
    let mut page = PAGE;
    for (name, value) in query {
        match name.as_str() {
            "$select" | "$filter" | "changeType" => {}
            "$top" => page = number(name, value)?.max(1),
            "$orderby" if value == "receivedDateTime desc" => {}
            _ if name.starts_with('$') => return Err(unsupported(name)),
            _ => {}
        }
    }
    Select::names(query.get("$select").map(String::as_str))?;
    let filter = query
        .get("$filter")
        .map_or(Ok(Filter::default()), |text| Filter::parse(text))?;
    if !filter.is_for_delta() {
        return Err(GraphError::bad_request(
            "Only receivedDateTime ge or gt can be filtered in a delta query.",
        ));
    }
    let kind = query.get("changeType").cloned();
    if kind
        .as_deref()
        .is_some_and(|kind| !["created", "updated", "deleted"].contains(&kind))
    {
        return Err(GraphError::bad_request(
            "changeType must be created, updated or deleted.",
        ));
    }
    Ok(Link {
        mailbox: mailbox.address.clone(),
        folder: mailbox.folder(folder).id.clone(),
        generation: mailbox.generation,
        page: caller.prefer.page_size.unwrap_or(page),
        select: query.get("$select").cloned(),
        filter: query.get("$filter").cloned(),
        kind,
        ..Link::default()
    })
}

/// The link of a token, which carries all options: what else the request says does not count.
fn kept(
    caller: &Caller,
    mailbox: &Mailbox,
    token: &str,
    secret: &[u8],
) -> Result<Link, GraphError> {
    let mut link = Link::read(token, secret).ok_or_else(GraphError::sync_state_not_found)?;
    let folder = mailbox
        .folder_key(&caller.part("folder"))
        .map(|folder| &mailbox.folder(folder).id);
    if link.mailbox != mailbox.address
        || link.generation != mailbox.generation
        || folder != Some(&link.folder)
    {
        return Err(GraphError::sync_state_not_found());
    }
    if let (Some(size), None) = (caller.prefer.page_size, link.until) {
        link.page = size;
    }
    Ok(link)
}

/// One page and the link that goes on from it: to the next page (`until` set) or to the next round.
fn page(caller: &Caller, mailbox: &Mailbox, link: &Link) -> Result<(Vec<Value>, Link), GraphError> {
    let folder = mailbox
        .folder_key(&link.folder)
        .ok_or_else(GraphError::sync_state_not_found)?;
    let select = Select::names(link.select.as_deref())?;
    let filter = link
        .filter
        .as_deref()
        .map_or(Ok(Filter::default()), Filter::parse)?;
    let until = link.until.unwrap_or_else(|| mailbox.now_at());
    let mut round = mailbox.round(folder, link.since, until, caller.prefer.immutable);
    round.retain(|entry| wanted(mailbox, entry, &filter, link.kind.as_deref()));
    if link.since == 0 && !filter.is_empty() {
        round.truncate(FILTERED_MOST);
    }
    let view = View::new(caller, mailbox);
    let entries = round.iter().skip(link.offset).take(link.page);
    let items = entries
        .filter_map(|entry| item(&view, &select, folder, entry))
        .collect();
    let told = link.offset + link.page;
    let next = if told < round.len() {
        Link {
            until: Some(until),
            offset: told,
            ..link.clone()
        }
    } else {
        Link {
            since: until,
            until: None,
            offset: 0,
            ..link.clone()
        }
    };
    Ok((items, next))
}

fn wanted(mailbox: &Mailbox, entry: &Entry, filter: &Filter, kind: Option<&str>) -> bool {
    match *entry {
        Entry::Gone { .. } => kind.is_none_or(|kind| kind == "deleted"),
        Entry::Present { mail, kind: change } => {
            let told_as = match change {
                ChangeKind::Updated | ChangeKind::ReadFlag => "updated",
                _ => "created",
            };
            // A mail that is gone by now is told by the round of its removal; it keeps its place in this one.
            kind.is_none_or(|kind| kind == told_as)
                && mailbox.mail(mail).is_none_or(|mail| filter.passes(mail))
        }
    }
}

/// An item, unless the mail left the folder since.
fn item(
    view: &View<'_>,
    select: &Select,
    folder: crate::microsoft::mailbox::FolderKey,
    entry: &Entry,
) -> Option<Value> {
    match *entry {
        Entry::Gone { mail, form } => {
            let id = if view.immutable {
                view.mailbox.immutable_id(mail)
            } else {
                view.mailbox.mutable_id(form)
            };
            Some(json!({ "id": id, "@removed": { "reason": "deleted" } }))
        }
        Entry::Present { mail, .. } => {
            let mail = view
                .mailbox
                .mail(mail)
                .filter(|mail| mail.folder() == folder)?;
            let mut shown = view.message(mail, select);
            shown.insert("@odata.type".into(), json!("#microsoft.graph.message"));
            Some(Value::Object(shown))
        }
    }
}
