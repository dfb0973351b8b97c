"""Find whether one person may do anything to one thing by one index, however much the person may do."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('governance', '0007_kostnadsrapport_kept'),
        ('roles', '0004_namnd_statistics'),
    ]

    operations = [
        migrations.AlterField(
            model_name='objektgrant',
            name='content_object',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='governance.forvaltningsobjekt'),
        ),
        migrations.AlterField(
            model_name='systemgrant',
            name='content_object',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='governance.informationssystem'),
        ),
        migrations.AddIndex(
            model_name='objektgrant',
            index=models.Index(fields=['content_object', 'user'], name='objektgrant_of_person'),
        ),
        migrations.AddIndex(
            model_name='systemgrant',
            index=models.Index(fields=['content_object', 'user'], name='systemgrant_of_person'),
        ),
    ]
