"""Where a question is looked for: what the reader may see, and what the filters let through."""

from collections.abc import Iterable
from dataclasses import dataclass

from tantivy import Occur, Query

from nexus.search import analysis
from nexus.search.filters import FILTERS, label_field
from nexus.search.parsing import Question
from nexus.search.queries import QueryBuilder, any_of
from nexus.search.results import SearchRequest
from nexus.search.schema import CURSOR, LEFT_OUT, MARKER
from nexus.search.text import clean

#: Past this many alternatives one set query beats a union of terms.
_FEW = 8


@dataclass(frozen=True, slots=True)
class Scope:
    """What a document must be, and must not be, to be looked at.

    ``marked`` are entries that are no documents. They have no words, so they are only kept
    out where none are looked for.
    """

    required: tuple[Query, ...]
    excluded: tuple[Query, ...]
    marked: Query

    def around(self, matching: Query | None) -> Query:
        """What matches inside the scope; everything there when nothing is looked for.

        The scope adds nothing to a score.
        """
        parts = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in self.required]
        parts += [(Occur.MustNot, query) for query in self.excluded]
        if matching is not None:
            return Query.boolean_query([*parts, (Occur.Must, matching)])
        if not self.required:
            parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        return Query.boolean_query([*parts, (Occur.MustNot, self.marked)])


def scope_of(
    builder: QueryBuilder, request: SearchRequest, question: Question, *, leave_out: str = ""
) -> Scope:
    """The scope of ``request``, filters typed into ``question`` included.

    ``leave_out`` names a field whose own filter is not applied, for its counts.
    """
    required = [
        _filter(builder, name, values)
        for name, values in filters_of(request, question).items()
        if name != leave_out
    ]
    unwanted = question.unwanted_filters.items()
    excluded = [_filter(builder, name, values) for name, values in unwanted]
    excluded += [builder.clause(clause) for clause in question.unwanted]
    allowed, hidden = _audiences(builder, request.audiences)
    marked = _one_of(builder, MARKER, (CURSOR, LEFT_OUT))
    return Scope((*required, *allowed), (*excluded, *hidden), marked)


def filters_of(request: SearchRequest, question: Question) -> dict[str, tuple[str, ...]]:
    """The filters of ``request`` and those typed into its words, by field."""
    given = {each.field: getattr(request, each.attribute) for each in FILTERS.values()
             if each.attribute}  # fmt: skip
    given |= {label_field(name): tuple(values) for name, values in request.labels.items()}
    names = dict.fromkeys((*question.filters, *given))
    found = {name: (*question.filters.get(name, ()), *given.get(name, ())) for name in names}
    return {name: values for name, values in found.items() if values}


def _audiences(builder: QueryBuilder, held: frozenset[str]) -> tuple[list[Query], list[Query]]:
    """(required, excluded): what the reader may see, or what not, whichever is less to look at.

    Every document has one audience, so both say the same of the snapshot they are made for.
    """
    every = builder.snapshot.audiences
    if every is not None:
        hidden = every.keys() - held
        if 2 * sum(every[name] for name in hidden) <= sum(every.values()):
            return [], [_one_of(builder, "audience", hidden)] if hidden else []
    return [_one_of(builder, "audience", held)], []


def _filter(builder: QueryBuilder, name: str, values: Iterable[str]) -> Query:
    if name == "path":
        return any_of(_path(builder, value) for value in values)
    return _one_of(builder, name, {clean(value).lower() for value in values})


def _path(builder: QueryBuilder, value: str) -> Query:
    terms = analysis.question_terms(value)
    if not terms:
        return Query.empty_query()
    if len(terms) == 1:
        return builder.prefix("path", terms[0])
    return Query.phrase_prefix_query(builder.snapshot.schema, "path", list(terms))


def _one_of(builder: QueryBuilder, name: str, values: Iterable[str]) -> Query:
    wanted = sorted(values)
    if not wanted:
        return Query.empty_query()
    if len(wanted) > _FEW:
        return Query.term_set_query(builder.snapshot.schema, name, wanted)
    return any_of(builder.term(name, value, "basic") for value in wanted)
