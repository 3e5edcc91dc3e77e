"""An account can be suspended, and restored. Those that are inactive so far were deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody is suspended by it."""

    dependencies = [("people", "0004_leaving")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="is_active",
            field=models.BooleanField(
                default=True,
                help_text="Otherwise it opens nothing: it is suspended, or was deleted.",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="suspended_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when whoever runs the hub lets it open nothing.",
                null=True,
            ),
        ),
    ]
