use super::{Id, Tree, is_unread};

/// Whether an element is not shown: by what it is, or by its own style (mail has few other styles).
pub(crate) fn is_hidden(tree: &Tree, id: Id) -> bool {
    is_unread(tree.name(id))
        || tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "style").is_some_and(hides)
}

/// `display:none`, `visibility:hidden`, `mso-hide:all`: what preheaders and trackers are hidden with.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else {
            return false;
        };
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is = |own: &str, wanted: &str| {
            property.trim().eq_ignore_ascii_case(own) && value.eq_ignore_ascii_case(wanted)
        };
        is("display", "none") || is("visibility", "hidden") || is("mso-hide", "all")
    })
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn styles_that_hide() {
        assert!(hides("color: red; DISPLAY : None !important"));
        assert!(hides("mso-hide:all"));
        assert!(!hides("display:block;visibility:visible"));
    }
}
