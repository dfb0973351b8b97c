"""Searchable agreements, terms that go together, and the last day of an agreement (governance/steering/notice.py)."""

import datetime
import django.core.validators
import django.db.models.functions.comparison
import django.db.models.functions.text
import governance.models.base
from django.conf import settings
from django.db import migrations, models


# The last day of a period that ends on `last`, or the day `back` months before its end. From the day
# that notice can no longer be given the period is `longer` months longer, at most `remaining` times.
DAY = """
CREATE OR REPLACE FUNCTION regit_avtal_day(
  last date, notice integer, longer integer, remaining integer, today date, back integer
) RETURNS date LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  edge date := last + 1;
  times integer := 0;
  missing integer;
  month_end date;
BEGIN
  IF last IS NULL THEN
    RETURN NULL;
  END IF;
  IF longer > 0 THEN
    missing := 12 * (extract(year FROM today) - extract(year FROM edge))
      + extract(month FROM today) - extract(month FROM edge);
    month_end := (today - extract(day FROM today)::integer + 1 + interval '1 month')::date - 1;
    IF least(extract(day FROM edge), extract(day FROM month_end)) <= extract(day FROM today) THEN
      missing := missing + 1;
    END IF;
    times := greatest(ceil((missing + notice)::numeric / longer), 0);
    times := least(times, coalesce(remaining, times));
  END IF;
  RETURN (edge + make_interval(months => times * longer - back))::date - 1;
END $$;
"""
NO_DAY = "DROP FUNCTION regit_avtal_day(date, integer, integer, integer, date, integer)"


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_uppdrag_and_rapporter_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(DAY, NO_DAY),
        migrations.AddField(
            model_name='avtal',
            name='ceases_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='upphör efter'),
        ),
        migrations.AddField(
            model_name='avtal',
            name='search_fold',
            field=models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('title'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('diarienummer'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField())), 'ÅÄÖÆØÉÈÊËÁÀÂÃÇÍÌÎÏÑÓÒÔÕÚÙÛÜÝåäöæøéèêëáàâãçíìîïñóòôõúùûüýÿ', 'aaoaoeeeeaaaaciiiinoooouuuuyaaoaoeeeeaaaaciiiinoooouuuuyy'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='avtal',
            name='search_text',
            field=models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('title'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('diarienummer'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField())), 'ÅÄÖÉÜÆØ', 'åäöéüæø'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='avtal',
            name='sort_key',
            field=models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(models.F('title')), 'ÅÄÖÆØåäöæøÉÈÊËÜéèêëü', '{|}|}{|}|}eeeeyeeeey'), output_field=models.TextField(db_collation='C')),
        ),
        migrations.AddField(
            model_name='historicalavtal',
            name='ceases_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='upphör efter'),
        ),
        migrations.AlterField(
            model_name='avtal',
            name='contact',
            field=models.CharField(blank=True, help_text='Namn, telefon eller e-post till den som svarar för avtalet.', max_length=200, verbose_name='kontakt hos leverantören'),
        ),
        migrations.AlterField(
            model_name='avtal',
            name='extension_months',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Hur länge varje förlängning gäller. Tomt om avtalet inte kan förlängas.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)], verbose_name='förlängs med, månader'),
        ),
        migrations.AlterField(
            model_name='avtal',
            name='extensions_most',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Tomt om antalet inte är begränsat.', null=True, validators=[django.core.validators.MaxValueValidator(99)], verbose_name='högst antal förlängningar'),
        ),
        migrations.AlterField(
            model_name='avtal',
            name='notice_months',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(240)], verbose_name='uppsägningstid, månader'),
        ),
        migrations.AlterField(
            model_name='historicalavtal',
            name='contact',
            field=models.CharField(blank=True, help_text='Namn, telefon eller e-post till den som svarar för avtalet.', max_length=200, verbose_name='kontakt hos leverantören'),
        ),
        migrations.AlterField(
            model_name='historicalavtal',
            name='extension_months',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Hur länge varje förlängning gäller. Tomt om avtalet inte kan förlängas.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(240)], verbose_name='förlängs med, månader'),
        ),
        migrations.AlterField(
            model_name='historicalavtal',
            name='extensions_most',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Tomt om antalet inte är begränsat.', null=True, validators=[django.core.validators.MaxValueValidator(99)], verbose_name='högst antal förlängningar'),
        ),
        migrations.AlterField(
            model_name='historicalavtal',
            name='notice_months',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(240)], verbose_name='uppsägningstid, månader'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('approved_on__isnull', True)), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='avtal_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'registrerat'), models.Q(('slag__in', ['drift', 'support', 'service']), _negated=True), ('approved_on__isnull', False), _connector='OR'), name='avtal_approved_before_signed', violation_error_message='Drifts-, support- och serviceavtal godkänns innan de tecknas.'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ceases_on__isnull', False), ('status', 'uppsagt'), ('terminated_on__isnull', False)), models.Q(models.Q(('status', 'uppsagt'), _negated=True), ('ceases_on__isnull', True), ('terminated_on__isnull', True)), _connector='OR'), name='avtal_terminated_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(('ceases_on__isnull', True), ('ceases_on__gte', models.F('terminated_on')), _connector='OR'), name='avtal_ceases_in_order', violation_error_message='Sista dagen ligger före den första.'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__gte', datetime.date(1950, 1, 1)), models.Q(('ends_on__isnull', True), ('ends_on__lte', datetime.date(2199, 12, 31)), _connector='OR')), name='avtal_within_our_time', violation_error_message='Ange dagar mellan 1950 och 2199.'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(('extends_itself', False), models.Q(('ends_on__isnull', False), ('extension_months__isnull', False)), _connector='OR'), name='avtal_extends_itself_by_months'),
        ),
        migrations.AddConstraint(
            model_name='avtal',
            constraint=models.CheckConstraint(condition=models.Q(('notice_months__lte', 240), models.Q(('extension_months__isnull', True), ('extension_months__range', (1, 240)), _connector='OR'), models.Q(('extensions_most__isnull', True), ('extensions_most__lte', 99), _connector='OR')), name='avtal_months_within_reason'),
        ),
        migrations.AddConstraint(
            model_name='avtalsforlangning',
            constraint=models.CheckConstraint(condition=models.Q(('until__lte', datetime.date(2199, 12, 31))), name='avtalsforlangning_within_our_time', violation_error_message='Ange en dag före 2200.'),
        ),
    ]
