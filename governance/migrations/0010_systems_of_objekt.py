"""Count the systems of objects, as far as a reader may know of them, by an index alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0009_prenumerationer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='informationssystem',
            name='objekt',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='systems', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt'),
        ),
        migrations.AddIndex(
            model_name='informationssystem',
            index=models.Index(fields=['objekt', 'id'], include=('skyddsvard',), name='system_of_objekt'),
        ),
    ]
