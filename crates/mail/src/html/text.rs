use super::{Id, Tree, is_block, is_hidden, parse, write::escape};

/// The text that a reader sees, with a line for each block.
pub(crate) fn to_text(html: &str) -> String {
    let tree = parse(html);
    tree_to_text(&tree)
}

pub(crate) fn tree_to_text(tree: &Tree) -> String {
    let mut lines = Lines::default();
    for child in tree.children(Tree::ROOT) {
        walk(tree, *child, false, &mut lines);
    }
    lines.finish()
}

/// Plain text as HTML, lines kept.
pub(crate) fn from_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str("<div>");
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push_str("<br>\n");
        }
        escape(line, &mut out);
    }
    out.push_str("</div>");
    out
}

fn walk(tree: &Tree, id: Id, pre: bool, lines: &mut Lines) {
    if let Some(text) = tree.text(id) {
        lines.text(text, pre);
        return;
    }
    let name = tree.name(id);
    if is_hidden(tree, id) {
        return;
    }
    match name {
        "br" => return lines.newline(),
        "hr" => {
            lines.block();
            return;
        }
        _ => {}
    }
    let block = is_block(name) && !matches!(name, "td" | "th");
    if block {
        lines.block();
    }
    if matches!(
        name,
        "p" | "ul" | "ol" | "blockquote" | "pre" | "table" | "h1" | "h2" | "h3" | "h4"
    ) {
        lines.gap();
    }
    if name == "li" {
        lines.text("* ", true);
    }
    let pre = pre || matches!(name, "pre" | "xmp" | "listing" | "plaintext");
    for child in tree.children(id) {
        walk(tree, *child, pre, lines);
    }
    match name {
        "td" | "th" => lines.text(" ", false),
        "p" | "pre" | "blockquote" | "table" => {
            lines.block();
            lines.gap();
        }
        _ if block => lines.block(),
        _ => {}
    }
}

/// Lines under construction, with white space as HTML has it.
#[derive(Default)]
struct Lines {
    done: String,
    line: String,
    gap: bool,
}

impl Lines {
    fn text(&mut self, text: &str, pre: bool) {
        if pre {
            let mut pieces = text.split('\n');
            self.line.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                self.newline();
                self.line.push_str(piece);
            }
            return;
        }
        for character in text.chars() {
            if matches!(character, ' ' | '\n' | '\t' | '\r') {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
            } else if !matches!(character, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                self.line.push(if character == '\u{a0}' {
                    ' '
                } else {
                    character
                });
            }
        }
    }

    fn newline(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.gap && !self.done.is_empty() && !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
        self.gap = false;
        self.done.push_str(line.trim_end());
        self.done.push('\n');
    }

    fn block(&mut self) {
        if self.line.trim().is_empty() {
            self.line.clear();
        } else {
            self.newline();
        }
    }

    fn gap(&mut self) {
        self.gap = true;
    }

    fn finish(mut self) -> String {
        self.block();
        self.done.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_lines() {
        let html = "<style>p{}</style><p>Hello&nbsp;<b>you</b>,</p><div>one<br>two</div><ul><li>a</li><li>b</li></ul>\
                    <div style='display:none'>hidden</div><table><tr><td>x</td><td>y</td></tr></table>";
        assert_eq!(to_text(html), "Hello you,\n\none\ntwo\n\n* a\n* b\n\nx y");
    }

    #[test]
    fn text_survives_the_way_to_html_and_back() {
        assert_eq!(
            to_text(&from_text("a < b & \"c\"\n\nd")),
            "a < b & \"c\"\n\nd"
        );
    }
}
