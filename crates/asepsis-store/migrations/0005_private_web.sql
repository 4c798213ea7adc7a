-- Private tables of the practice book. Ids are made by the program, times are UTC milliseconds,
-- hashes are hex. Of tokens and recovery codes only the hashes are here.

-- Taken first by whoever makes or changes an account, so that these wait for each other.
CREATE TABLE account_head (
    organization_id TEXT NOT NULL PRIMARY KEY,
    made BIGINT NOT NULL CHECK (made >= 0)
);

CREATE TABLE account (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    sign_in TEXT NOT NULL,
    name TEXT NOT NULL,
    rights TEXT NOT NULL CHECK (rights IN ('owner', 'staff', 'it', 'vendor', 'auditor')),
    roles TEXT NOT NULL,
    passphrase TEXT NOT NULL,
    totp TEXT,
    totp_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, sign_in)
);

CREATE TABLE recovery_code (
    organization_id TEXT NOT NULL,
    account TEXT NOT NULL,
    hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (organization_id, account, hash),
    FOREIGN KEY (organization_id, account) REFERENCES account (organization_id, id)
);

CREATE TABLE session (
    organization_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    account TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    second_factor BIGINT NOT NULL CHECK (second_factor IN (0, 1)),
    agent TEXT NOT NULL,
    PRIMARY KEY (organization_id, hash),
    FOREIGN KEY (organization_id, account) REFERENCES account (organization_id, id)
);

CREATE INDEX session_account ON session (organization_id, account);
CREATE INDEX session_expires_at ON session (organization_id, expires_at);

CREATE TABLE sign_in_failure (
    organization_id TEXT NOT NULL,
    who TEXT NOT NULL,
    failures BIGINT NOT NULL CHECK (failures > 0),
    last_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, who)
);

CREATE INDEX sign_in_failure_last_at ON sign_in_failure (organization_id, last_at);

CREATE TABLE vendor_link (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    vendor TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    last_used_at BIGINT,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, token_hash)
);

CREATE TABLE job (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    job_key TEXT,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
    attempt BIGINT NOT NULL CHECK (attempt >= 0),
    lease_until BIGINT,
    progress TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    PRIMARY KEY (organization_id, id)
);

CREATE INDEX job_created_at ON job (organization_id, created_at);
CREATE INDEX job_open ON job (organization_id, state, created_at);
-- One job of a key at a time; a finished one makes room for the next.
CREATE UNIQUE INDEX job_one_of_key ON job (organization_id, job_key)
    WHERE state IN ('queued', 'running');

CREATE TABLE setting (
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organization_id, name)
);
