use chrono::{DateTime, Utc};

use crate::Problem;

/// The outer none leaves it as it is, the inner one means everything.
pub(super) fn start_from(
    asked: Option<&Option<String>>,
    now: DateTime<Utc>,
) -> Result<Option<Option<DateTime<Utc>>>, Problem> {
    Ok(match asked.map(Option::as_deref) {
        None => None,
        Some(None | Some("everything")) => Some(None),
        Some(Some("now")) => Some(Some(now)),
        Some(Some(time)) => {
            let time = DateTime::parse_from_rfc3339(time).map_err(|error| {
                let problem = "Give a time such as 2026-05-02T08:00:00Z, `now` or `everything`.";
                Problem::invalid("start_from", problem).because(error)
            })?;
            Some(Some(time.to_utc()))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> super::super::ChangeSource {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn null_means_everything_and_absent_means_no_change() {
        let now = DateTime::UNIX_EPOCH;
        let read = |json| start_from(parse(json).start_from.as_ref(), now).unwrap();
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"start_from":null}"#), Some(None));
        assert_eq!(read(r#"{"start_from":"everything"}"#), Some(None));
        assert_eq!(read(r#"{"start_from":"now"}"#), Some(Some(now)));
        let at = read(r#"{"start_from":"2026-05-02T10:00:00+02:00"}"#)
            .unwrap()
            .unwrap();
        assert_eq!(at.to_rfc3339(), "2026-05-02T08:00:00+00:00");
        assert!(start_from(Some(&Some("yesterday".into())), now).is_err());
    }
}
