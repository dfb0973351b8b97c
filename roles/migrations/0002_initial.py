import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import governance.days
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('governance', '0001_initial'),
        ('otp_totp', '0003_add_timestamps'),
        ('roles', '0001_user'),
    ]

    operations = [
        migrations.CreateModel(
            name='GrantDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='KeptFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50, unique=True, verbose_name='vad')),
                ('day', models.DateField(verbose_name='dag')),
                ('counted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='räknat')),
                ('stamp', models.CharField(default='', max_length=32, verbose_name='registrets stånd')),
                ('slow', models.BooleanField(default=True, verbose_name='tar tid att räkna')),
                ('claimed_at', models.DateTimeField(null=True, verbose_name='räknas sedan')),
                ('numbers', models.JSONField(verbose_name='siffror')),
            ],
            options={
                'verbose_name': 'siffror om registret',
                'verbose_name_plural': 'siffror om registret',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CodeApp',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('otp_totp.totpdevice',),
        ),
        migrations.CreateModel(
            name='HistoricalRepresentant',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('namnd', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.namnd', verbose_name='nämnd')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'historical företrädare',
                'verbose_name_plural': 'historical företrädare',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='roles_histo_id_6bb45c_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('valid_from', governance.days.DayField(verbose_name='från och med')),
                ('valid_to', governance.days.DayField(blank=True, null=True, verbose_name='till och med')),
                ('role', models.CharField(choices=[('namnd', 'Nämnd/styrelse'), ('objektagare', 'Objektägare'), ('objektagare_it', 'Objektägare IT'), ('forvaltningsledare', 'Förvaltningsledare'), ('forvaltningsledare_it', 'Förvaltningsledare IT'), ('systemforvaltare', 'Systemförvaltare'), ('it_specialist', 'IT-specialist'), ('systemdriftansvarig', 'Systemdriftansvarig')], max_length=25, verbose_name='roll')),
                ('decision_reference', models.CharField(blank=True, help_text='Diarienummer, till exempel UN 2026/118.', max_length=100, verbose_name='beslut')),
                ('on_behalf_of', models.CharField(blank=True, help_text='Den som överlåtit ägarskapet eller i vars ställe du utser (avsnitt 4).', max_length=200, verbose_name='på uppdrag av')),
                ('consulted_resursagare', models.CharField(blank=True, help_text='Operativa roller bemannas i samråd med resursägaren (avsnitt 6.3).', max_length=200, verbose_name='rådfrågad resursägare')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('appointed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='utsedd av')),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('namnd', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.namnd', verbose_name='nämnd')),
                ('objekt', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('system', models.ForeignKey(blank=True, db_constraint=False, help_text='Operativa roller kan gälla utpekade system; tomt är hela objektet.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.informationssystem', verbose_name='gäller bara systemet')),
            ],
            options={
                'verbose_name': 'historical uppdrag',
                'verbose_name_plural': 'historical uppdrag',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='roles_histo_id_57a2b6_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(db_index=True, error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('unit', models.CharField(blank=True, max_length=200, verbose_name='enhet')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='titel')),
                ('phone', models.CharField(blank=True, max_length=50, verbose_name='telefon')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical person',
                'verbose_name_plural': 'historical personer',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='roles_histo_id_a66fc3_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser_groups',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('group', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.group')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='roles.historicaluser')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'HistoricalUser_groups',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ObjektGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='governance.forvaltningsobjekt')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'behörighet',
                'verbose_name_plural': 'behörigheter',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Representant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='senast ändrat')),
                ('namnd', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='representanter', to='governance.namnd', verbose_name='nämnd')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represents', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrat av')),
            ],
            options={
                'verbose_name': 'företrädare',
                'verbose_name_plural': 'företrädare',
                'ordering': ['person__sort_key', 'id'],
                'constraints': [models.UniqueConstraint(fields=('namnd', 'person'), name='representant_once', violation_error_message='Personen företräder redan nämnden.')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='senast ändrat')),
                ('valid_from', governance.days.DayField(verbose_name='från och med')),
                ('valid_to', governance.days.DayField(blank=True, null=True, verbose_name='till och med')),
                ('role', models.CharField(choices=[('namnd', 'Nämnd/styrelse'), ('objektagare', 'Objektägare'), ('objektagare_it', 'Objektägare IT'), ('forvaltningsledare', 'Förvaltningsledare'), ('forvaltningsledare_it', 'Förvaltningsledare IT'), ('systemforvaltare', 'Systemförvaltare'), ('it_specialist', 'IT-specialist'), ('systemdriftansvarig', 'Systemdriftansvarig')], max_length=25, verbose_name='roll')),
                ('decision_reference', models.CharField(blank=True, help_text='Diarienummer, till exempel UN 2026/118.', max_length=100, verbose_name='beslut')),
                ('on_behalf_of', models.CharField(blank=True, help_text='Den som överlåtit ägarskapet eller i vars ställe du utser (avsnitt 4).', max_length=200, verbose_name='på uppdrag av')),
                ('consulted_resursagare', models.CharField(blank=True, help_text='Operativa roller bemannas i samråd med resursägaren (avsnitt 6.3).', max_length=200, verbose_name='rådfrågad resursägare')),
                ('appointed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='utsedd av')),
                ('namnd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='governance.namnd', verbose_name='nämnd')),
                ('objekt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='governance.forvaltningsobjekt', verbose_name='förvaltningsobjekt')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('system', models.ForeignKey(blank=True, help_text='Operativa roller kan gälla utpekade system; tomt är hela objektet.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='governance.informationssystem', verbose_name='gäller bara systemet')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrat av')),
            ],
            options={
                'verbose_name': 'uppdrag',
                'verbose_name_plural': 'uppdrag',
                'ordering': ['objekt', 'valid_from', 'id'],
                'indexes': [models.Index(fields=['objekt', 'role', 'valid_from'], name='assignment_objekt_role'), models.Index(fields=['namnd', 'role', 'objekt'], name='assignment_owned'), models.Index(fields=['valid_from'], name='assignment_from'), models.Index(fields=['valid_to'], name='assignment_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it', 'systemforvaltare', 'it_specialist', 'systemdriftansvarig'])), name='assignment_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('namnd__isnull', False), ('person__isnull', True), ('role', 'namnd')), models.Q(models.Q(('role', 'namnd'), _negated=True), ('namnd__isnull', True), ('person__isnull', False)), _connector='OR'), name='assignment_one_holder', violation_error_message='Juridisk systemägare är en nämnd eller styrelse; de andra rollerna innehas av en person.'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='assignment_ends_after_start', violation_error_message='Sista dagen ligger före första dagen. Välj ett senare slutdatum.'), models.CheckConstraint(condition=models.Q(('system__isnull', True), models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it']), _negated=True), _connector='OR'), name='assignment_system_only_operative', violation_error_message='En obligatorisk roll gäller alltid hela objektet.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it'])), expressions=[('objekt', '='), ('role', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='assignment_single_holder', violation_error_message='Rollen har redan en innehavare de dagarna. Lämna över den i stället för att utse en till.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it']), _negated=True), expressions=[('objekt', '='), ('role', '='), ('person', '='), (django.db.models.functions.comparison.Coalesce('system', models.Value(0)), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='assignment_no_double', violation_error_message='Personen har redan den rollen de dagarna.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSubstitution',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('valid_from', governance.days.DayField(verbose_name='från och med')),
                ('valid_to', governance.days.DayField(blank=True, null=True, verbose_name='till och med')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('gesture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.gesture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ersättare')),
                ('assignment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roles.roleassignment', verbose_name='uppdrag')),
            ],
            options={
                'verbose_name': 'historical ersättare',
                'verbose_name_plural': 'historical ersättare',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='roles_histo_id_63f863_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='senast ändrat')),
                ('valid_from', governance.days.DayField(verbose_name='från och med')),
                ('valid_to', governance.days.DayField(blank=True, null=True, verbose_name='till och med')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='roles.roleassignment', verbose_name='uppdrag')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL, verbose_name='ersättare')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ändrat av')),
            ],
            options={
                'verbose_name': 'ersättare',
                'verbose_name_plural': 'ersättare',
                'ordering': ['valid_from', 'id'],
                'indexes': [models.Index(fields=['valid_from'], name='substitution_from'), models.Index(fields=['valid_to'], name='substitution_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from')), ('valid_to__isnull', False)), name='substitution_is_a_period', violation_error_message='Ange en period: sista dagen kan inte ligga före den första.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('assignment', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='substitution_one_at_a_time', violation_error_message='Det finns redan en ersättare de dagarna.')],
            },
        ),
        migrations.CreateModel(
            name='SystemGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='governance.informationssystem')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'behörighet',
                'verbose_name_plural': 'behörigheter',
                'abstract': False,
            },
        ),
        migrations.AlterUniqueTogether(
            name='objektgrant',
            unique_together={('user', 'permission', 'content_object')},
        ),
        migrations.AlterUniqueTogether(
            name='systemgrant',
            unique_together={('user', 'permission', 'content_object')},
        ),
    ]
