"""The column of facts of an entry: what is known of it, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from nexus.kernel.moments import told
from nexus.web.templatetags.drawings import drawn, joined

_NOTHING = SafeString("")


def facts(known: Iterable[Any]) -> SafeString:
    """A list of facts, each with a name and a value.

    Instead of a value there may be a ``moment``, or ``groups`` of ``values`` (each a ``text`` and
    an ``address``); a value may have an ``address``. ``source`` and ``source_address`` say where a
    value or a group comes from, ``others`` how many more sources a group has.
    """
    return drawn('<dl class="facts">%s</dl>', joined(map(_fact, known)))


def _fact(fact: Any) -> SafeString:
    groups = _said(fact, "groups")
    what = joined(map(_group, groups)) if groups else _single(fact)
    return drawn("<div><dt>%s</dt><dd>%s</dd></div>", _said(fact, "name"), what)


def _single(fact: Any) -> SafeString:
    moment, address, value = _said(fact, "moment"), _said(fact, "address"), _said(fact, "value")
    if moment:
        shown = told(moment)
    elif address:
        shown = drawn('<a href="%s">%s</a>', address, value)
    else:
        shown = drawn("%s", value)
    return drawn("%s %s", shown, _source(fact) if _said(fact, "source") else _NOTHING)


def _group(group: Any) -> SafeString:
    values = ", ".join(map(_value, _said(group, "values")))
    return drawn("<div>%s %s</div>", SafeString(values), _source(group, _said(group, "others")))


def _value(value: Any) -> SafeString:
    if not value.address:
        return drawn("%s", value.text)
    rel = "nofollow noopener noreferrer ugc"
    return drawn('<a href="%s" rel="%s">%s</a>', value.address, rel, value.text)


def _source(told_by: Any, others: str = "") -> SafeString:
    """Where it comes from, with a link when it can be looked up."""
    source, address = _said(told_by, "source"), _said(told_by, "source_address")
    shown = drawn('<a href="%s">%s</a>', address, source) if address else drawn("%s", source)
    return drawn('<span class="from">%s%s</span>', shown, others)


def _said(known: Any, name: str) -> Any:
    """A part of a fact; empty when it has none."""
    return known.get(name, "") if isinstance(known, Mapping) else getattr(known, name, "")
