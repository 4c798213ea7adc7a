-- Private tables: never in the ledger, kept by a rebuild, carried by backup and restore.
CREATE TABLE net_log (
    organization_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    protocol TEXT NOT NULL,
    peer TEXT NOT NULL,
    what TEXT NOT NULL
);

CREATE INDEX net_log_at ON net_log (organization_id, at);
