"""The parts of one process, joined: search, caches, workers, clocks, and the ASGI root."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings

from nexus.cohorts import tasks as cohorts
from nexus.config import searching
from nexus.config.celery import app as celery
from nexus.config.celery import use_celery
from nexus.config.environment import environment
from nexus.credentials.events import UNSEEN as ABOUT_TOKENS
from nexus.departing import tasks as departing
from nexus.departing.events import UNSEEN as UNSEEN_EXPORTS
from nexus.kernel import events
from nexus.kernel.http.asgi import ASGIApp
from nexus.kernel.http.bodies import BodyLimits
from nexus.kernel.http.generation import Generation
from nexus.kernel.http.https import HttpsOnly
from nexus.kernel.http.lifespan import Lifespan, Service
from nexus.kernel.http.page_cache import Finisher, PageCache
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.root import Root
from nexus.kernel.http.static import StaticFiles
from nexus.kernel.http.wsgi_pool import WSGIPool
from nexus.kernel.runtime.celery_worker import CeleryWorker
from nexus.kernel.runtime.scheduler import Every, Scheduler
from nexus.kernel.watcher import Watcher
from nexus.library import tasks as library
from nexus.library.events import UNSEEN as ABOUT_PROPOSALS
from nexus.people import tasks as people
from nexus.people.events import UNSEEN
from nexus.web.software import software

#: How often mirrors that are due, and runs that were left, are looked for.
LOOK_FOR_WORK_SECONDS = 15.0
#: How often a few recommended pages are asked whether they still answer.
LOOK_AT_LINKS_SECONDS = 600.0
#: How often mails that a mail server did not take are tried again.
SEND_MAILS_SECONDS = 30.0
#: How often exports and departures that were left, and archives whose time is over, are looked for.
LOOK_AT_DEPARTURES_SECONDS = 20.0
#: How often accounts that nobody opened are looked for.
FORGET_ACCOUNTS_SECONDS = 3600.0
#: How often it is looked for people who wait to be let into a cohort; a mail is sent once a day.
TELL_OF_REQUESTS_SECONDS = 1800.0
BUILT = Path(__file__).resolve().parents[1] / "web" / "static"


def join() -> None:
    """Let the apps reach each other: services wake workers, doors find the engine."""
    use_celery()
    searching.use_search()
    events.on_news(lambda _: searching.engine().wake())


def background_services() -> list[Service]:
    """What runs beside the requests in the one process."""
    watcher = Watcher()
    worker = CeleryWorker(celery, concurrency=2)
    scheduler = Scheduler(turns())
    engine = searching.engine
    return [
        Service("search", lambda: engine().start(), lambda: engine().stop()),
        Service("event watcher", watcher.start, watcher.stop),
        Service("worker", worker.start, worker.stop),
        Service("scheduler", scheduler.start, scheduler.stop),
    ]


def turns() -> list[Every]:
    """What the clock does now and then."""
    steady = [Every(LOOK_FOR_WORK_SECONDS, library.look_for_work.delay, name="look for work")]
    steady.append(Every(FORGET_ACCOUNTS_SECONDS, people.forget_unverified.delay, name="accounts"))
    steady.append(Every(TELL_OF_REQUESTS_SECONDS, cohorts.tell.delay, name="requests"))
    steady.append(
        Every(LOOK_AT_DEPARTURES_SECONDS, departing.look_for_work.delay, name="departures")
    )
    if settings.CHECK_LINKS:
        steady.append(Every(LOOK_AT_LINKS_SECONDS, library.look_at_links.delay, name="links"))
    if settings.MAIL_URL:
        steady.append(Every(SEND_MAILS_SECONDS, people.send_due_mails.delay, name="mails"))
    return steady


def build_root(*, after_start: Callable[[], None] = lambda: None) -> Root:
    """The ASGI application of one process with every part in it.

    ``after_start`` runs when all parts run, in a thread.
    """
    from nexus.config.wsgi import application

    join()
    software()  # read now: the checkout may move on while this process serves
    pool = ThreadPool(environment().threads, name="pages")
    finisher = Finisher()
    largest = settings.UPLOAD_LIMIT_BYTES + 1_000_000
    pages = WSGIPool(
        application,
        pool=pool,
        limits=BodyLimits(
            size_under=dict.fromkeys(("/add", "/git/"), largest), for_known=frozenset({"/git/"})
        ),
        finish=finisher,
    )
    services = [
        Service("pages", stop=partial(_stop, pool)),
        *background_services(),
        Service("first look", after_start),
    ]
    return Root(
        http=_by_https(_with_page_cache(pages)),
        lifespan=Lifespan(services),
        routes={"/static/": StaticFiles([BUILT], watch=settings.DEBUG)},
    )


def _by_https(app: ASGIApp) -> ASGIApp:
    """Nothing but https where the hub's address begins so; what looks for life may ask plainly."""
    if not settings.HTTPS:
        return app
    return HttpsOnly(app, public_url=settings.PUBLIC_URL, spared=("/health/",))


def _stop(pool: ThreadPool) -> None:
    """End the threads that render pages, when what they do is done."""
    pool.stop(timeout=10)


def outdate(generation: Generation) -> None:
    """Raise the generation, if there is an event since that a page could show."""
    unseen = (*UNSEEN, *UNSEEN_EXPORTS, *ABOUT_PROPOSALS, *ABOUT_TOKENS)
    generation.follow(events.newest_besides(unseen))


def _with_page_cache(pages: WSGIPool) -> PageCache:
    """Finished pages of guests before Django.

    Every event outdates them but those of signing in and the like, which nobody else sees, and the
    index once more when it has followed the event: what was found in between is no longer true.
    """
    generation = Generation()
    events.on_news(lambda _: outdate(generation))
    searching.engine().on_change(generation.bump)
    return PageCache(
        pages,
        generation=generation,
        personal=(settings.SESSION_COOKIE_NAME, "messages", settings.CSRF_COOKIE_NAME),
        size=environment().page_cache_bytes,
    )
