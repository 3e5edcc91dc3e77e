"""Entries know their cohort, and their topics what lists sort by: no list joins tables any more."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    """Say of every entry, and of every topic of one, what its repository and itself say."""
    entries = apps.get_model("library", "Entry").objects
    topics = apps.get_model("library", "EntryTopic").objects
    repository = apps.get_model("repositories", "Repository").objects.filter(
        pk=OuterRef("repository")
    )
    entries.update(cohort=Subquery(repository.values("cohort")))
    entry = entries.filter(pk=OuterRef("entry"))
    topics.update(
        **{
            name: Subquery(entry.values(name))
            for name in ("cohort", "repository", "kind", "changed_at")
        }
    )
    unlisted = entries.filter(Q(withdrawn_at__isnull=False) | Q(original__isnull=False))
    topics.filter(entry__in=unlisted.values("pk")).update(is_listed=False)
    if schema_editor.connection.vendor == "postgresql":
        # Otherwise the new foreign keys wait for the commit, and what follows cannot alter them.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def foreign_key(to, *, null):
    """A foreign key without an index of its own: another begins with it."""
    return models.ForeignKey(
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0001_initial'),
        ('library', '0004_index_of_a_repositorys_entries'),
        ('repositories', '0002_holds_secret'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='entry', name='entry_newest_of_kind'),
        migrations.RemoveIndex(model_name='entry', name='entry_of_kind_newest'),
        migrations.RemoveIndex(model_name='entrytopic', name='entry_topic_weightiest'),
        migrations.AddField('entry', 'cohort', foreign_key('cohorts.cohort', null=True)),
        migrations.AddField('entrytopic', 'cohort', foreign_key('cohorts.cohort', null=True)),
        migrations.AddField(
            'entrytopic', 'repository', foreign_key('repositories.repository', null=True)
        ),
        migrations.AddField('entrytopic', 'kind', models.CharField(max_length=20, null=True)),
        migrations.AddField('entrytopic', 'changed_at', models.DateTimeField(null=True)),
        migrations.AddField(
            'entrytopic',
            'is_listed',
            models.BooleanField(
                default=True, help_text='The entry is neither withdrawn nor a copy.'
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField('entry', 'cohort', foreign_key('cohorts.cohort', null=False)),
        migrations.AlterField('entrytopic', 'cohort', foreign_key('cohorts.cohort', null=False)),
        migrations.AlterField(
            'entrytopic', 'repository', foreign_key('repositories.repository', null=False)
        ),
        migrations.AlterField('entrytopic', 'kind', models.CharField(max_length=20)),
        migrations.AlterField('entrytopic', 'changed_at', models.DateTimeField()),
        migrations.AlterField(
            'entry',
            'repository',
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name='entries',
                to='repositories.repository',
            ),
        ),
        migrations.AlterField(
            'entrytopic',
            'entry',
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name='topics',
                to='library.entry',
            ),
        ),
        migrations.AddIndex(
            'entry',
            models.Index(
                condition=models.Q(('withdrawn_at__isnull', True)),
                fields=['repository', 'kind'],
                name='entry_living_kinds',
            ),
        ),
        migrations.AddIndex(
            'entry',
            models.Index(
                condition=models.Q(('withdrawn_at__isnull', True)),
                fields=['cohort', '-changed_at', 'id', 'original'],
                name='entry_cohort_newest',
            ),
        ),
        migrations.AddIndex(
            'entry',
            models.Index(
                condition=models.Q(('withdrawn_at__isnull', True)),
                fields=['cohort', 'kind', '-changed_at', 'id', 'original'],
                name='entry_cohort_kind_newest',
            ),
        ),
        migrations.AddIndex(
            'entrytopic',
            models.Index(
                condition=models.Q(('is_listed', True)),
                fields=['cohort', 'topic', 'kind', '-weight', '-changed_at', 'entry'],
                name='entry_topic_of_kind',
            ),
        ),
        migrations.AddIndex(
            'entrytopic',
            models.Index(
                condition=models.Q(('is_listed', True)),
                fields=['cohort', 'kind', 'topic', 'repository', 'weight'],
                name='entry_topic_sizes',
            ),
        ),
    ]
