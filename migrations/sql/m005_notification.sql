-- A mail that goes out because of an issue. One for each comment, whatever Jira's webhooks repeat.
CREATE TABLE notification (
    tenant_id       uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    outbound_id     uuid,
    issue_id        text NOT NULL,
    issue_key       text NOT NULL,
    comment_id      text NOT NULL,
    to_name         text NOT NULL DEFAULT '',
    to_address      text NOT NULL DEFAULT '',
    subject         text NOT NULL DEFAULT '',
    message_id      text,                         -- ours, without the angle brackets
    state           text NOT NULL CHECK (state IN ('waiting', 'sent', 'ignored', 'dead')),
    reason          text NOT NULL DEFAULT '',
    tried_at        timestamptz,                  -- set before the call: an unknown outcome is looked up first
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    last_error      text,
    claim_epoch     bigint NOT NULL DEFAULT 0,
    claimed_until   timestamptz,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, comment_id),
    FOREIGN KEY (tenant_id, outbound_id) REFERENCES message_outbound (tenant_id, id),
    CHECK ((state = 'waiting') = (finished_at IS NULL))
);
SELECT enclose('notification', 'tenant_id');
CREATE INDEX notification_due ON notification (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX notification_by_message_id ON notification (tenant_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX notification_log ON notification (tenant_id, created_at DESC, id DESC);
