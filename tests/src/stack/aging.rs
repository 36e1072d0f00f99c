//! Time passes: not by waiting, and not by a clock that the service would have to be given.

use chrono::TimeDelta;

use super::{PATIENCE, Stack};
use crate::until;

impl Stack {
    /// Makes everything that the service keeps older by so much, as if it had all happened earlier.
    ///
    /// # Errors
    /// What PostgreSQL says to it.
    pub async fn age(&self, by: TimeDelta) -> anyhow::Result<()> {
        let seconds = by.num_seconds();
        // Triggers hold what no program may do; here time does it.
        let sql = format!(
            "DO $$ DECLARE one record; BEGIN
                 SET LOCAL session_replication_role = replica;
                 FOR one IN
                     SELECT c.table_name, string_agg(format(
                         '%1$I = %1$I - interval ''{seconds} seconds''', c.column_name), ', ') AS older
                     FROM information_schema.columns c
                     JOIN information_schema.tables t USING (table_schema, table_name)
                     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                         AND c.is_generated = 'NEVER' AND c.data_type = 'timestamp with time zone'
                     GROUP BY c.table_name
                 LOOP EXECUTE format('UPDATE %I SET %s', one.table_name, one.older); END LOOP;
             END $$"
        );
        // The service goes on meanwhile, and PostgreSQL ends one of two that wait for each other: whole, or not at all.
        until("everything is older", PATIENCE, async || {
            match self.database.execute(&sql).await {
                Ok(()) => Ok(Some(())),
                Err(error) if format!("{error:#}").contains("deadlock") => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await
    }
}
