"""Find what one person may do, thing by thing, by an index alone; leave out indexes that nothing asks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('governance', '0010_systems_of_objekt'),
        ('roles', '0006_owned_alone'),
    ]

    operations = [
        migrations.AlterField(
            model_name='objektgrant',
            name='permission',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AlterField(
            model_name='objektgrant',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='systemgrant',
            name='permission',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AlterField(
            model_name='systemgrant',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='objektgrant',
            index=models.Index(fields=['user', 'content_object', 'permission'], name='objektgrant_of_thing'),
        ),
        migrations.AddIndex(
            model_name='systemgrant',
            index=models.Index(fields=['user', 'content_object', 'permission'], name='systemgrant_of_thing'),
        ),
    ]
