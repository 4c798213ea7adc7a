-- What lists of entries are found by. Run again by a rebuild.
CREATE INDEX IF NOT EXISTS evidence_index_subject ON evidence_index (organization_id, subject, seq);
CREATE INDEX IF NOT EXISTS evidence_index_question ON evidence_index (organization_id, question, seq);
CREATE INDEX IF NOT EXISTS ledger_entry_author ON ledger_entry (organization_id, author, kind, seq);
