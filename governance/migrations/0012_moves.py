"""Find when a thing came to another, or left it, by indexes alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0011_skyddsvarda_of_objekt'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='historicalinformationsmangd',
            name='governance__id_169d6f_idx',
        ),
        migrations.RemoveIndex(
            model_name='historicalinformationssystem',
            name='governance__id_3d9909_idx',
        ),
        migrations.AlterField(
            model_name='historicalinformationsmangd',
            name='informationsagare',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='informationsägare'),
        ),
        migrations.AlterField(
            model_name='historicalinformationssystem',
            name='informationen_ags_av',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Den nämnd vars verksamhet äger informationen i systemet (avsnitt 6.3).', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.namnd', verbose_name='informationen ägs av'),
        ),
        migrations.AlterField(
            model_name='historicalinformationssystem',
            name='leverantor',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.leverantor', verbose_name='leverantör'),
        ),
        migrations.AlterField(
            model_name='historicalinformationssystem',
            name='objekt',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationsmangd',
            index=models.Index(fields=['id', '-history_date', '-history_id'], include=('informationsagare', 'gesture', 'history_user'), name='informationsmangd_moves'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationsmangd',
            index=models.Index(fields=['informationsagare', 'id'], name='governance__informa_f6aa78_idx'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationssystem',
            index=models.Index(fields=['id', '-history_date', '-history_id'], include=('objekt', 'leverantor', 'informationen_ags_av', 'gesture', 'history_user'), name='informationssystem_moves'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationssystem',
            index=models.Index(fields=['objekt', 'id'], name='governance__objekt__0ca1f8_idx'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationssystem',
            index=models.Index(fields=['leverantor', 'id'], name='governance__leveran_0294af_idx'),
        ),
        migrations.AddIndex(
            model_name='historicalinformationssystem',
            index=models.Index(fields=['informationen_ags_av', 'id'], name='governance__informa_0d1c84_idx'),
        ),
    ]
