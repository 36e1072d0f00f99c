//! Lists that go on: a page says where the next one begins.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::Problem;

const DEFAULT: u64 = 50;
const MOST: u64 = 200;

/// How many rows a page has.
pub(crate) fn limit(asked: Option<u64>) -> u64 {
    asked.unwrap_or(DEFAULT).clamp(1, MOST)
}

/// Where a page begins: after this row, in the list's order.
pub(crate) fn cursor(at: DateTime<Utc>, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}/{id}", at.timestamp_micros()))
}

/// Reads a cursor that a page gave.
pub(crate) fn read<I: From<Uuid>>(
    cursor: Option<&str>,
) -> Result<Option<(DateTime<Utc>, I)>, Problem> {
    match cursor.filter(|cursor| !cursor.is_empty()) {
        None => Ok(None),
        Some(cursor) => decode(cursor)
            .map(|(at, id)| Some((at, I::from(id))))
            .ok_or_else(|| Problem::invalid("before", "This is not the end of any page.")),
    }
}

fn decode(cursor: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (micros, id) = text.split_once('/')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    Some((within(at), id.parse().ok()?))
}

/// The nearest time that a row may have: PostgreSQL does not know all that we can write down.
pub(crate) fn within(time: DateTime<Utc>) -> DateTime<Utc> {
    const LAST: DateTime<Utc> = DateTime::from_timestamp_nanos(i64::MAX);
    time.clamp(DateTime::UNIX_EPOCH, LAST)
}

/// The rows of a page and where the next begins: one row more than `limit` was asked for.
pub(crate) fn page<T>(
    mut rows: Vec<T>,
    limit: u64,
    key: impl Fn(&T) -> (DateTime<Utc>, Uuid),
) -> (Vec<T>, Option<String>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| {
        let (at, id) = key(row);
        cursor(at, id)
    });
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        let id = Uuid::from_u128(7);
        let read: Option<(DateTime<Utc>, Uuid)> = read(Some(&cursor(at, id))).unwrap();
        assert_eq!(read, Some((at, id)));
    }

    #[test]
    fn a_cursor_of_a_time_that_no_row_has_is_of_the_nearest() {
        for (micros, year) in [
            ("-8000000000000000000", "1970"),
            ("8000000000000000000", "2262"),
        ] {
            let cursor = URL_SAFE_NO_PAD.encode(format!("{micros}/{}", Uuid::nil()));
            let (at, _) = read::<Uuid>(Some(&cursor)).unwrap().unwrap();
            assert_eq!(at.format("%Y").to_string(), year);
        }
    }

    #[test]
    fn what_is_no_cursor_is_invalid() {
        for bad in ["x", "%%%", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTkvYQ"] {
            assert!(read::<Uuid>(Some(bad)).is_err(), "{bad}");
        }
        assert!(read::<Uuid>(None).unwrap().is_none());
        assert!(read::<Uuid>(Some("")).unwrap().is_none());
    }

    #[test]
    fn only_a_full_page_goes_on() {
        let key = |n: &u128| (DateTime::UNIX_EPOCH, Uuid::from_u128(*n));
        let (rows, next) = page(vec![1, 2, 3], 2, key);
        assert_eq!(
            (rows, next),
            (
                vec![1, 2],
                Some(cursor(DateTime::UNIX_EPOCH, Uuid::from_u128(2)))
            )
        );
        assert_eq!(page(vec![1, 2], 2, key).1, None);
    }
}
