"""The engine of this process, for whoever has a question."""

from collections.abc import Callable

from nexus.search.engine import SearchEngine

_engine: Callable[[], SearchEngine] | None = None


def use_engine(engine: Callable[[], SearchEngine]) -> None:
    """Say where the engine is; called once by ``config`` when a process starts."""
    global _engine  # noqa: PLW0603 - one per process, set by the root of composition
    _engine = engine


def current_engine() -> SearchEngine:
    """The engine of this process."""
    if _engine is None:
        raise RuntimeError("No search engine was given: call use_engine first.")
    return _engine()
