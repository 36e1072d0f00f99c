//! A look at all that is kept, as the database's owner sees it: whether a call changed anything.

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, Statement};

use super::{Stage, book::Tenant};

impl Stage {
    /// A digest of every row of every table.
    pub(crate) async fn everything(&self) -> String {
        self.digest("SELECT md5(schema_to_xml('public', true, false, '')::text) AS digest")
            .await
    }

    /// A digest of every row that is this tenant's.
    pub(crate) async fn everything_of(&self, tenant: &Tenant) -> String {
        let of_table = format!(
            "SELECT md5(string_agg(query_to_xml(format('SELECT * FROM %I WHERE %I = %L ORDER BY 1, 2', \
             table_name, column_name, '{}'), true, false, '')::text, '' ORDER BY table_name)) AS digest \
             FROM information_schema.columns WHERE table_schema = 'public' \
             AND (column_name = 'tenant_id' OR (table_name, column_name) = ('tenant', 'id'))",
            tenant.id
        );
        self.digest(&of_table).await
    }

    async fn digest(&self, sql: &str) -> String {
        let mut options = ConnectOptions::new(self.database.url());
        options.max_connections(1).sqlx_logging(false);
        let owner = Database::connect(options).await.unwrap();
        let ask = Statement::from_string(owner.get_database_backend(), sql.to_owned());
        let row = owner.query_one_raw(ask).await.unwrap().unwrap();
        owner.close().await.unwrap();
        row.try_get("", "digest").unwrap()
    }
}
