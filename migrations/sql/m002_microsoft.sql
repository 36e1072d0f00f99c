-- What a sign-in left. The refresh token is never out of the row that its newest form is written to.
CREATE TABLE microsoft_grant (
    tenant_id            uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                   uuid NOT NULL,
    directory_id         text NOT NULL,           -- Entra tid
    object_id            text NOT NULL,           -- Entra oid; with tid the only stable key of a user
    user_principal_name  text NOT NULL,
    display_name         text NOT NULL,
    scopes               text[] NOT NULL,
    sealed_refresh_token bytea NOT NULL,
    sealed_access_token  bytea,
    access_expires_at    timestamptz,
    version              bigint NOT NULL DEFAULT 1,  -- counts refreshes; a writer must name the one it read
    refreshed_at         timestamptz NOT NULL,
    created_at           timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
SELECT enclose('microsoft_grant', 'tenant_id');

-- A sign-in on its way: begun by a panel user, carried through one browser, taken by the same panel user.
CREATE TABLE sign_in (
    tenant_id       uuid NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    account_id      text NOT NULL,
    purpose         text NOT NULL CHECK (purpose IN ('source', 'outbound', 'both')),
    reauthorise_id  uuid,                         -- the source whose sign-in is replaced in place
    state           text NOT NULL CHECK (state IN ('started', 'authorized', 'confirmed', 'connected', 'failed')),
    ticket          text NOT NULL,                -- opens the window, once
    ticket_used_at  timestamptz,
    state_hash      bytea UNIQUE,                 -- SHA-256 of OAuth's state; gone once it was used
    browser_hash    bytea,                        -- SHA-256 of the cookie of the browser that went to Microsoft
    sealed_exchange bytea,                        -- PKCE verifier and nonce
    grant_id        uuid,
    failure         jsonb,
    source_id       uuid,
    outbound_id     uuid,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (ticket),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES microsoft_grant (tenant_id, id)
);
SELECT enclose('sign_in', 'tenant_id');

-- The window and Microsoft's answer come without a panel token: they are found by what only they hold.
CREATE FUNCTION sign_in_by_ticket(wanted text, OUT tenant_id uuid, OUT id uuid) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.tenant_id, s.id FROM sign_in s WHERE s.ticket = wanted $$;
CREATE FUNCTION sign_in_by_state(wanted bytea, OUT tenant_id uuid, OUT id uuid) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.tenant_id, s.id FROM sign_in s WHERE s.state_hash = wanted $$;
