"""Gaps of templates are found; what people write in brackets for other reasons is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.checking.placeholders import MAX_TOLD, placeholder_problems
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional


def told(text: str, *, path: str = "a.md") -> list[tuple[int, str]]:
    """(line, gap) of what is found."""
    found = list(placeholder_problems(outline(text), path))
    assert {problem.code for problem in found} <= {"placeholder"}
    return [(problem.line, problem.message.split("“")[1].split("”")[0]) for problem in found]


@pytest.mark.parametrize(
    "gap",
    [
        "[Your Cohort]",
        "[Current Date]",
        "[Your Name]",
        "[your name here]",
        "[Insert screenshot here]",
        "[Add your description]",
        "[Project Name]",
        "[Date]",
        "[link here]",
        "[Describe the problem]",
        "<your-username>",
        "<insert token>",
        "YOUR_REPO",
        "TODO: describe",
        "Lorem ipsum",
        "{{ cookiecutter.project_slug }}",
        "github.com/your-username",
        "github.com/<your-name>",
        "linkedin.com/in/yourprofile",
        "your.email@example.com",
        "(link here)",
        "[Live Demo URL]",
    ],
)
@pytest.mark.parametrize(
    ("around", "line"),
    [
        ("# {}\n", 1),
        ("Words\nand {} more\n", 2),
        ("- one\n- {}\n", 2),
        ("> said\n> {}\n", 2),
        ("| a | b |\n|---|---|\n| 1 | {} |\n", 3),
        ("**Name:** {}\n", 1),
    ],
)
def test_a_gap_is_told_with_its_line(gap: str, around: str, line: int) -> None:
    if "<" in gap and "#" in around:
        gap = gap.replace("<", "[").replace(">", "]").replace("-", " ")  # a heading has no tags
        gap = gap.removeprefix("github.com/")
    assert told(around.format(gap)) == [(line, gap)]


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] write\n- [x] read\n",
        "[Your Name](https://example.org)\n",
        "[Your first steps][steps]\n\n[steps]: docs/steps.md\n",
        "[Your guide]\n\n[Your guide]: docs/guide.md\n",
        "![Image](a.png) and ![Your logo]\n",
        "`[Your Name]` and ``YOUR_REPO``\n",
        "```\n[Your Name]\nYOUR_KEY\n```\n",
        "list[your_index], rows[date], matrix[0][name]\n",
        "[optional] [1] [sic] [WIP] [API] [project-name]\n",
        "your username, <b>your</b> name, Your Repo\n",
        "TODO: fetch again later\n",
        "<!-- [Your Name] -->\n",
        "{{ value }}\n",
        "https://github.com/yo/repo\n",
        r"\[Your Name]" + "\n",
    ],
)
def test_what_is_no_gap_is_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("target", ["https://your-demo-link.com", "http://www.your_app.dev"])
def test_a_link_that_leads_to_a_gap_is_told(target: str) -> None:
    assert told(f"See [the demo]({target}) first.\n") == [(1, target)]
    assert told(f"Then open {target}/admin in a browser.\n") == []


@pytest.mark.parametrize(
    ("command", "gap"),
    [
        ("git clone https://github.com/yourusername/hexa.git", "github.com/yourusername"),
        ("git clone https://github.com/<your-name>/hexa", "github.com/<your-name>"),
        ("git clone [https://github.com/YOUR_NAME/hexa](https://x)", "github.com/YOUR_NAME"),
        ("git clone https://your-repo-url", "https://your-repo-url"),
    ],
)
def test_a_readme_that_cannot_be_cloned_from_is_told(command: str, gap: str) -> None:
    text = f"# Hexa\n\n## Setup\n\n```bash\n# fetch it\n{command}\n```\n"
    assert told(text, path="README.md") == [(7, gap)]
    assert told(text, path="docs/git.md") == []
    assert told(f"# Hexa\n\n1. Run `{command}`\n", path="README.md") == [(3, gap)]
    assert told(text.replace("Setup", "Contributing"), path="README.md") == []
    assert told(text.replace("```bash", "Fork it first.\n\n```bash"), path="README.md") == []


@pytest.mark.parametrize("address", ["https://github.com/ada/hexa", "<url>", "git@host:a/b.git"])
def test_a_readme_that_can_be_cloned_from_is_left_alone(address: str) -> None:
    assert told(f"```\ngit clone {address}\n```\n", path="README.md") == []


@pytest.mark.parametrize("name", ["ton-utilisateur", "votre-pseudo", "votre-nom-d-utilisateur"])
def test_gaps_in_french_addresses_are_told(name: str) -> None:
    gap = f"github.com/{name}"
    assert told(f"Le code: https://{gap}/hexa\n") == [(1, gap)]
    assert told(f"```\ngit clone https://{gap}/hexa.git\n```\n", path="README.md") == [(2, gap)]


@pytest.mark.parametrize("name", ["tonic", "ton-beau", "tonnom1", "votrepays"])
def test_names_that_begin_like_a_gap_are_names(name: str) -> None:
    assert told(f"https://github.com/{name}/hexa\n") == []


def test_the_kind_of_a_source_is_no_gap() -> None:
    cited = 'Doe, A. (2024) "Corner" [image]. Available at: https://example.org (Accessed: 2 May)'
    assert told(f"{cited}\n") == []
    assert told("Our logo: [image]\n") == [(1, "[image]")]
    assert told(f"[Your Name]. {cited}\n") == [(1, "[Your Name]")]


def test_several_in_a_line_are_told_in_order() -> None:
    assert told("Dear [Your Name], of YOUR_TEAM, on [Date]\n") == [
        (1, "[Your Name]"),
        (1, "YOUR_TEAM"),
        (1, "[Date]"),
    ]


def test_the_lines_of_one_paragraph_are_counted() -> None:
    text = "Dear [Your Name],\nwe thank\nYOUR_TEAM for\n\nand more, [Date]\n"
    assert told(text) == [(1, "[Your Name]"), (3, "YOUR_TEAM"), (5, "[Date]")]


def test_a_page_with_hundreds_is_told_of_some() -> None:
    assert len(told("[Date]\n\n" * 500)) == MAX_TOLD


@given(st.text(alphabet="[]<>`{}() \nyourYOUR_TODO:ab", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert len(told(text)) <= MAX_TOLD


@pytest.mark.parametrize(
    "piece",
    ["[your ", "`", "<your-", "[", "{{ your", "TODO ", "YOUR_A", "[date", "`a", "x\n[your "],
)
def test_the_effort_grows_with_the_text_only(piece: str) -> None:
    def read(text: str) -> object:
        return list(placeholder_problems(outline(text), "a.md"))

    assert is_proportional(read, lambda times: piece * times, size=4_000)
