"""No key to a person is forgotten: each is exported or kept back, and something becomes of it."""

from collections.abc import Iterator

from django.apps import apps

from nexus.departing.table import BELONGINGS, leaving_order
from nexus.people.belonging import Fate
from nexus.people.models import Person

#: What is known of a person by no key of theirs: by their address, in a log, through another row.
WITHOUT_KEY = {
    "people.Person",
    "people.Mail",
    "kernel.AuditRecord",
    "kernel.StoredEvent",
    "cohorts.Invitation",
    "library.Entry",
    "library.Recommendation",
}


def keys_to_a_person() -> Iterator[str]:
    """Every column of every table that names a person, those of other packages too."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.concrete and getattr(field, "related_model", None) is Person:
                yield f"{model._meta.label}.{field.name}"


def test_every_key_to_a_person_stands_in_the_table():
    """If this fails, say in the app's ``belongings.py`` what is to become of the new key."""
    told = [one.what for one in BELONGINGS]
    assert sorted(set(told)) == sorted(told)
    assert set(told) == {*keys_to_a_person(), *WITHOUT_KEY}


def test_everything_is_exported_or_kept_back_for_a_reason():
    for one in BELONGINGS:
        assert (one.rows is None) == (not one.section), one.what
        assert bool(one.section) != bool(one.kept_back), one.what
    sections = [one.section for one in BELONGINGS if one.section]
    assert len(set(sections)) == len(sections)


def test_everything_has_its_fate_and_words_for_it():
    for one in BELONGINGS:
        assert one.becomes.endswith("."), one.what
        if one.fate is Fate.ERASED:
            assert one.at_once or one.afterwards, one.what


def test_the_account_itself_loses_its_name_last_of_all_that_is_done_at_once():
    assert [one.what for one in leaving_order() if one.at_once][-1] == "people.Person"
