"""Tells the planner that only the role of a nämnd has a nämnd: it thought the objects of one a tenth."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("roles", "0003_covered")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS assignment_namnd (dependencies, mcv) ON role, namnd_id "
            "FROM roles_roleassignment",
            "DROP STATISTICS assignment_namnd",
        ),
    ]
