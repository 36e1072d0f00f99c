-- A ledger is not thrown away by a move: a source that was deleted leaves its mails, and they count as well.
--
-- Gives the transaction's tenant the Forge door of `forge`, which must have neither connections nor mails and is
-- forgotten. `token` is the system token, sealed anew. Answers 'moved', 'missing' or 'not_empty'.
CREATE OR REPLACE FUNCTION move_to_forge(forge uuid, token bytea, token_until timestamptz, at timestamptz) RETURNS text
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
        OR EXISTS (SELECT FROM mail m WHERE m.tenant_id = forge)
    THEN RETURN 'not_empty'; END IF;
    PERFORM destroy_tenant(forge, at);
    UPDATE tenant SET installation_id = emptied.installation_id, api_base_url = emptied.api_base_url, state = 'installed',
        uninstalled_at = NULL, app_account_id = NULL, sealed_system_token = token, system_token_until = token_until,
        updated_at = at
    WHERE id = survivor.id;
    RETURN 'moved';
END $$;
