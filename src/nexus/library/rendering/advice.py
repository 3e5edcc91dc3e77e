"""The words for every problem that laying out a document can report."""

from nexus.library.problems import Advice

_SHOWN_PLAIN = "It is shown as plain text."

ADVICE_RENDERING: dict[str, Advice] = {
    "document-too-large": Advice(
        "The document is too long to be laid out.",
        f"{_SHOWN_PLAIN} Split it into documents of less than 512 KB.",
    ),
    "document-too-deep": Advice(
        "The document is nested too deeply to be laid out.",
        f"{_SHOWN_PLAIN} Use fewer levels of lists, quotes or HTML elements.",
    ),
    "document-too-complex": Advice(
        "The document would take too long to lay out.",
        f"{_SHOWN_PLAIN} Split very wide tables, very long lines of links or tangled HTML.",
    ),
    "document-invalid": Advice(
        "The document could not be read as what its name says it is.",
        f"{_SHOWN_PLAIN} Open it in the program that made it, mend it, and save it again.",
    ),
    "fence-unclosed": Advice(
        "A block of code is never closed, so everything after it is code.",
        "Add a line with the same backticks or tildes where the code ends.",
    ),
    "link-outside": Advice(
        "A link or picture leads out of the repository.",
        "Link to a file inside the repository, or write the full address.",
    ),
    "anchor-missing": Advice(
        "A link leads to a part of the page that does not exist.",
        "Copy the address of the heading it means: anchors change with the heading's words.",
    ),
    "link-unsafe": Advice(
        "A link was taken away because the hub does not follow its address.",
        "Use an address that begins with https:, http: or mailto:, or a path in the repository.",
    ),
    "picture-unsafe": Advice(
        "A picture was left out because of its address or size.",
        "Put the picture into the repository as PNG, JPEG, WebP or SVG and link to its path.",
    ),
    "markup-unsafe": Advice(
        "Some HTML was left out: scripts, frames, forms and event handlers are not shown.",
        "Remove it, or show it as a block of code.",
    ),
    "markup-invalid": Advice(
        "Some of the document's markup is mistaken and is shown as well as it can be.",
        "Correct it at this line; the message says what the parser expected.",
    ),
    "maths-invalid": Advice(
        "A formula could not be read and is shown as it was written.",
        "Check its TeX: closed braces, known commands, and no definitions.",
    ),
    "output-left-out": Advice(
        "An output of the notebook was left out because of its size or kind.",
        "Clear large outputs before committing, or save them as files.",
    ),
}
