"""The store: bounded, in order of use, and never giving what is out of date."""

from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.answers import Answer, Finishing
from nexus.kernel.http.asgi import Headers, header
from nexus.kernel.http.page_store import Page, PageStore, make_page

HTML: Headers = [(b"content-type", b"text/html"), (b"content-security-policy", b"strict")]


def page(size: int = 100, *, generation: int = 0) -> Page:
    return make_page(Answer(200, HTML, b"x" * size), generation=generation, how=Finishing())


def test_a_page_is_given_back_in_its_generation_only() -> None:
    store = PageStore(100_000)
    store.put("a", page(generation=1), queried=False)
    assert store.get("a", queried=False, generation=1) is not None
    assert store.get("a", queried=False, generation=2) is None
    assert store.size == 0, "what is out of date takes no room"


def test_the_page_not_asked_for_the_longest_goes_first() -> None:
    store = PageStore(4 * 3000)  # three quarters of it hold three such pages
    for name in "abc":
        store.put(name, page(900), queried=False)
    store.get("a", queried=False, generation=0)
    store.put("d", page(900), queried=False)
    kept = [name for name in "abcd" if store.get(name, queried=False, generation=0)]
    assert kept == ["a", "c", "d"]


def test_queries_cannot_push_plain_pages_out() -> None:
    store = PageStore(100_000)
    store.put("/", page(), queried=False)
    for number in range(1000):
        store.put(f"/?x={number}", page(), queried=True)
    assert store.get("/", queried=False, generation=0) is not None
    assert store.size < 100_000


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 3000), st.booleans(), st.booleans()),
        max_size=60,
    )
)
def test_the_room_is_never_exceeded_and_always_accounted_for(
    steps: list[tuple[int, int, bool, bool]],
) -> None:
    store = PageStore(20_000)
    for key, size, queried, read in steps:
        if read:
            store.get(key, queried=queried, generation=size % 2)
        else:
            store.put(key, page(size, generation=size % 2), queried=queried)
        held = [*store._plain._pages.values(), *store._queried._pages.values()]
        assert store.size == sum(each.size for each in held) <= 20_000


def test_refusals_are_remembered_for_a_generation_and_bounded() -> None:
    store = PageStore(1000)
    store.refuse("a", generation=1)
    assert store.is_refused("a", generation=1)
    assert not store.is_refused("a", generation=2)
    for number in range(5000):
        store.refuse(number, generation=1)
    assert not store.is_refused("a", generation=1)
    assert len(store._refused) <= 4096


def test_a_page_is_made_in_every_form_that_is_asked_for_with_all_its_headers() -> None:
    made = page(5000)
    for accept, encoding in [(b"br", b"br"), (b"gzip", b"gzip"), (b"", None)]:
        made = made.ready_for(if_none_match=None, accept_encoding=accept)
        answer = made.answer(if_none_match=None, accept_encoding=accept)
        assert header(answer.headers, b"content-encoding") == encoding
        assert header(answer.headers, b"content-length") == str(len(answer.body)).encode()
        assert header(answer.headers, b"content-security-policy") == b"strict"
        tag = header(answer.headers, b"etag")
        known = made.answer(if_none_match=tag, accept_encoding=accept)
        assert (known.status, known.body) == (304, b"")
        assert header(known.headers, b"etag") == tag
        assert header(known.headers, b"content-security-policy") == b"strict"


def test_a_page_that_compression_does_not_help_has_one_form() -> None:
    made = page(10)
    assert made.answer(if_none_match=None, accept_encoding=b"br").body == b"x" * 10
    tag = made.name
    assert made.answer(if_none_match=tag, accept_encoding=b"br").status == 304


def test_a_page_is_compressed_once_for_each_form_and_never_for_who_has_it() -> None:
    made = page(5000)
    assert not made.has(if_none_match=None, accept_encoding=b"br")
    assert made.has(if_none_match=made.name, accept_encoding=b"br")
    ready = made.ready_for(if_none_match=None, accept_encoding=b"br")
    assert ready.ready_for(if_none_match=None, accept_encoding=b"br") is ready
    assert not ready.has(if_none_match=None, accept_encoding=b"gzip")
    assert (set(ready.whole), set(made.whole)) == ({b"identity", b"br"}, {b"identity"})


def test_a_page_in_another_form_takes_the_place_of_that_page_only() -> None:
    store, first = PageStore(100_000), page(5000)
    ready = first.ready_for(if_none_match=None, accept_encoding=b"br")
    store.exchange("a", first, ready, queried=False)
    assert store.get("a", queried=False, generation=0) is None, "it was thrown out meanwhile"
    store.put("a", first, queried=False)
    store.exchange("a", first, ready, queried=False)
    assert store.get("a", queried=False, generation=0) is ready
    store.exchange("a", first, first, queried=False)
    assert store.get("a", queried=False, generation=0) is ready
    assert store.size == ready.size
