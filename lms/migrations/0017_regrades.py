import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lms', '0016_sheets_of_paper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='regraderun',
            name='way',
            field=models.CharField(choices=[('newest', 'Mark again by the newest version'), ('void', 'Make the question void: it counts for nobody'), ('full', 'Give everybody full marks')], default='newest', max_length=20, verbose_name='what is done'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='regraderun',
            name='is_never_lower',
            field=models.BooleanField(default=False, verbose_name='nobody gets less'),
        ),
        migrations.AddField(
            model_name='regraderun',
            name='remarks_manual',
            field=models.BooleanField(default=False, verbose_name='marks given by hand, too'),
        ),
        migrations.AddField(
            model_name='regraderun',
            name='figures',
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name='LostPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiz_key', models.UUIDField(verbose_name='quiz')),
                ('created_at', models.DateTimeField(verbose_name='found at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('note', models.TextField(blank=True, verbose_name='what was decided')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lost_passes', to='lms.enrolment')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lost_passes', to='lms.regraderun')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lost pass',
                'verbose_name_plural': 'lost passes',
                'ordering': ['created_at', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('enrolment', 'quiz_key'), name='one_open_lost_pass_per_enrolment_and_quiz'),
                    models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='settled_lost_pass_says_by_whom'),
                ],
            },
        ),
    ]
