"""A published version never changes and never goes: decisions are worked out from it years later."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FOR_GOOD = """
CREATE FUNCTION benefits_published_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'a published version of a call never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_for_good BEFORE UPDATE OR DELETE ON benefits_callversion
  FOR EACH ROW EXECUTE FUNCTION benefits_published_for_good();
"""
GONE = "DROP TRIGGER published_for_good ON benefits_callversion; DROP FUNCTION benefits_published_for_good();"


class Migration(migrations.Migration):
    """The trigger that keeps what was published."""

    dependencies: ClassVar = [("benefits", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FOR_GOOD, GONE)]
