//! People in headers.

use mail_parser::Address;
use serde::Serialize;
use serde_json::{Value, json};

/// A name and an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) address: String,
}

impl Person {
    /// As Graph writes a recipient; without a name, the address is the name.
    pub(crate) fn json(&self) -> Value {
        let name = if self.name.is_empty() {
            &self.address
        } else {
            &self.name
        };
        json!({ "emailAddress": { "name": name, "address": self.address } })
    }
}

/// Everybody in an address header, groups taken apart.
pub(crate) fn people(header: Option<&Address<'_>>) -> Vec<Person> {
    let Some(header) = header else {
        return Vec::new();
    };
    let person = |addr: &mail_parser::Addr<'_>| {
        let address = addr.address.as_deref()?.trim();
        let name = addr.name.as_deref().unwrap_or_default().trim();
        Some(Person {
            name: name.to_owned(),
            address: address.to_owned(),
        })
    };
    match header {
        Address::List(list) => list.iter().filter_map(person).collect(),
        Address::Group(groups) => groups
            .iter()
            .flat_map(|group| &group.addresses)
            .filter_map(person)
            .collect(),
    }
}
