"""The words for every problem that only a look at the whole repository can find."""

from nexus.library.problems import Advice

ADVICE_CHECKING: dict[str, Advice] = {
    "secret-file": Advice(
        "A file that holds secrets, by its name, was committed; the hub withholds it.",
        "Take what it holds for known: make new ones at their issuers and end these. Then remove "
        "the file with `git rm --cached`, name it in `.gitignore` and commit. If it holds no "
        "secret, give it a name that says so, such as `.env.example`.",
    ),
}
#: The problems of a repository as a whole; those of single files have other codes.
CHECK_CODES = frozenset(ADVICE_CHECKING)
#: The problems that keep a repository from being cloned by others than its owner.
SECRET_CODES = frozenset({"secret-in-text", "secret-file"})
