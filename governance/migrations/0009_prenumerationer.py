"""Give who may subscribe to events a mandate of its own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0008_what_lacks'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='gesture',
            options={'permissions': [('view_granskning', 'Läsa hela registrets historik'), ('import_register', 'Importera till registret'), ('manage_prenumerationer', 'Hantera prenumerationer på händelser')], 'verbose_name': 'händelse', 'verbose_name_plural': 'händelser'},
        ),
    ]
