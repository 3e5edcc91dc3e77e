"""What the terminal of whoever pushes shows of the hub's words."""

import pytest

from nexus.credentials.tests.factories import make_token
from nexus.kernel.models import AuditRecord
from nexus.library.services import run_sync
from nexus.repositories.audit import PUSHED
from nexus.repositories.selectors import waiting_syncs
from nexus.repositories.tests.learners import clients_git

pytestmark = pytest.mark.django_db(transaction=True)

WIDEST = 100


def told(said: str) -> str:
    """What the terminal shows of the hub's words, each line of which fits; without Git's own."""
    lines = [line.rstrip() for line in said.splitlines() if line.startswith("remote:")]
    assert [line for line in lines if len(line) > WIDEST] == []
    return "\n".join(line.removeprefix("remote:").strip() for line in lines)


def test_the_terminal_tells_file_and_line_of_a_secret_and_what_to_do(
    hosted, ada, address, work, live_server
):
    _, secret = make_token(ada)
    key = "AKIA" + "QWERTYUIOPASDFGH"
    deep = "projects/" + "a-rather-long-folder-name/" * 4 + "settings.py"
    work.commit({"README.md": "# Hub\n", deep: f"A = 1\nKEY = '{key}'\n", "b/.env": "A=b\n"})

    said = told(clients_git("-C", work.path, "push", address(hosted, secret), "main"))

    assert "Published." in said
    assert "settings.py, line 2: AWS access key" in said
    assert "b/.env: its name says that it holds a secret" in said
    assert "Make it worthless" in said
    assert f"{live_server.url}/c/commons/{hosted.slug}/-/report" in said
    assert key not in said

    work.commit({"README.md": "# Hub\n", "b/.env": "A=b\n", "c.md": "# C\n"})
    again = told(clients_git("-C", work.path, "push", address(hosted, secret), "main"))
    assert "secret in what you pushed" not in again, "of what did not change it was told already"


def test_messages_and_names_are_looked_at_too_and_the_log_shows_a_mask(hosted, ada, address, work):
    _, secret = make_token(ada)
    key = "AKIA" + "QWERTYUIOPASDFGH"
    work.commit({"README.md": "# Hub\n"})
    first = work.commit({"a.md": "# A\n"}, f"Use it\n\n{key}\n")
    newest = work.commit({"b.md": "# B\n"}, f"Use {key}", author=f"{key} <a@b.c>")
    who = ("-c", "user.name=Ann", "-c", "user.email=a@b.c")
    work.git(*who, "tag", "-a", f"try/{key}", "-m", f"Try {key}", "main")

    def push(*what):
        return told(clients_git("-C", work.path, "push", address(hosted, secret), *what))

    said = push("main")
    assert f"message of {newest[:12]}, line 1: AWS access key" in said
    assert f"a name in {newest[:12]}: AWS access key" in said
    assert f"message of {first[:12]}, line 3: AWS access key" in said
    alone = work.commit({"c.md": "# C\n"}, f"More of {key}")
    assert f"message of {alone[:12]}, line 1" in (said := push("main"))
    assert newest[:12] not in said, "of that it was told already"
    tag = push(f"try/{key}")
    assert "the name: AWS access key" in tag
    assert f"message of {work.git('rev-parse', f'try/{key}')[:12]}, line 1" in tag
    logged = AuditRecord.objects.filter(action=PUSHED).values_list("details", flat=True)
    assert len(logged) == 3
    assert key not in str(list(logged))
    assert "refs/tags/try/secret-hidden-" in str(list(logged))


def test_a_secret_in_the_name_of_the_branch_shown_is_taken_out_by_showing_another(
    hosted, ada, address, work
):
    _, secret = make_token(ada)
    branch = "try/AKIA" + "QWERTYUIOPASDFGH"
    work.commit({"README.md": "# Hub\n"}, branch=branch)

    def push(*what, check=True):
        said = clients_git("-C", work.path, "push", address(hosted, secret), *what, check=check)
        for run in waiting_syncs():
            run_sync(run)
        hosted.refresh_from_db()
        return said

    push(branch)
    assert (hosted.branch, hosted.holds_secret) == (branch, True)
    assert "is not removed" in push(f":{branch}", check=False), "then nothing would be left"
    work.git("branch", "main", branch)
    push("main", f":{branch}")
    assert (hosted.branch, hosted.holds_secret) == ("main", False)
    assert hosted.indexed == hosted.head == work.git("rev-parse", "main")
    work.git("branch", "other", "main")
    assert "is not removed" in push("other", ":main", check=False), "it holds no secret any more"


def test_of_many_secrets_the_first_are_told(hosted, ada, address, work):
    _, secret = make_token(ada)
    work.commit({f"{at}/.env": "A=b\n" for at in range(9)})
    said = told(clients_git("-C", work.path, "push", address(hosted, secret), "main"))
    assert said.count("its name says") == 5
    assert "and more" in said


def test_a_refused_push_says_what_to_do_in_lines_that_fit(hosted, ada, address, work, settings):
    _, secret = make_token(ada)

    def push(*what: str) -> str:
        return told(
            clients_git("-C", work.path, "push", address(hosted, secret), *what, check=False)
        )

    work.commit({"README.md": "# Hub\n"})
    clients_git("-C", work.path, "tag", "v1")
    clients_git("-C", work.path, "push", address(hosted, secret), "main", "v1")
    work.commit({"README.md": "# Other\n"}, parents=[])
    assert "git revert COMMIT" in push("+main")
    assert "git push origin HEAD:main" in push(":main")
    clients_git("-C", work.path, "tag", "-f", "v1", "main")
    assert "git tag NAME" in push("+v1")
    settings.HOSTED_LIMIT_BYTES = 1
    assert "Ask whoever runs the hub for more" in push("main:topic")
