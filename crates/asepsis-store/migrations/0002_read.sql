-- Read tables: made from the ledger, can be dropped and rebuilt. Run again by a rebuild.
CREATE TABLE IF NOT EXISTS evidence_index (
    organization_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    schema TEXT,
    subject TEXT,
    question TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, seq)
);

CREATE INDEX IF NOT EXISTS evidence_index_at ON evidence_index (organization_id, kind, at);
