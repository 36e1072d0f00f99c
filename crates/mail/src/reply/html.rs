//! History in HTML: the elements that mail programs put around it.

use super::{Cut, table::RULES};
use crate::html::{Id, Tree, parse, tree_to_text};

/// How an element tells that it is history.
enum Mark {
    /// This class.
    Class(&'static str),
    /// This id, or one that ends in it: web mail puts `x_` before ids.
    Id(&'static str),
    /// This element with this attribute value.
    Attribute(&'static str, &'static str, &'static str),
    /// A border above, as Outlook draws it.
    BorderTop,
}

/// What goes with the element.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// The element alone.
    Itself,
    /// All that follows, too: the history has no element around it.
    AndAfter,
}

/// Origin, mark, reach.
const MARKS: &[(&str, Mark, Reach)] = &[
    (
        "Gmail: div.gmail_quote",
        Mark::Class("gmail_quote"),
        Reach::Itself,
    ),
    (
        "Gmail: div.gmail_quote_container",
        Mark::Class("gmail_quote_container"),
        Reach::Itself,
    ),
    (
        "Gmail: div.gmail_attr",
        Mark::Class("gmail_attr"),
        Reach::Itself,
    ),
    (
        "Gmail: div.gmail_extra",
        Mark::Class("gmail_extra"),
        Reach::Itself,
    ),
    (
        "Yahoo: div.yahoo_quoted",
        Mark::Class("yahoo_quoted"),
        Reach::Itself,
    ),
    (
        "Proton: div.protonmail_quote",
        Mark::Class("protonmail_quote"),
        Reach::Itself,
    ),
    (
        "Zoho: div.zmail_extra",
        Mark::Class("zmail_extra"),
        Reach::Itself,
    ),
    (
        "GMX, Web.de: div[name=quote]",
        Mark::Attribute("div", "name", "quote"),
        Reach::Itself,
    ),
    (
        "Thunderbird: div.moz-cite-prefix",
        Mark::Class("moz-cite-prefix"),
        Reach::Itself,
    ),
    (
        "Apple Mail, Thunderbird: blockquote[type=cite]",
        Mark::Attribute("blockquote", "type", "cite"),
        Reach::Itself,
    ),
    (
        "Outlook for the web: #divRplyFwdMsg",
        Mark::Id("divRplyFwdMsg"),
        Reach::AndAfter,
    ),
    (
        "Outlook for the web: #appendonsend",
        Mark::Id("appendonsend"),
        Reach::AndAfter,
    ),
    (
        "Outlook for Mac: #OLK_SRC_BODY_SECTION",
        Mark::Id("OLK_SRC_BODY_SECTION"),
        Reach::Itself,
    ),
    (
        "Outlook mobile: #mail-editor-reference-message-container",
        Mark::Id("mail-editor-reference-message-container"),
        Reach::AndAfter,
    ),
    (
        "Hotmail: #stopSpelling",
        Mark::Id("stopSpelling"),
        Reach::AndAfter,
    ),
    (
        "Outlook: a border above From, Sent, To",
        Mark::BorderTop,
        Reach::AndAfter,
    ),
];

/// Elements of history in one mail; more are an attack on the time this takes.
const MAX_CUTS: usize = 50;

/// The HTML without history; unchanged where nothing is, or nothing would be left.
pub(super) fn without_history(html: &str, cut: &mut Vec<Cut>) -> String {
    let mut tree = parse(html);
    let mut cuts = Vec::new();
    let interleaved = is_interleaved(&tree);
    for id in tree.below(Tree::ROOT) {
        if cuts.len() == MAX_CUTS {
            break;
        }
        if let Some((origin, reach)) = mark_of(&tree, id)
            && !is_forwarded(&tree, id)
            && !(interleaved && tree.name(id) == "blockquote")
        {
            cuts.push(Cut::quote(origin));
            match reach {
                Reach::AndAfter => tree.remove_from(id),
                Reach::Itself => {
                    remove_attribution(&mut tree, id);
                    tree.remove(id);
                }
            }
        }
    }
    if let Some((origin, id)) = textual_begin(&tree) {
        cuts.push(Cut::quote(origin));
        tree.remove_from(id);
    }
    cuts.dedup();
    if cuts.is_empty() || tree_to_text(&tree).trim().is_empty() {
        return html.to_owned();
    }
    cut.extend(cuts);
    tree.to_html()
}

/// A mail passed on, which Gmail puts into its quote element, too.
fn is_forwarded(tree: &Tree, id: Id) -> bool {
    let text = text_of(tree, id);
    let begin = text.split("From:").next().unwrap_or_default();
    RULES
        .forwarded
        .as_ref()
        .is_some_and(|forwarded| forwarded.is_match(begin))
}

/// Several quotes with words below each but the last: the writer answers point by point, and the answers need them.
fn is_interleaved(tree: &Tree) -> bool {
    let mut quotes = 0;
    let mut answers = 0;
    let mut stack: Vec<Id> = tree.children(Tree::ROOT).iter().rev().copied().collect();
    while let Some(id) = stack.pop() {
        if tree.name(id) == "blockquote" {
            quotes += 1;
            continue;
        }
        let has_words = tree.text(id).is_some_and(|text| !text.trim().is_empty());
        if has_words && quotes > answers {
            answers = quotes;
        }
        stack.extend(tree.children(id).iter().rev());
    }
    quotes >= 2 && answers >= 2
}

fn mark_of(tree: &Tree, id: Id) -> Option<(&'static str, Reach)> {
    let name = tree.name(id);
    if name.is_empty() {
        return None;
    }
    let (origin, _, reach) = MARKS.iter().find(|(_, mark, _)| match mark {
        Mark::Class(class) => tree.has_class(id, class),
        Mark::Id(wanted) => tree
            .attribute(id, "id")
            .is_some_and(|own| own.trim_start_matches("x_") == *wanted),
        Mark::Attribute(element, attribute, value) => {
            name == *element
                && tree
                    .attribute(id, attribute)
                    .is_some_and(|own| own.eq_ignore_ascii_case(value))
        }
        Mark::BorderTop => has_border_top(tree, id) && begins_with_header(&text_of(tree, id)),
    })?;
    Some((origin, *reach))
}

/// `border:none;border-top:solid #E1E1E1 1.0pt`, in whatever colour.
fn has_border_top(tree: &Tree, id: Id) -> bool {
    let style: String = tree
        .attribute(id, "style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    style
        .replace(char::is_whitespace, "")
        .contains("border-top:solid")
}

fn text_of(tree: &Tree, id: Id) -> String {
    let text: String = tree
        .below(id)
        .iter()
        .filter_map(|id| tree.text(*id))
        .take(40)
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn begins_with_header(text: &str) -> bool {
    RULES.from.as_ref().is_some_and(|from| from.is_match(text))
}

/// The attribution line before a quote: the last words before the element, if they read like one.
fn remove_attribution(tree: &mut Tree, quote: Id) {
    let mut before: Vec<Id> = Vec::new();
    let all = tree.below(Tree::ROOT);
    let Some(at) = all.iter().position(|id| *id == quote) else {
        return;
    };
    let mut words = String::new();
    for id in all[..at].iter().rev() {
        let Some(text) = tree.text(*id) else {
            if matches!(tree.name(*id), "hr" | "table" | "blockquote") {
                break;
            }
            continue;
        };
        before.push(*id);
        words = format!("{text} {words}");
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.len() > 400 {
            return;
        }
        if is_attribution(&line) {
            for id in before {
                tree.remove(id);
            }
            return;
        }
    }
}

fn is_attribution(line: &str) -> bool {
    RULES
        .attributions
        .iter()
        .any(|rule| rule.pattern.is_match(line))
}

/// History that no element tells: a line of its own that is a splitter, an attribution with words after it, or the
/// header block of Outlook.
fn textual_begin(tree: &Tree) -> Option<(&'static str, Id)> {
    let all = tree.below(Tree::ROOT);
    for (at, id) in all.iter().copied().enumerate() {
        let Some(text) = tree.text(id) else {
            continue;
        };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.len() < 4 || line.len() > 400 {
            continue;
        }
        if let Some(rule) = RULES
            .splitters
            .iter()
            .find(|rule| rule.pattern.is_match(&line))
        {
            return Some((rule.name, id));
        }
        if begins_with_header(&line) && header_follows(tree, &all[at + 1..]) {
            return Some((
                "header block (Outlook: From, Sent, To, Subject)",
                enclosing(tree, id),
            ));
        }
    }
    None
}

/// At least two more labels in the next few pieces of text.
fn header_follows(tree: &Tree, below: &[Id]) -> bool {
    let texts = below.iter().take(200).filter_map(|id| tree.text(*id));
    let next = texts.filter(|text| !text.trim().is_empty()).take(14);
    let label = |text: &&str| {
        RULES
            .other_label
            .as_ref()
            .is_some_and(|label| label.is_match(text.trim()))
    };
    next.filter(label).count() >= 2
}

/// The element around a label that begins with it: `<p><b>From:</b> …`.
fn enclosing(tree: &Tree, id: Id) -> Id {
    let mut id = id;
    loop {
        let parent = tree.node(id).parent;
        let first = tree.children(parent).iter().find(|child| {
            tree.text(**child)
                .is_none_or(|text| !text.trim().is_empty())
        });
        if parent == Tree::ROOT
            || first != Some(&id)
            || matches!(tree.name(parent), "body" | "html" | "td")
        {
            return id;
        }
        id = parent;
    }
}
