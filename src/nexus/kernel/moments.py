"""A moment as every page shows it: a plain date, which scripts turn into words for the reader."""

from datetime import UTC, datetime

from django.utils.safestring import SafeString


def told(moment: datetime | None) -> SafeString:
    """The date in HTML, the exact time on it; nothing for no moment."""
    if moment is None:
        return SafeString("")
    utc = moment.astimezone(UTC)
    return SafeString(
        f'<time datetime="{utc:%Y-%m-%dT%H:%M:%SZ}" title="{utc:%A %-d %B %Y, %H:%M} UTC">'
        f"{utc:%-d %b %Y}</time>"
    )
