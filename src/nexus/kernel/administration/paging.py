"""Pages of a table that may have millions of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

if TYPE_CHECKING:
    Pages = Paginator[Any]
else:
    Pages = Paginator

#: Nobody turns more pages than these rows fill: who looks for an older one gives a filter. So no
#: table is counted to its end, and no page skips over a million rows.
MOST_COUNTED = 10_000


class BoundedPaginator(Pages):
    """Counts at most ``MOST_COUNTED`` rows, and offers no more."""

    @cached_property
    def count(self) -> int:
        """How many rows there are to turn over."""
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return int(rows.order_by()[:MOST_COUNTED].count())
        return min(len(rows), MOST_COUNTED)

    @property
    def is_all(self) -> bool:
        """Whether every row was counted."""
        return self.count < MOST_COUNTED
