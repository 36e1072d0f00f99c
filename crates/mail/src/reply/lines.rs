//! History in plain text.

use super::{Cut, Extent, signature, table::RULES};

/// Lines that an attribution is looked for in at once: long ones are wrapped.
const ATTRIBUTION_LINES: usize = 4;
/// Lines after `From:` in which the other labels of a header block must stand.
const HEADER_LINES: usize = 8;

/// The text without history; the whole text where nothing would be left.
pub(super) fn without_history(text: &str, extent: Extent, cut: &mut Vec<Cut>) -> String {
    let text = text.replace("\r\n", "\n").replace('\u{a0}', " ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut cuts = Vec::new();
    let mut kept = new_lines(&lines, &mut cuts);
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

fn new_lines<'t>(lines: &[&'t str], cuts: &mut Vec<Cut>) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(rule) = splitter(&lines[at..]) {
            cuts.push(Cut::quote(rule));
            return kept;
        }
        if let Some((rule, length)) = attribution(&lines[at..]) {
            let after = at + length;
            let end = end_of_quote(lines, after);
            if end == after && kept.iter().all(|line| line.is_empty()) {
                // Nothing is quoted below it, and nothing stands above it: the whole mail would go.
                kept.extend(&lines[at..after]);
                at = after;
                continue;
            }
            cuts.push(Cut::quote(rule));
            if end == after {
                return kept;
            }
            at = end;
            continue;
        }
        kept.push(lines[at]);
        at += 1;
    }
    trailing_quote(&mut kept, cuts);
    kept
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

/// `From:` and at least two more labels in the lines below it.
fn is_header_block(lines: &[&str]) -> bool {
    let (Some(from), Some(other)) = (&RULES.from, &RULES.other_label) else {
        return false;
    };
    from.is_match(lines[0]) && {
        let below = lines[1..]
            .iter()
            .take(HEADER_LINES)
            .take_while(|line| !line.trim().is_empty());
        below.filter(|line| other.is_match(line)).count() >= 2
    }
}

/// `On … wrote:` over one or a few lines; how many lines it takes.
fn attribution(lines: &[&str]) -> Option<(&'static str, usize)> {
    if lines[0].trim().is_empty() {
        return None;
    }
    let mut joined = String::new();
    for (number, line) in lines.iter().take(ATTRIBUTION_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if number > 0 {
            joined.push(' ');
        }
        joined.push_str(line.trim_start_matches(['>', ' ']));
        if let Some(rule) = RULES
            .attributions
            .iter()
            .find(|rule| rule.pattern.is_match(&joined))
        {
            return Some((rule.name, number + 1));
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
