-- Takes everything of a tenant away but its id and what its audit trail says without names. Only the functions below
-- may call it.
CREATE FUNCTION destroy_tenant(of uuid, at timestamptz) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp
    AS $$
    DELETE FROM mail WHERE tenant_id = of;  -- bodies and deliveries go with it
    DELETE FROM notification WHERE tenant_id = of;
    DELETE FROM sign_in WHERE tenant_id = of;
    DELETE FROM message_source WHERE tenant_id = of;
    DELETE FROM message_outbound WHERE tenant_id = of;
    DELETE FROM microsoft_grant WHERE tenant_id = of;
    UPDATE audit SET actor_account = NULL, subject_name = NULL, changes = '[]' WHERE tenant_id = of;
    UPDATE tenant SET state = 'forgotten', wrapped_key = NULL, site_url = '', client_key = NULL,
        previous_client_key = NULL, installation_id = NULL, cloud_id = NULL, display_url = NULL, app_account_id = NULL,
        api_base_url = NULL, sealed_secret = NULL, sealed_previous_secret = NULL, previous_secret_until = NULL,
        sealed_system_token = NULL, system_token_until = NULL, secret_issued_at = NULL, updated_at = at
    WHERE id = of $$;
REVOKE EXECUTE ON FUNCTION destroy_tenant(uuid, timestamptz) FROM PUBLIC;

-- The end of retention: the transaction's tenant is forgotten, if it was uninstalled before `uninstalled_before` and
-- nobody installed it again meanwhile.
CREATE FUNCTION forget_this_tenant(uninstalled_before timestamptz, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    PERFORM FROM tenant t WHERE t.id = current_tenant() AND t.state = 'uninstalled'
        AND t.uninstalled_at < uninstalled_before FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM destroy_tenant(current_tenant(), at);
    RETURN true;
END $$;

-- Tenants whose retention is over.
CREATE FUNCTION due_farewells(uninstalled_before timestamptz, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT id FROM tenant WHERE state = 'uninstalled' AND uninstalled_at < uninstalled_before
    ORDER BY uninstalled_at LIMIT most $$;

-- Whether the installation of `forge` may go on with the data of `other`: the same site by Atlassian's own id, and no
-- living Forge installation has that data already. A system token lives four hours and comes anew each hour, so an
-- installation whose token ended is gone, whether or not it said goodbye.
CREATE FUNCTION may_move(forge tenant, other tenant, at timestamptz) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(forge.state = 'installed' AND forge.installation_id IS NOT NULL AND forge.client_key IS NULL
        AND forge.id <> other.id AND forge.cloud_id = other.cloud_id AND other.state <> 'forgotten'
        AND (other.installation_id IS NULL OR other.state = 'uninstalled' OR other.system_token_until <= at), false) $$;

-- The tenant whose data the transaction's tenant, a Forge installation, may be given by its administrator.
CREATE FUNCTION movable_tenant(at timestamptz) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT other.id FROM tenant forge JOIN tenant other ON other.cloud_id = forge.cloud_id
    WHERE forge.id = current_tenant() AND may_move(forge, other, at)
    ORDER BY (other.state = 'installed') DESC, other.updated_at DESC LIMIT 1 $$;

-- Gives the transaction's tenant the Forge door of `forge`, which must be empty and is forgotten. `token` is the system
-- token, sealed anew. Answers 'moved', 'missing' or 'not_empty'.
CREATE FUNCTION move_to_forge(forge uuid, token bytea, token_until timestamptz, at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    emptied  tenant;
    survivor tenant;
BEGIN
    PERFORM FROM tenant t WHERE t.id IN (forge, current_tenant()) ORDER BY t.id FOR UPDATE;
    SELECT * INTO emptied FROM tenant t WHERE t.id = forge;
    SELECT * INTO survivor FROM tenant t WHERE t.id = current_tenant();
    IF NOT may_move(emptied, survivor, at) THEN RETURN 'missing'; END IF;
    IF EXISTS (SELECT FROM message_source s WHERE s.tenant_id = forge AND s.deleted_at IS NULL)
        OR EXISTS (SELECT FROM message_outbound o WHERE o.tenant_id = forge AND o.deleted_at IS NULL)
    THEN RETURN 'not_empty'; END IF;
    PERFORM destroy_tenant(forge, at);
    UPDATE tenant SET installation_id = emptied.installation_id, api_base_url = emptied.api_base_url, state = 'installed',
        uninstalled_at = NULL, app_account_id = NULL, sealed_system_token = token, system_token_until = token_until,
        updated_at = at
    WHERE id = survivor.id;
    RETURN 'moved';
END $$;

-- What runs with its owner's rights is for the service alone.
DO $$
DECLARE
    definer regprocedure;
BEGIN
    FOR definer IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', definer);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO postroom_service', definer);
    END LOOP;
END $$;
