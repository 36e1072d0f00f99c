//! Views on a list: where a page begins and how long it is.

use roxmltree::Node;

use super::{
    Problem,
    item::flag,
    read::{attribute, number, one_of},
};

/// An IndexedPageItemView or IndexedPageFolderView.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    most: usize,
    offset: usize,
    from_end: bool,
}

/// One page of a list and the attributes that tell of it.
pub(super) struct Cut<T> {
    pub(super) items: Vec<T>,
    pub(super) attributes: String,
}

impl Page {
    /// Everything, up to the most that an operation tells at once.
    pub(super) fn all(most: usize) -> Self {
        Self {
            most,
            offset: 0,
            from_end: false,
        }
    }

    pub(super) fn read(node: Node<'_, '_>, most: usize) -> Result<Self, Problem> {
        let asked = match node.attribute("MaxEntriesReturned") {
            Some(value) => number("MaxEntriesReturned", value)?,
            None => most,
        };
        if asked == 0 {
            return Err(Problem::new("ErrorInvalidPagingMaxRows"));
        }
        Ok(Self {
            most: asked.min(most),
            offset: number("Offset", attribute(node, "Offset")?)?,
            from_end: one_of(node, "BasePoint", &["Beginning", "End"])? == "End",
        })
    }

    /// Takes the page out of a list.
    pub(super) fn cut<T>(self, mut items: Vec<T>) -> Cut<T> {
        let total = items.len();
        let (begin, end) = if self.from_end {
            let end = total.saturating_sub(self.offset);
            (end.saturating_sub(self.most), end)
        } else {
            let begin = self.offset.min(total);
            (begin, begin.saturating_add(self.most).min(total))
        };
        let (last, next) = match self.from_end {
            true => (begin == 0, total - begin),
            false => (end == total, end),
        };
        items.truncate(end);
        items.drain(..begin);
        let attributes = format!(
            "IndexedPagingOffset=\"{next}\" TotalItemsInView=\"{total}\" IncludesLastItemInRange=\"{}\"",
            flag(last)
        );
        Cut { items, attributes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(most: usize, offset: usize, from_end: bool) -> (Vec<u8>, bool) {
        let page = Page {
            most,
            offset,
            from_end,
        };
        let cut = page.cut(vec![1, 2, 3, 4, 5]);
        let last = cut.attributes.contains("IncludesLastItemInRange=\"true\"");
        (cut.items, last)
    }

    #[test]
    fn pages_begin_at_either_end() {
        assert_eq!(cut(2, 0, false), (vec![1, 2], false));
        assert_eq!(cut(2, 4, false), (vec![5], true));
        assert_eq!(cut(2, 9, false), (vec![], true));
        assert_eq!(cut(2, 0, true), (vec![4, 5], false));
        assert_eq!(cut(9, 3, true), (vec![1, 2], true));
    }
}
