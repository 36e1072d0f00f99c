use uuid::Uuid;

/// Where a sealed value lives. A value opens only in the place it was sealed for, so that nobody with
/// write access to the database can move one tenant's token, or one column's, to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The tenant that owns the value.
    pub tenant: Uuid,
    /// The table, as PostgreSQL names it.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
}

impl Place {
    /// The associated data. A zero byte ends each name: no name holds one, so no two places look alike.
    pub(crate) fn associated_data(&self) -> Vec<u8> {
        let mut data = b"postroom value 1\0".to_vec();
        data.extend_from_slice(self.tenant.as_bytes());
        for name in [self.table, self.column] {
            data.extend_from_slice(name.as_bytes());
            data.push(0);
        }
        data
    }
}
