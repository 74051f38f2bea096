"""The list of a call, drawn once and never changed. And balances summed once for all the sides written together."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from cortile.kit.wall_sql import inherit, protect

LISTS = """
CREATE FUNCTION benefits_of_its_own_list() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT tx <> pg_current_xact_id()::text::bigint FROM benefits_drawnlist WHERE id = NEW.drawn_list_id) THEN
    RAISE EXCEPTION 'a list takes its places when it is drawn' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_list BEFORE INSERT ON benefits_drawnplace FOR EACH ROW EXECUTE FUNCTION benefits_of_its_own_list();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_drawnplace FOR EACH ROW EXECUTE FUNCTION benefits_refuse_change();

CREATE FUNCTION benefits_list_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of a list only its end may be written, and once.
  IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL
     OR (to_jsonb(NEW) - '{voided_at,voided_by_name,void_reason}'::text[])
        <> (to_jsonb(OLD) - '{voided_at,voided_by_name,void_reason}'::text[]) THEN
    RAISE EXCEPTION 'a list that was drawn never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER list_stands BEFORE UPDATE OR DELETE ON benefits_drawnlist FOR EACH ROW EXECUTE FUNCTION benefits_list_stands();
"""
LISTS_GONE = """
DROP TRIGGER list_stands ON benefits_drawnlist; DROP FUNCTION benefits_list_stands();
DROP TRIGGER append_only ON benefits_drawnplace;
DROP TRIGGER own_list ON benefits_drawnplace; DROP FUNCTION benefits_of_its_own_list();
"""
# A list of ten thousand writes twenty thousand sides: one sum an account, and not as many new versions of the same row.
# Sides come to nought as they are written, all of an entry's together: at the end of a transaction that worked for several
# bodies, the wall shows only the last one's, and whoever looks then sees no side at all. What is left for the end is that an
# entry has sides, where it can still be seen.
TOGETHER = """
DROP TRIGGER summed ON benefits_posting; DROP FUNCTION benefits_sum_posting();
CREATE FUNCTION benefits_sum_postings() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM written GROUP BY entry_id HAVING count(*) < 2 OR sum(cents) <> 0) THEN
    RAISE EXCEPTION 'the sides of an entry do not come to nought' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO benefits_balance (agency_id, envelope_id, account, cents)
    SELECT DISTINCT w.agency_id, e.envelope_id, w.account, 0 FROM written w JOIN benefits_entry e ON e.id = w.entry_id
    ON CONFLICT (envelope_id, account) DO NOTHING;
  UPDATE benefits_balance b SET cents = b.cents + s.cents
    FROM (SELECT e.envelope_id, w.account, sum(w.cents) AS cents FROM written w JOIN benefits_entry e ON e.id = w.entry_id
          GROUP BY 1, 2) s
    WHERE b.envelope_id = s.envelope_id AND b.account = s.account;
  RETURN NULL;
END $$;
CREATE TRIGGER summed AFTER INSERT ON benefits_posting REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION benefits_sum_postings();
CREATE OR REPLACE FUNCTION benefits_sides_come_to_nought() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM benefits_entry WHERE id = NEW.id)
     AND NOT EXISTS (SELECT FROM benefits_posting WHERE entry_id = NEW.id) THEN
    RAISE EXCEPTION 'the sides of an entry do not come to nought' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""
ONE_BY_ONE = """
DROP TRIGGER summed ON benefits_posting; DROP FUNCTION benefits_sum_postings();
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
CREATE OR REPLACE FUNCTION benefits_sides_come_to_nought() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT count(*) < 2 OR sum(cents) <> 0 FROM benefits_posting WHERE entry_id = NEW.id) THEN
    RAISE EXCEPTION 'the sides of an entry do not come to nought' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Lists, behind the wall."""

    dependencies: ClassVar = [("agencies", "0006_first_from_age"), ("benefits", "0004_ledger_and_wall")]
    operations: ClassVar = [
        migrations.CreateModel(
            name='DrawnList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn_at', models.DateTimeField()),
                ('by_name', models.TextField()),
                ('strategy', models.TextField()),
                ('last', models.TextField()),
                ('many', models.IntegerField()),
                ('available_cents', models.BigIntegerField()),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by_name', models.TextField(blank=True)),
                ('void_reason', models.TextField(blank=True)),
                ('tx', models.BigIntegerField(db_default=RawSQL('pg_current_xact_id()::text::bigint', ()), editable=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='benefits.call')),
            ],
            options={
                'ordering': ['call_id', '-drawn_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DrawnPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField(editable=False)),
                ('place', models.IntegerField()),
                ('number', models.BigIntegerField()),
                ('asked_cents', models.BigIntegerField()),
                ('given_cents', models.BigIntegerField()),
                ('drawn_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='benefits.drawnlist')),
            ],
            options={
                'ordering': ['drawn_list_id', 'place'],
            },
        ),
        migrations.AddConstraint(
            model_name='drawnlist',
            constraint=models.UniqueConstraint(condition=Q(('voided_at', None)), fields=('call',), name='drawn_list_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='drawnlist',
            constraint=models.CheckConstraint(condition=Q(('voided_at', None), Q(('void_reason', ''), _negated=True), _connector='XOR'), name='drawn_list_void_says_why'),
        ),
        migrations.AddConstraint(
            model_name='drawnplace',
            constraint=models.UniqueConstraint(fields=('drawn_list', 'place'), name='drawn_place_once'),
        ),
        migrations.AddConstraint(
            model_name='drawnplace',
            constraint=models.UniqueConstraint(fields=('drawn_list', 'number'), name='drawn_place_number_once'),
        ),
        migrations.AddConstraint(
            model_name='drawnplace',
            constraint=models.CheckConstraint(condition=Q(('given_cents__gte', 0), ('given_cents__lte', F('asked_cents'))), name='drawn_place_within'),
        ),
        migrations.RunSQL(LISTS, LISTS_GONE),
        inherit("benefits_drawnplace", "benefits_drawnlist", "drawn_list_id"),
        protect("benefits_drawnlist"),
        protect("benefits_drawnplace"),
        migrations.RunSQL(TOGETHER, ONE_BY_ONE),
    ]
