"""A repository that lives in the hub, with a file that several people want to change."""

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.library.services import proposals
from nexus.library.services.changing import Edit, change_text
from nexus.library.services.writing import publish_files
from nexus.repositories.git.tests.builders import git
from nexus.repositories.hosting import ensure_hosted
from nexus.repositories.limits import store_of

PATH = "docs/guide.md"
TEXT = "# Guide\n\nFirst.\n\nIn between.\n\nSecond.\n"


class Desk:
    """Somebody's repository with one file in it."""

    def __init__(self, **cohort):
        self.cohort = CohortFactory(**cohort)
        self.ada = self.member(person__handle="ada", person__name="Ada")
        self.repository = ensure_hosted(by=self.ada, cohort=self.cohort)
        self.store = store_of(self.repository.pk)

    def put(self, data, path=PATH):
        """Make the file hold ``data``; returns its object."""
        publish_files(
            by=self.ada, repository=self.repository, files={path: data}, message="Put", expected={}
        )
        return "" if data is None else self.git("rev-parse", f"HEAD:{path}").strip()

    def change(self, text, made_from, **more):
        """Change the file, having begun from ``made_from``."""
        self.repository.refresh_from_db()
        edit = Edit(path=PATH, text=text, made_from=made_from)
        return change_text(by=self.ada, repository=self.repository, edit=edit, **more)

    def member(self, role=Role.MEMBER, **more):
        """Somebody more in the cohort."""
        return MembershipFactory(cohort=self.cohort, role=role, **more).person

    def head(self):
        return self.git("rev-parse", "HEAD").strip()

    def propose(self, by, text, base_commit="", **more):
        """What ``by`` proposes, as read a moment ago."""
        self.repository.refresh_from_db()
        base = base_commit or self.head()
        return proposals.propose(
            by=by, repository=self.repository, path=PATH, text=text, base_commit=base, **more
        )

    def shown(self, commit="HEAD"):
        return self.git("cat-file", "blob", f"{commit}:{PATH}")

    def git(self, *arguments):
        return git("-C", self.store, *arguments)
