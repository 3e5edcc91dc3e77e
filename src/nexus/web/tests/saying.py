"""What a page says, for tests that read it as a person does."""

from django.http import HttpResponse
from django.utils.html import strip_tags


def words(page: HttpResponse | str) -> str:
    """The words of a page without its markup; what stands in elements of its own is apart."""
    html = page if isinstance(page, str) else page.content.decode()
    return " ".join(strip_tags(html.replace("<", " <")).split()).replace(" ,", ",")
