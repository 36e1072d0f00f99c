use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use super::{Id, MAX_DEPTH, NodeKind, Tree};

/// Reads HTML. Every input gives a tree.
pub(crate) fn parse(html: &str) -> Tree {
    let sink = Sink(RefCell::new(Builder::new()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // The tokenizer stops at the end of a script, to let it run; there is nothing to run.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().tree
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == StartTag => return builder.open(&tag),
            Token::TagToken(tag) => builder.close(&tag.name),
            Token::CharacterTokens(text) => builder.characters(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Builder {
    tree: Tree,
    /// The open elements; the first is the root.
    open: Vec<Id>,
    /// Start tags that were left out because of the depth: as many end tags have no meaning.
    left_out: usize,
}

impl Builder {
    fn new() -> Self {
        let mut tree = Tree::default();
        let root = tree.add(Tree::ROOT, NodeKind::Root);
        Self {
            tree,
            open: vec![root],
            left_out: 0,
        }
    }

    fn here(&self) -> Id {
        self.open.last().copied().unwrap_or(Tree::ROOT)
    }

    fn characters(&mut self, text: &str) {
        let here = self.here();
        if let Some(last) = self.tree.nodes[here].children.last().copied()
            && let NodeKind::Text(own) = &mut self.tree.nodes[last].kind
        {
            own.push_str(text);
            return;
        }
        self.tree.add(here, NodeKind::Text(text.to_owned()));
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.close_implied(name);
        let raw = raw_kind(name);
        if self.open.len() > MAX_DEPTH && !is_void(name) {
            if raw.is_none() {
                self.left_out += 1;
            }
            return TokenSinkResult::Continue;
        }
        let attributes = tag
            .attrs
            .iter()
            .map(|own| (own.name.local.to_string(), own.value.to_string()))
            .collect();
        let id = self.tree.add(
            self.here(),
            NodeKind::Element {
                name: name.to_owned(),
                attributes,
            },
        );
        if is_void(name) || (tag.self_closing && name.contains(':')) {
            return TokenSinkResult::Continue;
        }
        self.open.push(id);
        match raw {
            Some(kind) => TokenSinkResult::RawData(kind),
            None if name == "plaintext" => TokenSinkResult::Plaintext,
            None => TokenSinkResult::Continue,
        }
    }

    fn close(&mut self, name: &str) {
        if name == "br" || name == "p" && !self.is_open("p") {
            let here = self.here();
            self.tree.add(
                here,
                NodeKind::Element {
                    name: name.to_owned(),
                    attributes: Vec::new(),
                },
            );
            return;
        }
        let barrier = is_cell(name)
            || matches!(
                name,
                "table" | "tr" | "tbody" | "thead" | "tfoot" | "body" | "html"
            );
        for at in (1..self.open.len()).rev() {
            let own = self.tree.name(self.open[at]);
            if own == name {
                self.open.truncate(at);
                return;
            }
            // What was opened outside a cell is not closed from within it.
            if (is_cell(own) || own == "table") && !barrier {
                break;
            }
            if own == "table" && name != "table" && !matches!(name, "body" | "html") {
                break;
            }
        }
        self.left_out = self.left_out.saturating_sub(1);
    }

    fn is_open(&self, name: &str) -> bool {
        let within = self
            .open
            .iter()
            .rev()
            .take_while(|id| !is_cell(self.tree.name(**id)));
        within.into_iter().any(|id| self.tree.name(*id) == name)
    }

    /// End tags that the standard lets writers leave out.
    fn close_implied(&mut self, name: &str) {
        if self.tree.name(self.here()) == "head" && !is_of_head(name) {
            self.open.pop();
        }
        match name {
            "li" => self.close_up_to(&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dd" | "dt" => self.close_up_to(&["dd", "dt"], &["dl", "table", "td", "th"]),
            "td" | "th" => self.close_up_to(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_up_to(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close_up_to(&["tbody", "thead", "tfoot"], &["table"]);
            }
            "option" => self.close_up_to(&["option"], &["select"]),
            _ => {}
        }
        // A paragraph ends where a block begins. Within a span of it, too: `<p><b>one<p>two`.
        if super::is_block(name) && name != "td" && name != "th" && name != "tr" {
            self.close_up_to(
                &["p"],
                &[
                    "td",
                    "th",
                    "table",
                    "div",
                    "li",
                    "blockquote",
                    "button",
                    "body",
                    "center",
                ],
            );
        }
    }

    fn close_up_to(&mut self, names: &[&str], barriers: &[&str]) {
        for at in (1..self.open.len()).rev() {
            let own = self.tree.name(self.open[at]);
            if names.contains(&own) {
                self.open.truncate(at);
                return;
            }
            if barriers.contains(&own) {
                return;
            }
        }
    }
}

fn is_of_head(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "style"
            | "script"
            | "meta"
            | "link"
            | "base"
            | "noscript"
            | "template"
            | "object"
            | "xml"
    ) || name.contains(':')
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is no markup.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(html: &str) -> String {
        parse(html).to_html()
    }

    #[test]
    fn end_tags_may_be_left_out() {
        assert_eq!(round("<p>one<p>two"), "<p>one</p><p>two</p>");
        assert_eq!(
            round("<ul><li>a<li>b</ul>c"),
            "<ul><li>a</li><li>b</li></ul>c"
        );
        let table = "<table><tr><td>a<td>b<tr><td>c</table>";
        assert_eq!(
            round(table),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        );
    }

    #[test]
    fn head_ends_where_the_body_begins() {
        assert_eq!(
            round("<head><title>t</title><body>x"),
            "<head><title>t</title></head><body>x</body>"
        );
    }

    #[test]
    fn end_tag_in_a_cell_closes_nothing_outside() {
        assert_eq!(
            round("<div><table><tr><td>a</div>b</td></tr></table></div>"),
            "<div><table><tr><td>ab</td></tr></table></div>"
        );
    }

    #[test]
    fn script_and_style_swallow_their_markup() {
        assert_eq!(
            parse("<style><p>a</style>b").text_below(Tree::ROOT),
            "<p>ab"
        );
        assert_eq!(
            round("<script>if (a<b) '</p>'</script>x")
                .matches("<p>")
                .count(),
            0
        );
    }

    #[test]
    fn depth_is_bounded_and_text_stays() {
        let tree = parse(&format!(
            "{}deep{}after",
            "<div>".repeat(10_000),
            "</div>".repeat(10_000)
        ));
        assert!(tree.nodes.len() < MAX_DEPTH + 10);
        assert_eq!(tree.text_below(Tree::ROOT), "deepafter");
        assert_eq!(
            tree.text(*tree.children(Tree::ROOT).last().unwrap()),
            Some("after")
        );
    }
}
