"""Links and pictures that lead nowhere are found, those that lead somewhere are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.checking.links import (
    MAX_TOLD,
    Page,
    Surroundings,
    ids_of,
    link_problems,
    pages_asked_for_parts,
)
from nexus.library.checking.own_host import OwnHost
from nexus.library.checking.tree import Tree
from nexus.library.rendering.links import Kind, link_destination
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Link, Place

ANCHORS = {"docs/Setup.md": frozenset({"install", "-first-steps", "héllo"})}
AROUND = Surroundings(
    Tree(["README.md", "docs/Setup.md", "docs/b c.md", "img/logo.png", "src/app.py"]),
    ANCHORS.get,
    OwnHost.of("https://github.com/Ada/Shop.git", "develop"),
)


def told(text: str, path: str = "docs/page.md") -> list[tuple[str, int, str]]:
    """What is said of a page with this text."""
    page = render_markdown(text, Place("/c/a/b", path))
    found = list(link_problems(Page(path, page.links, page.pictures), AROUND))
    assert {problem.path for problem in found} <= {path}
    return [(problem.code, problem.line, problem.message) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "[a](Setup.md) [b](../README.md) [c](/src) [d](/src/app.py#L3) [e](..) [f](b%20c.md)",
        "[a](Setup.md#install) [b](Setup.md#INSTALL) [c](Setup.md#user-content-install)",
        "[a](Setup.md#h%C3%A9llo) [b](../README.md#unknown-of-it) [c](#here) [d](mailto:a@b.org)",
        "![logo](../img/logo.png) <img src='/img/logo.png'> ![x](https://elsewhere.example/x.png)",
        "[a](https://example.org/nothing) [b](https://github.com/ada/shop/issues/1)",
        "[a](https://github.com/ada/shop/blob/main/docs/Setup.md)",
        "[a](https://github.com/bob/shop/blob/main/nothing.md)",
        "[a](https://github.com/ada/shop/blob/v1/nothing.md) [b](https://github.com/ada/shop)",
        "[a]({{ site.url }}/nothing.md) [b](page.md#own-part) `[c](nothing.md)`",
        "```\n[a](nothing.md)\n```",
        "[a](Setup.md#:~:text=words) [b](../../../outside.md)",
    ],
)
def test_what_leads_somewhere_is_no_problem(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("[a](setup.md)", "link-missing", "The link to setup.md. Did you mean docs/Setup.md?"),
        ("[a](nothing.md)", "link-missing", "The link to nothing.md."),
        ("[a]: nothing.md\n\n[a]", "link-missing", "The link to nothing.md."),
        ("<a href='nothing.md'>a</a>", "link-missing", "The link to nothing.md."),
        ("![x](../img/Logo.png)", "picture-missing", "Did you mean img/logo.png?"),
        ("<img src='logo.svg' alt='x'>", "picture-missing", "The picture logo.svg."),
        ("[![x](no.svg)](Setup.md)", "picture-missing", "The picture no.svg."),
        ("[a](Setup.md#first-steps)", "anchor-missing-there", "Did you mean #-first-steps?"),
        ("[a](Setup.md#nothing)", "anchor-missing-there", "The link to Setup.md#nothing."),
        (
            "[a](https://github.com/Ada/shop/blob/main/gone.md)",
            "link-missing",
            "The link to https://github.com/Ada/shop/blob/main/gone.md.",
        ),
        (
            "![a](https://raw.githubusercontent.com/ada/shop/develop/gone.png)",
            "picture-missing",
            "gone.png.",
        ),
    ],
)
def test_what_leads_nowhere_is_told_with_its_line(text: str, code: str, message: str) -> None:
    ((found, line, said),) = told(f"# A\n\n{text}\n")
    assert (found, line) == (code, 3)
    assert message in said


def test_a_long_target_is_told_shortened() -> None:
    ((_, _, said),) = told(f"[a]({'x' * 500}.md)")
    assert len(said) < 200


def test_a_page_with_hundreds_is_told_of_some() -> None:
    page = Page("a.md", [Link(f"{number}.md", "", number) for number in range(1000)])
    assert len(list(link_problems(page, AROUND))) == MAX_TOLD


def test_the_pages_are_named_of_which_parts_are_asked_for() -> None:
    page = Page("docs/a.md", [Link(t, "") for t in ("Setup.md#a", "#b", "Setup.md", "../x.md#c")])
    assert list(pages_asked_for_parts(page, AROUND)) == ["docs/Setup.md", "x.md"]


def test_the_parts_of_a_page_are_those_that_rendering_gives_it() -> None:
    page = render_markdown("# A & b\n\n## A & b\n\n<a name='own'></a>\n", Place("/c/a/b", "a.md"))
    assert ids_of(page.html) >= {"a--b", "a--b-1", "own"}


@pytest.mark.parametrize(
    ("origin", "address", "path"),
    [
        ("https://github.com/ada/shop", "https://github.com/ada/shop/tree/main/docs", "docs"),
        (
            "https://github.com/ada/shop",
            "https://www.github.com/ADA/shop/raw/HEAD/a%20b.md",
            "a b.md",
        ),
        ("git@github.com:ada/shop.git", "https://github.com/ada/shop/blob/master/a.md", "a.md"),
        ("https://gitlab.com/ada/shop", "https://gitlab.com/ada/shop/-/blob/main/a.md", "a.md"),
        ("https://github.com/ada/shop", "https://github.com/ada/shop/blob/main", ""),
        ("https://github.com/ada/shop", "https://github.com/ada/shop/actions/main/a", None),
        ("https://github.com/ada/shop", "https://github.com/ada/shop/blob/v2/a.md", None),
        ("https://github.com/ada/shop", "https://[broken/ada/shop/blob/main/a.md", None),
        ("https://git.example.org/ada/shop", "https://git.example.org/ada/shop/blob/main/a", None),
        ("/srv/shop", "https://github.com/srv/shop/blob/main/a.md", None),
        ("", "https://github.com/blob/main", None),
    ],
)
def test_addresses_of_the_repository_itself_are_read(
    origin: str, address: str, path: str | None
) -> None:
    assert OwnHost.of(origin).path_of(address) == path


@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_stands_in_a_link_the_check_ends(target: str, path: str) -> None:
    page = Page(f"docs/{path}.md", [Link(target, "")], [Link(target, "")])
    assert len(list(link_problems(page, AROUND))) <= 3


@settings(max_examples=500)
@given(st.text(alphabet="ab/.#?%2: \t\\-~é", max_size=12))
def test_a_link_is_judged_by_the_path_that_rendering_leads_it_to(target: str) -> None:
    rendered = link_destination(target, Place("", "docs/a.md"))
    path = rendered.path if rendered.kind is Kind.REPOSITORY else ""
    found = list(link_problems(Page("docs/a.md", [Link(target, "")]), Surroundings(Tree(["b"]))))
    is_judged = path not in ("", "docs/a.md", "b")
    assert [problem.code for problem in found] == ["link-missing"] * is_judged
