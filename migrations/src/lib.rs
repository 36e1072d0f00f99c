//! The schema, one SQL file for each change, in the order in which they are applied.
//!
//! Plain SQL on purpose: row-level security, roles and `SECURITY DEFINER` functions are the point of
//! this schema, and they are read best as what they are. Nothing here knows an entity of the service.

use sea_orm_migration::prelude::*;

const MIGRATIONS: &[(&str, &str)] = &[
    ("m001_tenant", include_str!("../sql/m001_tenant.sql")),
    ("m002_microsoft", include_str!("../sql/m002_microsoft.sql")),
    (
        "m003_connection",
        include_str!("../sql/m003_connection.sql"),
    ),
    ("m004_ledger", include_str!("../sql/m004_ledger.sql")),
    (
        "m005_notification",
        include_str!("../sql/m005_notification.sql"),
    ),
    ("m006_due_work", include_str!("../sql/m006_due_work.sql")),
    (
        "m007_front_doors",
        include_str!("../sql/m007_front_doors.sql"),
    ),
    ("m008_audit", include_str!("../sql/m008_audit.sql")),
    ("m009_farewell", include_str!("../sql/m009_farewell.sql")),
    (
        "m010_move_keeps_ledgers",
        include_str!("../sql/m010_move_keeps_ledgers.sql"),
    ),
    (
        "m011_registration",
        include_str!("../sql/m011_registration.sql"),
    ),
    (
        "m012_connections",
        include_str!("../sql/m012_connections.sql"),
    ),
    ("m013_push", include_str!("../sql/m013_push.sql")),
    ("m014_alerts", include_str!("../sql/m014_alerts.sql")),
];

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        MIGRATIONS.iter().map(|(name, up)| sql(name, up)).collect()
    }
}

impl Migrator {
    /// A short word that changes whenever a migration does: the name of a template database carries it.
    pub fn fingerprint() -> String {
        let mut hash = std::hash::DefaultHasher::new();
        for (name, up) in MIGRATIONS {
            std::hash::Hash::hash(&(name, up), &mut hash);
        }
        format!("{:016x}", std::hash::Hasher::finish(&hash))
    }

    /// The names of all migrations, oldest first, as they stand in `seaql_migrations`.
    pub fn names() -> Vec<String> {
        MIGRATIONS
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect()
    }
}

fn sql(name: &'static str, up: &'static str) -> Box<dyn MigrationTrait> {
    Box::new(SqlMigration { name, up })
}

struct SqlMigration {
    name: &'static str,
    up: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "async_trait binds a named lifetime earlier than the trait does"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every table that carries a tenant must be closed by row-level security in the same file.
    #[test]
    fn every_table_is_under_row_level_security() {
        let all: String = Migrator::migrations()
            .iter()
            .map(|migration| {
                let file = format!(
                    "{}/sql/{}.sql",
                    env!("CARGO_MANIFEST_DIR"),
                    migration.name()
                );
                std::fs::read_to_string(file).unwrap()
            })
            .collect();
        let tables: Vec<&str> = all
            .lines()
            .filter_map(|line| line.strip_prefix("CREATE TABLE "))
            .filter_map(|rest| rest.split_whitespace().next())
            .collect();
        assert!(tables.len() >= 8, "{tables:?}");
        for table in tables {
            assert!(
                all.contains(&format!("SELECT enclose('{table}'")),
                "{table} has no row-level security"
            );
        }
    }
}
