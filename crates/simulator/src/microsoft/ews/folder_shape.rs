//! Which properties of a folder are asked for (FolderShape).

use roxmltree::Node;

use super::{
    Problem,
    item_shape::{Base, base, paths},
    read::{TYPES, needed, sequence},
};

pub(super) struct FolderShape {
    base: Base,
    named: Vec<String>,
}

impl FolderShape {
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Problem> {
        let [shape, more] = sequence(node, TYPES, ["BaseShape", "AdditionalProperties"])?;
        Ok(Self {
            base: base(needed(shape, node, "BaseShape")?)?,
            named: more.map(paths).transpose()?.unwrap_or_default(),
        })
    }

    pub(super) fn wants(&self, uri: &str) -> bool {
        let unasked = match uri {
            "folder:FolderId" => true,
            "folder:DisplayName"
            | "folder:TotalCount"
            | "folder:ChildFolderCount"
            | "folder:UnreadCount" => self.base.is_more_than_id(),
            _ => self.base == Base::All,
        };
        unasked || self.named.iter().any(|named| named == uri)
    }
}
