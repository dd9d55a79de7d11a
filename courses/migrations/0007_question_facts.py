import django.core.validators
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0006_question_exchange'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='courses.question')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'verbose_name': 'tag of a question',
                'verbose_name_plural': 'tags of questions',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='question',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='Separated by commas. A quiz can draw by them.', through='courses.QuestionTag', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='question',
            name='jurisdiction',
            field=models.CharField(blank=True, db_index=True, help_text="Whose law it asks, by the country's two letters: TJ. Empty: everywhere.", max_length=6, validators=[django.core.validators.RegexValidator('^[A-Z]{2}(-[A-Z0-9]{1,3})?$', 'Write two capital letters, such as TJ.')], verbose_name='country'),
        ),
        migrations.AddField(
            model_name='question',
            name='review_on',
            field=models.DateField(blank=True, db_index=True, help_text='When the law may have changed. From that day it is not drawn any more until somebody gives it a later day.', null=True, verbose_name='look again on'),
        ),
        migrations.AddField(
            model_name='question',
            name='is_small_fix',
            field=models.BooleanField(default=False, help_text='Only the wording is better: whoever answered before would answer the same. Otherwise the figures of this question begin anew.', verbose_name='this is a small fix'),
        ),
        migrations.AddField(
            model_name='questionversion',
            name='changes_meaning',
            field=models.BooleanField(default=True, help_text='Answers to it and to the version before are not the same thing.', verbose_name='changes the meaning'),
        ),
        migrations.AddField(
            model_name='quizpage',
            name='replaces',
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name='the new version of'),
        ),
        migrations.RemoveConstraint(
            model_name='slot',
            name='slot_is_a_question_or_a_draw',
        ),
        migrations.AddField(
            model_name='slot',
            name='draw_tags',
            field=models.CharField(blank=True, help_text='A question must carry all of them.', max_length=255, verbose_name='with the tags'),
        ),
        migrations.AddField(
            model_name='slot',
            name='draw_difficulty',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Easy'), (2, 'Middle'), (3, 'Hard')], null=True, verbose_name='with the difficulty'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question__isnull', False), models.Q(('draw_from__isnull', False), models.Q(('draw_tags', ''), _negated=True), ('draw_difficulty__isnull', False), _connector='OR', _negated=True)), models.Q(('question__isnull', True), models.Q(('draw_from__isnull', False), models.Q(('draw_tags', ''), _negated=True), ('draw_difficulty__isnull', False), _connector='OR')), _connector='OR'), name='slot_is_a_question_or_a_draw', violation_error_message='Choose either one question, or what to draw from.'),
        ),
    ]
