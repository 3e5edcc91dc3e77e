"""A moment as every page shows it: a plain date, which scripts turn into words for the reader."""

from datetime import UTC, datetime

from django.utils.safestring import SafeString

#: In the language of the pages; asking the platform for them takes four times as long.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def told(moment: datetime | None) -> SafeString:
    """The date in HTML, the exact time on it; nothing for no moment."""
    if moment is None:
        return SafeString("")
    utc = moment.astimezone(UTC)
    day, month, year = utc.day, MONTHS[utc.month - 1], utc.year
    return SafeString(
        f'<time datetime="{utc.isoformat(timespec="seconds")[:19]}Z"'
        f' title="{DAYS[utc.weekday()]} {day} {month} {year}, {utc.hour:02}:{utc.minute:02} UTC">'
        f"{day} {month[:3]} {year}</time>"
    )
