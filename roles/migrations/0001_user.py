import django.contrib.auth.validators
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import governance.models.base
import roles.models.people
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='senast ändrat')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('unit', models.CharField(blank=True, max_length=200, verbose_name='enhet')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='titel')),
                ('phone', models.CharField(blank=True, max_length=50, verbose_name='telefon')),
                ('search_text', models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('last_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('first_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('last_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('username'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('email'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('unit'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField())), 'ÅÄÖÉÜÆØ', 'åäöéüæø'), output_field=models.TextField())),
                ('search_fold', models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('last_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('first_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('last_name'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('username'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('email'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), models.Value('\n', output_field=models.TextField()), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast(models.F('unit'), models.TextField()), models.Value('', output_field=models.TextField()), output_field=models.TextField()), output_field=models.TextField())), 'ÅÄÖÆØÉÈÊËÁÀÂÃÇÍÌÎÏÑÓÒÔÕÚÙÛÜÝåäöæøéèêëáàâãçíìîïñóòôõúùûüýÿ', 'aaoaoeeeeaaaaciiiinoooouuuuyaaoaoeeeeaaaaciiiinoooouuuuyy'), output_field=models.TextField())),
                ('sort_key', models.GeneratedField(db_persist=True, expression=governance.models.base.Translate(django.db.models.functions.text.Lower(models.F('last_name')), 'ÅÄÖÆØåäöæøÉÈÊËÜéèêëü', '{|}|}{|}|}eeeeyeeeey'), output_field=models.TextField(db_collation='C'))),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrat av')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'personer',
                'ordering': ['sort_key', 'first_name', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('search_fold'), 'gin_trgm_ops'), name='user_search_fold')],
            },
            managers=[
                ('objects', roles.models.people.UserManager()),
            ],
        ),
    ]
