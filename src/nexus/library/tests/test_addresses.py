"""Addresses that the library writes out are those that the hub answers."""

from django.urls import reverse

from nexus.library.addresses import resources_address


def test_the_page_of_resources_is_where_the_hub_has_it():
    assert resources_address("a-b_1") == reverse("cohort-resources", args=["a-b_1"])
