//! History in plain text.

use super::{Cut, Extent, signature, table::RULES};

/// Lines that an attribution is looked for in at once: long ones are wrapped.
const ATTRIBUTION_LINES: usize = 4;
/// Bytes of an attribution at most.
const MAX_ATTRIBUTION: usize = 1_000;
/// Lines after `From:` in which the other labels of a header block must stand.
const HEADER_LINES: usize = 8;

/// The text without history; the whole text where nothing would be left.
pub(super) fn without_history(text: &str, extent: Extent, cut: &mut Vec<Cut>) -> String {
    let text = text.replace("\r\n", "\n").replace('\u{a0}', " ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut cuts = Vec::new();
    let mut kept = new_lines(&lines, extent, &mut cuts);
    if extent == Extent::Full {
        signature::cut(&mut kept, &mut cuts);
    }
    let new = kept.join("\n");
    if new.trim().is_empty() {
        return text.trim().to_owned();
    }
    cut.extend(cuts);
    new.trim_matches('\n').trim_end().to_owned()
}

fn new_lines<'t>(lines: &[&'t str], extent: Extent, cuts: &mut Vec<Cut>) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if extent == Extent::Quotes && is_forwarded(lines[at]) {
            kept.extend(&lines[at..]);
            return kept;
        }
        if let Some(rule) = splitter(&lines[at..]) {
            cuts.push(Cut::quote(rule));
            without_rulers(&mut kept);
            return kept;
        }
        let Some((rule, length)) = attribution(&lines[at..]) else {
            kept.push(lines[at]);
            at += 1;
            continue;
        };
        cuts.push(Cut::quote(rule));
        let after = at + length;
        let end = end_of_quote(lines, after);
        if end == after && kept.iter().any(|line| !line.is_empty()) {
            without_rulers(&mut kept);
            return kept;
        }
        // Answers between the quotes need them; so does a text of which nothing stands above the attribution.
        at = if is_interleaved(&lines[end..]) {
            after
        } else {
            end
        };
    }
    trailing_quote(&mut kept, cuts);
    kept
}

fn is_forwarded(line: &str) -> bool {
    RULES
        .forwarded
        .as_ref()
        .is_some_and(|forwarded| forwarded.is_match(line))
}

/// Takes the line that a mail program drew above the history, too.
fn without_rulers(kept: &mut Vec<&str>) {
    let is_ruler = |line: &str| {
        RULES
            .ruler
            .as_ref()
            .is_some_and(|ruler| ruler.is_match(line))
    };
    while kept
        .last()
        .is_some_and(|line| line.trim().is_empty() || is_ruler(line))
    {
        kept.pop();
    }
}

/// A quote with words below it: the writer answers point by point.
fn is_interleaved(lines: &[&str]) -> bool {
    let Some(quoted) = lines.iter().position(|line| is_quoted(line)) else {
        return false;
    };
    let attributed = (0..quoted).any(|at| attribution(&lines[at..]).is_some());
    !attributed
        && lines[quoted..]
            .iter()
            .any(|line| !line.trim().is_empty() && !is_quoted(line))
}

/// A line that begins the history whatever stands below it.
fn splitter(lines: &[&str]) -> Option<&'static str> {
    let line = lines[0].trim();
    if line.is_empty() {
        return None;
    }
    let rule = RULES
        .splitters
        .iter()
        .find(|rule| rule.pattern.is_match(line));
    rule.map(|rule| rule.name).or_else(|| {
        is_header_block(lines).then_some("header block (Outlook: From, Sent, To, Subject)")
    })
}

/// A block of labels, one of them `From:`: three of them, or two where `From:` names an address.
fn is_header_block(lines: &[&str]) -> bool {
    let (Some(from), Some(other)) = (&RULES.from, &RULES.other_label) else {
        return false;
    };
    let is_from = |line: &str| from.is_match(line);
    let is_label = |line: &str| is_from(line) || other.is_match(line);
    if !is_label(lines[0]) {
        return false;
    }
    let is_end = |line: &str| line.trim_matches(['>', ' ', '\t']).is_empty();
    let block = || {
        lines
            .iter()
            .take(HEADER_LINES)
            .copied()
            .take_while(|line| !is_end(line))
    };
    let labels = block().filter(|line| is_label(line)).count();
    let sender = block().find(|line| is_from(line));
    sender.is_some_and(|sender| {
        labels >= 3 || (labels == 2 && is_from(lines[0]) && sender.contains('@'))
    })
}

/// `On … wrote:` over one or a few lines; how many lines it takes.
fn attribution(lines: &[&str]) -> Option<(&'static str, usize)> {
    if lines[0].trim().is_empty() {
        return None;
    }
    let mut joined = String::new();
    let mut hinted = false;
    for (number, line) in lines.iter().take(ATTRIBUTION_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if number > 0 {
            joined.push(' ');
        }
        joined.push_str(line.trim_start_matches(['>', ' ']));
        hinted = hinted || RULES.hint.as_ref().is_none_or(|hint| hint.is_match(line));
        if !hinted || joined.len() > MAX_ATTRIBUTION {
            continue;
        }
        if let Some(rule) = RULES
            .attributions
            .iter()
            .find(|rule| rule.pattern.is_match(&joined))
        {
            // `Hello` above `NAME <ADDRESS> wrote:` does not belong to it.
            let below = |from: usize| {
                attribution(&lines[from..=number]).is_some_and(|(_, length)| from + length > number)
            };
            let own_line = !rule.anchored && (1..=number).any(below);
            return (!own_line).then_some((rule.name, number + 1));
        }
    }
    None
}

/// Where the quoted lines (`>`) from here on end, with the empty lines between them.
fn end_of_quote(lines: &[&str], from: usize) -> usize {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if is_quoted(line) {
            end = at + 1;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    end
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Quoted lines at the very end have no answer below them.
fn trailing_quote(kept: &mut Vec<&str>, cuts: &mut Vec<Cut>) {
    let last_new = kept
        .iter()
        .rposition(|line| !line.trim().is_empty() && !is_quoted(line));
    let Some(last_new) = last_new else {
        return;
    };
    if kept[last_new + 1..].iter().any(|line| is_quoted(line)) {
        kept.truncate(last_new + 1);
        cuts.push(Cut::quote("quoted lines at the end (RFC 3676: >)"));
    }
}
