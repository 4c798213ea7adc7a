-- The ledger: one head and one tree per organization. Times are UTC milliseconds, hashes are hex.
CREATE TABLE ledger_head (
    organization_id TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL CHECK (size >= 0),
    root TEXT NOT NULL,
    frontier TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);

CREATE TABLE ledger_entry (
    organization_id TEXT NOT NULL REFERENCES ledger_head (organization_id),
    seq BIGINT NOT NULL CHECK (seq >= 0),
    kind TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    author TEXT NOT NULL,
    body TEXT,
    salt TEXT,
    body_hash TEXT NOT NULL,
    leaf_hash TEXT NOT NULL,
    idempotency_key TEXT,
    PRIMARY KEY (organization_id, seq),
    UNIQUE (organization_id, idempotency_key)
);

CREATE INDEX ledger_entry_kind ON ledger_entry (organization_id, kind, seq);
