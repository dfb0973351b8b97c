"""Find an object's roles by a usual index alone, which has all that a rule asks."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0011_skyddsvarda_of_objekt'),
        ('roles', '0007_grants_by_thing'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roleassignment',
            name='assignment_single_holder',
        ),
        migrations.RemoveConstraint(
            model_name='roleassignment',
            name='assignment_no_double',
        ),
        migrations.RemoveIndex(
            model_name='roleassignment',
            name='assignment_objekt_role',
        ),
        migrations.AddIndex(
            model_name='roleassignment',
            index=models.Index(fields=['objekt', 'role', 'valid_from'], include=('valid_to', 'person'), name='assignment_objekt_role'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it'])), expressions=[(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('objekt'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), ('role', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='assignment_single_holder', violation_error_message='Rollen har redan en innehavare de dagarna. Lämna över den i stället för att utse en till.'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it']), _negated=True), expressions=[(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('objekt'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), ('role', '='), ('person', '='), (django.db.models.functions.comparison.Coalesce('system', models.Value(0)), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='assignment_no_double', violation_error_message='Personen har redan den rollen de dagarna.'),
        ),
    ]
