"""Where a challenge begins and ends, and what belongs to which part of it."""

from nexus.library.extraction.challenges import Form, find_challenges
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.tellings import all_in, as_told, only_one


def test_it_is_known_where_a_challenge_stands() -> None:
    text = """# Notes

## Challenges

### Tokens

**Problem:** They
expired.

**Solution:** I
refreshed them.

### Feeds

- A first → a second
- **Title**: Solved
  in two lines

| Challenge | Solution |
|---|---|
| Load | Caches |
"""
    places = [(each.line, each.end_line, each.section, each.form) for each in all_in(text)]
    assert places == [
        (5, 11, "Challenges", Form.LABELS),
        (15, 15, "Feeds", Form.ARROW),
        (21, 21, "Feeds", Form.TABLE),
    ]
    without_table = text[: text.index("| Challenge")]
    places = [(each.line, each.end_line, each.section, each.form) for each in all_in(without_table)]
    assert places[1:] == [(15, 15, "Feeds", Form.ARROW), (16, 17, "Feeds", Form.TITLE)]


def test_lines_count_in_the_file() -> None:
    found = find_challenges(
        outline("- Challenge: a lock\n  Solution: a new key for it", first_line=8)
    )
    assert [(each.line, each.end_line) for each in found] == [(8, 9)]


def test_headings_of_several_challenges_are_their_section() -> None:
    text = (
        "## Challenges\n### Backend\n- Problem: a lock\n- Fix: a key\n- Problem: rust\n- Fix: oil"
    )
    assert [(each.title, each.section) for each in all_in(text)] == [
        ("a lock", "Backend"),
        ("rust", "Backend"),
    ]


def test_an_item_tells_of_its_own_problem_alone() -> None:
    text = "## Difficultés\n- Les flux étaient lents.\n- Jetons expirés. Solution : renouvelés."
    assert [problem for _, problem, _, _ in as_told(text)] == ["Jetons expirés."]


def test_another_heading_ends_a_challenge() -> None:
    text = (
        "## Challenges\n**Problem:** a lock\n\n**Solution:** a key\n\n## Key learnings\n"
        "- Locks rust"
    )
    assert as_told(text) == [("a lock", "a lock", "a key", "")]


def test_a_list_item_without_a_label_ends_a_challenge() -> None:
    text = "- Challenge: a lock\n- Solution: a key for it\n- Buy bread\n- Solution: go out for it"
    assert as_told(text) == [("a lock", "a lock", "a key for it", "")]


def test_what_a_server_answers_is_no_challenge_but_what_was_done_about_it_is() -> None:
    answers = "## Challenges\n### Error codes:\n- `401 Unauthorized` → no token\n- 404 → gone\n"
    assert all_in(answers) == ()
    assert only_one("## Challenges\n- 502 Bad Gateway → Raised the timeout").action


def test_an_arrow_inside_what_was_done_is_no_challenge_of_its_own() -> None:
    text = "## Challenges\n**Problem:** a lock\n\n**Solution:**\n\n- Turn the key → the door opens"
    assert as_told(text) == [("a lock", "a lock", "- Turn the key → the door opens", "")]


def test_the_result_under_a_heading_beside_the_challenge_is_its_own() -> None:
    text = (
        "## Défis\n### Défi : la serrure\nRouillée.\n### Solution\nHuilée.\n"
        "### Résultat\nElle tourne."
    )
    assert as_told(text) == [("la serrure", "Rouillée.", "Huilée.", "Elle tourne.")]


def test_a_paragraph_behind_the_solution_is_no_part_of_it() -> None:
    text = (
        "Challenge: a lock rusted. Solution: a key made of brass.\n\nBest practices\n\nUse brass."
    )
    assert as_told(text)[0][2] == "a key made of brass."


def test_a_deeper_heading_is_part_of_the_solution() -> None:
    text = "## Problems solved\n### Lock\n**Problem:** rust\n\n**Fixes:**\n\n#### Door\n- Oiled it"
    assert as_told(text) == [("Lock", "rust", "**Door**\n\n- Oiled it", "")]


def test_a_cause_behind_the_solution_is_left_out() -> None:
    text = "Challenge: rust. Solution: oil for it. Cause: the rain."
    assert as_told(text) == [("rust", "rust.", "oil for it.", "")]


def test_words_between_problem_and_solution_belong_to_the_problem() -> None:
    text = "**Challenge:** a lock\n\nIt rusted.\n\nEvery day. **Solution:** A new key for it."
    assert as_told(text) == [
        ("a lock", "a lock\n\nIt rusted.\n\nEvery day.", "A new key for it.", "")
    ]


def test_words_before_a_label_are_its_title() -> None:
    text = (
        "- The door. Problem: rust. Solution: I used oil.\n"
        "- The lock. Problem: dust. Fix: Cleaned it."
    )
    assert as_told(text) == [
        ("The door", "rust.", "I used oil.", ""),
        ("The lock", "dust.", "Cleaned it.", ""),
    ]


def test_a_table_below_a_topic_is_no_part_of_the_telling() -> None:
    text = "## Challenges\n### Docker\n| a | b |\n|-|-|\n| c | d |\n\nI used a slim base."
    assert as_told(text) == [("Docker", "Docker", "I used a slim base.", "")]


def test_a_numbered_table_takes_its_titles_from_the_problems() -> None:
    text = "## 🚧\n| # | Challenge | Solution |\n|-|-|-|\n| 1 | Rust | Oil |\n| 2 | Dust |"
    assert as_told(text) == [("Rust", "Rust", "Oil", "")]


def test_lists_that_tell_more_by_themselves_are_not_paired() -> None:
    text = "## Challenges\n- Problem: a lock\n- Dust\n## Solutions\n- Fix: oil\n- A broom"
    assert as_told(text) == []


def test_a_table_of_tabs_has_its_lines() -> None:
    text = "Words\n\nProblem\tFix\nSlow feeds\tAdded an index\nSlow pages\tCached them"
    assert [(each.line, each.form) for each in all_in(text)] == [
        (4, Form.TABLE),
        (5, Form.TABLE),
    ]


def test_a_long_title_is_cut_between_words() -> None:
    long = "a very long word " * 12
    challenge = only_one(f"## Challenges\n- {long} → oil")
    assert len(challenge.title) <= 120
    assert challenge.title.endswith("word…")
    assert challenge.problem == long.strip()


def test_what_is_told_twice_is_one_challenge() -> None:
    assert len(all_in("## Challenges\n- A lock → a key\n\n## Challenges\n- A lock → a key")) == 1


def test_a_named_problem_that_was_met_and_not_solved_is_kept_when_it_is_clear() -> None:
    clear = "Every night the clock of one machine ran a little ahead of all the others"
    text = f"## Challenges Faced\n- **Clocks**: {clear}.\n- **Dust**: Everywhere.\n- Rust"
    assert as_told(text) == [("Clocks", f"{clear}.", "", "")]
    assert as_told(text.replace(" Faced", "")) == []
    assert as_told(text.replace("**Clocks**: ", "")) == []
    assert as_told(text.replace("**Clocks**", "**Fix**")) == []
    french = text.replace("Challenges Faced", "Difficultés rencontrées")
    assert [each.title for each in all_in(french)] == ["Clocks"]


def test_how_something_was_is_not_what_was_done() -> None:
    text = "## Challenges\n- Using a new loom was quite unlike using the old one and took days"
    assert as_told(text) == []
    assert as_told("## Challenges\n- The threads broke every day. Using a loom, I wove on") != []
    assert as_told("## Challenges and solutions\n- Moving away from using the old loom") == []


def test_a_problem_that_is_named_in_a_list_of_its_own_is_called_so() -> None:
    problems = "## Challenges\n- **Dust**: It lay about.\n- **Rust**: It came back."
    text = f"{problems}\n## Solutions\n- **Dust**: A broom.\n- Oil, every week"
    assert as_told(text) == [
        ("Dust", "It lay about.", "A broom.", ""),
        ("Rust", "It came back.", "Oil, every week", ""),
    ]
