"""Moments as pages show them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.moments import told

MOMENTS = st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30))  # noqa: DTZ001 (a zone is drawn)


@given(MOMENTS, st.integers(-12 * 60, 14 * 60))
def test_a_moment_is_told_as_the_calendar_has_it(plain: datetime, minutes: int) -> None:
    moment = plain.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    utc = moment.astimezone(UTC)
    assert told(moment) == (
        f'<time datetime="{utc:%Y-%m-%dT%H:%M:%SZ}" title="{utc:%A %-d %B %Y, %H:%M} UTC">'
        f"{utc:%-d %b %Y}</time>"
    )
