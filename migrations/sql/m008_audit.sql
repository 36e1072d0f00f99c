-- Who changed what. Written in the transaction of the change; the service can add to it and read it, nothing else.
CREATE TABLE audit (
    tenant_id     uuid NOT NULL REFERENCES tenant (id),
    id            uuid NOT NULL,                  -- version 7: sorts by time
    at            timestamptz NOT NULL,
    actor_kind    text NOT NULL CHECK (actor_kind IN ('account', 'atlassian', 'service', 'operator')),
    actor_account text,                           -- Jira's account id; null for the others, and once the tenant is forgotten
    action        text NOT NULL,
    subject_kind  text,
    subject_id    text,
    subject_name  text,
    changes       jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, id)
);
SELECT enclose('audit', 'tenant_id');
REVOKE UPDATE, DELETE ON audit FROM postroom_service;
CREATE INDEX audit_by_subject ON audit (tenant_id, subject_id, id DESC) WHERE subject_id IS NOT NULL;
