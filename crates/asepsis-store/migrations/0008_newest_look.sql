-- The newest look at each subject by each collector. A read table: run again by a rebuild.
CREATE TABLE IF NOT EXISTS newest_look (
    organization_id TEXT NOT NULL,
    schema TEXT NOT NULL,
    collector TEXT NOT NULL,
    subject TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, schema, collector, subject)
);
