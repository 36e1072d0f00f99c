use mail_parser::{Addr, HeaderName, HeaderValue};

use crate::{Address, mime::Fields};

/// Who wrote it: From, else Sender.
pub(super) fn sender(fields: &Fields) -> Option<Address> {
    addresses(fields, HeaderName::From)
        .into_iter()
        .next()
        .or_else(|| addresses(fields, HeaderName::Sender).into_iter().next())
}

/// All addresses of a field, groups opened; entries without a mail address are left out.
pub(super) fn addresses(fields: &Fields, name: HeaderName<'static>) -> Vec<Address> {
    let values = fields.values(name).filter_map(HeaderValue::as_address);
    values
        .flat_map(|list| list.iter().filter_map(address).collect::<Vec<_>>())
        .collect()
}

fn address(addr: &Addr<'_>) -> Option<Address> {
    let name = addr
        .name
        .as_deref()
        .map(tidy)
        .filter(|name| !name.is_empty());
    let address = addr
        .address
        .as_deref()
        .map(str::trim)
        .filter(|address| address.contains('@'));
    match (name, address) {
        (name, Some(address)) => Some(Address {
            name,
            address: address.to_owned(),
        }),
        // `ann@example.com <ann>` and the like: the address stands where the name belongs.
        (Some(name), None) if is_address(&name) => Some(Address::bare(name)),
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.contains(char::is_whitespace)
}

/// One line, without quotation marks around the whole.
fn tidy(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = name
        .strip_prefix(['"', '\''])
        .and_then(|rest| rest.strip_suffix(['"', '\'']));
    inner.map_or(name.clone(), str::to_owned)
}
