-- What is overdue, over all tenants: ids and due times, nothing else. Each tenant gets at most `fair` places, so that
-- one tenant with a heap of work cannot hide another.
CREATE FUNCTION due_sources(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT s.tenant_id, s.id, s.next_poll_at AS due_at,
               row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.next_poll_at) AS place
        FROM message_source s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.next_poll_at <= at AND s.deleted_at IS NULL
          AND s.state NOT IN ('paused', 'needs_sign_in')
          AND (s.lease_until IS NULL OR s.lease_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

CREATE FUNCTION due_mails(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT m.tenant_id, m.id, m.next_attempt_at AS due_at,
               row_number() OVER (PARTITION BY m.tenant_id ORDER BY m.next_attempt_at) AS place
        FROM mail m JOIN tenant t ON t.id = m.tenant_id
        WHERE m.next_attempt_at <= at AND (m.claimed_until IS NULL OR m.claimed_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

CREATE FUNCTION due_notifications(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT n.tenant_id, n.id, n.next_attempt_at AS due_at,
               row_number() OVER (PARTITION BY n.tenant_id ORDER BY n.next_attempt_at) AS place
        FROM notification n JOIN tenant t ON t.id = n.tenant_id
        WHERE n.next_attempt_at <= at AND (n.claimed_until IS NULL OR n.claimed_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

-- Grants that nobody used for long: Microsoft forgets a refresh token after 90 idle days.
CREATE FUNCTION due_grants(refreshed_before timestamptz, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT g.tenant_id, g.id, g.refreshed_at FROM microsoft_grant g JOIN tenant t ON t.id = g.tenant_id
    WHERE g.refreshed_at < refreshed_before AND t.state = 'installed'
      AND (EXISTS (SELECT FROM message_source s WHERE s.tenant_id = g.tenant_id AND s.grant_id = g.id
                   AND s.deleted_at IS NULL AND s.state <> 'needs_sign_in')
        OR EXISTS (SELECT FROM message_outbound o WHERE o.tenant_id = g.tenant_id AND o.grant_id = g.id
                   AND o.deleted_at IS NULL AND o.state <> 'needs_sign_in'))
    ORDER BY g.refreshed_at LIMIT most $$;

-- Figures for the operator: counts over all tenants, of which no tenant can be told.
CREATE FUNCTION fleet_counts()
    RETURNS TABLE (subject text, state text, amount bigint, oldest timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT 'mail', m.state, count(*), min(m.received_at) FROM mail m WHERE m.state = 'waiting' GROUP BY m.state
    UNION ALL
    SELECT 'notification', n.state, count(*), min(n.created_at) FROM notification n WHERE n.state = 'waiting' GROUP BY n.state
    UNION ALL
    SELECT 'source', s.state, count(*), min(s.last_success_at) FROM message_source s WHERE s.deleted_at IS NULL GROUP BY s.state
    UNION ALL
    SELECT 'outbound', o.state, count(*), min(o.last_success_at) FROM message_outbound o WHERE o.deleted_at IS NULL GROUP BY o.state $$;

-- The service may look at how far the schema is, to refuse to start on an old one.
GRANT SELECT ON seaql_migrations TO postroom_service;
