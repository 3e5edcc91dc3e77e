"""The words for every problem that reading a file can report."""

from nexus.library.problems import Advice

ADVICE_EXTRACTION: dict[str, Advice] = {
    "encoding-utf16": Advice(
        "The file is saved as UTF-16.",
        "It is shown all the same. Save it as UTF-8 so that Git, search and editors can read it.",
    ),
    "encoding-legacy": Advice(
        "The file is not UTF-8; it was read as Windows-1252.",
        "Check that accented letters look right, and save the file as UTF-8.",
    ),
    "encoding-broken": Advice(
        "Some bytes do not fit the file's encoding; they are shown as \N{REPLACEMENT CHARACTER}.",
        "Open the file at this line, mend the characters, and save it as UTF-8.",
    ),
    "binary-content": Advice(
        "The file is named as text but holds binary data.",
        "Give it the ending of what it really is, or replace it with text.",
    ),
    "secret-in-text": Advice(
        "A secret was committed in this file; the hub hides it.",
        "Take it for known: make a new one at its issuer and end this one. Then move it into the "
        "environment or a file that Git ignores. Deleting the line is not enough, since the "
        "history keeps it. If it is none, end its line with `nexus:allow` in a comment.",
    ),
    "front-matter-invalid": Advice(
        "The front matter cannot be read, so its facts were not used.",
        "Write it as YAML between two lines of three dashes, one `name: value` a line.",
    ),
    "front-matter-repeated": Advice(
        "A name stands more than once in the front matter, so only the last one counts.",
        "Keep the one that you mean. Several values of one name are a list: `tags: [git, http]`.",
    ),
    "front-matter-too-large": Advice(
        "The front matter is too large to be used.",
        "Keep it to a few short facts (16 KB at most) and move the rest into the text.",
    ),
}
