import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import governance.days
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
        ('roles', '0001_user'),
    ]

    operations = [
        migrations.CreateModel(
            name='SparadMappning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='namn')),
                ('instructions', models.JSONField()),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'sparad mappning',
                'verbose_name_plural': 'sparade mappningar',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Forekomst',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60, verbose_name='regel')),
                ('kind', models.CharField(max_length=30, verbose_name='slag')),
                ('thing', models.BigIntegerField(verbose_name='vad')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='funnen')),
                ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='borta')),
            ],
            options={
                'verbose_name': 'förekomst',
                'verbose_name_plural': 'förekomster',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('gone_at__isnull', True)), fields=('rule', 'kind', 'thing'), name='forekomst_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Inlasning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200, verbose_name='fil')),
                ('content', models.BinaryField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uppladdad')),
                ('state', models.CharField(choices=[('uppladdad', 'Väntar på kolumnval'), ('granskas', 'Väntar på bekräftelse'), ('klar', 'Inläst')], default='uppladdad', max_length=10)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('instructions', models.JSONField(default=dict)),
                ('plan', models.JSONField(default=dict)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('gesture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'inläsning',
                'verbose_name_plural': 'inläsningar',
                'ordering': ['-uploaded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Prenumeration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='namn')),
                ('address', models.URLField(max_length=500, verbose_name='adress')),
                ('secret', models.TextField(editable=False)),
                ('ended_in', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('made_in', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
            ],
            options={
                'verbose_name': 'prenumeration',
                'verbose_name_plural': 'prenumerationer',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Atkomstnyckel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Till exempel vilket program som ska ha nyckeln.', max_length=100, verbose_name='namn')),
                ('prefix', models.CharField(max_length=20, unique=True, verbose_name='börjar på')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('may_write', models.BooleanField(default=False, verbose_name='får ändra')),
                ('created_on', governance.days.DayField(verbose_name='skapad')),
                ('expires_on', governance.days.DayField(verbose_name='sista dag')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='senast använd')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='återtagen')),
                ('made_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='atkomstnycklar', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
            ],
            options={
                'verbose_name': 'åtkomstnyckel',
                'verbose_name_plural': 'åtkomstnycklar',
                'ordering': ['-created_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('created_on')), ('expires_on__lte', django.db.models.expressions.CombinedExpression(models.F('created_on'), '+', models.Value(datetime.timedelta(days=366))))), name='nyckel_a_year_at_most', violation_error_message='En nyckel gäller högst ett år, från och med i dag.')],
            },
        ),
        migrations.CreateModel(
            name='Paminnelseval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hur_ofta', models.CharField(choices=[('dagligen', 'Dagligen'), ('veckovis', 'Veckovis'), ('manadsvis', 'Månadsvis'), ('aldrig', 'Aldrig')], default='veckovis', max_length=10, verbose_name='hur ofta')),
                ('last_on', models.DateField(blank=True, editable=False, null=True, verbose_name='senaste brevet')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'val av påminnelser',
                'verbose_name_plural': 'val av påminnelser',
                'constraints': [models.CheckConstraint(condition=models.Q(('hur_ofta__in', ['dagligen', 'veckovis', 'manadsvis', 'aldrig'])), name='paminnelseval_known')],
            },
        ),
        migrations.CreateModel(
            name='Leveransforsok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('things', models.JSONField(default=list)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('prenumeration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='exchange.prenumeration')),
            ],
            options={
                'verbose_name': 'leverans till program',
                'verbose_name_plural': 'leveranser till program',
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(fields=('prenumeration', 'gesture'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Utskick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='skickat')),
                ('forekomst', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='utskick', to='exchange.forekomst')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'utskick',
                'verbose_name_plural': 'utskick',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('person', 'forekomst'), name='utskick_once')],
            },
        ),
    ]
