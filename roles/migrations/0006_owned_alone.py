"""Leave what a nämnd owns one index, so that PostgreSQL does not read every nämnd's rows beside it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0008_what_lacks'),
        ('roles', '0005_grants_of_person'),
    ]

    operations = [
        migrations.AlterField(
            model_name='roleassignment',
            name='namnd',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='governance.namnd', verbose_name='nämnd'),
        ),
    ]
