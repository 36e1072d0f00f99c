-- Where a tenant wants to be told that a connection is out of order: a mail address or a chat tool's webhook.
CREATE TABLE alert_channel (
    tenant_id     uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id            uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('mail', 'webhook')),
    name          text NOT NULL,
    sealed_target bytea NOT NULL,                 -- the address: a webhook's holds its secret
    format        text CHECK (format IN ('slack', 'teams', 'generic')),
    outbound_id   uuid,                           -- what mails go out by; null: any that works
    enabled       boolean NOT NULL DEFAULT true,
    last_sent_at  timestamptz,
    last_error    text,
    created_at    timestamptz NOT NULL,
    deleted_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, outbound_id) REFERENCES message_outbound (tenant_id, id),
    CHECK ((kind = 'webhook') = (format IS NOT NULL))
);
SELECT enclose('alert_channel', 'tenant_id');

-- One trouble of one connection, from its beginning to its end.
CREATE TABLE incident (
    tenant_id    uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id           uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('state', 'silence', 'expiry')),
    subject_kind text NOT NULL CHECK (subject_kind IN ('source', 'outbound', 'registration')),
    subject_id   uuid NOT NULL,
    state        text CHECK (state IN
        ('waiting_for_approval', 'active', 'slowed', 'retrying', 'needs_sign_in', 'refused', 'ours', 'paused')),
    detail       jsonb NOT NULL DEFAULT '{}',
    opened_at    timestamptz NOT NULL,
    closed_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((kind = 'expiry') = (subject_kind = 'registration')),
    CHECK ((kind = 'expiry') = (state IS NULL))
);
SELECT enclose('incident', 'tenant_id');
-- A connection that is silent and then needs a sign-in has one trouble, not two.
CREATE UNIQUE INDEX incident_open ON incident (tenant_id, subject_kind, subject_id) WHERE closed_at IS NULL;
CREATE INDEX incident_log ON incident (tenant_id, opened_at DESC, id DESC);

-- One message about an incident to one channel: when it opened, and again when it was over.
CREATE TABLE alert (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    incident_id     uuid NOT NULL,
    channel_id      uuid NOT NULL,
    phase           text NOT NULL CHECK (phase IN ('opened', 'closed')),
    state           text NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    claim_epoch     bigint NOT NULL DEFAULT 0,
    claimed_until   timestamptz,
    last_error      text,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, incident_id, channel_id, phase),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incident (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, channel_id) REFERENCES alert_channel (tenant_id, id),
    CHECK ((state = 'waiting') = (finished_at IS NULL)),
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
);
SELECT enclose('alert', 'tenant_id');
CREATE INDEX alert_due ON alert (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

CREATE FUNCTION due_alerts(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT a.tenant_id, a.id, a.next_attempt_at AS due_at,
               row_number() OVER (PARTITION BY a.tenant_id ORDER BY a.next_attempt_at) AS place
        FROM alert a JOIN tenant t ON t.id = a.tenant_id
        WHERE a.next_attempt_at <= at AND (a.claimed_until IS NULL OR a.claimed_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

-- Sources that should be read and were not, for longer than `minutes` and than four of their own intervals, whatever
-- the polls said, and about which nobody was told yet.
CREATE FUNCTION silent_sources(at timestamptz, minutes integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT s.tenant_id, s.id, greatest(s.last_success_at, s.watched_from)
    FROM message_source s JOIN tenant t ON t.id = s.tenant_id
    WHERE s.deleted_at IS NULL AND t.state = 'installed' AND s.state IN ('active', 'slowed', 'retrying')
      AND greatest(s.last_success_at, s.watched_from)
          < at - make_interval(secs => greatest(minutes * 60, 4 * s.poll_interval_seconds))
      AND NOT EXISTS (SELECT FROM incident i WHERE i.tenant_id = s.tenant_id AND i.subject_kind = 'source'
                      AND i.subject_id = s.id AND i.closed_at IS NULL)
    ORDER BY 3 LIMIT most $$;

-- Since when a connection is in trouble that is nobody's, through all its changes between slowed and retrying.
CREATE FUNCTION troubled_connections(of_kind text, before timestamptz, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT c.tenant_id, c.id, h.since FROM (
        SELECT s.tenant_id, s.id, s.state, 'source' AS kind FROM message_source s WHERE s.deleted_at IS NULL
        UNION ALL
        SELECT o.tenant_id, o.id, o.state, 'outbound' FROM message_outbound o WHERE o.deleted_at IS NULL
    ) c JOIN tenant t ON t.id = c.tenant_id
    JOIN LATERAL (
        SELECT max(h.until) AS since FROM connection_history h
        WHERE h.tenant_id = c.tenant_id AND h.connection_id = c.id AND h.state NOT IN ('slowed', 'retrying')
    ) h ON h.since <= before
    WHERE c.kind = of_kind AND c.state IN ('slowed', 'retrying') AND t.state = 'installed'
      AND NOT EXISTS (SELECT FROM incident i WHERE i.tenant_id = c.tenant_id AND i.subject_kind = c.kind
                      AND i.subject_id = c.id AND i.closed_at IS NULL)
    ORDER BY 3 LIMIT most $$;

-- What is not read because its site was away is not silent: its time begins when the site is back.
CREATE FUNCTION watch_from_now() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE message_source SET watched_from = NEW.updated_at WHERE tenant_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER site_came_back AFTER UPDATE OF state ON tenant
    FOR EACH ROW WHEN (OLD.state <> 'installed' AND NEW.state = 'installed') EXECUTE FUNCTION watch_from_now();

CREATE OR REPLACE FUNCTION fleet_counts()
    RETURNS TABLE (subject text, state text, amount bigint, oldest timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT 'mail', m.state, count(*), min(m.received_at) FROM mail m WHERE m.state = 'waiting' GROUP BY m.state
    UNION ALL
    SELECT 'notification', n.state, count(*), min(n.created_at) FROM notification n WHERE n.state = 'waiting' GROUP BY n.state
    UNION ALL
    SELECT 'source', s.state, count(*), min(s.last_success_at) FROM message_source s WHERE s.deleted_at IS NULL GROUP BY s.state
    UNION ALL
    SELECT 'outbound', o.state, count(*), min(o.last_success_at) FROM message_outbound o WHERE o.deleted_at IS NULL GROUP BY o.state
    UNION ALL
    SELECT 'subscription', p.state, count(*), min(p.state_since) FROM subscription p
        JOIN message_source s ON s.tenant_id = p.tenant_id AND s.id = p.source_id WHERE s.deleted_at IS NULL GROUP BY p.state
    UNION ALL
    SELECT 'alert', a.state, count(*), min(a.created_at) FROM alert a WHERE a.state = 'waiting' GROUP BY a.state
    UNION ALL
    SELECT 'incident', i.kind, count(*), min(i.opened_at) FROM incident i WHERE i.closed_at IS NULL GROUP BY i.kind $$;

-- Takes everything of a tenant away but its id and what its audit trail says without names. Only functions of the
-- schema may call it.
CREATE OR REPLACE FUNCTION destroy_tenant(of uuid, at timestamptz) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp
    AS $$
    DELETE FROM incident WHERE tenant_id = of;  -- alerts go with it
    DELETE FROM alert_channel WHERE tenant_id = of;
    DELETE FROM mail WHERE tenant_id = of;  -- bodies and deliveries go with it
    DELETE FROM notification WHERE tenant_id = of;
    DELETE FROM sign_in WHERE tenant_id = of;
    DELETE FROM connection_history WHERE tenant_id = of;
    DELETE FROM send_turn WHERE tenant_id = of;
    DELETE FROM message_source WHERE tenant_id = of;  -- subscriptions go with it
    DELETE FROM message_outbound WHERE tenant_id = of;
    DELETE FROM microsoft_grant WHERE tenant_id = of;  -- access tokens go with it
    DELETE FROM app_registration WHERE tenant_id = of;
    UPDATE audit SET actor_account = NULL, subject_name = NULL, changes = '[]' WHERE tenant_id = of;
    UPDATE tenant SET state = 'forgotten', wrapped_key = NULL, site_url = '', client_key = NULL,
        previous_client_key = NULL, installation_id = NULL, cloud_id = NULL, display_url = NULL, app_account_id = NULL,
        api_base_url = NULL, sealed_secret = NULL, sealed_previous_secret = NULL, previous_secret_until = NULL,
        sealed_system_token = NULL, system_token_until = NULL, secret_issued_at = NULL, updated_at = at
    WHERE id = of $$;

-- Gives the transaction's tenant the Forge door of `forge`, which must have neither connections, mails, registrations
-- nor alert channels and is forgotten: what people made is never thrown away by a move. `token` is the system token,
-- sealed anew. Answers 'moved', 'missing' or 'not_empty'.
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
        OR EXISTS (SELECT FROM app_registration r WHERE r.tenant_id = forge AND r.deleted_at IS NULL)
        OR EXISTS (SELECT FROM alert_channel c WHERE c.tenant_id = forge AND c.deleted_at IS NULL)
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
