"""Find systems that lack something, and the information of a nämnd, in the order of names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_kostnadsrapport_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='informationssystem',
            name='informationen_ags_av',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Den nämnd vars verksamhet äger informationen i systemet (avsnitt 6.3).', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owns_information_in', to='governance.namnd', verbose_name='informationen ägs av'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(fields=['informationen_ags_av', 'sort_key', 'id'], name='system_information_of'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('livscykel__in', ['inforande', 'i_drift', 'under_avveckling']), ('informationen_ags_av__isnull', True)), fields=['sort_key', 'id'], name='system_no_information_owner'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('livscykel__in', ['inforande', 'i_drift', 'under_avveckling']), models.Q(('konfidentialitet__isnull', True), ('riktighet__isnull', True), ('tillganglighet__isnull', True), ('sparbarhet__isnull', True), _connector='OR')), fields=['sort_key', 'id'], name='system_not_classified'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('livscykel__in', ['inforande', 'i_drift', 'under_avveckling']), ('personal_data__isnull', True)), fields=['sort_key', 'id'], name='system_personal_data_unknown'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('livscykel__in', ['inforande', 'i_drift', 'under_avveckling']), models.Q(('operator', ''), ('support', ''), _connector='OR')), fields=['sort_key', 'id'], name='system_no_operator'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('livscykel__in', ['inforande', 'i_drift', 'under_avveckling'])), fields=['avvecklas_on'], name='system_past_end'),
        ),
    ]
