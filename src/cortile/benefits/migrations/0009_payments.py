import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from cortile.kit.wall_sql import inherit, protect

# What only the database can promise whatever runs in it: I11 (two people and a reason), one payment for each instruction.
PAYMENTS = """
CREATE FUNCTION benefits_batch_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  held record;
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a batch is never deleted' USING ERRCODE = 'insufficient_privilege'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN RAISE EXCEPTION 'a batch begins open' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('open', 'closed'), ('open', 'cancelled'), ('closed', 'signed'),
      ('closed', 'cancelled'), ('signed', 'sent'), ('signed', 'cancelled'), ('sent', 'settled')) THEN
    RAISE EXCEPTION 'a batch does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.agency_id, OLD.envelope_id, OLD.number, OLD.way, OLD.reason, OLD.made_by_id, OLD.made_at, OLD.follows_id) IS DISTINCT FROM
      (NEW.agency_id, NEW.envelope_id, NEW.number, NEW.way, NEW.reason, NEW.made_by_id, NEW.made_at, NEW.follows_id)
    OR OLD.state <> 'open' AND (OLD.execution_date, OLD.total_cents, OLD.count, OLD.signatures_needed, OLD.digest) IS DISTINCT FROM
      (NEW.execution_date, NEW.total_cents, NEW.count, NEW.signatures_needed, NEW.digest)
    OR OLD.state IN ('sent', 'settled') AND (OLD.file_id, OLD.file_digest, OLD.sent_at) IS DISTINCT FROM
      (NEW.file_id, NEW.file_digest, NEW.sent_at) THEN
    RAISE EXCEPTION 'a closed batch does not change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state = 'open' AND NEW.state = 'closed' THEN
    SELECT count(*) AS lines, coalesce(sum(cents), 0) AS cents INTO held FROM benefits_batchline WHERE batch_id = NEW.id;
    IF (held.lines, held.cents) IS DISTINCT FROM (NEW.count::bigint, NEW.total_cents::numeric) THEN
      RAISE EXCEPTION 'the total of a batch is the sum of its lines' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NEW.state IN ('signed', 'sent', 'settled') AND NEW.signatures_needed >
      (SELECT count(*) FROM benefits_signature WHERE batch_id = NEW.id AND digest = NEW.digest) THEN
    RAISE EXCEPTION 'a batch leaves with all its signatures' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER step BEFORE INSERT OR UPDATE OR DELETE ON benefits_batch FOR EACH ROW EXECUTE FUNCTION benefits_batch_step();

CREATE FUNCTION benefits_somebody_else_signs() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM benefits_batch b JOIN agencies_staff s ON s.id = NEW.staff_id WHERE b.id = NEW.batch_id
      AND b.state = 'closed' AND b.made_by_id <> NEW.staff_id AND s.agency_id = b.agency_id
      AND b.total_cents = NEW.total_cents AND b.digest = NEW.digest) THEN
    RAISE EXCEPTION 'a closed batch is signed by somebody else' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM benefits_batchline l JOIN benefits_application a ON a.id = l.application_id
      WHERE l.batch_id = NEW.batch_id AND a.helped_by_id = NEW.staff_id) THEN
    RAISE EXCEPTION 'who helped with an application does not sign its payment' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER somebody_else BEFORE INSERT ON benefits_signature FOR EACH ROW EXECUTE FUNCTION benefits_somebody_else_signs();

CREATE FUNCTION benefits_line_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stands text;
  live bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a payment is never deleted' USING ERRCODE = 'insufficient_privilege'; END IF;
  SELECT state INTO stands FROM benefits_batch WHERE id = NEW.batch_id;
  IF TG_OP = 'INSERT' THEN
    IF stands IS DISTINCT FROM 'open' OR NEW.state <> 'queued' THEN
      RAISE EXCEPTION 'a line is written while its batch is open' USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(cents), 0) INTO live FROM benefits_batchline
      WHERE application_id = NEW.application_id AND state IN ('queued', 'sent', 'paid');
    IF NOT EXISTS (SELECT FROM benefits_decision d WHERE d.id = NEW.decision_id AND d.application_id = NEW.application_id
        AND d.decided_at IS NOT NULL AND d.outcome IN ('granted', 'partly') AND live + NEW.cents <= d.granted_cents) THEN
      RAISE EXCEPTION 'no more is paid than was decided' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.agency_id, OLD.batch_id, OLD.application_id, OLD.decision_id, OLD.tranche, OLD.cents, OLD.reference, OLD.payee_name,
      OLD.iban, OLD.account_code) IS DISTINCT FROM (NEW.agency_id, NEW.batch_id, NEW.application_id, NEW.decision_id, NEW.tranche,
      NEW.cents, NEW.reference, NEW.payee_name, NEW.iban, NEW.account_code) THEN
    RAISE EXCEPTION 'a payment does not change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state, stands) NOT IN (('queued', 'sent', 'sent'), ('queued', 'dropped', 'cancelled'),
      ('sent', 'paid', 'sent'), ('sent', 'returned', 'sent'), ('paid', 'returned', 'sent'), ('paid', 'returned', 'settled')) THEN
    RAISE EXCEPTION 'a payment does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER step BEFORE INSERT OR UPDATE OR DELETE ON benefits_batchline FOR EACH ROW EXECUTE FUNCTION benefits_line_step();

CREATE FUNCTION benefits_paid_by_a_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM benefits_batchline l JOIN benefits_batch b ON b.id = l.batch_id
      WHERE NEW.key = NEW.move || ':' || l.reference AND l.application_id = NEW.application_id AND l.decision_id = NEW.decision_id
      AND b.envelope_id = NEW.envelope_id AND b.state IN ('sent', 'settled')
      AND l.state = CASE NEW.move WHEN 'pay' THEN 'sent' ELSE 'returned' END) THEN
    RAISE EXCEPTION 'money leaves by a signed batch only' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER by_a_line BEFORE INSERT ON benefits_entry FOR EACH ROW WHEN (NEW.move IN ('pay', 'return'))
  EXECUTE FUNCTION benefits_paid_by_a_line();

CREATE FUNCTION benefits_sum_of_its_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM benefits_entry e WHERE e.id = NEW.entry_id AND e.move IN ('pay', 'return') AND NOT EXISTS (
      SELECT FROM benefits_batchline l WHERE e.key = e.move || ':' || l.reference AND l.cents = abs(NEW.cents))) THEN
    RAISE EXCEPTION 'a payment moves the sum of its line' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sum_of_its_line BEFORE INSERT ON benefits_posting FOR EACH ROW EXECUTE FUNCTION benefits_sum_of_its_line();

CREATE FUNCTION benefits_payments_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was signed or answered is append-only (%)', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_signature
  FOR EACH ROW EXECUTE FUNCTION benefits_payments_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_outcomefile
  FOR EACH ROW EXECUTE FUNCTION benefits_payments_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON benefits_outcomerow
  FOR EACH ROW EXECUTE FUNCTION benefits_payments_append_only();
"""
GONE = """
DROP TRIGGER append_only ON benefits_outcomerow; DROP TRIGGER append_only ON benefits_outcomefile;
DROP TRIGGER append_only ON benefits_signature; DROP FUNCTION benefits_payments_append_only();
DROP TRIGGER sum_of_its_line ON benefits_posting; DROP FUNCTION benefits_sum_of_its_line();
DROP TRIGGER by_a_line ON benefits_entry; DROP FUNCTION benefits_paid_by_a_line();
DROP TRIGGER step ON benefits_batchline; DROP FUNCTION benefits_line_step();
DROP TRIGGER somebody_else ON benefits_signature; DROP FUNCTION benefits_somebody_else_signs();
DROP TRIGGER step ON benefits_batch; DROP FUNCTION benefits_batch_step();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_first_from_age'),
        ('benefits', '0008_who_kept_a_draft'),
        ('kit', '0006_subject_of_its_transaction'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL('CREATE SEQUENCE benefits_batch_number START 101', 'DROP SEQUENCE benefits_batch_number'),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debtor_name', models.TextField()),
                ('iban', models.TextField()),
                ('abi', models.TextField()),
                ('cuc', models.TextField()),
                ('category_purpose', models.TextField(default='GOVT')),
                ('unconfirmed', models.TextField(blank=True)),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_account', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL("nextval('benefits_batch_number')", ()), editable=False, unique=True)),
                ('way', models.TextField()),
                ('state', models.TextField(default='open')),
                ('execution_date', models.DateField()),
                ('reason', models.TextField()),
                ('total_cents', models.BigIntegerField(default=0)),
                ('count', models.IntegerField(default=0)),
                ('signatures_needed', models.SmallIntegerField(default=0)),
                ('digest', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by_name', models.TextField(blank=True)),
                ('file_digest', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='benefits.envelope')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kit.storedfile')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='benefits.batch')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField(editable=False)),
                ('tranche', models.SmallIntegerField(default=1)),
                ('parts', models.SmallIntegerField(default=1)),
                ('cents', models.BigIntegerField()),
                ('reference', models.TextField(unique=True)),
                ('payee_name', models.TextField()),
                ('iban', models.TextField(blank=True)),
                ('account_code', models.TextField(blank=True)),
                ('state', models.TextField(default='queued')),
                ('reason_code', models.TextField(blank=True)),
                ('settled_at', models.DateField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='benefits.application')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='benefits.batch')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='benefits.decision')),
            ],
            options={
                'ordering': ['batch_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OutcomeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField(editable=False)),
                ('digest', models.TextField()),
                ('at', models.DateTimeField()),
                ('by_name', models.TextField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcome_files', to='benefits.batch')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OutcomeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField(editable=False)),
                ('line_number', models.IntegerField()),
                ('reference', models.TextField()),
                ('outcome', models.TextField()),
                ('state', models.TextField()),
                ('problem', models.TextField(blank=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='benefits.outcomefile')),
            ],
            options={
                'ordering': ['file_id', 'line_number'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField(editable=False)),
                ('by_name', models.TextField()),
                ('at', models.DateTimeField()),
                ('total_cents', models.BigIntegerField()),
                ('digest', models.TextField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='benefits.batch')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SignatureBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('up_to_cents', models.BigIntegerField(blank=True, null=True)),
                ('signatures', models.SmallIntegerField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signature_bands', to='agencies.agency')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('up_to_cents'), nulls_last=True)],
            },
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['agency', 'state', '-number'], name='batch_of_body'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['account', 'transfer'])), name='batch_way_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'signed', 'sent', 'settled', 'cancelled'])), name='batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='batch_says_why'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'cancelled']), models.Q(('closed_at__isnull', False), ('count__gt', 0), ('signatures_needed__gte', 1), ('total_cents__gt', 0), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='batch_closed_whole'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sent', 'settled']), _negated=True), models.Q(('file__isnull', False), ('sent_at__isnull', False), models.Q(('file_digest', ''), _negated=True)), _connector='OR'), name='batch_sent_with_its_file'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'paid', 'returned', 'dropped'])), name='batch_line_state_known'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='batch_line_above_nought'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^[0-9]+(-[0-9]+)+$')), name='batch_line_reference_neutral'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('queued', 'sent', 'paid'))), fields=('decision', 'tranche'), name='batch_line_once'),
        ),
        migrations.AddConstraint(
            model_name='outcomefile',
            constraint=models.UniqueConstraint(fields=('batch', 'digest'), name='outcome_file_once'),
        ),
        migrations.AddConstraint(
            model_name='outcomerow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'explained'])), name='outcome_row_state_known'),
        ),
        migrations.AddConstraint(
            model_name='outcomerow',
            constraint=models.UniqueConstraint(fields=('file', 'line_number'), name='outcome_row_once'),
        ),
        migrations.AddConstraint(
            model_name='outcomerow',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'applied'), models.Q(('problem', ''), _negated=True), _connector='XOR'), name='outcome_row_explained'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('batch', 'staff'), name='signature_once'),
        ),
        migrations.AddConstraint(
            model_name='signatureband',
            constraint=models.UniqueConstraint(fields=('agency', 'up_to_cents'), name='signature_band_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='signatureband',
            constraint=models.CheckConstraint(condition=models.Q(('signatures__gte', 1)), name='signature_band_at_least_one'),
        ),
        migrations.RunSQL(PAYMENTS, GONE),
        inherit("benefits_batchline", "benefits_batch", "batch_id"),
        inherit("benefits_signature", "benefits_batch", "batch_id"),
        inherit("benefits_outcomefile", "benefits_batch", "batch_id"),
        inherit("benefits_outcomerow", "benefits_outcomefile", "file_id"),
        protect("benefits_signatureband"),
        protect("benefits_bankaccount"),
        protect("benefits_batch", "economic"),
        protect("benefits_batchline", "economic"),
        protect("benefits_signature", "economic"),
        protect("benefits_outcomefile", "economic"),
        protect("benefits_outcomerow", "economic"),
    ]
