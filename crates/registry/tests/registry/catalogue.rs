//! What PostgreSQL itself says of the schema: each rule is a question to its catalogue, and each question is shown to
//! find what it looks for.

use postroom_registry::SERVICE_ROLE;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use crate::support::{book, number, session};

/// Every table of the schema that holds rows of tenants, with the column that says whose a row is.
const TABLES_OF_TENANTS: &str = "
    SELECT c.relname::text AS name, a.attname::text AS detail
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (a.attname = 'tenant_id' OR (c.relname = 'tenant' AND a.attname = 'id'))
    ORDER BY 1";

/// The same tables, where row-level security is off, or where the service has no policy that holds both what it sees
/// and what it writes, or has one that says something else.
const OPEN_TABLES: &str = "
    SELECT t.name, t.detail FROM (TABLES) t JOIN pg_class c ON c.oid = t.name::regclass
    WHERE NOT c.relrowsecurity
       OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
       OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND (
            p.polroles <> ARRAY['postroom_service'::regrole::oid] OR p.polcmd <> '*' OR NOT p.polpermissive
            OR pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM format('(%I = current_tenant())', t.detail)
            OR pg_get_expr(p.polwithcheck, p.polrelid) IS DISTINCT FROM format('(%I = current_tenant())', t.detail)))";

/// Tables that no tenant column puts under the rule above: there may be none but the migrations' own.
const TABLES_OF_NOBODY: &str = "
    SELECT c.relname::text AS name, '' AS detail FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM (TABLES) t WHERE t.name = c.relname) ORDER BY 1";

/// What runs with its owner's rights, and everything that comes out of it.
const DEFINERS: &str = "
    SELECT p.proname::text AS name,
           coalesce((SELECT string_agg(format_type(t, NULL), ' ' ORDER BY n)
                     FROM unnest(p.proallargtypes, p.proargmodes) WITH ORDINALITY AS o (t, mode, n)
                     WHERE mode IN ('o', 't', 'b')), format_type(p.prorettype, NULL)) AS detail
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef ORDER BY 1";

/// Definers that another role than the service may call, or whose search path is not pinned.
const LOOSE_DEFINERS: &str = "
    SELECT p.proname::text AS name, coalesce(p.proacl::text, 'public') AS detail FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND (
        p.proconfig IS DISTINCT FROM ARRAY['search_path=public, pg_temp'] OR p.proacl IS NULL
        OR EXISTS (SELECT FROM aclexplode(p.proacl) x WHERE x.privilege_type = 'EXECUTE'
                   AND x.grantee NOT IN (p.proowner, 'postroom_service'::regrole)))";

/// Every function that crosses tenants, with all that it gives away, and why that is no more than ids, due times and
/// counts.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("connect_tenants_of_cloud", "uuid", "ids"),
    (
        "due_alerts",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    ("due_farewells", "uuid", "ids"),
    (
        "due_grants",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_mails",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_moves",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_notifications",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_reconciles",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_sources",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "due_subscriptions",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "expiring_registrations",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    (
        "fleet_counts",
        "text text bigint timestamp with time zone",
        "counts over all tenants, by state",
    ),
    (
        "forget_this_tenant",
        "boolean",
        "whether the transaction's own tenant is gone",
    ),
    (
        "master_key_counts",
        "text bigint",
        "counts over all tenants, by the operator's own names of keys",
    ),
    ("movable_tenant", "uuid", "an id"),
    (
        "move_to_forge",
        "text",
        "one of three words about the outcome",
    ),
    ("sign_in_by_approval", "uuid uuid", "ids"),
    ("sign_in_by_state", "uuid uuid", "ids"),
    ("sign_in_by_ticket", "uuid uuid", "ids"),
    (
        "silent_sources",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
    ("subscription_by_key", "uuid uuid", "ids"),
    ("tenant_by_client_key", "uuid", "an id"),
    ("tenant_by_installation", "uuid", "an id"),
    ("tenants_to_rewrap", "uuid", "ids"),
    (
        "troubled_connections",
        "uuid uuid timestamp with time zone",
        "ids and due times",
    ),
];

async fn ask(db: &DatabaseConnection, question: &str) -> Vec<(String, String)> {
    let question = question.replace("TABLES", TABLES_OF_TENANTS);
    let statement = Statement::from_string(DbBackend::Postgres, question);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "name").unwrap(),
                row.try_get("", "detail").unwrap(),
            )
        })
        .collect()
}

/// Every table with rows of tenants, and the column that says whose they are.
pub(crate) async fn tables_of_tenants(owner: &DatabaseConnection) -> Vec<(String, String)> {
    ask(owner, TABLES_OF_TENANTS).await
}

#[tokio::test]
async fn every_table_with_a_tenant_is_closed() {
    let book = book().await;
    let owner = session(&book.database.url(), None).await;
    let tables = tables_of_tenants(&owner).await;
    assert!(tables.len() >= 10, "{tables:?}");
    assert_eq!(ask(&owner, OPEN_TABLES).await, []);
    let others = ask(&owner, TABLES_OF_NOBODY).await;
    assert_eq!(others, [("seaql_migrations".to_owned(), String::new())]);
}

/// The test of the test: whatever is wrong with a table, the question names it.
#[tokio::test]
async fn a_table_that_is_open_in_any_way_is_found() {
    let book = book().await;
    let owner = session(&book.database.url(), None).await;
    let policy = "CREATE POLICY of_tenant ON planted TO postroom_service";
    let mine = "(tenant_id = current_tenant())";
    let enable = "ALTER TABLE planted ENABLE ROW LEVEL SECURITY";
    let wrong = [
        String::new(),
        enable.to_owned(),
        format!("{policy} USING {mine} WITH CHECK {mine}"),
        format!("{enable}; {policy} USING {mine} WITH CHECK (true)"),
        format!("{enable}; {policy} USING (true) WITH CHECK {mine}"),
        format!("{enable}; {policy} USING {mine}"),
        format!("{enable}; CREATE POLICY p ON planted FOR SELECT TO postroom_service USING {mine}"),
        format!("{enable}; CREATE POLICY p ON planted USING {mine} WITH CHECK {mine}"),
        "SELECT enclose('planted', 'tenant_id'); CREATE POLICY q ON planted FOR SELECT TO postroom_service USING (true)"
            .to_owned(),
    ];
    for setup in wrong {
        let script = format!("CREATE TABLE planted (tenant_id uuid, secret text); {setup}");
        owner.execute_unprepared(&script).await.unwrap();
        let open = ask(&owner, OPEN_TABLES).await;
        assert_eq!(
            open,
            [("planted".to_owned(), "tenant_id".to_owned())],
            "{setup}"
        );
        owner
            .execute_unprepared("DROP TABLE planted")
            .await
            .unwrap();
    }
    let right = "CREATE TABLE planted (tenant_id uuid); SELECT enclose('planted', 'tenant_id')";
    owner.execute_unprepared(right).await.unwrap();
    assert_eq!(ask(&owner, OPEN_TABLES).await, []);
    owner
        .execute_unprepared(
            "CREATE TABLE unowned (secret text); CREATE VIEW peephole AS SELECT * FROM mail",
        )
        .await
        .unwrap();
    assert_eq!(ask(&owner, TABLES_OF_NOBODY).await.len(), 3);
}

#[tokio::test]
async fn what_crosses_tenants_gives_away_ids_due_times_and_counts() {
    let book = book().await;
    let owner = session(&book.database.url(), None).await;
    let found = ask(&owner, DEFINERS).await;
    let allowed: Vec<(String, String)> = ALLOWED
        .iter()
        .map(|(name, columns, _)| ((*name).to_owned(), (*columns).to_owned()))
        .collect();
    assert_eq!(
        found, allowed,
        "say in ALLOWED why a new one gives nothing of a tenant away"
    );
    assert_eq!(ask(&owner, LOOSE_DEFINERS).await, []);
    for loose in [
        "CREATE FUNCTION planted() RETURNS text LANGUAGE sql SECURITY DEFINER
         AS 'SELECT subject FROM mail LIMIT 1'",
        "CREATE FUNCTION planted() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
         AS 'SELECT subject FROM mail LIMIT 1'",
        "CREATE FUNCTION planted() RETURNS text LANGUAGE sql SECURITY DEFINER
         AS 'SELECT subject FROM mail LIMIT 1'; REVOKE EXECUTE ON FUNCTION planted() FROM PUBLIC",
    ] {
        owner.execute_unprepared(loose).await.unwrap();
        assert_eq!(ask(&owner, LOOSE_DEFINERS).await.len(), 1, "{loose}");
        assert_ne!(ask(&owner, DEFINERS).await, allowed);
        owner
            .execute_unprepared("DROP FUNCTION planted()")
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_query_outside_a_tenant_sees_no_row_as_the_services_own_role() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let source = book.source(acme).await;
    book.mail(acme, source, "m1").await;
    let service = session(&book.database.url(), Some(SERVICE_ROLE)).await;
    let owner = session(&book.database.url(), None).await;
    for (table, column) in tables_of_tenants(&owner).await {
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(number(&service, &count).await, 0, "{table}");
        let write = format!("UPDATE {table} SET {column} = {column}");
        if let Ok(written) = service.execute_unprepared(&write).await {
            assert_eq!(written.rows_affected(), 0, "{table}");
        }
    }
}

#[tokio::test]
async fn the_service_can_neither_rewrite_the_trail_nor_take_a_tenant_away() {
    let book = book().await;
    let acme = book.tenant("acme").await;
    let service = session(&book.database.url(), Some(SERVICE_ROLE)).await;
    let become_acme = format!("SELECT set_config('postroom.tenant', '{acme}', false)");
    service.execute_unprepared(&become_acme).await.unwrap();
    assert_eq!(number(&service, "SELECT count(*) FROM audit").await, 1);
    let may_destroy = "SELECT count(*) FROM pg_proc WHERE proname IN ('destroy_tenant', 'enclose')
                       AND has_function_privilege('postroom_service', oid, 'EXECUTE')";
    assert_eq!(number(&service, may_destroy).await, 0);
    for forbidden in [
        "UPDATE audit SET action = 'site.enabled'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DELETE FROM tenant",
        "SELECT destroy_tenant(current_tenant(), now())",
        "SELECT enclose('mail', 'id')",
        "ALTER TABLE mail DISABLE ROW LEVEL SECURITY",
    ] {
        assert!(
            service.execute_unprepared(forbidden).await.is_err(),
            "{forbidden}"
        );
    }
}
