"""Text shown as it is, and what is shown when a document cannot be laid out."""

from nexus.library.discretion import without_emails
from nexus.library.problems import Problem
from nexus.library.rendering.codeblocks import code_html
from nexus.library.rendering.page import Place, Rendered

#: More than this is cut, with a word about it (in characters).
MAX_SHOWN = 1024 * 1024
#: More than this is not searched (in characters).
MAX_SEARCHED = 1024 * 1024


def render_plain(text: str, *, problems: tuple[Problem, ...] = ()) -> Rendered:
    """``text`` as it is, with its addresses marked."""
    shown = text[:MAX_SHOWN]
    html = code_html(shown, in_colour=False)
    if len(shown) < len(text):
        html += f"<p>Only the first {MAX_SHOWN:,} characters are shown.</p>"
    return Rendered(
        html=html,
        text=" ".join(without_emails(text)[:MAX_SEARCHED].split()),
        problems=problems,
    )


def refuse(text: str, place: Place, code: str, message: str = "") -> Rendered:
    """``text`` as it is, because of the problem ``code``."""
    message = message or f"{len(text):,} characters."
    return render_plain(text, problems=(Problem(place.path, 0, code, message),))
