"""What a page says and what it asks, for tests that read it as a person does."""

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags


def words(page: HttpResponse | str) -> str:
    """The words of a page without its markup; what stands in elements of its own is apart."""
    html = page if isinstance(page, str) else page.content.decode()
    apart = html.replace("<", " <").replace("&nbsp;", " ")
    return " ".join(strip_tags(apart).split()).replace(" ,", ",")


def questions(client: Client, address: str) -> int:
    """How many questions a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
