use std::fmt::Write as _;

use super::{Id, NodeKind, Tree};

impl Tree {
    /// The tree as HTML again.
    pub(crate) fn to_html(&self) -> String {
        let mut out = String::new();
        for child in self.children(Self::ROOT) {
            self.write(*child, false, &mut out);
        }
        out
    }

    /// At most [`super::MAX_DEPTH`] deep.
    fn write(&self, id: Id, raw: bool, out: &mut String) {
        match &self.node(id).kind {
            NodeKind::Root => {}
            NodeKind::Text(text) if raw => out.push_str(text),
            NodeKind::Text(text) => escape(text, out),
            NodeKind::Element { name, attributes } => {
                let _ = write!(out, "<{name}");
                for (name, value) in attributes {
                    let _ = write!(out, " {name}=\"");
                    escape(value, out);
                    out.push('"');
                }
                out.push('>');
                let raw = matches!(
                    name.as_str(),
                    "style" | "script" | "xmp" | "iframe" | "noembed" | "noframes"
                );
                for child in self.children(id) {
                    self.write(*child, raw, out);
                }
                if !matches!(
                    name.as_str(),
                    "br" | "hr" | "img" | "meta" | "link" | "input" | "col" | "base" | "area"
                ) {
                    let _ = write!(out, "</{name}>");
                }
            }
        }
    }
}

/// Escapes text for content and for attributes in double quotation marks.
pub(crate) fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}
