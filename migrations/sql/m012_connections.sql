-- Connections by Graph and by EWS, with all that a source can do, and the history of their states.
ALTER TABLE message_outbound
    DROP CONSTRAINT message_outbound_protocol_check,
    ADD CONSTRAINT message_outbound_protocol_check CHECK (protocol IN ('graph', 'ews')),
    ADD COLUMN from_address text,                 -- an alias, or an address that the mailbox may send as
    ADD COLUMN moved_at     timestamptz;          -- when it went from EWS to Graph

ALTER TABLE message_source
    DROP CONSTRAINT message_source_protocol_check,
    ADD CONSTRAINT message_source_protocol_check CHECK (protocol IN ('graph', 'ews')),
    DROP CONSTRAINT message_source_settle_check,
    ADD CONSTRAINT message_source_settle_check
        CHECK (settle IN ('leave', 'mark_read', 'move', 'categorise', 'delete')),
    ADD COLUMN settle_folder_name     text,
    ADD COLUMN settle_category        text,
    ADD COLUMN reconcile_at           timestamptz, -- when its folder is counted against the ledger next
    ADD COLUMN reconcile_whole        boolean NOT NULL DEFAULT false, -- the whole folder, because a person asked
    ADD COLUMN reconciled_at          timestamptz,
    ADD COLUMN reconciled_in_folder   bigint,
    ADD COLUMN reconciled_in_ledger   bigint,
    ADD COLUMN reconciled_imported    bigint,
    ADD COLUMN caught_up_at           timestamptz, -- when a poll last found nothing more to read
    ADD COLUMN watched_from           timestamptz, -- silence is counted from here at the earliest
    ADD COLUMN moving_done            bigint,      -- while it moves to Graph: ids translated so far, and all
    ADD COLUMN moving_total           bigint,
    ADD COLUMN moved_at               timestamptz; -- when it went from EWS to Graph
UPDATE message_source SET watched_from = state_since, caught_up_at = last_success_at, reconcile_at = next_poll_at;
ALTER TABLE message_source ALTER COLUMN watched_from SET NOT NULL;
CREATE INDEX message_source_reconcile ON message_source (reconcile_at) WHERE deleted_at IS NULL;

-- State after state of a connection. The open one has no end.
CREATE TABLE connection_history (
    tenant_id     uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id            uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('source', 'outbound')),
    connection_id uuid NOT NULL,
    state         text NOT NULL CHECK (state IN
        ('waiting_for_approval', 'active', 'slowed', 'retrying', 'needs_sign_in', 'refused', 'ours', 'paused')),
    detail        jsonb NOT NULL DEFAULT '{}',
    since         timestamptz NOT NULL,
    until         timestamptz,
    PRIMARY KEY (tenant_id, id)
);
SELECT enclose('connection_history', 'tenant_id');
CREATE INDEX connection_history_of ON connection_history (tenant_id, connection_id, since DESC);
CREATE UNIQUE INDEX connection_history_open ON connection_history (tenant_id, connection_id) WHERE until IS NULL;
INSERT INTO connection_history
    SELECT tenant_id, gen_random_uuid(), 'source', id, state, state_detail, state_since, NULL::timestamptz FROM message_source
    UNION ALL
    SELECT tenant_id, gen_random_uuid(), 'outbound', id, state, state_detail, state_since, NULL::timestamptz FROM message_outbound;

-- When a mailbox was last handed mails: Exchange Online takes 30 a minute from each.
CREATE TABLE send_turn (
    tenant_id uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    mailbox   text NOT NULL,                      -- in lower case
    taken     timestamptz[] NOT NULL,             -- of the last minute, the oldest first
    PRIMARY KEY (tenant_id, mailbox)
);
SELECT enclose('send_turn', 'tenant_id');

-- A sign-in may be another person's to do: the mailbox owner's by a link, and before it an administrator's approval.
ALTER TABLE sign_in
    DROP CONSTRAINT sign_in_state_check,
    ADD CONSTRAINT sign_in_state_check CHECK (state IN
        ('started', 'waiting_for_approval', 'authorized', 'confirmed', 'connected', 'failed')),
    ADD COLUMN asked                   text NOT NULL DEFAULT 'me' CHECK (asked IN ('me', 'owner')),
    ADD COLUMN mailbox                 text,      -- null: the signer's own
    ADD COLUMN protocol                text NOT NULL DEFAULT 'graph' CHECK (protocol IN ('graph', 'ews')),
    ADD COLUMN registration_id         uuid,      -- null: the service's own
    ADD COLUMN cloud                   text NOT NULL DEFAULT 'global' CHECK (cloud IN ('global', 'us_gov_l4', 'us_gov_l5', 'china')),
    ADD COLUMN consent                 text NOT NULL DEFAULT 'user' CHECK (consent IN ('user', 'admin')),
    ADD COLUMN reauthorise_outbound_id uuid,      -- the outbound whose sign-in is replaced in place
    ADD COLUMN approval_hash           bytea UNIQUE, -- SHA-256 of the word in the administrator's link
    ADD COLUMN approval_asked_at       timestamptz,
    ADD COLUMN approved_at             timestamptz,
    ADD COLUMN revoked_at              timestamptz, -- the panel user took the link back
    ADD COLUMN owner_hint              text,      -- whom the owner's link is for
    ADD COLUMN claims                  text,      -- what Microsoft wants to be asked for at the next try
    ADD COLUMN gap                     jsonb,     -- what waits in the mailbox since the connection went offline
    ADD FOREIGN KEY (tenant_id, registration_id) REFERENCES app_registration (tenant_id, id);
CREATE INDEX sign_in_open ON sign_in (tenant_id, created_at DESC) WHERE state NOT IN ('connected', 'failed');

CREATE FUNCTION sign_in_by_approval(wanted bytea, OUT tenant_id uuid, OUT id uuid) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.tenant_id, s.id FROM sign_in s WHERE s.approval_hash = wanted $$;

-- The ledger keeps the order in which mails were received: of the mails of a source that were never tried, the oldest
-- goes first, and the others wait for it.
ALTER TABLE mail ADD COLUMN gone_at timestamptz;  -- when the folder lost the message under this id
CREATE INDEX mail_fresh ON mail (tenant_id, source_id, received_at, id) WHERE state = 'waiting' AND attempts <= 1;
CREATE INDEX mail_by_content ON mail (tenant_id, source_id, content_hash) WHERE gone_at IS NOT NULL;

CREATE OR REPLACE FUNCTION due_mails(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT m.tenant_id, m.id, m.next_attempt_at AS due_at,
               row_number() OVER (PARTITION BY m.tenant_id ORDER BY m.next_attempt_at) AS place
        FROM mail m JOIN tenant t ON t.id = m.tenant_id
        WHERE m.next_attempt_at <= at AND (m.claimed_until IS NULL OR m.claimed_until <= at) AND t.state = 'installed'
          AND NOT (m.state = 'waiting' AND m.attempts = 0 AND EXISTS (
            SELECT FROM mail o WHERE o.tenant_id = m.tenant_id AND o.source_id = m.source_id
              AND o.state = 'waiting' AND o.attempts <= 1 AND (o.received_at, o.id) < (m.received_at, m.id)
              AND (o.attempts = 0 OR o.claimed_until > at)))
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

-- A reply may name the id that Exchange gave to our mail.
ALTER TABLE notification ADD COLUMN sent_message_id text;
CREATE INDEX notification_by_sent_id ON notification (tenant_id, sent_message_id) WHERE sent_message_id IS NOT NULL;

CREATE FUNCTION due_reconciles(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT s.tenant_id, s.id, s.reconcile_at AS due_at,
               row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.reconcile_at) AS place
        FROM message_source s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.reconcile_at <= at AND s.deleted_at IS NULL AND s.moving_total IS NULL
          AND s.state NOT IN ('paused', 'needs_sign_in')
          AND (s.lease_until IS NULL OR s.lease_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

-- Sources whose move to Graph was begun and is not over: a move survives its worker.
CREATE FUNCTION due_moves(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT s.tenant_id, s.id, s.next_poll_at AS due_at,
               row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.next_poll_at) AS place
        FROM message_source s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.moving_total IS NOT NULL AND s.next_poll_at <= at AND s.deleted_at IS NULL
          AND s.state NOT IN ('paused', 'needs_sign_in')
          AND (s.lease_until IS NULL OR s.lease_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;

-- A source that moves is not polled: what a poll took in would have no new id.
CREATE OR REPLACE FUNCTION due_sources(at timestamptz, fair integer, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT d.tenant_id, d.id, d.due_at FROM (
        SELECT s.tenant_id, s.id, s.next_poll_at AS due_at,
               row_number() OVER (PARTITION BY s.tenant_id ORDER BY s.next_poll_at) AS place
        FROM message_source s JOIN tenant t ON t.id = s.tenant_id
        WHERE s.next_poll_at <= at AND s.deleted_at IS NULL AND s.moving_total IS NULL
          AND s.state NOT IN ('paused', 'needs_sign_in')
          AND (s.lease_until IS NULL OR s.lease_until <= at) AND t.state = 'installed'
    ) d WHERE d.place <= fair ORDER BY d.due_at LIMIT most $$;
