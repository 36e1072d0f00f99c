-- An app registration that a tenant brings. A grant without one was signed in with the service's own.
CREATE TABLE app_registration (
    tenant_id         uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                uuid NOT NULL,
    name              text NOT NULL,
    cloud             text NOT NULL CHECK (cloud IN ('global', 'us_gov_l4', 'us_gov_l5', 'china')),
    client_id         text NOT NULL,
    directory_id      text,                       -- null: users of any directory may sign in
    credential_kind   text NOT NULL CHECK (credential_kind IN ('secret', 'certificate')),
    sealed_credential bytea NOT NULL,
    thumbprint        text,                       -- SHA-256 of the certificate
    expires_at        timestamptz,                -- when the credential ends, where that is known
    state_detail      jsonb NOT NULL DEFAULT '{}', -- what Microsoft said when it was last tried
    warned_days       integer,                    -- the last warning given before the credential's end
    created_at        timestamptz NOT NULL,
    deleted_at        timestamptz,
    PRIMARY KEY (tenant_id, id)
);
SELECT enclose('app_registration', 'tenant_id');
CREATE INDEX app_registration_ends ON app_registration (expires_at) WHERE deleted_at IS NULL AND expires_at IS NOT NULL;

-- Access tokens, one for each resource: Graph and Outlook (EWS) take no token of each other.
CREATE TABLE grant_token (
    tenant_id  uuid NOT NULL,
    grant_id   uuid NOT NULL,
    resource   text NOT NULL CHECK (resource IN ('graph', 'outlook')),
    sealed     bytea,                             -- null: Microsoft refused it before its time
    expires_at timestamptz NOT NULL,
    scopes     text[] NOT NULL,
    PRIMARY KEY (tenant_id, grant_id, resource),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES microsoft_grant (tenant_id, id) ON DELETE CASCADE
);
SELECT enclose('grant_token', 'tenant_id');
INSERT INTO grant_token
    SELECT tenant_id, id, 'graph', NULL::bytea, refreshed_at, scopes FROM microsoft_grant;

-- One refresh at a time for a grant, over all processes: whoever moved the epoch has it until refreshing_until.
ALTER TABLE microsoft_grant
    ADD COLUMN registration_id  uuid,
    ADD COLUMN cloud            text NOT NULL DEFAULT 'global' CHECK (cloud IN ('global', 'us_gov_l4', 'us_gov_l5', 'china')),
    ADD COLUMN consent          text NOT NULL DEFAULT 'user' CHECK (consent IN ('user', 'admin')),
    ADD COLUMN refreshing_until timestamptz,
    ADD COLUMN refreshing_epoch bigint NOT NULL DEFAULT 0,
    ADD COLUMN renew_after      timestamptz,      -- a renewal that failed is not tried again before
    DROP COLUMN sealed_access_token,
    DROP COLUMN access_expires_at,
    ADD FOREIGN KEY (tenant_id, registration_id) REFERENCES app_registration (tenant_id, id);

-- Grants that nobody used for long: Microsoft forgets a refresh token after 90 idle days.
DROP FUNCTION due_grants(timestamptz, integer);
CREATE FUNCTION due_grants(refreshed_before timestamptz, at timestamptz, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT g.tenant_id, g.id, g.refreshed_at FROM microsoft_grant g JOIN tenant t ON t.id = g.tenant_id
    WHERE g.refreshed_at < refreshed_before AND t.state = 'installed' AND (g.renew_after IS NULL OR g.renew_after <= at)
      AND (EXISTS (SELECT FROM message_source s WHERE s.tenant_id = g.tenant_id AND s.grant_id = g.id
                   AND s.deleted_at IS NULL AND s.state <> 'needs_sign_in')
        OR EXISTS (SELECT FROM message_outbound o WHERE o.tenant_id = g.tenant_id AND o.grant_id = g.id
                   AND o.deleted_at IS NULL AND o.state <> 'needs_sign_in'))
    ORDER BY g.refreshed_at LIMIT most $$;

-- Registrations whose credential ends soon and of which no warning was given yet at 30, 14, 3 or no days before.
CREATE FUNCTION expiring_registrations(at timestamptz, most integer)
    RETURNS TABLE (tenant_id uuid, id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    SELECT r.tenant_id, r.id, r.expires_at FROM app_registration r JOIN tenant t ON t.id = r.tenant_id
    WHERE r.deleted_at IS NULL AND t.state = 'installed' AND r.expires_at <= at + interval '30 days'
      AND (r.warned_days IS NULL OR r.warned_days > CASE
            WHEN r.expires_at <= at THEN 0
            WHEN r.expires_at <= at + interval '3 days' THEN 3
            WHEN r.expires_at <= at + interval '14 days' THEN 14
            ELSE 30 END)
    ORDER BY r.expires_at LIMIT most $$;
