"""Find the skyddsvärda systems of one person's objects, who may have many, by an index of these alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0010_systems_of_objekt'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(condition=models.Q(('skyddsvard', True)), fields=['objekt', 'id'], name='system_skyddsvard_of'),
        ),
    ]
