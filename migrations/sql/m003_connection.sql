CREATE TABLE message_outbound (
    tenant_id       uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    grant_id        uuid NOT NULL,
    name            text NOT NULL,
    mailbox         text NOT NULL,
    protocol        text NOT NULL CHECK (protocol IN ('graph')),
    state           text NOT NULL,
    state_since     timestamptz NOT NULL,
    state_detail    jsonb NOT NULL DEFAULT '{}',
    failures        integer NOT NULL DEFAULT 0,
    last_success_at timestamptz,
    created_at      timestamptz NOT NULL,
    deleted_at      timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES microsoft_grant (tenant_id, id),
    CHECK (state IN ('waiting_for_approval', 'active', 'slowed', 'retrying', 'needs_sign_in', 'refused', 'ours', 'paused'))
);
SELECT enclose('message_outbound', 'tenant_id');

CREATE TABLE message_source (
    tenant_id             uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                    uuid NOT NULL,
    grant_id              uuid NOT NULL,
    outbound_id           uuid,                   -- what answers to its mails go out by
    name                  text NOT NULL,
    mailbox               text NOT NULL,
    protocol              text NOT NULL CHECK (protocol IN ('graph')),
    state                 text NOT NULL,
    state_since           timestamptz NOT NULL,
    state_detail          jsonb NOT NULL DEFAULT '{}',
    failures              integer NOT NULL DEFAULT 0,
    folder_id             text NOT NULL,
    folder_name           text NOT NULL,
    cursor                text,                   -- Graph's next or delta link, whole
    start_from            timestamptz,            -- null: everything
    project_id            text,
    project_key           text,
    project_name          text,
    issue_type_id         text,
    issue_type_name       text,
    settle                text NOT NULL CHECK (settle IN ('leave', 'mark_read', 'move')),
    settle_folder_id      text,
    lease_epoch           bigint NOT NULL DEFAULT 0,  -- fences: every write of a poll names the epoch it took
    lease_until           timestamptz,
    next_poll_at          timestamptz NOT NULL,
    poll_interval_seconds integer NOT NULL,
    last_success_at       timestamptz,
    last_mail_at          timestamptz,
    created_at            timestamptz NOT NULL,
    deleted_at            timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES microsoft_grant (tenant_id, id),
    FOREIGN KEY (tenant_id, outbound_id) REFERENCES message_outbound (tenant_id, id),
    CHECK (state IN ('waiting_for_approval', 'active', 'slowed', 'retrying', 'needs_sign_in', 'refused', 'ours', 'paused')),
    CHECK (settle <> 'move' OR settle_folder_id IS NOT NULL)
);
SELECT enclose('message_source', 'tenant_id');
CREATE INDEX message_source_due ON message_source (next_poll_at) WHERE deleted_at IS NULL;
