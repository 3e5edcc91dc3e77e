"""What makes the blocks of a document readable for everybody: directions, names, headers."""

from nexus.library.rendering.workpiece import Workpiece, ancestor, replace

#: Their direction follows their first strong letter, unless the author said which.
# No list items: a list does not look into what has a direction of its own, so it would stay left
# to right with its numbers on the wrong side of Arabic words.
_BLOCKS = (
    "p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, td, th, dt, dd, summary, caption, figcaption"
)
_PARTS = frozenset({"thead", "tbody"})
_TASK = "task-list-item-checkbox"
_SCROLLER = '<div class="table" tabindex="0" role="group" aria-label="Table">'


def finish_blocks(work: Workpiece) -> None:
    """Give every block a direction, and the footnotes a name."""
    for node in work.body.css(_BLOCKS):
        if "dir" not in node.attrs:
            node.attrs["dir"] = "auto"
    for node in work.body.css('[class=""]'):
        del node.attrs["class"]
    if (footnotes := work.body.css_first("section.footnotes")) is not None:
        footnotes.attrs["aria-label"] = "Footnotes"


def finish_tasks(work: Workpiece) -> None:
    """Give every box of a task list a name; there are no other inputs in a document."""
    for node in work.body.css("input"):
        attributes = node.attributes
        if attributes.get("class") != _TASK:
            node.decompose()
            continue
        done = "checked" in attributes
        label = "Completed task" if done else "Incomplete task"
        state = " checked" if done else ""
        box = f'<input type="checkbox" disabled aria-label="{label}"{state}>'
        replace(node, work.slots.put(box))


def finish_tables(work: Workpiece) -> None:
    """Say what header cells head, and let a keyboard scroll wide tables.

    A header cell that is empty heads nothing: it becomes a plain cell.
    """
    for node in work.body.css("th"):
        if node.first_child is None:
            replace(node, work.slots.put("<td></td>"))
        else:
            part = ancestor(node, _PARTS)
            node.attrs["scope"] = "row" if part is not None and part.tag == "tbody" else "col"
    for node in work.body.css("table"):
        node.insert_before(work.slots.put(_SCROLLER))
        node.insert_after(work.slots.put("</div>"))
