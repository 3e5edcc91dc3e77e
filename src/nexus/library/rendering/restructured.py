"""reStructuredText, laid out like Markdown."""

from nexus.library.rendering.finishing import finish
from nexus.library.rendering.page import ImageSizes, Place, Rendered
from nexus.library.rendering.plain import refuse
from nexus.library.rendering.sanitising import sanitise
from nexus.library.rendering.workpiece import Workpiece

#: docutils takes a hundred times as long as the Markdown parser (in characters).
MAX_SOURCE = 256 * 1024
_MAX_MISTAKES = 10


def render_restructured(
    source: str, place: Place, *, images: ImageSizes | None = None, first_line: int = 1
) -> Rendered:
    """Lay out the reStructuredText ``source`` of the file at ``place``.

    The arguments are those of ``render_markdown``. Directives that read files or pass markup
    through are off. A document that is too long, or that docutils fails on, comes back as
    plain text, with a problem that says why.
    """
    if len(source) > MAX_SOURCE:
        return refuse(source, place, "document-too-large")
    from nexus.library.rendering.restructured_html import (  # slow to import
        TooCostly,
        restructured_to_html,
    )

    try:
        html, mistakes = restructured_to_html(source)
    except TooCostly:
        return refuse(source, place, "document-too-complex")
    except RecursionError:
        return refuse(source, place, "document-too-deep")
    except Exception as error:  # noqa: BLE001 - docutils fails on bad input in many ways
        return refuse(source, place, "document-invalid", f"docutils: {type(error).__name__}.")
    work = Workpiece(
        html=sanitise(html),
        place=place,
        source=source,
        first_line=first_line,
        image_sizes=images,
    )
    for line, said in mistakes[:_MAX_MISTAKES]:
        work.report_at(line + first_line - 1, "markup-invalid", said)
    return finish(work)
