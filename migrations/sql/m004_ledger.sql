-- The ledger: one row and one state for each mail of a source.
CREATE TABLE mail (
    tenant_id       uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    source_id       uuid NOT NULL,
    immutable_id    text NOT NULL,                -- Graph's immutable id
    message_id      text,                         -- RFC 5322, without the angle brackets
    content_hash    bytea NOT NULL,               -- SHA-256 of the raw mail
    received_at     timestamptz NOT NULL,
    from_name       text NOT NULL DEFAULT '',
    from_address    text NOT NULL DEFAULT '',
    subject         text NOT NULL DEFAULT '',
    size_bytes      bigint NOT NULL,
    attachments     integer NOT NULL DEFAULT 0,
    state           text NOT NULL CHECK (state IN ('waiting', 'delivered', 'ignored', 'rejected', 'held', 'dead')),
    reason          text NOT NULL DEFAULT '',
    plan            jsonb,
    trace           jsonb NOT NULL DEFAULT '[]',
    issue_id        text,
    issue_key       text,
    comment_id      text,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,                  -- null: nothing is left to do
    last_error      text,
    claim_epoch     bigint NOT NULL DEFAULT 0,    -- fences the worker that has the mail in hand
    claimed_until   timestamptz,
    finished_at     timestamptz,                  -- when the state became terminal
    settled_at      timestamptz,                  -- when the mailbox was told
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, source_id, immutable_id),
    FOREIGN KEY (tenant_id, source_id) REFERENCES message_source (tenant_id, id),
    CHECK ((state = 'waiting') = (finished_at IS NULL))
);
SELECT enclose('mail', 'tenant_id');
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX mail_log ON mail (tenant_id, received_at DESC, id DESC);
CREATE INDEX mail_by_message_id ON mail (tenant_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mail_by_issue ON mail (tenant_id, issue_id) WHERE issue_id IS NOT NULL;

-- The raw mail, sealed with the tenant's key. Apart from the ledger, so that the ledger stays narrow.
CREATE TABLE mail_body (
    tenant_id uuid NOT NULL,
    mail_id   uuid NOT NULL,
    sealed    bytea NOT NULL,
    PRIMARY KEY (tenant_id, mail_id),
    FOREIGN KEY (tenant_id, mail_id) REFERENCES mail (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE mail_body ALTER COLUMN sealed SET STORAGE EXTERNAL;  -- sealed bytes do not compress
SELECT enclose('mail_body', 'tenant_id');

-- One effect in Jira, written down before it is tried.
CREATE TABLE delivery (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    mail_id    uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('issue', 'comment', 'attachment', 'inline_images')),
    target     text NOT NULL,                     -- which one of its kind, e.g. the file name
    state      text NOT NULL CHECK (state IN ('tried', 'done', 'refused')),
    jira_id    text,
    detail     text,
    sealed_content bytea,                         -- the ADF that Jira got, sealed with the tenant's key
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, mail_id, kind, target),
    FOREIGN KEY (tenant_id, mail_id) REFERENCES mail (tenant_id, id) ON DELETE CASCADE
);
SELECT enclose('delivery', 'tenant_id');
