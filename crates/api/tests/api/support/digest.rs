//! A look at all that is kept, as the database's owner sees it: whether a call changed anything.

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, Statement};

use super::{Stage, book::Tenant};

impl Stage {
    /// A digest of every row of every table.
    pub(crate) async fn everything(&self) -> String {
        self.digest("true").await
    }

    /// A digest of every row that is this tenant's.
    pub(crate) async fn everything_of(&self, tenant: &Tenant) -> String {
        self.digest(&format!("%I = ''{}''", tenant.id)).await
    }

    /// Does something to the rows that nobody but the database's owner can.
    pub(crate) async fn owner(&self, statements: &str) {
        let mut options = ConnectOptions::new(self.database.url());
        options.max_connections(1).sqlx_logging(false);
        let owner = Database::connect(options).await.unwrap();
        owner.execute_unprepared(statements).await.unwrap();
        owner.close().await.unwrap();
    }

    /// A digest of the rows of which `condition` holds; `%I` in it is the column that names the tenant.
    async fn digest(&self, condition: &str) -> String {
        let sql = format!(
            "SELECT md5(string_agg(query_to_xml(format('SELECT * FROM %I t WHERE {condition} ORDER BY t::text', \
             table_name, column_name), true, false, '')::text, '' ORDER BY table_name)) AS digest \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND (column_name = 'tenant_id' OR (table_name, column_name) = ('tenant', 'id'))"
        );
        let mut options = ConnectOptions::new(self.database.url());
        options.max_connections(1).sqlx_logging(false);
        let owner = Database::connect(options).await.unwrap();
        let ask = Statement::from_string(owner.get_database_backend(), sql);
        let row = owner.query_one_raw(ask).await.unwrap().unwrap();
        owner.close().await.unwrap();
        row.try_get("", "digest").unwrap()
    }
}
