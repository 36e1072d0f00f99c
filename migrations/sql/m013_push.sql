-- Microsoft's promise to tell of new mail in a source's folder. A hint only: polls go on.
CREATE TABLE subscription (
    tenant_id           uuid NOT NULL,
    id                  uuid NOT NULL,
    source_id           uuid NOT NULL,
    key                 text NOT NULL UNIQUE,     -- in the address that Microsoft calls; unguessable
    graph_id            text,                     -- Microsoft's id, while there is one
    sealed_client_state bytea,                    -- what Microsoft must say with each notification
    state               text NOT NULL CHECK (state IN ('starting', 'live', 'down', 'off', 'not_available')),
    state_since         timestamptz NOT NULL,
    detail              text,                     -- why, for people
    expires_at          timestamptz,
    renew_at            timestamptz,              -- when somebody must look after it; null: nothing is left to do
    last_notified_at    timestamptz,
    failures            integer NOT NULL DEFAULT 0,
    claim_epoch         bigint NOT NULL DEFAULT 0,
    claimed_until       timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, source_id),
    FOREIGN KEY (tenant_id, source_id) REFERENCES message_source (tenant_id, id) ON DELETE CASCADE
);
SELECT enclose('subscription', 'tenant_id');
CREATE INDEX subscription_due ON subscription (renew_at) WHERE renew_at IS NOT NULL;
INSERT INTO subscription (tenant_id, id, source_id, key, state, state_since, renew_at)
    SELECT tenant_id, gen_random_uuid(), id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
           'starting', now(), now()
    FROM message_source WHERE deleted_at IS NULL;

-- Microsoft's notification comes without a token of ours: it is found by what only Microsoft was told.
CREATE FUNCTION subscription_by_key(wanted text, OUT tenant_id uuid, OUT id uuid) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.tenant_id, s.id FROM subscription s WHERE s.key = wanted $$;

-- What is to be made, prolonged or, where its source is gone, taken back.
CREATE FUNCTION due_subscriptions(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT p.tenant_id, p.id, p.renew_at AS due_at,
               row_number() OVER (PARTITION BY p.tenant_id ORDER BY p.renew_at) AS place
        FROM subscription p
        JOIN message_source s ON s.tenant_id = p.tenant_id AND s.id = p.source_id
        JOIN tenant t ON t.id = p.tenant_id
        WHERE p.renew_at <= at AND (p.claimed_until IS NULL OR p.claimed_until <= at) AND t.state = 'installed'
          AND CASE WHEN s.deleted_at IS NULL THEN s.state NOT IN ('paused', 'needs_sign_in')
              ELSE p.graph_id IS NOT NULL END
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;
