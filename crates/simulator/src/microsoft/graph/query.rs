//! OData query options of lists.

use std::collections::HashMap;

use super::{error::GraphError, filter::Filter, select::Select};

/// Most items on a page.
const MOST: usize = 1000;

/// The options of a list of messages.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) top: usize,
    pub(super) skip: usize,
    pub(super) select: Select,
    pub(super) filter: Filter,
    /// Oldest first.
    pub(super) ascending: bool,
    pub(super) count: bool,
}

impl Listing {
    /// Reads the options; `page` is the page size without `$top`.
    pub(super) fn read(query: &HashMap<String, String>, page: usize) -> Result<Self, GraphError> {
        let mut listing = Self {
            top: page.min(MOST),
            ..Self::default()
        };
        let mut order = None;
        for (name, value) in query {
            match name.as_str() {
                "$top" => listing.top = number(name, value)?,
                "$skip" => listing.skip = number(name, value)?,
                "$filter" => listing.filter = Filter::parse(value)?,
                "$orderby" => order = Some(value.as_str()),
                "$count" => listing.count = value.eq_ignore_ascii_case("true"),
                "$select" | "$expand" => {}
                _ if name.starts_with('$') => return Err(unsupported(name)),
                _ => {}
            }
        }
        if !(1..=MOST).contains(&listing.top) {
            return Err(GraphError::bad_request(format!(
                "The limit of '{MOST}' for Top query has been exceeded."
            )));
        }
        listing.select = Select::read(query)?;
        if let Some(order) = order {
            listing.ascending = ascending(order)?;
            listing.filter.fits_order()?;
        }
        Ok(listing)
    }
}

pub(super) fn unsupported(name: &str) -> GraphError {
    GraphError::bad_request(format!("The query option '{name}' is not supported."))
}

pub(super) fn number(name: &str, value: &str) -> Result<usize, GraphError> {
    let wrong = |_| {
        GraphError::bad_request(format!(
            "Invalid value '{value}' for {name} query option found."
        ))
    };
    value.parse().map_err(wrong)
}

/// Only the time of receipt orders messages here.
fn ascending(order: &str) -> Result<bool, GraphError> {
    let (property, direction) = order.split_once(' ').unwrap_or((order, "asc"));
    match (property, direction.trim()) {
        ("receivedDateTime", "asc") => Ok(true),
        ("receivedDateTime", "desc") => Ok(false),
        _ => Err(GraphError::bad_request(format!(
            "The $orderby expression '{order}' is not supported."
        ))),
    }
}
