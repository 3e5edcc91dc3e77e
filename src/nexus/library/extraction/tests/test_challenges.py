"""Promises of finding challenges: each way of telling one, and what only looks like it."""

import pytest

from nexus.library.extraction.challenges import Form
from nexus.library.extraction.tests.tellings import all_in, as_told

#: One challenge in every form: its title, problem, action and result.
_TOLD = {
    "bold title, resolution": (
        "## Challenges Faced & Solutions\n- **Slow feeds**: Solved with an index on the date.",
        ("Slow feeds", "Slow feeds", "Solved with an index on the date.", ""),
    ),
    "bold title, resolution on the next line": (
        "## Challenges & Solutions\n- **Slow feeds**  \n  Added an index on the date.",
        ("Slow feeds", "Slow feeds", "Added an index on the date.", ""),
    ),
    "bold title, what happened and what was done": (
        "## Challenges\n- **Slow feeds**: The list took a second. To fix it, I added an index.",
        ("Slow feeds", "The list took a second.", "To fix it, I added an index.", ""),
    ),
    "bold title over a list": (
        "## Challenges and how I solved them\n- **Slow feeds**\n  - Added an index\n  - Paged it",
        ("Slow feeds", "Slow feeds", "- Added an index\n- Paged it", ""),
    ),
    "bold title, description, list": (
        "## Challenges\n- **Slow feeds**: a second each\n  - Added an index",
        ("Slow feeds", "a second each", "- Added an index", ""),
    ),
    "arrow": (
        "## Key Challenges\n- `N+1` queries → select_related",
        ("N+1 queries", "`N+1` queries", "select_related", ""),
    ),
    "arrow of two signs": (
        "## Problems solved\n1. Lost uploads -> kept in a bucket",
        ("Lost uploads", "Lost uploads", "kept in a bucket", ""),
    ),
    "dash": (
        "## Challenges\n- Slow queries – added indexes",
        ("Slow queries", "Slow queries", "added indexes", ""),
    ),
    "colon": (
        "## Difficulties faced\n- Slow queries: added indexes",
        ("Slow queries", "Slow queries", "added indexes", ""),
    ),
    "one sentence that says both": (
        "## Challenges\n- Resolved CORS errors by configuring the headers",
        ("CORS errors", "CORS errors", "Resolved CORS errors by configuring the headers", ""),
    ),
    "prose": (
        "## Challenges faced\nKeeping both clients in step was hard for us. I moved the rules into "
        "one module.",
        (
            "Keeping both clients in step was hard for us",
            "Keeping both clients in step was hard for us.",
            "I moved the rules into one module.",
            "",
        ),
    ),
    "labels in one line": (
        "- **Challenge:** Tokens expired. **Solution:** Refreshed them. **Result:** No log-outs.",
        ("Tokens expired", "Tokens expired.", "Refreshed them.", "No log-outs."),
    ),
    "labels in one line, plain": (
        "Challenge: tokens expired. Solution: refresh them early.",
        ("tokens expired", "tokens expired.", "refresh them early.", ""),
    ),
    "labels with an arrow between": (
        "## Challenges\n- Challenge: tokens expired → Solution: refresh them early",
        ("tokens expired", "tokens expired", "refresh them early", ""),
    ),
    "labels without a space": (
        "## Challenges\nProblem: tokens expired after a day Solution:Refreshed them early",
        ("tokens expired after a day", "tokens expired after a day", "Refreshed them early", ""),
    ),
    "a label behind the arrow alone": (
        "## Challenges\n- CORS trouble → Solution: django-cors-headers",
        ("CORS trouble", "CORS trouble", "django-cors-headers", ""),
    ),
    "labels on lines of an item": (
        "## Challenges\n- **Tokens**:\n  \\_Problem: They expired early.\n"
        "  \\_Fix: Refreshed them.",
        ("Tokens", "They expired early.", "Refreshed them.", ""),
    ),
    "labels in italics": (
        "## Challenges\n- **Tokens**  \n  *Issue:* They expired.  \n  *Approach:* Refreshed them.",
        ("Tokens", "They expired.", "Refreshed them.", ""),
    ),
    "nested items": (
        "## Lessons\n1. **Tokens**\n   - Problem: They expired.\n   - Solution: Refreshed them.\n"
        "   - Outcome: No log-outs.",
        ("Tokens", "They expired.", "Refreshed them.", "No log-outs."),
    ),
    "solution below the problem": (
        "## Challenges\n- **Challenge:** Tokens expired.\n  - **Solution:** Refreshed them.",
        ("Tokens expired", "Tokens expired.", "Refreshed them.", ""),
    ),
    "title with a description, solution below": (
        "## Challenges\n1. **Tokens**: They expired early\n   - **Solution**: Refreshed them.",
        ("Tokens", "They expired early", "Refreshed them.", ""),
    ),
    "labelled paragraphs": (
        "## Challenges\n**Obstacle:** Tokens expired.\n\n**What I did:** Refreshed them.\n\n"
        "**Learned:** Clocks differ.",
        ("Tokens expired", "Tokens expired.", "Refreshed them.", "Clocks differ."),
    ),
    "labels behind emoji": (
        "## Challenges\n- 🔴 Problem: Tokens expired.\n- ✅ Solution: Refreshed them.",
        ("Tokens expired", "Tokens expired.", "Refreshed them.", ""),
    ),
    "numbered heading, labels": (
        "## Challenges\n### Challenge 1: JWT refresh\n**Problem:** Tokens expired.\n"
        "**Solution:**\n- Refreshed them\n  ```py\n  refresh()\n  ```\n- Logged it",
        (
            "JWT refresh",
            "Tokens expired.",
            "- Refreshed them\n\n```py\nrefresh()\n```\n\n- Logged it",
            "",
        ),
    ),
    "topic heading, labels": (
        "## Challenges\n### 1. JWT refresh\n- **Issue**: Tokens expired.\n"
        "- **Fix**: Refreshed them.",
        ("JWT refresh", "Tokens expired.", "Refreshed them.", ""),
    ),
    "topic heading, prose, solution": (
        "## Lessons learned\n### JWT refresh\nTokens expired.\n\n**Solution:** Refreshed them.",
        ("JWT refresh", "Tokens expired.", "Refreshed them.", ""),
    ),
    "topic heading, problem, implementation": (
        "## Lessons learned\n### JWT\n**Problem:** They expired.\n\n**Implementation:** Refreshed.",
        ("JWT", "They expired.", "Refreshed.", ""),
    ),
    "topic heading, solution alone": (
        "## Challenges\n### 1. Handling dates\n- Solution: One module for all of them.",
        ("Handling dates", "Handling dates", "One module for all of them.", ""),
    ),
    "topic heading, prose": (
        "## Challenges\n### JWT refresh\nTokens expired early. Fixed by:\n- Refreshing\n- Logging",
        ("JWT refresh", "Tokens expired early.", "- Refreshing\n- Logging", ""),
    ),
    "topic heading, sentences": (
        "## Challenges\n### JWT refresh\nTokens expired early. I refreshed them.",
        ("JWT refresh", "Tokens expired early.", "I refreshed them.", ""),
    ),
    "topic that sounds like a product": (
        "## Challenges\n### Features of Next.js\nI was confused. I studied it.",
        ("Features of Next.js", "I was confused.", "I studied it.", ""),
    ),
    "topic heading, item, solution heading": (
        "## Challenges\n#### 1. Types\n- I was confused by them.\n\n**To overcome this:**\n"
        "- Small exercises",
        ("Types", "- I was confused by them.", "- Small exercises", ""),
    ),
    "table pasted from a page": (
        "Challenges and solutions\nChallenge\tSolution\nSlow feeds\tAn index\nEnd of it",
        ("Slow feeds", "Slow feeds", "An index", ""),
    ),
    "topic heading, list": (
        "## Challenges\n### Docker\nThe image was large.\n\n- Used a slim base\n- Removed caches",
        ("Docker", "The image was large.", "- Used a slim base\n- Removed caches", ""),
    ),
    "paired headings below a topic": (
        "# Notes\n## Auth\n### Tokens\n#### Problem\nThey expired.\n#### Solution\n"
        "I refreshed them early.\n#### Result\nNo log-outs.",
        ("Tokens", "They expired.", "I refreshed them early.", "No log-outs."),
    ),
    "a text that is one challenge": (
        "# Tokens\n## Problem\nThey expired.\n## Root cause\nThe clock.\n## Solution\n"
        "Keep the clock in step.",
        (
            "They expired",
            "They expired.\n\n**Root cause:**\n\nThe clock.",
            "Keep the clock in step.",
            "",
        ),
    ),
    "code as problem and solution": (
        "## Errors encountered and solutions\n### Clock\n**Error:**\n```\nexpired\n```\n"
        "**Fix:**\n```sh\nntpd\n```",
        ("Clock", "```\nexpired\n```", "```sh\nntpd\n```", ""),
    ),
    "bold title on the label's line": (
        "## Challenges\n**Problem 1: Tokens**\nThey expired early. Fixed by refreshing them.",
        ("Tokens", "They expired early.", "Fixed by refreshing them.", ""),
    ),
    "impact before the solution": (
        "## Challenges\n- Problem: Tokens expired.\n- Impact: People left.\n- Solution: Refreshed.",
        ("Tokens expired", "Tokens expired.\n\n**Impact:** People left.", "Refreshed.", ""),
    ),
    "table": (
        "## Notes\n| Challenge | Solution | Impact |\n|-|-|-|\n| **Slow** feeds | An index | 5x |",
        ("Slow feeds", "**Slow** feeds", "An index", "5x"),
    ),
    "table whose column holds two things": (
        "## Notes\n| Challenge | Fix & lesson learnt |\n|-|-|\n| Slow feeds | Added an index |",
        ("Slow feeds", "Slow feeds", "Added an index", ""),
    ),
    "below what a product does": (
        "## Features\n### Search\n- By name\n### Challenges & solutions\n"
        "- **Challenge:** Slow feeds\n  - **Solution:** Added an index",
        ("Slow feeds", "Slow feeds", "Added an index", ""),
    ),
    "table in another order": (
        "## Notes\n| Solution implemented | Problem | Cause |\n|-|-|-|\n"
        "| Added it | No index | Haste |",
        ("No index", "No index\n\nHaste", "Added it", ""),
    ),
    "table with titles": (
        "## Challenges\n| Area | Issue | How I fixed it |\n|-|-|-|\n"
        "| Feeds | No index | Added it |",
        ("Feeds", "No index", "Added it", ""),
    ),
    "lines that end in a backslash": (
        "## Challenges\n- **Challenge:** slow feeds\\\n  **Solution:** an index",
        ("slow feeds", "slow feeds", "an index", ""),
    ),
    "titled items of the same depth": (
        "## Challenges\n1) **Slow feeds**\n- What I saw: a second a page\n- What I did: an index",
        ("Slow feeds", "a second a page", "an index", ""),
    ),
    "French items": (
        "## Difficultés\n- Mise en page cassée sur mobile. Ajout de deux requêtes média.",
        (
            "Mise en page cassée sur mobile",
            "Mise en page cassée sur mobile.",
            "Ajout de deux requêtes média.",
            "",
        ),
    ),
    "French title": (
        "## Défis et solutions\n- **Flux lents** : Résolu avec un index.",
        ("Flux lents", "Flux lents", "Résolu avec un index.", ""),
    ),
    "French labels": (
        "## Difficultés rencontrées\n- **Problème** : jetons expirés\n- **Solution** : renouvelés\n"
        "- **Résultat** : plus de déconnexions",
        ("jetons expirés", "jetons expirés", "renouvelés", "plus de déconnexions"),
    ),
    "French headings": (
        "## Problèmes rencontrés et solutions\n### Problème n° 1 : jetons\n"
        "**Cause :** l’horloge\n\n"
        "**Solution appliquée :** la mettre à l’heure",
        ("jetons", "l’horloge", "la mettre à l’heure", ""),
    ),
    "French table": (
        "## Notes\n| Défi rencontré | Solution trouvée | Résultat |\n|-|-|-|\n"
        "| Flux lents | Index | 5x |",
        ("Flux lents", "Flux lents", "Index", "5x"),
    ),
    "French prose": (
        "## Difficultés\n- **Flux lents**: Une seconde par page. Pour résoudre cela, j'ai ajouté un"
        " index.",
        (
            "Flux lents",
            "Une seconde par page.",
            "Pour résoudre cela, j'ai ajouté un index.",
            "",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), _TOLD.values(), ids=_TOLD.keys())
def test_a_challenge_is_found_in_the_way_it_is_told(
    text: str, told: tuple[str, str, str, str]
) -> None:
    assert as_told(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "## Challenges\n- **A key**: Filed it\n- **A lock**: Opened it",
        "## Challenges\n- A key → filed\n- A lock → opened it",
        "- Challenge: a key\n  Solution: filed it so\n- Challenge: a lock\n"
        "  Solution: opened it so",
        "**Challenge:** a key\n**Solution:** filed it so\n\n**Challenge:** a lock\n"
        "**Solution:** opened it",
        "## Challenges\n**Problem 1:** a key stuck. I filed it.\n\n"
        "**Problem 2:** a lock. I opened it.",
        "### Challenge 1: a key\n**Solution:** I filed it\n### Challenge 2: a lock\n"
        "**Solution:** I opened it",
        "## Challenges\n1) **Iron**\n- Issue: a key\n- Fix: filed it\n\n2) **Steel**\n"
        "- Issue: a lock\n- Fix: opened it",
        "## Challenges\n### A key\nI filed it today.\n### A lock\nI opened it today.",
        "| Challenge | Solution |\n|-|-|\n| A key | filed |\n| A lock | opened |",
        "## Challenges\n- A key\n- A lock\n## Solutions\n- filed\n- opened",
        "## Défis\n1. a key\n2. a lock\n   - rusty\n\n## Solutions apportées\n1. filed\n2. opened",
        "## Challenges & Solutions\n### Challenges\n- A key\n- A lock\n### Solutions\n- filed\n"
        "- opened",
        "**Challenges:**\n- A key\n- A lock\n\n**Solutions:**\n- filed\n- opened",
        "### Challenge: a key\nIt stuck.\n### Solution\nI filed it.\n### Défi : a lock\n"
        "### Solution\nI opened it.",
        "## Challenges\nProblem: a key\nSolution: filed it so\n\n- A lock → opened it",
        "## Challenges\n| Challenge | Solution |\n|-|-|\n| A key | filed it |\n\n"
        "- A lock -> opened it",
    ],
)
def test_several_challenges_are_told_apart(text: str) -> None:
    told = as_told(text)
    assert [problem.split("\n")[0].casefold().rstrip(".") for _, problem, _, _ in told] in (
        ["a key", "a lock"],
        ["a key stuck", "a lock"],
        ["it stuck", "a lock"],
    )
    assert ["filed" in action.casefold() for _, _, action, _ in told] == [True, False]
    assert ["opened" in action.casefold() for _, _, action, _ in told] == [False, True]


_NOTHING = {
    "features": "## Features\n- **Login** – with a password\n- **Search**: finds everything",
    "challenges of a product": "## Challenges\n- [Day 1](one.md)\n- [Day 2](two.md)",
    "challenges as a feature": "## Features\n### Challenges\n- **Daily**: Solved by many people",
    "coding challenges": "## Coding challenges\n- **Two sums**: Solved with a dictionary.",
    "exercises with links": "### Problem 1: sums\n**Solution:** [here](one.py)",
    "a test for a job": "# Backend Challenge Solution\n## Setup\n- **Docker**: Used for everything",
    "future work": "## Future challenges\n- **Scale**: Solved with more machines",
    "plans": "## Potential challenges & solutions\n| Challenge | Solution |\n|-|-|\n"
    "| Load | Cache it |",
    "advice": "## Troubleshooting\n**Problem:** Port in use\n**Solution:** I stopped the other one",
    "advice in a table": "## Common issues\n| Problem | Solution |\n|-|-|\n"
    "| Port in use | Stop it |",
    "advice anywhere": "## Setup\n| Problem | Fix |\n|-|-|\n| Port in use | Stop the other |",
    "questions": "## FAQ\n- **Issue**: none\n- **Fix**: I added one for you",
    "a change log": "## Bug Fixes\n- **ci**: added a cache\n- Fixed a crash by adding a lock",
    "what a product is for": "# App\n## Problem\nShops have no list.\n## Solution\n"
    "We built one for "
    "them.\n## Features\n- Lists\n## Setup\nRun it.\n## Licence\nMIT",
    "what a product is for, below one heading": "# App\n## Problem and solution\n### The problem\n"
    "Shops have no list.\n### Our solution\nThe app keeps one for them.\n## Setup\n## Licence",
    "what a product is for, with a title": "# App\n## Problem: shops have no list\nNone at all.\n"
    "## Solution\nThe app keeps one.\n## Setup\n## Licence",
    "what a product is for, in bold": "# App\n**Problem:** Shops have no list.\n"
    "**Solution:** App keeps one.",
    "problems alone": "## Challenges faced\n- Time was short\n- **Docker**: the network was hard",
    "problems in general": "## Technical challenges\n### Data\n"
    "- **Bias**: Ensuring fairness for all",
    "unequal lists": "## Challenges\n- One thing\n- Another\n## Solutions\n- All at once",
    "maxims": "## Lessons learned\n- **Testing**: Used early, it saves time\n- Plan → then build",
    "what was built, among lessons": "# Lessons\n### Caching pages\nMany people read the same.\n\n"
    "**Implementation:** We keep each page in Redis for a minute.",
    "what was built, below a heading": "# Lessons\n## Caching\n### Pages\nMany read the same.\n"
    "#### Approach\nWe keep each page in Redis for a minute.\n#### Result\nFast pages.",
    "a template": "## Challenges and solutions\n- **Challenge 1:** [describe it]\n"
    "  - **Solution:** "
    "[how you solved it]",
    "a template with words": "## Challenges\n- **[Challenge 1]:** challenge description\n"
    "    - **Solution:** my solution",
    "an empty table": "| Challenge | Solution |\n|-|-|\n| ... | TBD |\n| N/A | none |",
    "another table": "## Challenges\n| Day | Topic |\n|-|-|\n| 1 | Django |",
    "headings alone": "# Challenges & Solutions\n## Challenges\n## Solutions",
    "an issue tracker": "- **Issues**: [here](https://a.org/issues)\n- **Solution**: see the wiki",
    "hidden": "<!--\n## Challenges\n- **Slow feeds**: Solved with an index.\n-->",
    "code": "```\n## Challenges\n- **Slow feeds**: Solved with an index.\n```",
    "nothing": "",
}


@pytest.mark.parametrize("text", _NOTHING.values(), ids=_NOTHING.keys())
def test_what_is_no_challenge_gives_nothing(text: str) -> None:
    assert as_told(text) == []


def test_a_problem_nobody_solved_is_kept_when_it_is_labelled_and_clear() -> None:
    short = "## Challenges\n- **Problem:** Tokens expired."
    clear = f"{short} Every night the clock of one machine ran a little ahead of all the others."
    assert as_told(short) == []
    assert [(each.action, each.form) for each in all_in(clear)] == [("", Form.LABELS)]
    assert as_told(clear.replace("## Challenges", "## Setup")) == []
