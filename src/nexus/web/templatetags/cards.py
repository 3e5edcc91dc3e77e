"""What lists have twenty of: entries, challenges, projects, resources, and people to ask.

Written in Python as the ``drawings`` are: as templates within templates, cards took most of the
time of a list that was asked for the first time since something was published. All markup is
made by ``drawn``. Of what may be missing, each part brings the space before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from nexus.kernel.moments import told
from nexus.kernel.routes import route
from nexus.web.templatetags.drawings import avatar, drawn, icon, joined, person
from nexus.web.templatetags.pictures import language_bar

if TYPE_CHECKING:
    from nexus.library.cards import ChallengeCard, Place, ProjectCard, ResourceCard
    from nexus.library.presenting import Card, Share
    from nexus.people.profile.given import Link
    from nexus.web.pages.asking import Askable
    from nexus.web.pages.meeting import Meeting

#: Languages that a card names.
LANGUAGES_NAMED = 3
_NOTHING = SafeString("")


def entry_cards(entries: Iterable[Card], *, level: int) -> SafeString:
    """Entries in a list: what, one line, kind, whose, how old. Stand in ``<ol class="entries">``.

    ``level`` is that of their headings.
    """
    return joined(_entry(one, level) for one in entries)


def _entry(entry: Card, level: int) -> SafeString:
    return drawn(
        '<li> <span class="tile kind-%s">%s</span> <div> %s%s'
        ' <p class="meta"> <span class="kind kind-%s">%s</span> %s%s%s'
        ' <span class="age">%s</span> </p> </div> </li> ',
        entry.kind,
        icon(entry.kind),
        _heading(entry.title, entry.address, level),
        _line(entry.summary),
        entry.kind,
        capfirst(entry.kind),
        person(entry.person),
        _where(entry),
        _also(entry.also),
        told(entry.updated_at),
    )


def _heading(title: str, address: str, level: int, css_class: str = "entry-name") -> SafeString:
    return drawn(
        '<h%s class="%s" dir="auto"><a href="%s">%s</a></h%s>',
        level,
        css_class,
        address,
        title,
        level,
    )


def _line(words: str) -> SafeString:
    return drawn(' <p class="entry-line" dir="auto">%s</p>', words) if words else _NOTHING


def _where(entry: Card) -> SafeString:
    """Where it is, when another of the list looks the same; else its repository."""
    if entry.apart:
        return drawn(' <span class="mono apart">%s</span>', entry.apart)
    return _repository(entry.repository.address, entry.repository.name)


def _repository(address: str, name: str) -> SafeString:
    return drawn(' <a class="wide-only" href="%s">%s</a>', address, name)


def _also(repositories: int) -> SafeString:
    """In how many other repositories the same is found, if it is in any."""
    if not repositories:
        return _NOTHING
    return drawn(" <span>also in %s %s</span>", repositories, _repositories(repositories))


def _repositories(count: int) -> str:
    return "repository" if count == 1 else "repositories"


def challenge_cards(
    challenges: Iterable[ChallengeCard], *, level: int, topics: bool = True
) -> SafeString:
    """Challenges, told so that one reads how each was solved. Stand in ``<ol class="challenges">``.

    ``topics`` are named, except on the page of one.
    """
    return joined(_challenge(one, level, topics=topics) for one in challenges)


def _challenge(challenge: ChallengeCard, level: int, *, topics: bool) -> SafeString:
    return drawn(
        '<li> %s%s <p class="meta"> %s%s%s <span class="age">%s</span> </p>%s </li> ',
        _heading(challenge.title, challenge.address, level),
        _story(challenge),
        person(challenge.person),
        _repository(challenge.repository.address, challenge.repository.name),
        _also(challenge.also),
        told(challenge.updated_at),
        _topics(challenge) if topics else _NOTHING,
    )


def _story(challenge: ChallengeCard) -> SafeString:
    """What it was, what was done, what came of it, as far as that is told; else one line."""
    steps = joined((_problem(challenge), _solution(challenge), _result(challenge)))
    if not steps:
        return _line(challenge.summary)
    return drawn(' <dl class="told" dir="auto">%s </dl>', steps)


def _problem(challenge: ChallengeCard) -> SafeString:
    words = challenge.problem
    return drawn(" <div><dt>Problem</dt><dd>%s</dd></div>", words) if words else _NOTHING


def _solution(challenge: ChallengeCard) -> SafeString:
    if not challenge.action:
        return _NOTHING
    return drawn(
        ' <div class="told-action"><dt>%s Solution</dt><dd>%s</dd></div>',
        icon("check"),
        challenge.action,
    )


def _result(challenge: ChallengeCard) -> SafeString:
    words = challenge.result
    return drawn(" <div><dt>Result</dt><dd>%s</dd></div>", words) if words else _NOTHING


def _topics(challenge: ChallengeCard) -> SafeString:
    if not challenge.topics:
        return _NOTHING
    return drawn(
        ' <ul class="topics" role="list" aria-label="Topics"> %s </ul>',
        joined(
            drawn('<li><a class="topic" href="%s">%s</a></li>', one.address, one.title)
            for one in challenge.topics
        ),
    )


def resource_cards(resources: Iterable[ResourceCard], *, level: int) -> SafeString:
    """Places elsewhere that people recommend. Stand in ``<ol class="resources">``."""
    return joined(_resource(one, level) for one in resources)


def _resource(resource: ResourceCard, level: int) -> SafeString:
    return drawn(
        '<li> <h%s class="entry-name" dir="auto">'
        '<a href="%s" rel="noopener nofollow">%s</a></h%s>'
        ' <p class="resource-host"><span class="mono">%s</span>%s%s</p>%s'
        ' <ul class="resource-places" role="list" aria-label="Recommended by"> %s%s </ul> </li> ',
        level,
        resource.address,
        resource.title,
        level,
        resource.host,
        _state(resource),
        _moved_to(resource.moved_to),
        _line(resource.words),
        joined(map(_place, resource.places)),
        _more_places(resource.more),
    )


def _state(resource: ResourceCard) -> SafeString:
    if not resource.state:
        return _NOTHING
    return drawn(
        ' <span class="state state-%s">%s %s</span>',
        resource.tone,
        icon(resource.tone),
        capfirst(resource.state),
    )


def _moved_to(address: str) -> SafeString:
    if not address:
        return _NOTHING
    return drawn(' <a class="small" href="%s" rel="noopener nofollow">Where it is now</a>', address)


def _place(place: Place) -> SafeString:
    return drawn(
        '<li class="meta">%s <span>in <a class="underlined" href="%s">%s</a>,'
        ' <a class="underlined" href="%s">line %s</a></span></li>',
        person(place.person),
        place.address,
        place.title,
        place.line_address,
        place.line,
    )


def _more_places(more: int) -> SafeString:
    if not more:
        return _NOTHING
    return drawn(' <li class="meta">and %s more %s</li>', more, _repositories(more))


def project_cards(projects: Iterable[Card]) -> SafeString:
    """Projects with what they are written in. Stand in ``<ul class="cards">``."""
    return joined(map(_project, projects))


def _project(project: Card) -> SafeString:
    return drawn(
        '<li class="card"> <h3><a href="%s">%s</a></h3>%s%s'
        ' <div class="meta"> %s %s </div>%s </li> ',
        project.address,
        project.title,
        _line(project.summary),
        _apart(project.apart),
        person(project.person),
        told(project.updated_at),
        _languages(project.languages),
    )


def _apart(words: str) -> SafeString:
    return drawn(' <p class="mono fine apart">%s</p>', words) if words else _NOTHING


def _languages(languages: Sequence[Share]) -> SafeString:
    if not languages:
        return _NOTHING
    names = joined(drawn("<span>%s</span>", one.name) for one in languages[:LANGUAGES_NAMED])
    bar = drawn(" %s", language_bar(languages)) if len(languages) > 1 else _NOTHING
    return drawn('%s <p class="languages">%s</p>', bar, names)


def gallery_cards(projects: Iterable[ProjectCard], *, level: int = 2) -> SafeString:
    """Projects of a gallery, with what is known of them. Stand in ``<ul class="cards">``."""
    return joined(gallery_card(one, level=level) for one in projects)


def gallery_card(
    project: ProjectCard, *, level: int = 2, fit: str = "", meeting: Meeting | None = None
) -> SafeString:
    """One of them; ``fit`` says why it fits the reader's own, ``meeting`` is its owner's."""
    card = project.card
    return drawn(
        '<li class="card gallery-card">%s %s%s%s%s%s%s%s <div class="meta"> %s %s </div> </li> ',
        _marks(project),
        _heading(card.title, card.address, level, "gallery-name"),
        _line(card.summary),
        _apart(card.apart),
        _technologies(project),
        _live(project),
        drawn(' <p class="fit">%s</p>', capfirst(fit)) if fit else _NOTHING,
        _near(meeting) if meeting else _NOTHING,
        person(card.person),
        told(card.updated_at),
    )


def _marks(project: ProjectCard) -> SafeString:
    """Whose side it is, and whom it looks for."""
    if not project.track and not project.sought:
        return _NOTHING
    track = sought = _NOTHING
    if project.track:
        track = drawn(' <span class="mark-track">%s</span>', project.track)
    if project.sought:
        sought = drawn(
            ' <span class="mark-sought">%s Looks for %s</span>',
            icon("people"),
            ", ".join(project.sought),
        )
    return drawn(' <p class="gallery-marks">%s%s </p>', track, sought)


def _technologies(project: ProjectCard) -> SafeString:
    if not project.technologies:
        return _NOTHING
    named = joined(drawn("<span>%s</span>", one) for one in project.technologies)
    more = project.more_technologies
    rest = drawn("<span>and %s more</span>", more) if more else _NOTHING
    return drawn(' <p class="languages">%s%s</p>', named, rest)


def _live(project: ProjectCard) -> SafeString:
    if not project.live_address:
        return _NOTHING
    return drawn(
        ' <p class="gallery-live"><a href="%s" rel="noopener nofollow">%s %s</a></p>',
        project.live_address,
        icon("link"),
        project.live_host,
    )


def _near(meeting: Meeting) -> SafeString:
    """Where its owner is, unless they have no time."""
    words = "Its owner has no time for a while." if meeting.is_away else meeting.place
    return drawn(' <p class="small quiet">%s</p>', words) if words else _NOTHING


def askable(people: Iterable[Askable]) -> SafeString:
    """Who can be asked about a topic, or learns it too. Stand in ``<ul class="askable">``."""
    return joined(map(_askable, people))


def _askable(one: Askable) -> SafeString:
    meeting = one.meeting
    return drawn(
        '<li%s> <a class="askable-name" href="%s">%s <span dir="auto">%s</span></a>'
        " <p>%s%s </p>%s%s </li> ",
        SafeString(' class="askable-away"') if meeting.is_away else _NOTHING,
        route("person", one.handle),
        avatar(one.name),
        one.name,
        drawn(" %s (%s).", capfirst(one.words), one.count) if one.count else _NOTHING,
        _answers(meeting),
        _clock(meeting),
        _elsewhere(one.links),
    )


def _answers(meeting: Meeting) -> SafeString:
    if meeting.is_away:
        return SafeString(" Not now.")
    if meeting.answers:
        return SafeString(" Answers questions.")
    return drawn(" Would %s.", meeting.open_to) if meeting.open_to else _NOTHING


def _clock(meeting: Meeting) -> SafeString:
    """Where they are, how far that is from the reader, and whether it is day there."""
    if not meeting.place:
        return _NOTHING
    apart = drawn(", %s", meeting.apart) if meeting.apart else _NOTHING
    light = "day" if meeting.is_day else "night"
    clock = drawn("; %s there, %s", meeting.clock, light) if meeting.clock else _NOTHING
    return drawn(' <p class="quiet">%s%s%s</p>', meeting.place, apart, clock)


def _elsewhere(links: Sequence[Link]) -> SafeString:
    """Where they can be reached, each with its host unless that is what it is called."""
    if not links:
        return _NOTHING
    return drawn(" <p>%s</p>", SafeString(", ".join(map(_link, links))))


def _link(link: Link) -> SafeString:
    host = drawn(' <span class="quiet fine">%s</span>', link.host)
    return drawn(
        '<a href="%s" rel="nofollow ugc noopener noreferrer">%s</a>%s',
        link.address,
        link.label,
        host if link.label != link.host else _NOTHING,
    )
