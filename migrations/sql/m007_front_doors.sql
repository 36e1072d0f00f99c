-- A tenant has a Connect door (client key and shared secret), a Forge door (installation and system token), or both:
-- one that moved. A forgotten tenant has neither, nor a key: what it sealed can never be opened again.
ALTER TABLE tenant
    ADD COLUMN previous_client_key text,          -- Connect's name before a site import; good as long as the previous secret
    ADD COLUMN secret_issued_at    timestamptz,   -- iat of the call that brought the secret; an older call is a replay
    ADD COLUMN api_base_url        text,          -- Forge: where Jira's REST API is
    ADD COLUMN sealed_system_token bytea,         -- Forge: what we speak to Jira with
    ADD COLUMN system_token_until  timestamptz,
    ADD COLUMN uninstalled_at      timestamptz,   -- retention is counted from here
    ALTER COLUMN wrapped_key DROP NOT NULL,
    DROP CONSTRAINT tenant_state_check,
    DROP CONSTRAINT tenant_check;
UPDATE tenant SET uninstalled_at = updated_at WHERE state = 'uninstalled';
ALTER TABLE tenant
    ADD CONSTRAINT tenant_state_check CHECK (state IN ('installed', 'disabled', 'uninstalled', 'forgotten')),
    ADD CONSTRAINT tenant_has_a_name CHECK (state = 'forgotten' OR client_key IS NOT NULL OR installation_id IS NOT NULL),
    ADD CONSTRAINT tenant_has_a_key CHECK ((state = 'forgotten') = (wrapped_key IS NULL)),
    ADD CONSTRAINT tenant_forgotten_is_empty CHECK (state <> 'forgotten' OR (
        site_url = '' AND num_nonnulls(client_key, previous_client_key, installation_id, cloud_id, display_url,
            app_account_id, api_base_url, sealed_secret, sealed_previous_secret, sealed_system_token) = 0)),
    ADD CONSTRAINT tenant_uninstalled_since CHECK (state <> 'uninstalled' OR uninstalled_at IS NOT NULL);
CREATE INDEX tenant_of_cloud ON tenant (cloud_id) WHERE cloud_id IS NOT NULL;
CREATE INDEX tenant_previously ON tenant (previous_client_key) WHERE previous_client_key IS NOT NULL;
-- An id is never used again, so a tenant's row is never taken away.
REVOKE DELETE ON tenant FROM postroom_service;

-- Who knocks at Connect's door. A name that a site import replaced answers as long as the secret that went with it.
DROP FUNCTION tenant_by_client_key(text);
CREATE FUNCTION tenant_by_client_key(wanted text, at timestamptz) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT id FROM tenant
    WHERE client_key = wanted OR (previous_client_key = wanted AND previous_secret_until > at)
    ORDER BY (client_key = wanted) DESC, updated_at DESC LIMIT 1 $$;

-- Who knocks at Forge's door.
CREATE FUNCTION tenant_by_installation(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT id FROM tenant WHERE installation_id = wanted $$;

-- Which tenants a site that comes with a new client key may have been.
CREATE FUNCTION connect_tenants_of_cloud(wanted text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT id FROM tenant WHERE cloud_id = wanted AND client_key IS NOT NULL ORDER BY id $$;

-- The id of the master key that wrapped a data key: it stands in clear before the sealed bytes.
CREATE FUNCTION master_key_of(wrapped bytea) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE WHEN octet_length(wrapped) > 2
        THEN encode(substring(wrapped FROM 3 FOR get_byte(wrapped, 1)), 'escape') ELSE '' END $$;

-- Tenants whose data key another master key than `sealing` wrapped, in the order of their ids.
CREATE FUNCTION tenants_to_rewrap(sealing text, after uuid, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT id FROM tenant
    WHERE wrapped_key IS NOT NULL AND master_key_of(wrapped_key) <> sealing AND (after IS NULL OR id > after)
    ORDER BY id LIMIT most $$;

-- How many data keys each master key wraps: the operator's own figures, of which no tenant can be told.
CREATE FUNCTION master_key_counts() RETURNS TABLE (master_key text, amount bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT master_key_of(wrapped_key), count(*) FROM tenant
    WHERE wrapped_key IS NOT NULL GROUP BY 1 ORDER BY 1 $$;
