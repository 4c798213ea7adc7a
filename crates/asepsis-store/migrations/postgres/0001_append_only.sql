-- Entries are never changed or deleted; only body and salt may go, together (a redaction).
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry or head of the ledger is never changed or deleted';
END;
$$;

CREATE FUNCTION ledger_entry_only_redact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.body IS NULL AND NEW.salt IS NULL
        AND NEW.organization_id = OLD.organization_id
        AND NEW.seq = OLD.seq
        AND NEW.kind = OLD.kind
        AND NEW.recorded_at = OLD.recorded_at
        AND NEW.author = OLD.author
        AND NEW.body_hash = OLD.body_hash
        AND NEW.leaf_hash = OLD.leaf_hash
        AND NEW.idempotency_key IS NOT DISTINCT FROM OLD.idempotency_key
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an entry of the ledger is never changed';
END;
$$;

CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_update BEFORE UPDATE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_only_redact();
CREATE TRIGGER ledger_head_delete BEFORE DELETE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
