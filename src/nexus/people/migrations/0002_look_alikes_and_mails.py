from django.db import migrations, models

from nexus.people.handles import skeleton_of
from nexus.people.names import name_skeleton


def fill(apps, _):
    """Give everyone their skeletons, and addresses one spelling.

    Of several handles that look alike, that of somebody who signs in comes first, then the
    oldest; the others stay without one.
    """
    Person = apps.get_model("people", "Person")
    taken = set()
    people = Person.objects.order_by("-is_claimed", "pk").only("pk", "handle", "name", "email")
    for person in list(people):
        skeleton = skeleton_of(person.handle)
        person.skeleton = None if skeleton in taken else skeleton
        person.name_skeleton = name_skeleton(person.name)
        person.email = person.email.lower() if person.email else None
        person.save(update_fields=["skeleton", "name_skeleton", "email"])
        taken.add(skeleton)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="skeleton",
            field=models.CharField(
                editable=False,
                help_text="The handle with signs that look alike made one: nobody else may look like it.",
                max_length=40,
                null=True,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="name_skeleton",
            field=models.CharField(
                db_index=True,
                default="",
                editable=False,
                help_text="The name with letters that look like Latin ones made those.",
                max_length=360,
            ),
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
