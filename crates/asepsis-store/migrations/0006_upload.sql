-- Files that somebody looks over before they are brought in. Private; each is gone after an hour.
CREATE TABLE upload (
    organization_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE INDEX upload_account ON upload (organization_id, account, created_at);
