-- Entries are never changed or deleted; only body and salt may go, together (a redaction).
CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry of the ledger is never deleted');
END;

CREATE TRIGGER ledger_entry_update BEFORE UPDATE ON ledger_entry
WHEN NOT (
    NEW.body IS NULL AND NEW.salt IS NULL
    AND NEW.organization_id = OLD.organization_id
    AND NEW.seq = OLD.seq
    AND NEW.kind = OLD.kind
    AND NEW.recorded_at = OLD.recorded_at
    AND NEW.author = OLD.author
    AND NEW.body_hash = OLD.body_hash
    AND NEW.leaf_hash = OLD.leaf_hash
    AND NEW.idempotency_key IS OLD.idempotency_key
)
BEGIN
    SELECT RAISE(ABORT, 'an entry of the ledger is never changed');
END;

CREATE TRIGGER ledger_head_delete BEFORE DELETE ON ledger_head
BEGIN
    SELECT RAISE(ABORT, 'the head of a ledger is never deleted');
END;
