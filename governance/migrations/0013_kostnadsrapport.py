"""Kostnadsrapporter: sent once and kept, each of an adopted plan of its object."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import governance.days
import simple_history.models
from django.conf import settings
from django.db import migrations, models

RULES = r"""
CREATE FUNCTION regit_kostnadsrapport_sent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR regit_kept(to_jsonb(NEW), '{}') <> regit_kept(to_jsonb(OLD), '{}') THEN
    PERFORM regit_refuse('En skickad kostnadsrapport ändras inte.', 'kostnadsrapport_sent');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kostnadsrapport_sent BEFORE UPDATE OR DELETE ON governance_kostnadsrapport
  FOR EACH ROW EXECUTE FUNCTION regit_kostnadsrapport_sent();

CREATE FUNCTION regit_kostnadsrapport_of_plan() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM governance_forvaltningsplan p
    WHERE p.id = NEW.plan_id AND p.objekt_id = NEW.objekt_id
      AND p.status IN ('faststalld', 'ersatt')
      AND NEW.until BETWEEN p.period_from AND p.period_to) THEN
    PERFORM regit_refuse('Rapporten gäller dagar i en fastställd plan för objektet.',
      'kostnadsrapport_of_plan');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kostnadsrapport_of_plan BEFORE INSERT ON governance_kostnadsrapport
  FOR EACH ROW EXECUTE FUNCTION regit_kostnadsrapport_of_plan();
"""

GONE = """
DROP TRIGGER kostnadsrapport_of_plan ON governance_kostnadsrapport;
DROP TRIGGER kostnadsrapport_sent ON governance_kostnadsrapport;
DROP FUNCTION regit_kostnadsrapport_of_plan(), regit_kostnadsrapport_sent();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0012_mote_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalKostnadsrapport',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('sida', models.CharField(choices=[('verksamhet', 'Verksamhet'), ('it', 'IT')], max_length=10, verbose_name='sida')),
                ('until', governance.days.DayField(verbose_name='till och med')),
                ('budget', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
                ('attesterat', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='attesterat')),
                ('vantar', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='väntar på attest')),
                ('comment', models.TextField(verbose_name='kommentar')),
                ('reported_on', governance.days.DayField(editable=False, verbose_name='rapporterat den')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical kostnadsrapport',
                'verbose_name_plural': 'historical kostnadsrapporter',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Kostnadsrapport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='senast ändrat')),
                ('sida', models.CharField(choices=[('verksamhet', 'Verksamhet'), ('it', 'IT')], max_length=10, verbose_name='sida')),
                ('until', governance.days.DayField(verbose_name='till och med')),
                ('budget', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='budget')),
                ('attesterat', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='attesterat')),
                ('vantar', models.DecimalField(decimal_places=2, editable=False, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='väntar på attest')),
                ('comment', models.TextField(verbose_name='kommentar')),
                ('reported_on', governance.days.DayField(editable=False, verbose_name='rapporterat den')),
            ],
            options={
                'verbose_name': 'kostnadsrapport',
                'verbose_name_plural': 'kostnadsrapporter',
                'ordering': ['-reported_on', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='delgivning',
            name='delgivning_of_one_thing',
        ),
        migrations.AddField(
            model_name='historicalkostnadsrapport',
            name='gesture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture'),
        ),
        migrations.AddField(
            model_name='historicalkostnadsrapport',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalkostnadsrapport',
            name='objekt',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt'),
        ),
        migrations.AddField(
            model_name='historicalkostnadsrapport',
            name='plan',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.forvaltningsplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='historicalkostnadsrapport',
            name='reported_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rapporterat av'),
        ),
        migrations.AddField(
            model_name='kostnadsrapport',
            name='objekt',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt'),
        ),
        migrations.AddField(
            model_name='kostnadsrapport',
            name='plan',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='kostnadsrapporter', to='governance.forvaltningsplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='kostnadsrapport',
            name='reported_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rapporterat av'),
        ),
        migrations.AddField(
            model_name='kostnadsrapport',
            name='updated_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrat av'),
        ),
        migrations.AddField(
            model_name='delgivning',
            name='kostnadsrapport',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delgivningar', to='governance.kostnadsrapport', verbose_name='kostnadsrapport'),
        ),
        migrations.AddField(
            model_name='historicaldelgivning',
            name='kostnadsrapport',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.kostnadsrapport', verbose_name='kostnadsrapport'),
        ),
        migrations.AddConstraint(
            model_name='delgivning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('avvikelse__isnull', False), ('kostnadsrapport__isnull', True), ('statusrapport__isnull', True)), models.Q(('avvikelse__isnull', True), ('kostnadsrapport__isnull', True), ('statusrapport__isnull', False)), models.Q(('avvikelse__isnull', True), ('kostnadsrapport__isnull', False), ('statusrapport__isnull', True)), _connector='OR'), name='delgivning_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='delgivning',
            constraint=models.UniqueConstraint(condition=models.Q(('kostnadsrapport__isnull', False)), fields=('kostnadsrapport', 'person'), name='delgivning_kostnadsrapport_once'),
        ),
        migrations.AddIndex(
            model_name='historicalkostnadsrapport',
            index=models.Index(fields=['id', '-history_date', '-history_id'], name='governance__id_b144ca_idx'),
        ),
        migrations.AddConstraint(
            model_name='kostnadsrapport',
            constraint=models.CheckConstraint(condition=models.Q(('sida__in', ['verksamhet', 'it'])), name='kostnadsrapport_sida_known'),
        ),
        migrations.AddConstraint(
            model_name='kostnadsrapport',
            constraint=models.CheckConstraint(condition=models.Q(('budget__isnull', True), ('budget__gte', 0), _connector='OR'), name='kostnadsrapport_budget_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='kostnadsrapport',
            constraint=models.CheckConstraint(condition=models.Q(('attesterat__isnull', True), ('attesterat__gte', 0), _connector='OR'), name='kostnadsrapport_attesterat_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='kostnadsrapport',
            constraint=models.CheckConstraint(condition=models.Q(('vantar__isnull', True), ('vantar__gte', 0), _connector='OR'), name='kostnadsrapport_vantar_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='kostnadsrapport',
            constraint=models.CheckConstraint(condition=models.Q(('until__lte', models.F('reported_on'))), name='kostnadsrapport_not_ahead'),
        ),
        migrations.RunSQL(RULES, GONE),
    ]
