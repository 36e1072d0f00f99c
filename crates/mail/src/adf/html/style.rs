use super::{Style, link};
use crate::{
    adf::node::Shift,
    html::{Id, Tree},
};

/// What an element says about its text.
pub(super) fn apply(tree: &Tree, id: Id, style: &mut Style) {
    let marks = &mut style.marks;
    match tree.name(id) {
        "a" => {
            if let Some(href) = tree.attribute(id, "href") {
                marks.link = link::safe(href);
            }
        }
        "b" | "strong" => marks.strong = true,
        "i" | "em" | "cite" | "var" | "dfn" => marks.em = true,
        "u" | "ins" => marks.underline = true,
        "s" | "strike" | "del" => marks.strike = true,
        "code" | "tt" | "kbd" | "samp" => marks.code = true,
        "sub" => marks.shift = Some(Shift::Sub),
        "sup" => marks.shift = Some(Shift::Sup),
        "dt" => marks.strong = true,
        _ => {}
    }
    if let Some(css) = tree.attribute(id, "style") {
        for declaration in css.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                declare(
                    &property.trim().to_ascii_lowercase(),
                    &value.trim().to_ascii_lowercase(),
                    style,
                );
            }
        }
    }
}

fn declare(property: &str, value: &str, style: &mut Style) {
    let marks = &mut style.marks;
    match property {
        "font-weight" => match value.trim_end_matches("!important").trim() {
            "bold" | "bolder" | "600" | "700" | "800" | "900" => marks.strong = true,
            "normal" | "400" | "300" | "lighter" => marks.strong = false,
            _ => {}
        },
        "font-style" if value.starts_with("italic") || value.starts_with("oblique") => {
            marks.em = true;
        }
        "font-style" if value.starts_with("normal") => marks.em = false,
        // A link is underlined anyway.
        "text-decoration" | "text-decoration-line" if value.contains("line-through") => {
            marks.strike = true;
        }
        "text-decoration" | "text-decoration-line" if value.contains("underline") => {
            marks.underline = marks.underline || marks.link.is_none();
        }
        "white-space" if matches!(value, "pre" | "pre-wrap" | "pre-line") => style.pre = true,
        "white-space" if value == "normal" => style.pre = false,
        _ => {}
    }
}
