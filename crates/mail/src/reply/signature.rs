//! The signature: what stands below `-- ` (RFC 3676 section 4.3), and what phones put there.

use std::sync::LazyLock;

use regex::Regex;

use super::Cut;

/// What phones and web mail add, learned from the mails of their users.
const LINES: [&str; 3] = [
    r"^(--|__|—)\s*$",
    r"(?i)^\s*(sent from my|sent from (outlook|yahoo|mail|windows|samsung)|get outlook for|von meinem .{0,30}gesendet|gesendet mit|envoyé de(puis)? mon|enviado desde mi|inviato da(l mio)?|verzonden (vanaf|met) mijn|enviado do meu|sendt fra min|skickat från min|wysłane z)\b.{0,80}$",
    r"^\s*(-\w|_{5,})\s*$",
];

static RULES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    LINES
        .iter()
        .filter_map(|line| Regex::new(line).ok())
        .collect()
});

/// Cuts from the first line that begins a signature.
pub(super) fn cut(kept: &mut Vec<&str>, cuts: &mut Vec<Cut>) {
    let begin = kept
        .iter()
        .position(|line| RULES.iter().any(|rule| rule.is_match(line)));
    let Some(begin) = begin else {
        return;
    };
    if kept[..begin].iter().any(|line| !line.trim().is_empty()) {
        kept.truncate(begin);
        cuts.push(Cut {
            what: "signature".to_owned(),
            because: "signature mark (RFC 3676: --)".to_owned(),
        });
    }
}
