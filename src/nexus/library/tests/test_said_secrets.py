"""Messages, names of authors, of branches and of tags are in a clone as well as files are."""

import pytest
from django.apps import apps
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.library.checking import words
from nexus.library.checking.advice import MESSAGE_CODE, REF_CODE
from nexus.library.models import FileProblem
from nexus.library.reports import repository_report
from nexus.library.services import past_secrets
from nexus.library.services.syncing import run_sync
from nexus.library.tests.desks import Desk
from nexus.repositories.cloning import no_clone, no_clone_now
from nexus.repositories.git.stores import set_head_branch, update_refs
from nexus.repositories.limits import store_of
from nexus.repositories.models import Sync
from nexus.repositories.pushing import ask_for_what_came_meanwhile
from nexus.repositories.selectors import look_back_of

# Put together here, so that no scanner takes this file for a leak.
TOKEN = "ghp_" + "q7Zk2vX9mB4tR8wL1" + "nY6cJ3hD5fG0pSaEuTAb"
OTHER = TOKEN[:-2] + "Xy"


def told(mirror):
    """(code, words) of each secret that was said, as the owner is told of it."""
    rows = FileProblem.objects.filter(
        repository=mirror.repository, code__in=[MESSAGE_CODE, REF_CODE]
    )
    return sorted(
        (code, message.removeprefix("It looks like a secret: GitHub token, in "))
        for code, message in rows.values_list("code", "message")
    )


def in_message(sha, line=1, thing="commit"):
    place = f"line {line} of the message" if line else "a name in the head"
    return (MESSAGE_CODE, f"{place} of the {thing} {sha[:12]}.")


def can_be_cloned(mirror):
    """Whether everybody gets a clone."""
    mirror.repository.refresh_from_db()
    return no_clone(None, mirror.repository) is None


def test_a_secret_in_a_message_is_told_and_closes_clones_until_it_is_rewritten(mirror):
    clean = mirror.publish({"a.md": "# A\n"})
    assert can_be_cloned(mirror)
    said = mirror.publish({"a.md": "# B\n"}, f"Call it\n\nWith\n{TOKEN}\n")
    assert told(mirror) == [in_message(said, 4)]
    assert not can_be_cloned(mirror)
    mirror.publish({"b.md": "# B\n"})
    mirror.publish({"b.md": "# C\n"})
    assert told(mirror) == [in_message(said, 4)], "later commits do not take it out"

    mirror.upstream.git("update-ref", "refs/heads/main", clean)
    mirror.publish({"a.md": "# B\n"}, "Call it")
    assert told(mirror) == []
    assert can_be_cloned(mirror)


def test_all_that_came_at_once_is_looked_through_on_every_branch_and_tag(mirror):
    mirror.upstream.commit({"a.md": "# A\n"}, "One")
    first = mirror.upstream.commit({"a.md": "# B\n"}, f"Use {TOKEN}")
    mirror.publish({"a.md": "# C\n"}, "Three")
    aside = mirror.upstream.commit({"a.md": "# D\n"}, f"Try {TOKEN}", branch="draft")
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    mirror.upstream.git(*who, "tag", "-a", "v1", "-m", f"One\n\n{TOKEN}", "main")
    tag = mirror.upstream.git("rev-parse", "v1")
    mirror.sync()
    assert told(mirror) == sorted(
        [in_message(first), in_message(aside), in_message(tag, 3, "annotated tag")]
    )
    mirror.upstream.git("update-ref", "-d", "refs/heads/draft")
    mirror.upstream.git("tag", "-d", "v1")
    mirror.sync()
    assert told(mirror) == [in_message(first)]


def test_the_name_of_who_made_it_counts(mirror):
    sha = mirror.publish({"a.md": "# A\n"}, author=f"{TOKEN} <ada@example.org>")
    assert told(mirror) == [in_message(sha, 0)]
    assert not can_be_cloned(mirror)


def test_the_name_of_a_branch_or_a_tag_counts_also_where_it_leads_to_nothing_new(mirror):
    sha = mirror.publish({"a.md": "# A\n"})
    for ref in (f"refs/heads/try/{TOKEN}", f"refs/tags/v1/{TOKEN}"):
        mirror.upstream.git("update-ref", ref, sha)
    mirror.sync()
    assert told(mirror) == [
        (REF_CODE, f"the name of the branch “try/••••••••” at {sha[:12]}."),
        (REF_CODE, f"the name of the tag “v1/••••••••” at {sha[:12]}."),
    ]
    assert not can_be_cloned(mirror)
    mirror.upstream.git("update-ref", "-d", f"refs/tags/v1/{TOKEN}")
    mirror.upstream.git("branch", "-m", f"try/{TOKEN}", "try/it")
    mirror.sync()
    assert told(mirror) == []
    assert can_be_cloned(mirror)


def test_a_name_that_nobody_has_looked_at_yet_is_told_to_its_owner_only(mirror):
    sha = mirror.publish({"a.md": "# A\n"})
    update_refs(store_of(mirror.repository.pk), {f"refs/tags/v1/{TOKEN}": sha})
    address = "/git/cohort-of-nexus/nexus.git/info/refs?service=git-upload-pack"
    owner = Client()
    owner.force_login(mirror.repository.owner)
    told = {
        reader: (answer.status_code, TOKEN in b"".join(answer).decode())
        for reader, answer in {"guest": Client().get(address), "owner": owner.get(address)}.items()
    }
    assert told == {"guest": (403, False), "owner": (200, True)}


def test_what_is_said_to_be_none_is_none(mirror):
    mirror.publish({"a.md": "# A\n"}, f"Explain {TOKEN}  nexus:allow")
    assert told(mirror) == []
    found = mirror.publish({"a.md": "# B\n"}, f"Use {OTHER}")
    assert told(mirror) == [in_message(found)]
    mirror.publish({"a.md": "# C\n"}, f"It was made up\n\n{OTHER}  nexus:allow\n")
    assert told(mirror) == []
    assert can_be_cloned(mirror)
    again = mirror.publish({"a.md": "# D\n"}, f"Use {OTHER}")
    assert told(mirror) == [in_message(again)], "a word counts for what is older"


def test_new_rules_look_through_all_messages_again(mirror, monkeypatch):
    monkeypatch.setattr(words, "find_secrets", lambda text: ())
    sha = mirror.publish({"a.md": "# A\n"}, f"Use {TOKEN}")
    monkeypatch.undo()
    mirror.publish({"b.md": "# B\n"})
    assert told(mirror) == []
    for module in ("past_secrets", "syncing", "indexing", "planning"):
        monkeypatch.setattr(f"nexus.library.services.{module}.FORMAT_VERSION", 1_000)
    mirror.sync()
    assert told(mirror) == [in_message(sha)]


def test_a_commit_costs_what_it_adds_and_no_run_of_git(mirror, monkeypatch):
    mirror.upstream.commit({"a.md": "# A\n"}, f"Use {TOKEN}")
    mirror.publish({"a.md": "# B\n"})
    read = []
    look = words.said_in
    monkeypatch.setattr(words, "said_in", lambda raw: read.append(raw) or look(raw))
    monkeypatch.setattr(past_secrets, "below", None)
    mirror.publish({"a.md": "# C\n"}, "The newest")
    assert len(read) == 2, "the new one, and the one that something is known of"
    assert b"The newest" in read[0]


def test_messages_that_nobody_would_write(mirror):
    """More than is shown of a commit, bytes that are no text, an odd encoding, an odd name."""
    long = mirror.publish(
        {"a.md": "# A\n"}, b"Long\n\n" + b"\xff word\n" * 700_000 + TOKEN.encode()
    )
    assert told(mirror) == [in_message(long, 700_003)]
    odd = mirror.upstream.write_commit(b"encoding nonsense", b"\xfe\xff" + TOKEN.encode(), on=long)
    ref = "refs/heads/ö-\udcff-@/" + TOKEN
    mirror.upstream.git("update-ref", ref, odd)
    mirror.publish({"a.md": "# B\n"})
    assert told(mirror) == sorted(
        [
            in_message(long, 700_003),
            in_message(odd),
            (REF_CODE, f"the name of the branch “ö-?-@/••••••••” at {odd[:12]}."),
        ]
    )
    assert mirror.entries() == {"": "project", "a.md": "document"}


def test_a_branch_that_just_came_is_given_to_others_when_it_was_looked_through(mirror):
    aside = mirror.upstream.commit({"a.md": "# A\n"}, "Aside", branch="aside")
    mirror.publish({"a.md": "# A\n"})
    mirror.upstream.commit({"a.md": "# B\n"}, branch="aside")
    mirror.sync()
    assert no_clone_now(None, mirror.repository) is None
    update_refs(store_of(mirror.repository.pk), {"refs/tags/v1": aside})
    assert "not looked" in str(no_clone_now(None, mirror.repository))
    assert no_clone_now(mirror.repository.owner, mirror.repository) is None
    mirror.upstream.git("tag", "v1", aside)
    mirror.sync()
    assert no_clone_now(None, mirror.repository) is None


def test_the_name_of_a_branch_that_is_gone_is_not_told_as_the_one_that_head_names(mirror):
    mirror.publish({"a.md": "# A\n"})
    assert no_clone_now(None, mirror.repository) is None
    set_head_branch(store_of(mirror.repository.pk), f"top/{TOKEN}")
    assert "A secret" in str(no_clone_now(None, mirror.repository))


@pytest.mark.django_db
def test_what_was_pushed_to_another_branch_while_a_run_was_at_work_is_looked_through_by_the_next(
    home,
):
    desk = Desk()
    desk.put(b"# A\n")
    desk.put(b"# B\n")
    desk.repository.refresh_from_db()
    ask_for_what_came_meanwhile(desk.repository)
    assert not Sync.objects.exclude(state=Sync.State.DONE).exists()
    desk.git("branch", "aside", "HEAD~1")
    ask_for_what_came_meanwhile(desk.repository)
    run = Sync.objects.get(state=Sync.State.QUEUED)
    assert run_sync(run.pk) is None
    assert not Sync.objects.exclude(state=Sync.State.DONE).exists()
    assert no_clone_now(None, desk.repository) is None


@pytest.mark.parametrize(("bound", "least"), [("MAX_COMMITS", 1), ("MAX_BYTES", 300)])
def test_a_look_is_bounded_and_begins_with_what_is_new(mirror, monkeypatch, bound, least):
    monkeypatch.setattr(words, bound, least)
    mirror.upstream.commit({"a.md": "# A\n"}, f"Use {TOKEN}")
    mirror.publish({"a.md": "# B\n"}, "Clean")
    assert told(mirror) == []


def test_nothing_of_it_is_kept_or_printed(mirror):
    sha = mirror.publish({"a.md": "# A\n"}, f"Use {TOKEN}", branch="main")
    mirror.upstream.git("update-ref", f"refs/heads/{TOKEN}", sha)
    mirror.sync()
    assert TOKEN not in str(look_back_of(mirror.repository.pk).found)
    assert not FileProblem.objects.filter(message__contains=TOKEN).exists()
    report = repository_report(mirror.repository.pk)
    assert {one["code"] for one in report["problems"]} >= {MESSAGE_CODE, REF_CODE}
    assert TOKEN not in str(report)
    assert sha[:12] in str(report["problems"])


#: Pages on which a message, the name of its author, or that of the branch could stand.
PAGES = (
    "/c/cohort-of-nexus/nexus/",
    *(
        f"/c/cohort-of-nexus/nexus/-/{room}"
        for room in (
            *("status", "status.json", "files/", "files/src", "history/", "history/a.md", "facts"),
            *("diff/", "diff/a.md", "source/a.md", "raw/a.md", "report", "proposals"),
        )
    ),
    "/c/cohort-of-nexus/nexus/a.md",
    "/c/cohort-of-nexus/",
    *(
        f"/c/cohort-of-nexus/-/{room}"
        for room in ("repositories", "week", "feed.atom", "people", "projects", "log", "members")
    ),
    "/",
    "/p/owner-of-nexus",
    "/search?q=Shop",
    "/search/suggest?q=Sho",
    "/git/cohort-of-nexus/nexus.git/info/refs?service=git-upload-pack",
)


@pytest.fixture
def spoken(mirror, engine):
    """A repository in which every word that Git was told holds a secret."""
    branch, author = f"top/{TOKEN}", f"{TOKEN} <ada@example.org>"
    for number in range(3):
        files = {
            "README.md": f"# Shop {number}\n",
            "a.md": f"# A {number}\n",
            "src/x.py": "x = 1\n",
        }
        message = f"Try {TOKEN}\n\nWith {TOKEN}, number {number}"
        mirror.upstream.commit(files, message, branch=branch, author=author)
        mirror.upstream.git("symbolic-ref", "HEAD", f"refs/heads/{branch}")
        if number:
            mirror.sync()
    who = ("-c", f"user.name={TOKEN}", "-c", "user.email=ada@example.org")
    mirror.upstream.git(*who, "tag", "-a", f"v/{TOKEN}", "-m", TOKEN, branch)
    mirror.sync()
    engine.catch_up()
    return mirror


@pytest.mark.django_db(transaction=True)
def test_nobody_else_reads_it_on_a_page_nor_is_it_kept_anywhere(spoken):
    """Of all tables only the name of the branch that is shown is as it is: Git is asked by it."""
    guest, member = Client(), Client()
    member.force_login(MembershipFactory(cohort=spoken.repository.cohort, role=Role.OWNER).person)
    versions = spoken.upstream.git("rev-list", "--all").split()
    old = (f"/c/cohort-of-nexus/nexus/-/at/{sha}/a.md" for sha in versions)
    for address in (*PAGES, *old):
        for reader in (guest, member):
            assert TOKEN[4:20].encode() not in b"".join(reader.get(address)), address
    assert member.get(PAGES[-1]).status_code == 403, "nobody else is told of branches and tags"
    owner = Client()
    owner.force_login(spoken.repository.owner)
    told_on_page = "line 1 of the message of the commit"
    report = "/c/cohort-of-nexus/nexus/-/report"
    assert told_on_page in owner.get(report).content.decode()
    assert told_on_page not in member.get(report).content.decode()
    kept = {
        f"{model.__name__}.{field.attname}"
        for model in apps.get_models()
        for row in model._default_manager.all()
        for field in model._meta.concrete_fields
        if TOKEN in str(getattr(row, field.attname))
    }
    assert kept == {"Repository.branch"}
