-- The role of the service. It owns nothing and cannot bypass row-level security. A role belongs to the whole
-- cluster, so it may be there already; two databases that are migrated at once may both try.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'postroom_service') THEN
        CREATE ROLE postroom_service NOLOGIN NOBYPASSRLS NOSUPERUSER;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    EXECUTE format('GRANT postroom_service TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
    IF NOT pg_has_role(current_user, 'postroom_service', 'MEMBER') THEN RAISE; END IF;
END $$;

-- The tenant of the transaction. Unset means no tenant, and no tenant sees no row.
CREATE FUNCTION current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('postroom.tenant', true), '')::uuid $$;

-- Closes a table: the service sees and writes rows of the transaction's tenant only.
CREATE FUNCTION enclose(table_name regclass, tenant_column name) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
        'CREATE POLICY of_tenant ON %s TO postroom_service USING (%2$I = current_tenant()) WITH CHECK (%2$I = current_tenant())',
        table_name, tenant_column);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO postroom_service', table_name);
END $$;
REVOKE EXECUTE ON FUNCTION enclose(regclass, name) FROM PUBLIC;

CREATE TABLE tenant (
    id                     uuid PRIMARY KEY,
    client_key             text UNIQUE,           -- Connect
    installation_id        text UNIQUE,           -- Forge
    cloud_id               text,
    site_url               text NOT NULL,
    display_url            text,
    app_account_id         text,                  -- the account that Jira gave to the app; learned at work
    state                  text NOT NULL CHECK (state IN ('installed', 'disabled', 'uninstalled')),
    wrapped_key            bytea NOT NULL,        -- the tenant's data key, wrapped by a master key
    sealed_secret          bytea,                 -- Connect shared secret
    sealed_previous_secret bytea,                 -- still good for requests that were in flight at a rotation
    previous_secret_until  timestamptz,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    CHECK (client_key IS NOT NULL OR installation_id IS NOT NULL)
);
SELECT enclose('tenant', 'id');

-- A door knows a client key before it knows a tenant: the one question that crosses tenants, answered with an id.
CREATE FUNCTION tenant_by_client_key(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT id FROM tenant WHERE client_key = wanted $$;
