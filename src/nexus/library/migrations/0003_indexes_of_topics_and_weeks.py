"""Indexes by which topics list what weighs most, and a week what came to it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_parts_facts_topics_resources'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entrytopic',
            name='entry_topic_by_topic',
        ),
        migrations.AlterField(
            model_name='entry',
            name='original',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='library.entry'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('original__isnull', False)), fields=['original'], name='entry_copies'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['published_at'], name='entry_newly_published'),
        ),
        migrations.AddIndex(
            model_name='entrytopic',
            index=models.Index(fields=['topic', '-weight', 'entry'], name='entry_topic_weightiest'),
        ),
    ]
