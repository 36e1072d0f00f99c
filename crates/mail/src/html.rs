//! HTML of mail: a small tree of bounded depth, built from html5ever's tokens.
//!
//! Mail HTML is broken in every way, and some of it is an attack. The tree builder of the HTML standard lets a
//! document make itself quadratically larger (formatting elements are re-opened in every paragraph) and
//! arbitrarily deep. This one does not: a tag that would go deeper than [`MAX_DEPTH`] is left out, its text stays.

mod build;
mod style;
mod text;
mod write;

pub(crate) use build::parse;
pub(crate) use style::is_hidden;
pub(crate) use text::{from_text, to_text, tree_to_text};
pub(crate) use write::escape;

/// Elements within elements.
pub(crate) const MAX_DEPTH: usize = 200;

/// Index of a node in its [`Tree`].
pub(crate) type Id = usize;

/// A document. Node 0 is the root.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) parent: Id,
    pub(crate) children: Vec<Id>,
}

#[derive(Debug)]
pub(crate) enum NodeKind {
    Root,
    Text(String),
    Element {
        name: String,
        attributes: Vec<(String, String)>,
    },
}

impl Tree {
    pub(crate) const ROOT: Id = 0;

    pub(crate) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    pub(crate) fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// The element's name in lower case; empty for text and root.
    pub(crate) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].kind {
            NodeKind::Element { name, .. } => name,
            _ => "",
        }
    }

    pub(crate) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match &self.nodes[id].kind {
            NodeKind::Element { attributes, .. } => attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    pub(crate) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].kind {
            NodeKind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn has_class(&self, id: Id, wanted: &str) -> bool {
        let classes = self.attribute(id, "class").unwrap_or_default();
        classes
            .split_ascii_whitespace()
            .any(|class| class == wanted)
    }

    /// All nodes below `id` in document order, without `id`.
    pub(crate) fn below(&self, id: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut stack: Vec<Id> = self.children(id).iter().rev().copied().collect();
        while let Some(id) = stack.pop() {
            found.push(id);
            stack.extend(self.children(id).iter().rev());
        }
        found
    }

    /// The text below a node, as it stands.
    pub(crate) fn text_below(&self, id: Id) -> String {
        self.below(id)
            .iter()
            .filter_map(|id| self.text(*id))
            .collect()
    }

    /// Takes a node out of the tree.
    pub(crate) fn remove(&mut self, id: Id) {
        let parent = self.nodes[id].parent;
        self.nodes[parent].children.retain(|child| *child != id);
    }

    /// Takes a node and everything after it in document order out of the tree; what stands around stays.
    pub(crate) fn remove_from(&mut self, id: Id) {
        let mut id = id;
        let mut with_self = true;
        while id != Self::ROOT {
            let parent = self.nodes[id].parent;
            let children = &mut self.nodes[parent].children;
            if let Some(at) = children.iter().position(|child| *child == id) {
                children.truncate(at + usize::from(!with_self));
            }
            with_self = false;
            id = parent;
        }
    }

    fn add(&mut self, parent: Id, kind: NodeKind) -> Id {
        let id = self.nodes.len();
        self.nodes.push(Node {
            kind,
            parent,
            children: Vec::new(),
        });
        if id != parent {
            self.nodes[parent].children.push(id);
        }
        id
    }
}

/// Elements that begin on a new line.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "caption"
            | "listing"
            | "xmp"
            | "plaintext"
    )
}

/// Elements whose content nobody reads.
pub(crate) fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "style"
            | "script"
            | "title"
            | "template"
            | "noscript"
            | "iframe"
            | "object"
            | "embed"
            | "applet"
            | "xml"
            | "meta"
            | "link"
            | "base"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "noframes"
            | "noembed"
    )
}
