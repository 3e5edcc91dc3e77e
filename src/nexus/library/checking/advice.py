"""The words for every problem that only a look at the whole repository can find."""

from nexus.library.problems import Advice

#: What is told of a secret that the commit shown does not have any more, or never had.
PAST_CODE = "secret-in-history"
#: What is told of a secret in the message of a commit or a tag, or in the name of who made it.
MESSAGE_CODE = "secret-in-message"
#: What is told of a secret in the name of a branch or a tag.
REF_CODE = "secret-in-ref"
#: Found in the text of one file, when it is read.
ADVICE_OF_TEXTS: dict[str, Advice] = {
    "placeholder": Advice(
        "A gap of a template was never filled in.",
        "Write what belongs there, or remove the line.",
    ),
    "heading-unspaced": Advice(
        "A line looks like a heading and is none: behind its signs a blank is missing.",
        "Write it with a blank, `## Installation`. Without one GitHub and the hub show the signs "
        "as text. If it is a hashtag, put a backslash in front of it.",
    ),
}
#: Found by a look at all files together.
ADVICE_OF_WHOLE: dict[str, Advice] = {
    "secret-file": Advice(
        "A file that holds secrets, by its name, was committed; the hub withholds it.",
        "Take what it holds for known: make new ones at their issuers and end these. Then remove "
        "the file with `git rm --cached`, name it in `.gitignore` and commit. If it holds no "
        "secret, give it a name that says so, such as `.env.example`.",
    ),
    "secret-in-name": Advice(
        "A secret stands in the name of a file or a folder.",
        "Take it for known: make a new one at its issuer and end this one. Then give the file "
        "another name, here and in the history (`git filter-repo --path-rename`), and force-push.",
    ),
    PAST_CODE: Advice(
        "A secret stands in the history, so a clone would bring it.",
        "Take it for known: make a new one at its issuer and end this one. Then rewrite the "
        "history with `git filter-repo`, by the path or the object named here, and force-push. If "
        "it is none, put it back into the file with `nexus:allow` at the end of its line.",
    ),
    MESSAGE_CODE: Advice(
        "A secret stands in what Git says of a commit or a tag, so a clone would bring it.",
        "Take it for known: make a new one at its issuer and end this one. Then write the message "
        "anew: with `git commit --amend` if the commit is the newest, else with `git rebase -i` "
        "and `reword`, or with `git filter-repo --replace-message`, and force-push. Delete a tag "
        "(`git push --delete`) and make it anew. If it is none, say so in a later message: repeat "
        "it there with `nexus:allow` at the end of the line.",
    ),
    REF_CODE: Advice(
        "A secret stands in the name of a branch or a tag, which everybody who clones is told.",
        "Take it for known: make a new one at its issuer and end this one. Then give the branch "
        "another name (`git branch -m`) or make the tag anew, push it, and delete the old one "
        "where it was pushed to (`git push --delete`).",
    ),
    "link-missing": Advice(
        "A link leads to a file that is not in the repository.",
        "Correct the path, mind capitals, or commit the file that is missing.",
    ),
    "picture-missing": Advice(
        "A picture is not in the repository, so readers see a gap.",
        "Commit the picture, or correct its path; capitals count.",
    ),
    "anchor-missing-there": Advice(
        "A link leads to a part that the other page does not have.",
        "Copy the address of the heading it means: anchors change with the heading's words.",
    ),
    "address-foreign": Advice(
        "An address that stands as the project's own belongs to somebody else.",
        "Put your own repository's address there, or say whose it is. This happens when a README "
        "is copied, or comes with a fork.",
    ),
    "licence-missing": Advice(
        "There is no licence.",
        "Add a file `LICENSE`: https://choosealicense.com helps to choose. MIT is usual for "
        "work that others may learn from and use.",
    ),
    "readme-missing": Advice(
        "There is no README.",
        "Add `README.md` at the root: what it is, how to run it, what you learnt.",
    ),
    "readme-stub": Advice(
        "The README says next to nothing.",
        "Say in a few sentences what it is, how to run it, and what you learnt.",
    ),
    "readme-template": Advice(
        "The README is still the one that a tool or a template wrote.",
        "Replace it with your own words about what you built.",
    ),
}
ADVICE_CHECKING: dict[str, Advice] = {**ADVICE_OF_TEXTS, **ADVICE_OF_WHOLE}
#: The problems of a repository as a whole; those of single files have other codes.
CHECK_CODES = frozenset(ADVICE_OF_WHOLE)
#: The problems of the whole that belong to one page: they change with it and with what it names.
LINK_CODES = frozenset({"link-missing", "picture-missing", "anchor-missing-there"})
#: What the names of files tell of secrets: it changes only when a file comes or goes.
NAME_CODES = frozenset({"secret-file", "secret-in-name"})
#: The problems that keep a repository from being cloned by others than its owner.
SECRET_CODES = frozenset({"secret-in-text", *NAME_CODES, PAST_CODE, MESSAGE_CODE, REF_CODE})
#: Those that the files of the commit shown do not tell: found by looking back.
LOOK_BACK_CODES = frozenset({PAST_CODE, MESSAGE_CODE, REF_CODE})
