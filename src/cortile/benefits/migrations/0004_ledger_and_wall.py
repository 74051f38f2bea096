"""The ledger keeps itself: sums made by the database, entries that never change, sides that come to nought. And the wall."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from cortile.kit.wall_sql import gate, inherit, protect

LEDGER = """
CREATE FUNCTION benefits_sum_posting() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO benefits_balance (agency_id, envelope_id, account, cents)
    SELECT NEW.agency_id, envelope_id, NEW.account, 0 FROM benefits_entry WHERE id = NEW.entry_id
    ON CONFLICT (envelope_id, account) DO NOTHING;
  UPDATE benefits_balance b SET cents = b.cents + NEW.cents
    FROM benefits_entry e WHERE e.id = NEW.entry_id AND b.envelope_id = e.envelope_id AND b.account = NEW.account;
  RETURN NEW;
END $$;
CREATE TRIGGER summed AFTER INSERT ON benefits_posting FOR EACH ROW EXECUTE FUNCTION benefits_sum_posting();

CREATE FUNCTION benefits_sides_come_to_nought() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(*) < 2 OR sum(cents) <> 0 FROM benefits_posting WHERE entry_id = NEW.id) THEN
    RAISE EXCEPTION 'the sides of an entry do not come to nought' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sides AFTER INSERT ON benefits_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION benefits_sides_come_to_nought();

CREATE FUNCTION benefits_of_its_own_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- A side added to an entry of another transaction would change a movement that is over.
  IF (SELECT tx <> pg_current_xact_id()::text::bigint FROM benefits_entry WHERE id = NEW.entry_id) THEN
    RAISE EXCEPTION 'an entry takes its sides when it is written' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_entry BEFORE INSERT ON benefits_posting FOR EACH ROW EXECUTE FUNCTION benefits_of_its_own_entry();

CREATE FUNCTION benefits_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only (%)', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_entry FOR EACH ROW EXECUTE FUNCTION benefits_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_posting FOR EACH ROW EXECUTE FUNCTION benefits_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_datum FOR EACH ROW EXECUTE FUNCTION benefits_refuse_change();

CREATE FUNCTION benefits_by_postings_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a balance is the sum of its postings' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER by_postings_only BEFORE INSERT OR UPDATE OR DELETE ON benefits_balance
  FOR EACH ROW EXECUTE FUNCTION benefits_by_postings_only();

CREATE FUNCTION benefits_taken_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decided_at IS NOT NULL THEN
    RAISE EXCEPTION 'a decision that was taken never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER taken_for_good BEFORE UPDATE OR DELETE ON benefits_decision
  FOR EACH ROW EXECUTE FUNCTION benefits_taken_for_good();
"""
GONE = """
DROP TRIGGER taken_for_good ON benefits_decision; DROP FUNCTION benefits_taken_for_good();
DROP TRIGGER by_postings_only ON benefits_balance; DROP FUNCTION benefits_by_postings_only();
DROP TRIGGER append_only ON benefits_datum; DROP TRIGGER append_only ON benefits_posting;
DROP TRIGGER append_only ON benefits_entry; DROP FUNCTION benefits_refuse_change();
DROP TRIGGER own_entry ON benefits_posting; DROP FUNCTION benefits_of_its_own_entry();
DROP TRIGGER sides ON benefits_entry; DROP FUNCTION benefits_sides_come_to_nought();
DROP TRIGGER summed ON benefits_posting; DROP FUNCTION benefits_sum_posting();
"""


class Migration(migrations.Migration):
    """Triggers, and who is shown what."""

    dependencies: ClassVar = [("benefits", "0003_applications")]
    operations: ClassVar = [
        migrations.RunSQL(LEDGER, GONE),
        inherit("benefits_datum", "benefits_application", "application_id"),
        inherit("benefits_step", "benefits_application", "application_id"),
        inherit("benefits_decision", "benefits_application", "application_id"),
        inherit("benefits_balance", "benefits_envelope", "envelope_id"),
        inherit("benefits_entry", "benefits_envelope", "envelope_id"),
        inherit("benefits_posting", "benefits_entry", "entry_id"),
        gate("benefits_agency_of_draft", "benefits_applicationdraft", "code_hash"),
        protect("benefits_applicationdraft"),
        protect("benefits_application", "economic"),
        protect("benefits_datum", "economic"),
        protect("benefits_document"),
        protect("benefits_step", "economic"),
        protect("benefits_decision", "economic"),
        protect("benefits_envelope"),
        protect("benefits_balance"),
        protect("benefits_entry"),
        protect("benefits_posting"),
    ]
