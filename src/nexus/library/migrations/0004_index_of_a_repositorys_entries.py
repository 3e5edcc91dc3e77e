"""An index that counts and sorts the entries of repositories without reading them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_indexes_of_topics_and_weeks'),
        ('repositories', '0002_holds_secret'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['repository', 'withdrawn_at', 'kind', '-changed_at', 'original'], name='entry_of_kind_newest'),
        ),
    ]
