"""A desk: the rows of one table to look at, and the acts that call services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import (
    display_for_field,
    display_for_value,
    label_for_field,
    lookup_field,
)
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.db.models import Field, IntegerField, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from nexus.kernel.administration.acts import MOST, Act, perform
from nexus.kernel.administration.columns import Column, address_of, list_of
from nexus.kernel.administration.paging import BoundedPaginator
from nexus.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    Looking = ModelAdmin[Model]
else:
    Looking = ModelAdmin

_NOTHING = "–"
_LONGEST_NUMBER, _LONGEST_WORD = 18, 100


class Rows(ChangeList):
    """The list of a desk, whose rows lead to their pages."""

    def url_for_result(self, result: Model) -> str:
        """Where the page of a row is."""
        return address_of(self.model_admin.name, result.pk)  # type: ignore[attr-defined]


class Desk(Looking):
    """Django's ``ModelAdmin`` that writes nothing by itself."""

    #: The desk in addresses; its heading, what its rows are in a sentence, and its icon.
    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    icon: ClassVar[str] = "contents"
    table: ClassVar[type[Model]]
    acts: ClassVar[tuple[Act, ...]] = ()
    #: What the page of a row tells.
    facts: ClassVar[tuple[str | Column, ...]] = ()
    #: Other rows that belong to each, read with it.
    joined: ClassVar[tuple[str, ...]] = ()
    #: Columns that are not even read from the database.
    secrets: ClassVar[tuple[str, ...]] = ()
    #: What a link may ask for besides the filters. Nothing else: a question whether a digest
    #: begins with a letter, asked often enough, tells the digest.
    lookups: ClassVar[frozenset[str]] = frozenset()

    ordering = ("-pk",)
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    empty_value_display = _NOTHING
    show_facets = ShowFacets.NEVER
    paginator = BoundedPaginator
    change_list_template = "administration/list.html"

    # --- who may what -------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a service adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a service changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a service deletes."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever the site lets in."""
        return self.admin_site.has_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """What the filters ask for, and the links between desks."""
        asked = {getattr(part, "parameter_name", part) for part in self.list_filter}
        return lookup in self.lookups or lookup.removesuffix("__exact") in asked

    # --- what is there --------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The list, and a page for each row; nothing else of what Django would offer."""
        at, enter = f"admin/{self.name}", self.admin_site.admin_view
        return [
            path(at, enter(self.changelist_view), name=f"admin-{self.name}-list"),
            path(f"{at}/<str:key>", enter(self.row_view), name=f"admin-{self.name}"),
        ]

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        """The kind of list that knows our addresses."""
        return Rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """The rows with those they belong to, without what must not be shown."""
        rows = super().get_queryset(request).defer(*self.secrets)
        return rows.select_related(*self.joined) if self.joined else rows

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The rows of a desk that fit the filters.

        Raises ``Invalid`` for filters that make no sense.
        """
        if ERROR_FLAG in request.GET or not self._makes_sense(request):
            raise Invalid("filter-unknown", "Nothing can be filtered like that.")
        return super().changelist_view(request, {**self._frame(), **(extra_context or {})})

    def _makes_sense(self, request: HttpRequest) -> bool:
        """Whether a row could have every number that a link asks for."""
        keys = {name: _key_of(self.opts.get_field(name)) for name in self.lookups}
        return all(
            _is_key(one, key)
            for name, key in keys.items()
            if isinstance(key, IntegerField)
            for one in request.GET.getlist(name)
        )

    def row_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Everything about one row of a desk, and what can be done with it."""
        row = self.get_object(request, key) if _is_key(key, self.opts.pk) else None
        if row is None:
            raise NotFound("row-unknown", "There is nothing of this number here.")
        context = {
            **self.admin_site.each_context(request),
            **self._frame(),
            "row": row,
            "told": [self._told(name, row) for name in self.facts],
            "acts": [act for act in self.acts if act.fits(row)],
            "ways": self.ways(row),
        }
        return TemplateResponse(request, "administration/row.html", context)

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """Where else something of this row is: words and addresses."""
        return ()

    def _told(self, name: str | Column, row: Model) -> tuple[str, Any]:
        label = str(label_for_field(name, self.model, self))
        field, _, value = lookup_field(name, row, self)
        if field is not None:
            shown = display_for_field(value, field, _NOTHING)
        else:
            shown = display_for_value(value, _NOTHING)
        return label[:1].upper() + label[1:], shown if shown != "" else _NOTHING

    def _frame(self) -> dict[str, Any]:
        return {"desk": self, "here": list_of(self.name)}

    # --- what is done -----------------------------------------------------------------------------

    def get_actions(self, request: HttpRequest) -> Any:
        """The acts, as Django's list of rows offers them."""
        return {act.name: (act, act.name, act.title) for act in self.acts}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *_: Any, **__: Any
    ) -> HttpResponse:
        """Do an act to the chosen rows; with a question, only once it is answered.

        Raises ``Invalid`` when there is no such act, or too many rows at once, ``NotFound``
        when there is none of these rows.
        """
        act = next((one for one in self.acts if one.name == request.POST.get("action")), None)
        if act is None:
            raise Invalid("act-unknown", "Choose what to do.", remedy="Go back, and choose.")
        rows = list(queryset.filter(pk__in=chosen(request, self.opts.pk)))
        if not rows:
            raise NotFound("row-unknown", "What was chosen is not here any more.")
        if act.question and "sure" not in request.POST:
            return self._ask(request, act, rows)
        perform(act, request, rows)
        return HttpResponseRedirect(self._afterwards(request, queryset))

    def _ask(self, request: HttpRequest, act: Act, rows: list[Model]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **self._frame(),
            "act": act,
            "rows": rows,
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": request.POST.get("back") == "row",
        }
        return TemplateResponse(request, "administration/sure.html", context)

    def _afterwards(self, request: HttpRequest, queryset: QuerySet[Model]) -> str:
        """Back to the row one came from, if it is still there; else to the list."""
        (key, *_) = chosen(request, self.opts.pk)
        if request.POST.get("back") == "row" and queryset.filter(pk=key).exists():
            return address_of(self.name, key)
        return request.get_full_path()


def chosen(request: HttpRequest, key: Field[Any, Any]) -> list[Any]:
    """The keys of the rows that were ticked; raises ``Invalid`` for what is none, or too many."""
    given = request.POST.getlist(ACTION_CHECKBOX_NAME)
    if len(given) > MOST:
        raise Invalid("too-many-rows", f"{MOST} at once are the most.", remedy="Choose fewer.")
    if not given or not all(_is_key(one, key) for one in given):
        raise Invalid("row-unknown", "Choose what to do it to.", remedy="Go back, and tick it.")
    return [key.to_python(one) for one in given]


def _key_of(field: Any) -> Any:
    """The field whose values stand in ``field``: of a foreign key, what it leads to."""
    return field.target_field if field.is_relation else field


def _is_key(text: str, key: Field[Any, Any]) -> bool:
    """Whether a row could have this key: a number that databases have room for, or a word."""
    if isinstance(key, IntegerField):
        return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return 0 < len(text) <= _LONGEST_WORD and text.isprintable()
