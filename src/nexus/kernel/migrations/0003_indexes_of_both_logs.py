"""Indexes by which the logs are looked through, and by which the newest event of a type is found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """No row is touched."""

    dependencies = [("kernel", "0002_audit_log")]

    operations = [
        migrations.AddIndex(
            model_name="storedevent",
            index=models.Index(fields=["type", "number"], name="kernel_event_type"),
        ),
        migrations.AddIndex(
            model_name="storedevent",
            index=models.Index(fields=["audience", "id"], name="kernel_event_audience"),
        ),
        migrations.AddIndex(
            model_name="storedevent",
            index=models.Index(fields=["happened_at"], name="kernel_event_when"),
        ),
        migrations.AddIndex(
            model_name="auditrecord",
            index=models.Index(fields=["actor", "-id"], name="kernel_audit_actor"),
        ),
        migrations.AddIndex(
            model_name="auditrecord",
            index=models.Index(fields=["subject", "-id"], name="kernel_audit_subject"),
        ),
        migrations.AddIndex(
            model_name="auditrecord",
            index=models.Index(fields=["at"], name="kernel_audit_when"),
        ),
    ]
