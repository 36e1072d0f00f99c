/// The longest summary that Jira takes. It counts UTF-16 code units, as Java does: an emoji is two.
pub const SUMMARY_UNITS: usize = 255;

/// The summary of an issue made from a mail without a subject.
pub const NO_SUBJECT: &str = "(no subject)";

/// What mail programs put before the subject of an answer or a forwarded mail, in lower case, without the colon.
/// English and French RE, German AW and WG, Scandinavian SV and VS, Dutch Antw, Italian R and I, Portuguese RES
/// and ENC, Spanish RV, Polish Odp, Turkish YNT, Finnish VL, Hungarian, Greek, Chinese.
const PREFIXES: [&str; 26] = [
    "re",
    "aw",
    "antw",
    "antwort",
    "sv",
    "vs",
    "vl",
    "res",
    "enc",
    "rif",
    "r",
    "i",
    "rv",
    "odp",
    "ynt",
    "ref",
    "fw",
    "fwd",
    "wg",
    "tr",
    "doorst",
    "vb",
    "továbbítás",
    "απ",
    "回复",
    "答复",
];

/// The subject without `Re:`, `AW:`, `Fwd:`, `Re[2]:` and the like at its beginning.
pub fn subject_without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(after) = without_prefix(rest) {
        rest = after;
    }
    rest
}

fn without_prefix(subject: &str) -> Option<&str> {
    let (word, after) = subject.split_once([':', '：'])?;
    let word = word.trim_end();
    // `Re[2]`, `Re(2)`, `Re^2`, `RE 2`
    let bare = word.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | ' ')
    });
    let lower = bare.to_lowercase();
    PREFIXES
        .contains(&lower.as_str())
        .then(|| after.trim_start())
}

/// A subject as the summary of a Jira issue: one line of 1 to [`SUMMARY_UNITS`] UTF-16 code units.
pub fn summary(subject: &str) -> String {
    let shown: String = subject
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return NO_SUBJECT.to_owned();
    }
    let units = |text: &str| text.encode_utf16().count();
    if units(&line) <= SUMMARY_UNITS {
        return line;
    }
    let mut short = String::new();
    let mut used = 1;
    for character in line.chars() {
        used += character.len_utf16();
        if used > SUMMARY_UNITS {
            break;
        }
        short.push(character);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_go() {
        assert_eq!(
            subject_without_prefixes("Re: AW: Fwd: Re[2]: Printer"),
            "Printer"
        );
        assert_eq!(subject_without_prefixes("RE : Impression"), "Impression");
        assert_eq!(
            subject_without_prefixes("Report: numbers"),
            "Report: numbers"
        );
        assert_eq!(subject_without_prefixes("Re:"), "");
    }

    #[test]
    fn summary_is_what_jira_takes() {
        assert_eq!(summary(" a\r\n b\tc "), "a b c");
        assert_eq!(summary("\u{7}\n"), NO_SUBJECT);
        let long = summary(&"😀".repeat(200));
        assert_eq!(long.encode_utf16().count(), 255);
        assert!(long.ends_with('…'));
        assert_eq!(summary(&"a".repeat(255)), "a".repeat(255));
    }
}
