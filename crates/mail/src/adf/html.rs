//! HTML of mail as a document.

mod flow;
mod link;
mod list;
mod style;
mod table;

use super::{
    Document, Image, ImageNames,
    node::{Block, Marks},
};
use crate::html::{Id, Tree, is_block, is_hidden, parse};
use flow::Flow;
pub(super) use link::safe as safe_link;

/// Makes a document of HTML. Never fails; what no reader sees (scripts, styles, hidden text, tracking pixels) is
/// not in it, every other word is.
pub fn from_html(html: &str, images: &ImageNames) -> Document {
    let tree = parse(html);
    let reader = Reader {
        tree: &tree,
        images,
    };
    Document::of(reader.content(Tree::ROOT, &Style::default()))
}

/// What holds for the text in an element.
#[derive(Clone, Default)]
struct Style {
    marks: Marks,
    /// White space and line ends stay.
    pre: bool,
}

struct Reader<'t> {
    tree: &'t Tree,
    images: &'t ImageNames,
}

/// All functions here call each other at most [`crate::html::MAX_DEPTH`] deep.
impl Reader<'_> {
    /// What is in an element, as blocks.
    fn content(&self, id: Id, style: &Style) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(id, style, &mut flow);
        flow.finish()
    }

    fn children(&self, id: Id, style: &Style, flow: &mut Flow) {
        for child in self.tree.children(id) {
            self.node(*child, style, flow);
        }
    }

    fn node(&self, id: Id, style: &Style, flow: &mut Flow) {
        if let Some(text) = self.tree.text(id) {
            flow.text(text, &style.marks, style.pre);
            return;
        }
        if is_hidden(self.tree, id) {
            return;
        }
        let name = self.tree.name(id);
        let inner = self.inner_style(id, style);
        match name {
            "br" => flow.line_break(),
            "hr" => flow.block(Block::Rule),
            "img" | "image" => self.image(id, &inner, flow),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, &inner, flow),
            "ul" | "ol" | "menu" | "dir" => list::read(self, id, &inner, flow),
            "li" => list::stray(self, id, &inner, flow),
            "blockquote" => flow.block(Block::Quote(self.content(id, &inner))),
            "pre" | "listing" | "xmp" => self.preformatted(id, &inner, flow),
            "table" => table::read(self, id, &inner, flow),
            "p" | "div" if list::word_item(self, id, &inner, flow) => {}
            "td" | "th" => self.as_block(id, &inner, flow),
            _ if is_block(name) => self.as_block(id, &inner, flow),
            _ => self.children(id, &inner, flow),
        }
    }

    fn as_block(&self, id: Id, style: &Style, flow: &mut Flow) {
        flow.end_paragraph();
        self.children(id, style, flow);
        flow.end_paragraph();
    }

    fn heading(&self, id: Id, style: &Style, flow: &mut Flow) {
        let level = self.tree.name(id).as_bytes()[1] - b'0';
        for block in self.content(id, style) {
            flow.block(match block {
                Block::Paragraph(content) => Block::Heading { level, content },
                other => other,
            });
        }
    }

    /// A code block; with links, pictures or tables in it, lines that keep them.
    fn preformatted(&self, id: Id, style: &Style, flow: &mut Flow) {
        let below = self.tree.below(id);
        let rich = below.iter().any(|id| {
            matches!(
                self.tree.name(*id),
                "img" | "table" | "ul" | "ol" | "p" | "div"
            ) || self.tree.attribute(*id, "href").is_some()
                || is_hidden(self.tree, *id)
        });
        if rich {
            self.as_block(
                id,
                &Style {
                    pre: true,
                    ..style.clone()
                },
                flow,
            );
            return;
        }
        let mut code = String::new();
        for id in below {
            match self.tree.text(id) {
                Some(text) => code.push_str(&super::node::clean(
                    &text.replace("\r\n", "\n").replace('\r', "\n"),
                )),
                None if self.tree.name(id) == "br" => code.push('\n'),
                None => {}
            }
        }
        flow.block(Block::Code(code));
    }

    fn image(&self, id: Id, style: &Style, flow: &mut Flow) {
        let attribute = |name| {
            self.tree
                .attribute(id, name)
                .map(str::trim)
                .unwrap_or_default()
        };
        let alt = attribute("alt");
        let source = attribute("src");
        let content_id = source
            .get(..4)
            .filter(|scheme| scheme.eq_ignore_ascii_case("cid:"))
            .map(|_| &source[4..]);
        let shown = match content_id {
            Some(content_id) => match self.images.get(&link::unescaped(content_id)) {
                Some(Image::At { url, name }) => {
                    flow.block(Block::Image {
                        url: url.clone(),
                        alt: super::node::clean(name),
                    });
                    return;
                }
                Some(Image::Named(name)) => format!("[image: {name}]"),
                None if alt.is_empty() => "[image]".to_owned(),
                None => format!("[image: {alt}]"),
            },
            // A picture from the web is not fetched. Where it is the whole of a link, its words are.
            None if style.marks.link.is_some()
                && !self.is_pixel(id)
                && !self.link_has_words(id) =>
            {
                alt.to_owned()
            }
            None => return,
        };
        if !shown.is_empty() {
            flow.text(&shown, &style.marks, false);
        }
    }

    fn link_has_words(&self, id: Id) -> bool {
        let mut id = id;
        while id != Tree::ROOT && self.tree.name(id) != "a" {
            id = self.tree.node(id).parent;
        }
        self.words_within(id, 200)
    }

    /// Too small to be seen: it counts who reads.
    fn is_pixel(&self, id: Id) -> bool {
        let size = |name| {
            self.tree
                .attribute(id, name)
                .and_then(|size| size.trim().trim_end_matches("px").parse::<u32>().ok())
        };
        size("width").is_some_and(|width| width <= 2)
            || size("height").is_some_and(|height| height <= 2)
    }

    fn inner_style(&self, id: Id, style: &Style) -> Style {
        let mut inner = style.clone();
        style::apply(self.tree, id, &mut inner);
        inner
    }

    /// Whether a reader sees any words in it.
    fn has_words(&self, id: Id) -> bool {
        self.words_within(id, usize::MAX)
    }

    /// The same, after a look at some nodes: a link holds few.
    fn words_within(&self, id: Id, mut nodes: usize) -> bool {
        let mut stack = vec![id];
        while let Some(id) = stack.pop()
            && nodes > 0
        {
            nodes -= 1;
            let text = self.tree.text(id);
            if text.is_some_and(|text| !text.chars().all(super::node::is_blank)) {
                return true;
            }
            if !is_hidden(self.tree, id) {
                stack.extend(self.tree.children(id).iter().rev().take(nodes));
            }
        }
        false
    }
}
