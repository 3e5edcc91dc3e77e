"""Real documents come out whole."""

from pathlib import Path

from nexus.library.discretion import hide_emails
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.front_matter import split_front_matter
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Place
from nexus.library.rendering.pictures import withhold_images
from nexus.library.rendering.tests.support import assert_safe

_PLAIN = {"document-too-large", "document-too-deep", "document-too-complex"}


def test_every_example_is_laid_out_safely(examples: Path) -> None:
    for path in sorted(examples.rglob("*.md")):
        relative = path.relative_to(examples).as_posix()
        text = decode(path.read_bytes(), path=relative).text
        matter = split_front_matter(text, path=relative)
        page = render_markdown(
            matter.body, Place("/c/commons/x", relative), first_line=matter.body_line
        )
        assert not _PLAIN & {problem.code for problem in page.problems}, relative
        assert page.text or not matter.body.strip(), relative
        body = assert_safe(page.html)
        ids = {node.attributes["id"] for node in body.css("[id]")}
        assert {f"user-content-{head.anchor}" for head in page.headings if head.anchor} <= ids
        assert_safe(withhold_images(hide_emails(page.html)))
        assert all(problem.line <= text.count("\n") + 1 for problem in page.problems)
