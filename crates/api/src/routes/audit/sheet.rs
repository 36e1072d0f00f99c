//! The trail written down: a table for a spreadsheet, or a list for a program.

use std::borrow::Cow;

use chrono::SecondsFormat;
use csv::{QuoteStyle, Writer, WriterBuilder};

use super::entry::{AuditChange, AuditEntry};
use crate::Problem;

const COLUMNS: [&str; 10] = [
    "at",
    "actor_kind",
    "actor_account_id",
    "actor_name",
    "action",
    "sentence",
    "subject_kind",
    "subject_id",
    "subject_name",
    "changes",
];

/// A file that grows row by row.
pub(super) enum Sheet {
    /// A table.
    Csv(Box<Writer<Vec<u8>>>, u64),
    /// A list.
    Json(Vec<u8>, u64),
}

impl Sheet {
    /// A table with its heads.
    pub(super) fn csv() -> Result<Self, Problem> {
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        writer.write_record(COLUMNS).map_err(unwritten)?;
        Ok(Self::Csv(Box::new(writer), 0))
    }

    /// An empty list.
    pub(super) fn json() -> Self {
        Self::Json(Vec::new(), 0)
    }

    pub(super) fn add(&mut self, entry: &AuditEntry) -> Result<(), Problem> {
        match self {
            Self::Csv(writer, rows) => {
                let record = record(entry);
                let record = record.iter().map(|field| harmless(field).into_owned());
                writer.write_record(record).map_err(unwritten)?;
                *rows += 1;
            }
            Self::Json(bytes, rows) => {
                bytes.extend_from_slice(if *rows == 0 { b"[\n" } else { b",\n" });
                serde_json::to_writer(&mut *bytes, entry).map_err(unwritten)?;
                *rows += 1;
            }
        }
        Ok(())
    }

    /// How many bytes there are so far; of a table, but for a few that are not in place yet.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Csv(writer, _) => writer.get_ref().len(),
            Self::Json(bytes, _) => bytes.len(),
        }
    }

    /// How many rows there are, and the file.
    pub(super) fn finish(self) -> Result<(u64, Vec<u8>), Problem> {
        match self {
            Self::Csv(writer, rows) => match writer.into_inner() {
                Ok(bytes) => Ok((rows, bytes)),
                Err(error) => Err(unwritten(error.into_error())),
            },
            Self::Json(mut bytes, rows) => {
                bytes.extend_from_slice(if rows == 0 { b"[]\n" } else { b"\n]\n" });
                Ok((rows, bytes))
            }
        }
    }
}

fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::internal("the audit trail cannot be written down").because(error)
}

fn record(entry: &AuditEntry) -> [String; COLUMNS.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (kind, id, name) = match &entry.subject {
        Some(subject) => (
            word(&subject.kind),
            subject.id.clone(),
            subject.name.clone(),
        ),
        None => Default::default(),
    };
    [
        entry.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        word(&entry.actor.kind),
        text(&entry.actor.account_id),
        text(&entry.actor.name),
        entry.action.clone(),
        entry.sentence.clone(),
        kind,
        id,
        name,
        changes(&entry.changes),
    ]
}

/// The word that JSON has for it.
fn word(kind: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn changes(changes: &[AuditChange]) -> String {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let each = changes.iter().map(|change| {
        let (from, to) = (shown(&change.from), shown(&change.to));
        format!("{}: {from} -> {to}", change.field)
    });
    each.collect::<Vec<_>>().join("; ")
}

/// A cell that no spreadsheet takes for a formula (*CSV Injection*, OWASP): names come from people.
fn harmless(field: &str) -> Cow<'_, str> {
    match field.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') => {
            Cow::Owned(format!("'{field}"))
        }
        _ if field.starts_with(['\t', '\r', '\n']) => Cow::Owned(format!("'{field}")),
        _ => Cow::Borrowed(field),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::super::entry::{ActorKind, AuditActor, AuditSubject, SubjectKind};
    use super::*;

    fn entry(name: &str) -> AuditEntry {
        AuditEntry {
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            actor: AuditActor {
                kind: ActorKind::Account,
                account_id: Some("a-1".into()),
                name: Some("Ann \"the\" Agent, Ltd".into()),
            },
            action: "source.changed".into(),
            sentence: "Ann changed it.".into(),
            subject: Some(AuditSubject {
                kind: SubjectKind::Source,
                id: "s-1".into(),
                name: name.into(),
            }),
            changes: vec![AuditChange {
                field: "name".into(),
                from: None,
                to: Some(name.into()),
            }],
        }
    }

    #[test]
    fn a_table_comes_back_as_it_went() {
        let mut sheet = Sheet::csv().unwrap();
        sheet.add(&entry("Support\r\nand more")).unwrap();
        let (rows, bytes) = sheet.finish().unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
        let read: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows, read.len()), (1, 1));
        assert_eq!(&read[0][0], "1970-01-01T00:00:00.000Z");
        assert_eq!((&read[0][1], &read[0][6]), ("account", "source"));
        assert_eq!(&read[0][3], "Ann \"the\" Agent, Ltd");
        assert_eq!(&read[0][8], "Support\r\nand more");
        assert_eq!(&read[0][9], "name: nothing -> Support\r\nand more");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for evil in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            " =1",
            "\r=1",
            "\u{ff1d}1",
        ] {
            let mut sheet = Sheet::csv().unwrap();
            sheet.add(&entry(evil)).unwrap();
            let (_, bytes) = sheet.finish().unwrap();
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let read = reader.records().next().unwrap().unwrap();
            assert_eq!(&read[8], format!("'{evil}"), "{evil:?}");
        }
        assert_eq!(harmless("Ann - Agent"), "Ann - Agent");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn a_list_is_json_with_none_one_and_two() {
        for rows in 0..3_u64 {
            let mut sheet = Sheet::json();
            for _ in 0..rows {
                sheet.add(&entry("=1")).unwrap();
            }
            let (counted, bytes) = sheet.finish().unwrap();
            let read: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
            assert_eq!((counted, read.len() as u64), (rows, rows));
        }
    }
}
